/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bus.c - org.riposte.Daemon1 on the session's D-Bus */
#include "daemon/bus.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdbool.h>

static const char NAME[] = "org.riposte.Daemon1";
static const char PATH[] = "/org/riposte/Daemon1";
static const char INTERFACE[] = "<node><interface name='org.riposte.Daemon1'>"
                                "<method name='Changed'/>"
                                "<method name='Sync'>"
                                "<arg name='database' type='s' direction='in'/>"
                                "<arg name='accounts' type='a(ss)' direction='out'/>"
                                "</method></interface></node>";

struct RpBus {
    const RpBusEvents *events; /* foreign */
    gpointer data;
    char *db_path;               /* own */
    GCancellable *connecting;    /* own */
    GDBusConnection *connection; /* own; NULL if there is none */
    GPtrArray *waiting;          /* own, of GDBusMethodInvocation */
    guint object, name;
};

static bool
is_same_file(const char *path, const char *other)
{
    GStatBuf one, two;

    return g_stat(path, &one) == 0 && g_stat(other, &two) == 0 &&
           one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

static void
on_call(GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
        const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
        const char *method, GVariant *arguments, GDBusMethodInvocation *call,
        gpointer data)
{
    RpBus *bus = data;
    const char *database;

    if (g_str_equal(method, "Changed")) {
        g_dbus_method_invocation_return_value(call, NULL);
        bus->events->on_changed(bus->data);
        return;
    }
    g_variant_get(arguments, "(&s)", &database);
    if (!is_same_file(database, bus->db_path)) {
        g_dbus_method_invocation_return_error(call, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                              "riposted has another database");
        return;
    }
    g_ptr_array_add(bus->waiting, call);
    bus->events->on_sync(bus->data);
}

static const GDBusInterfaceVTable TABLE = {.method_call = on_call};

static void
on_connected(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    GDBusConnection *connection = g_bus_get_finish(result, &error);
    g_autoptr(GDBusNodeInfo) node = NULL;
    RpBus *bus = data;

    if (connection == NULL) {
        g_debug("no session bus: %s", error->message);
        return;
    }
    bus->connection = connection;
    g_dbus_connection_set_exit_on_close(connection, FALSE);
    node = g_dbus_node_info_new_for_xml(INTERFACE, NULL);
    bus->object = g_dbus_connection_register_object(
        connection, PATH, node->interfaces[0], &TABLE, bus, NULL, NULL);
    bus->name = g_bus_own_name_on_connection(
        connection, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
}

/* GDBus would start a bus where there is a screen. */
static bool
is_there_a_bus(void)
{
    const char *address = g_getenv("DBUS_SESSION_BUS_ADDRESS");
    g_autofree char *socket = g_build_filename(g_get_user_runtime_dir(), "bus", NULL);

    return (address != NULL && *address != '\0') ||
           g_file_test(socket, G_FILE_TEST_EXISTS);
}

RpBus *
rp_bus_new(const char *db_path, const RpBusEvents *events, gpointer data)
{
    RpBus *bus = g_new0(RpBus, 1);

    bus->events = events;
    bus->data = data;
    bus->db_path = g_strdup(db_path);
    bus->waiting = g_ptr_array_new();
    bus->connecting = g_cancellable_new();
    if (is_there_a_bus())
        g_bus_get(G_BUS_TYPE_SESSION, bus->connecting, on_connected, bus);
    return bus;
}

void
rp_bus_answer(RpBus *bus, GVariant *accounts)
{
    g_autoptr(GVariant) answer =
        g_variant_ref_sink(g_variant_new("(@a(ss))", accounts));

    for (guint i = 0; i < bus->waiting->len; i++)
        g_dbus_method_invocation_return_value(g_ptr_array_index(bus->waiting, i),
                                              answer);
    g_ptr_array_set_size(bus->waiting, 0);
}

static void
refuse_waiting(RpBus *bus)
{
    for (guint i = 0; i < bus->waiting->len; i++)
        g_dbus_method_invocation_return_error(g_ptr_array_index(bus->waiting, i),
                                              G_IO_ERROR, G_IO_ERROR_CLOSED,
                                              "riposted ends");
}

void
rp_bus_free(RpBus *bus)
{
    if (bus == NULL)
        return;
    g_cancellable_cancel(bus->connecting);
    refuse_waiting(bus);
    if (bus->connection != NULL) {
        g_bus_unown_name(bus->name);
        g_dbus_connection_unregister_object(bus->connection, bus->object);
    }
    g_clear_object(&bus->connection);
    g_clear_object(&bus->connecting);
    g_ptr_array_unref(bus->waiting);
    g_free(bus->db_path);
    g_free(bus);
}
