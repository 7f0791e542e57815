/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sdnotify.c - one datagram to $NOTIFY_SOCKET */
#include "config.h"

#include "daemon/sdnotify.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <unistd.h>

static struct {
    char *name; /* own; of the socket, or NULL */
    guint watchdog;
} manager;

/* A name that begins with @ is in the abstract namespace. */
static GSocketAddress *
make_address(const char *name)
{
    if (*name == '@')
        return g_unix_socket_address_new_with_type(name + 1, (int)strlen(name) - 1,
                                                   G_UNIX_SOCKET_ADDRESS_ABSTRACT);
    return g_unix_socket_address_new(name);
}

void
rp_sdnotify(const char *state)
{
    const char *name = manager.name;
    g_autoptr(GSocketAddress) address = NULL;
    g_autoptr(GSocket) socket = NULL;
    g_autoptr(GError) error = NULL;

    if (name == NULL || (*name != '@' && *name != '/') || name[1] == '\0')
        return;
    address = make_address(name);
    socket = g_socket_new(G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM,
                          G_SOCKET_PROTOCOL_DEFAULT, &error);
    if (socket == NULL ||
        g_socket_send_to(socket, address, state, strlen(state), NULL, &error) < 0)
        g_message("cannot tell the service manager: %s", error->message);
}

static gboolean
on_watchdog(gpointer data G_GNUC_UNUSED)
{
    rp_sdnotify("WATCHDOG=1");
    return G_SOURCE_CONTINUE;
}

/* How long systemd waits for a sign of life; 0 if it does not. The variables may have
 * been another process's that has started us. */
static guint64
watchdog_us(void)
{
    const char *pid = g_getenv("WATCHDOG_PID"), *text = g_getenv("WATCHDOG_USEC");
    guint64 for_pid = 0, us = 0;

    if (text == NULL || !g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &us, NULL))
        return 0;
    if (pid != NULL &&
        !(g_ascii_string_to_unsigned(pid, 10, 1, G_MAXINT, &for_pid, NULL) &&
          for_pid == (guint64)getpid()))
        return 0;
    return us;
}

void
rp_sdnotify_begin(void)
{
    guint64 us = watchdog_us();

    manager.name = g_strdup(g_getenv("NOTIFY_SOCKET"));
    if (manager.name != NULL && us > 0)
        manager.watchdog =
            g_timeout_add((guint)CLAMP(us / 2000, 1, G_MAXUINT), on_watchdog, NULL);
    g_unsetenv("NOTIFY_SOCKET");
    g_unsetenv("WATCHDOG_USEC");
    g_unsetenv("WATCHDOG_PID");
}

bool
rp_sdnotify_is_service(void)
{
    return manager.name != NULL;
}

void
rp_sdnotify_end(void)
{
    g_clear_handle_id(&manager.watchdog, g_source_remove);
    g_clear_pointer(&manager.name, g_free);
}

void
rp_sdnotify_reloading(void)
{
    g_autofree char *state = g_strdup_printf(
        "RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT, g_get_monotonic_time());

    rp_sdnotify(state);
}
