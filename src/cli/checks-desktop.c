/* SPDX-License-Identifier: GPL-3.0-or-later */
/* checks-desktop.c - doctor's look at riposted and at the notification daemon */
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "cli/checks.h"
#include "cli/daemon.h"

enum { CALL_MS = 3000 };

static const char NAME[] = "org.freedesktop.Notifications";

static void
check_daemon(const RpCli *cli, GPtrArray *findings)
{
    g_autofree char *holder = rp_cli_lock_holder(cli->db_path);

    if (holder != NULL && g_str_has_prefix(holder, "daemon"))
        rp_find(findings, "riposted", RP_LEVEL_OK, _("is running"), "");
    else
        rp_find(findings, "riposted", RP_LEVEL_NOTE,
                _("is not running: nothing reminds you"),
                _("systemctl --user enable --now riposte"));
}

/* NULL if it does not answer in time. The caller's. */
static GVariant *
ask(GDBusConnection *bus, const char *method, const char *type)
{
    return g_dbus_connection_call_sync(bus, NAME, "/org/freedesktop/Notifications",
                                       NAME, method, NULL, G_VARIANT_TYPE(type),
                                       G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, NULL);
}

static void
find_server(GVariant *server, GVariant *answer, GPtrArray *findings)
{
    g_auto(GStrv) capabilities = NULL;
    const char *name, *version;
    g_autofree char *list = NULL;
    g_autofree char *text = NULL;
    bool has_actions;

    g_variant_get(server, "(&s&s&s&s)", &name, NULL, &version, NULL);
    g_variant_get(answer, "(^as)", &capabilities);
    has_actions = g_strv_contains((const char *const *)capabilities, "actions");
    list = g_strjoinv(", ", capabilities);
    text = g_strdup_printf(_("shown by %s %s: %s"), name, version, list);
    rp_find(findings, N_("notifications"), has_actions ? RP_LEVEL_OK : RP_LEVEL_NOTE,
            text,
            has_actions
                ? ""
                : _("it has no buttons: riposte open, snooze and done do the same"));
}

static void
check_notifications(GPtrArray *findings)
{
    g_autoptr(GDBusConnection) bus = NULL;
    g_autoptr(GVariant) server = NULL;
    g_autoptr(GVariant) capabilities = NULL;

    RpNameState state = rp_cli_bus_name(NAME);

    if (state == RP_NAME_ABSENT) {
        rp_find(findings, N_("notifications"), RP_LEVEL_NOTE,
                _("no program shows them in this session"),
                _("start a desktop session, or a notification daemon such as dunst"));
        return;
    }
    bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
    if (bus != NULL)
        server = ask(bus, "GetServerInformation", "(ssss)");
    if (server != NULL)
        capabilities = ask(bus, "GetCapabilities", "(as)");
    if (capabilities != NULL)
        find_server(server, capabilities, findings);
    else if (state == RP_NAME_ACTIVATABLE)
        rp_find(
            findings, N_("notifications"), RP_LEVEL_NOTE,
            _("the program that should show them cannot be started here"),
            _("start a desktop session; riposted shows what is due once there is one"));
    else
        rp_find(findings, N_("notifications"), RP_LEVEL_WRONG,
                _("the program that should show them does not answer"),
                _("restart it, or log in anew; riposted shows what is due as soon as it"
                  " answers"));
}

void
rp_check_desktop(RpCli *cli, GPtrArray *findings)
{
    check_daemon(cli, findings);
    check_notifications(findings);
}
