/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bus.c - org.riposte.Daemon1 on the session's D-Bus */
#include "daemon/bus.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdbool.h>

#include "daemon/backoff.h"
#include "daemon/interface.h"
#include "sync/confinement.h"

static const char NAME[] = "org.riposte.Daemon1";
static const char PATH[] = "/org/riposte/Daemon1";

#define JUST_NOW INT64_MAX /* before what the sources have said is read */

/* A Sync() that waits. */
typedef struct {
    GDBusMethodInvocation *call; /* own */
    int64_t asked_us;            /* monotonic */
} Waiting;

struct RpBus {
    const RpBusEvents *events; /* foreign */
    gpointer data;
    RpBusDaemon1 *interface;     /* own */
    char *document, *ids;        /* own; of the list */
    char *confinement;           /* own; "" until it is known */
    GArray *waiting;             /* own, of Waiting */
    GCancellable *ending;        /* own */
    GDBusConnection *connection; /* own; NULL while there is none */
    guint name, retry_timer, sync_source, n_failures;
    guint missed_calls; /* the subscription */
};

/* --- what is asked --- */

static bool
is_same_file(const char *path, const char *other)
{
    GStatBuf one, two;

    return g_stat(path, &one) == 0 && g_stat(other, &two) == 0 &&
           one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

static gboolean
on_changed(RpBusDaemon1 *interface, GDBusMethodInvocation *call, gpointer data)
{
    RpBus *bus = data;

    rp_bus_daemon1_complete_changed(interface, call);
    bus->events->on_changed(bus->data);
    return TRUE;
}

static gboolean
on_list(RpBusDaemon1 *interface, GDBusMethodInvocation *call, gpointer data)
{
    const RpBus *bus = data;

    rp_bus_daemon1_complete_list(interface, call, bus->document);
    return TRUE;
}

static gboolean
on_status(RpBusDaemon1 *interface, GDBusMethodInvocation *call, gpointer data)
{
    RpBus *bus = data;

    rp_bus_daemon1_complete_status(interface, call, bus->events->on_status(bus->data),
                                   bus->confinement);
    return TRUE;
}

static gboolean
on_report_call(RpBusDaemon1 *interface, GDBusMethodInvocation *call, GVariant *keys,
               gpointer data)
{
    RpBus *bus = data;
    RpCallReport report;
    GError *error = NULL;

    if (rp_call_read(keys, &report, &error) &&
        bus->events->on_call(&report, bus->data, &error))
        rp_bus_daemon1_complete_report_call(interface, call);
    else
        g_dbus_method_invocation_take_error(call, error);
    return TRUE;
}

/* KDE Connect, of each telephone: callReceived(event, number, name). */
static void
on_missed_call(GDBusConnection *connection G_GNUC_UNUSED,
               const char *sender G_GNUC_UNUSED, const char *path G_GNUC_UNUSED,
               const char *interface G_GNUC_UNUSED, const char *signal G_GNUC_UNUSED,
               GVariant *arguments, gpointer data)
{
    RpBus *bus = data;
    RpCallReport report = {"", "", RP_WAY_IN, true, g_get_real_time() / G_USEC_PER_SEC};
    g_autoptr(GError) error = NULL;

    if (!g_variant_is_of_type(arguments, G_VARIANT_TYPE("(sss)")))
        return;
    g_variant_get(arguments, "(&s&s&s)", NULL, &report.whom, &report.name);
    if (!bus->events->on_call(&report, bus->data, &error))
        g_info("a missed call is left out: %s", error->message);
}

static gboolean
on_sync_idle(gpointer data)
{
    RpBus *bus = data;

    bus->sync_source = 0;
    for (guint i = 0; i < bus->waiting->len; i++) {
        Waiting *waiting = &g_array_index(bus->waiting, Waiting, i);

        waiting->asked_us = MIN(waiting->asked_us, g_get_monotonic_time());
    }
    bus->events->on_sync(bus->data);
    return G_SOURCE_REMOVE;
}

/* Asked when all that the sources had said before has been read: a round of which we
 * hear after that has begun after the call. */
static gboolean
on_sync(RpBusDaemon1 *interface, GDBusMethodInvocation *call, const char *database,
        gpointer data)
{
    RpBus *bus = data;
    Waiting waiting = {call, JUST_NOW};

    if (!is_same_file(database, rp_bus_daemon1_get_database(interface))) {
        g_dbus_method_invocation_return_error(call, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                              _("riposted has another database"));
        return TRUE;
    }
    g_array_append_val(bus->waiting, waiting);
    if (bus->sync_source == 0)
        bus->sync_source = g_idle_add(on_sync_idle, bus);
    return TRUE;
}

void
rp_bus_answer(RpBus *bus, GVariant *accounts, int64_t known_us)
{
    g_autoptr(GVariant) answer = g_variant_ref_sink(accounts);

    for (guint i = bus->waiting->len; i > 0; i--) {
        Waiting waiting = g_array_index(bus->waiting, Waiting, i - 1);

        if (waiting.asked_us > known_us || waiting.asked_us == JUST_NOW)
            continue;
        g_array_remove_index(bus->waiting, i - 1);
        rp_bus_daemon1_complete_sync(bus->interface, waiting.call, answer);
    }
}

static void
refuse_waiting(RpBus *bus)
{
    for (guint i = 0; i < bus->waiting->len; i++)
        g_dbus_method_invocation_return_error(
            g_array_index(bus->waiting, Waiting, i).call, G_IO_ERROR, G_IO_ERROR_CLOSED,
            _("riposted ends"));
    g_array_set_size(bus->waiting, 0);
}

/* --- what is told --- */

void
rp_bus_set_list(RpBus *bus, const RpBusList *list)
{
    bool is_same = g_strcmp0(bus->ids, list->ids) == 0;

    rp_bus_daemon1_set_owed(bus->interface, list->n_owed);
    rp_bus_daemon1_set_overdue(bus->interface, list->n_overdue);
    rp_bus_daemon1_set_counts(bus->interface, list->counts);
    g_free(bus->document);
    bus->document = g_strdup(list->document);
    g_free(bus->ids);
    bus->ids = g_strdup(list->ids);
    if (!is_same)
        rp_bus_daemon1_emit_list_changed(bus->interface);
}

void
rp_bus_set_problems(RpBus *bus, GVariant *problems)
{
    rp_bus_daemon1_set_problems(bus->interface, problems);
}

/* Takes the text over. */
static void
set_confinement(RpBus *bus, char *text)
{
    g_free(bus->confinement);
    bus->confinement = text;
}

static void
on_confinement(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    RpSyncConfinement confinement;
    bool is_told = rp_sync_confinement_finish(source, result, &confinement, &error);
    RpBus *bus = data;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) /* it is freed */
        return;
    set_confinement(bus, is_told ? rp_sync_confinement_text(&confinement)
                                 : g_strdup(error->message));
}

