/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wake.c - logind's signal, and a timer that no change of the clock leaves alone */
#include "config.h"

#include "daemon/wake.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/timerfd.h>
#include <unistd.h>

struct RpWake {
    RpOnWake *on_wake;
    RpOnSleep *on_sleep;
    gpointer data;
    int timer; /* -1: the kernel has none */
    bool is_sure;
    guint timer_source, subscription;
    GCancellable *connecting;    /* own */
    GDBusConnection *connection; /* own; of the system; NULL if there is none */
};

/* --- the kernel --- */

/* Due in the year 2255, or as late as a time_t goes: it is there for its end. */
static bool
arm(int timer)
{
    const int64_t late = sizeof(time_t) > 4 ? INT64_C(9000000000) : INT32_MAX;
    const struct itimerspec never = {.it_value = {.tv_sec = (time_t)late}};

    return timerfd_settime(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never,
                           NULL) == 0;
}

static gboolean
on_timer(int timer, GIOCondition condition G_GNUC_UNUSED, gpointer data)
{
    RpWake *wake = data;
    uint64_t n_expired;
    bool is_set = read(timer, &n_expired, sizeof n_expired) < 0 && errno == ECANCELED;

    arm(timer);
    if (is_set)
        wake->on_wake(wake->data, false);
    return G_SOURCE_CONTINUE;
}

/* --- logind --- */

static void
on_prepare(GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
           const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
           const char *signal G_GNUC_UNUSED, GVariant *arguments, gpointer data)
{
    RpWake *wake = data;
    gboolean is_beginning = TRUE;

    if (g_variant_is_of_type(arguments, G_VARIANT_TYPE("(b)")))
        g_variant_get(arguments, "(b)", &is_beginning);
    if (is_beginning)
        wake->on_sleep(wake->data);
    else
        wake->on_wake(wake->data, true);
}

static void
on_connected(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    GDBusConnection *connection = g_bus_get_finish(result, &error);
    RpWake *wake = data;

    if (connection == NULL) { /* or the wake is gone */
        g_debug("no system bus: %s", error->message);
        return;
    }
    wake->connection = connection;
    g_dbus_connection_set_exit_on_close(connection, FALSE);
    wake->subscription = g_dbus_connection_signal_subscribe(
        connection, "org.freedesktop.login1", "org.freedesktop.login1.Manager",
        "PrepareForSleep", "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE,
        on_prepare, wake, NULL);
}

/* --- both --- */

RpWake *
rp_wake_new(RpOnWake *on_wake, RpOnSleep *on_sleep, gpointer data)
{
    RpWake *wake = g_new0(RpWake, 1);

    wake->on_wake = on_wake;
    wake->on_sleep = on_sleep;
    wake->data = data;
    wake->timer = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    if (wake->timer >= 0) {
        wake->is_sure = arm(wake->timer);
        wake->timer_source = g_unix_fd_add(wake->timer, G_IO_IN, on_timer, wake);
    }
    wake->connecting = g_cancellable_new();
    g_bus_get(G_BUS_TYPE_SYSTEM, wake->connecting, on_connected, wake);
    return wake;
}

bool
rp_wake_is_sure(const RpWake *wake)
{
    return wake->is_sure;
}

void
rp_wake_free(RpWake *wake)
{
    if (wake == NULL)
        return;
    g_cancellable_cancel(wake->connecting);
    if (wake->connection != NULL)
        g_dbus_connection_signal_unsubscribe(wake->connection, wake->subscription);
    g_clear_handle_id(&wake->timer_source, g_source_remove);
    if (wake->timer >= 0)
        close(wake->timer);
    g_clear_object(&wake->connection);
    g_clear_object(&wake->connecting);
    g_free(wake);
}
