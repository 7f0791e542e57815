/* SPDX-License-Identifier: GPL-3.0-or-later */
/* daemon.c - the session bus and the lock beside the database */
#include <config.h>

#include "cli/daemon.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { CALL_MS = 1000, MAX_HOLDER = 100 };

/* NULL if there is no session bus; GDBus would start one. */
static GDBusConnection *
session_bus(void)
{
    const char *address = g_getenv("DBUS_SESSION_BUS_ADDRESS");
    g_autofree char *socket = g_build_filename(g_get_user_runtime_dir(), "bus", NULL);

    if ((address == NULL || *address == '\0') &&
        !g_file_test(socket, G_FILE_TEST_EXISTS))
        return NULL;
    return g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
}

/* One call of a running riposted; floating arguments are taken over. NULL if it does
 * not answer. The caller's. */
static GVariant *
call(const char *method, GVariant *arguments, const char *type, int timeout_ms)
{
    g_autoptr(GDBusConnection) bus = session_bus();
    g_autoptr(GVariant) kept = arguments == NULL ? NULL : g_variant_ref_sink(arguments);
    g_autoptr(GError) error = NULL;
    const char *dot = strrchr(method, '.');
    g_autofree char *interface = g_strndup(method, (gsize)(dot - method));
    GVariant *answer = NULL;

    if (bus != NULL)
        answer = g_dbus_connection_call_sync(
            bus, "org.riposte.Daemon1", "/org/riposte/Daemon1", interface, dot + 1,
            kept, G_VARIANT_TYPE(type), G_DBUS_CALL_FLAGS_NO_AUTO_START, timeout_ms,
            NULL, &error);
    if (error != NULL)
        g_debug("%s: %s", method, error->message);
    return answer;
}

void
rp_cli_tell_daemon(void)
{
    g_autoptr(GVariant) answer =
        call("org.riposte.Daemon1.Changed", NULL, "()", CALL_MS);

    g_debug("%s", answer != NULL ? "told riposted" : "no riposted to tell");
}

GVariant *
rp_cli_sync_by_daemon(const char *db_path)
{
    g_autofree char *path = g_canonicalize_filename(db_path, NULL);
    g_autoptr(GVariant) answer = call("org.riposte.Daemon1.Sync",
                                      g_variant_new("(s)", path), "(a(ss))", G_MAXINT);

    return answer == NULL ? NULL : g_variant_get_child_value(answer, 0);
}

static bool
is_of_daemon(const char *db_path)
{
    g_autoptr(GVariant) answer =
        call("org.freedesktop.DBus.Properties.Get",
             g_variant_new("(ss)", "org.riposte.Daemon1", "Database"), "(v)", CALL_MS);
    g_autoptr(GVariant) value = NULL;
    g_autofree char *ours = realpath(db_path, NULL);
    g_autofree char *its = NULL;

    if (answer == NULL || ours == NULL)
        return false;
    g_variant_get(answer, "(v)", &value);
    if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
        its = realpath(g_variant_get_string(value, NULL), NULL);
    return g_strcmp0(ours, its) == 0;
}

GVariant *
rp_cli_daemon_status(const char *db_path)
{
    g_autoptr(GVariant) answer = NULL;

    if (is_of_daemon(db_path))
        answer = call("org.riposte.Daemon1.Status", NULL, "(aa{sv}s)", CALL_MS);
    return answer == NULL ? NULL : g_variant_get_child_value(answer, 0);
}

/* Calls a method of the bus itself that answers with a list of names. */
static bool
is_listed(GDBusConnection *bus, const char *method, const char *name)
{
    g_autoptr(GVariant) answer = g_dbus_connection_call_sync(
        bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
        method, NULL, G_VARIANT_TYPE("(as)"), G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL,
        NULL);
    g_autofree const char **names = NULL;

    if (answer == NULL)
        return false;
    g_variant_get(answer, "(^a&s)", &names);
    return g_strv_contains(names, name);
}

RpNameState
rp_cli_bus_name(const char *name)
{
    g_autoptr(GDBusConnection) bus = session_bus();

    if (bus == NULL)
        return RP_NAME_ABSENT;
    if (is_listed(bus, "ListNames", name))
        return RP_NAME_OWNED;
    return is_listed(bus, "ListActivatableNames", name) ? RP_NAME_ACTIVATABLE
                                                        : RP_NAME_ABSENT;
}

/* A shared lock is had at once unless somebody holds it, and is let go again. */
char *
rp_cli_lock_holder(const char *db_path)
{
    g_autofree char *path = g_strconcat(db_path, ".lock", NULL);
    int fd = g_open(path, O_RDONLY | O_CLOEXEC, 0);
    char text[MAX_HOLDER] = "";
    ssize_t n = 0;
    bool is_held;

    if (fd < 0)
        return NULL;
    is_held = flock(fd, LOCK_SH | LOCK_NB) != 0;
    if (is_held)
        n = pread(fd, text, sizeof text - 1, 0);
    close(fd);
    if (!is_held)
        return NULL;
    return n > 0 ? g_strstrip(g_utf8_make_valid(text, n))
                 : g_strdup(_("another process"));
}