/* --- the bus comes and goes --- */

/* Not a second time for the same: it is the name's owner who must go. */
static void
on_name_lost(GDBusConnection *connection, const char *name, gpointer data G_GNUC_UNUSED)
{
    if (connection != NULL && !g_dbus_connection_is_closed(connection))
        g_message("another riposted, with another database, has the name %s on the"
                  " session bus: what riposte and applets ask, they ask that one",
                  name);
}

static void
on_name_acquired(GDBusConnection *connection G_GNUC_UNUSED, const char *name,
                 gpointer data G_GNUC_UNUSED)
{
    g_info("%s is ours on the session bus", name);
}

static void connect_to_bus(RpBus *bus);

static gboolean
on_retry(gpointer data)
{
    RpBus *bus = data;

    bus->retry_timer = 0;
    connect_to_bus(bus);
    return G_SOURCE_REMOVE;
}

static void
retry_later(RpBus *bus)
{
    bus->retry_timer = g_timeout_add(
        rp_backoff_ms(++bus->n_failures, g_random_double()), on_retry, bus);
}

static void
disconnect(RpBus *bus)
{
    if (bus->connection == NULL)
        return;
    g_bus_unown_name(bus->name);
    g_dbus_connection_signal_unsubscribe(bus->connection, bus->missed_calls);
    g_signal_handlers_disconnect_by_data(bus->connection, bus);
    if (g_dbus_interface_skeleton_has_connection(
            G_DBUS_INTERFACE_SKELETON(bus->interface), bus->connection))
        g_dbus_interface_skeleton_unexport(G_DBUS_INTERFACE_SKELETON(bus->interface));
    g_clear_object(&bus->connection);
}

static void
on_closed(GDBusConnection *connection G_GNUC_UNUSED, gboolean is_by_peer G_GNUC_UNUSED,
          GError *error G_GNUC_UNUSED, gpointer data)
{
    RpBus *bus = data;

    g_info("the session bus has gone");
    refuse_waiting(bus);
    disconnect(bus);
    retry_later(bus);
}

static void
on_connected(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    GDBusConnection *connection =
        g_dbus_connection_new_for_address_finish(result, &error);
    RpBus *bus = data;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) /* it is freed */
        return;
    if (connection == NULL) {
        g_debug("no session bus: %s", error->message);
        retry_later(bus);
        return;
    }
    bus->n_failures = 0;
    bus->connection = connection;
    g_signal_connect(connection, "closed", G_CALLBACK(on_closed), bus);
    if (!g_dbus_interface_skeleton_export(G_DBUS_INTERFACE_SKELETON(bus->interface),
                                          connection, PATH, &error))
        g_message("nothing can be asked over the session bus: %s", error->message);
    /* Whoever tells of it: to ask for a sender by its name would wake us when that
     * comes and goes. The bus passes on missed calls alone, by their first argument. */
    bus->missed_calls = g_dbus_connection_signal_subscribe(
        connection, NULL, "org.kde.kdeconnect.device.telephony", "callReceived", NULL,
        "missedCall", G_DBUS_SIGNAL_FLAGS_NONE, on_missed_call, bus, NULL);
    bus->name =
        g_bus_own_name_on_connection(connection, NAME, G_BUS_NAME_OWNER_FLAGS_NONE,
                                     on_name_acquired, on_name_lost, bus, NULL);
}

/* GDBus would start a bus where there is a screen. A connection of our own, as one that
 * others share would outlive its bus with them. */
static void
connect_to_bus(RpBus *bus)
{
    const char *given = g_getenv("DBUS_SESSION_BUS_ADDRESS");
    g_autofree char *socket = g_build_filename(g_get_user_runtime_dir(), "bus", NULL);
    g_autofree char *address = NULL;

    if ((given != NULL && *given != '\0') || g_file_test(socket, G_FILE_TEST_EXISTS))
        address = g_dbus_address_get_for_bus_sync(G_BUS_TYPE_SESSION, NULL, NULL);
    if (address != NULL)
        g_dbus_connection_new_for_address(
            address,
            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
            NULL, bus->ending, on_connected, bus);
    else
        retry_later(bus);
}

RpBus *
rp_bus_new(const char *db_path, const RpBusEvents *events, gpointer data)
{
    RpBus *bus = g_new0(RpBus, 1);
    g_autofree char *path = g_canonicalize_filename(db_path, NULL);
    g_autoptr(GError) error = NULL;

    bus->events = events;
    bus->data = data;
    bus->document = g_strdup("");
    bus->confinement = g_strdup("");
    bus->waiting = g_array_new(FALSE, FALSE, sizeof(Waiting));
    bus->ending = g_cancellable_new();
    bus->interface = rp_bus_daemon1_skeleton_new();
    rp_bus_daemon1_set_database(bus->interface, path);
    rp_bus_daemon1_set_counts(bus->interface, g_variant_new("a{su}", NULL));
    rp_bus_daemon1_set_problems(bus->interface, g_variant_new("a(ss)", NULL));
    g_signal_connect(bus->interface, "handle-changed", G_CALLBACK(on_changed), bus);
    g_signal_connect(bus->interface, "handle-list", G_CALLBACK(on_list), bus);
    g_signal_connect(bus->interface, "handle-report-call", G_CALLBACK(on_report_call),
                     bus);
    g_signal_connect(bus->interface, "handle-status", G_CALLBACK(on_status), bus);
    g_signal_connect(bus->interface, "handle-sync", G_CALLBACK(on_sync), bus);
    if (!rp_sync_confinement_ask(bus->ending, on_confinement, bus, &error))
        set_confinement(bus, g_strdup(error->message));
    connect_to_bus(bus);
    return bus;
}

void
rp_bus_free(RpBus *bus)
{
    if (bus == NULL)
        return;
    g_cancellable_cancel(bus->ending);
    g_clear_handle_id(&bus->retry_timer, g_source_remove);
    g_clear_handle_id(&bus->sync_source, g_source_remove);
    refuse_waiting(bus);
    disconnect(bus);
    g_clear_object(&bus->interface);
    g_clear_object(&bus->ending);
    g_array_unref(bus->waiting);
    g_free(bus->document);
    g_free(bus->ids);
    g_free(bus->confinement);
    g_free(bus);
}
