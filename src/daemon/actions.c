/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions.c - what the buttons of a notice do */
#include "daemon/actions.h"

#include <glib/gi18n.h>

#include "config/opener.h"
#include "daemon/sdnotify.h"

bool
rp_action_decides(const char *action)
{
    return g_str_equal(action, "snooze") || g_str_equal(action, "done");
}

RpDecision *
rp_action_decision(const RpCandidate *candidate, const char *action, int64_t now_at)
{
    bool is_snooze = g_str_equal(action, "snooze");
    RpDecision *decision = g_new0(RpDecision, 1);

    decision->kind = is_snooze ? RP_DECISION_SNOOZE : RP_DECISION_DONE;
    decision->direction = candidate->direction;
    decision->person_key = g_strdup(candidate->person_key);
    decision->message_id = g_strdup(candidate->message_id);
    decision->taken_at = now_at;
    decision->undone_at = RP_NEVER;
    decision->at = is_snooze ? now_at + RP_DAY_S : now_at;
    decision->detail = g_strdup(is_snooze ? "" : "other");
    decision->note = g_strdup("");
    return decision;
}

/* A window is only raised if the desktop knows that it was asked for. */
static char **
make_environment(const char *token)
{
    char **envp = g_get_environ();

    if (*token == '\0')
        return envp;
    envp = g_environ_setenv(envp, "XDG_ACTIVATION_TOKEN", token, TRUE);
    return g_environ_setenv(envp, "DESKTOP_STARTUP_ID", token, TRUE);
}

/* For systemd, which would put a variable's value for $NAME. */
static char *
escape(const char *argument)
{
    g_auto(GStrv) parts = g_strsplit(argument, "$", -1);

    return g_strjoinv("$$", parts);
}

/* A service is begun before the desktop is: systemd has been told since of the screen
 * and the like. The program becomes a unit of its own, whose children stay when it
 * ends, as those of xdg-open must. */
static char **
make_unit(char *const *argv, const char *token)
{
    g_autoptr(GStrvBuilder) unit = g_strv_builder_new();

    g_strv_builder_add_many(
        unit, "systemd-run", "--user", "--quiet", "--collect",
        "--description=riposte opens a message", "--property=KillMode=process",
        "--property=StandardOutput=null", "--property=StandardError=null", NULL);
    if (*token != '\0') {
        g_autofree char *xdg =
            g_strconcat("--setenv=XDG_ACTIVATION_TOKEN=", token, NULL);
        g_autofree char *x11 = g_strconcat("--setenv=DESKTOP_STARTUP_ID=", token, NULL);

        g_strv_builder_add_many(unit, xdg, x11, NULL);
    }
    g_strv_builder_add(unit, "--");
    for (; *argv != NULL; argv++) {
        g_autofree char *argument = escape(*argv);

        g_strv_builder_add(unit, argument);
    }
    return g_strv_builder_end(unit);
}

static bool
is_there(const char *program)
{
    g_autofree char *path = g_find_program_in_path(program);

    return path != NULL;
}

static bool
spawn(char **argv, char **envp, GSpawnFlags flags, GPid *pid, GError **error)
{
    return g_spawn_async(NULL, argv, envp,
                         flags | G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                             G_SPAWN_STDERR_TO_DEV_NULL,
                         NULL, NULL, pid, error);
}

typedef struct {
    char **argv, **envp; /* own; what the unit was to run */
} Unit;

static void
unit_free(gpointer data)
{
    Unit *unit = data;

    g_strfreev(unit->argv);
    g_strfreev(unit->envp);
    g_free(unit);
}

/* A manager that begins no unit: then as where there is none. */
static void
on_unit_begun(GPid pid, gint status, gpointer data)
{
    const Unit *unit = data;
    g_autoptr(GError) error = NULL;

    g_spawn_close_pid(pid);
    if (g_spawn_check_wait_status(status, &error))
        return;
    g_message("systemd-run began no unit: %s", error->message);
    g_clear_error(&error);
    if (!spawn(unit->argv, unit->envp, G_SPAWN_DEFAULT, NULL, &error))
        g_message("cannot open the message: %s", error->message);
}

static bool
open_in_unit(char **argv, char **envp, const char *token, GError **error)
{
    g_auto(GStrv) line = make_unit(argv, token);
    Unit *unit;
    GPid pid;

    if (!spawn(line, envp, G_SPAWN_DO_NOT_REAP_CHILD, &pid, error))
        return false;
    unit = g_new0(Unit, 1);
    unit->argv = g_strdupv(argv);
    unit->envp = g_strdupv(envp);
    g_child_watch_add_full(G_PRIORITY_DEFAULT, pid, on_unit_begun, unit, unit_free);
    return true;
}

bool
rp_action_open(const RpConfig *config, const RpCandidate *candidate, const char *token,
               GError **error)
{
    g_autofree char *mailbox = NULL;
    RpOpenTarget target = {
        .message_id = candidate->message_id,
        .address = candidate->address,
        .folder = candidate->folder,
        .subject = candidate->subject,
        .uid = candidate->uid,
    };
    g_auto(GStrv) argv = NULL;
    g_auto(GStrv) envp = make_environment(token);

    if (rp_event_is_uid(candidate->message_id) || candidate->is_keep) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    _("there is no message to open"));
        return false;
    }
    mailbox = rp_opener_mailbox(config, candidate->account, candidate->folder);
    target.mailbox = mailbox;
    argv = rp_opener_window_argv(config->notify.open_command, &target, error);
    if (argv == NULL)
        return false;
    /* A program that is not there is told of by us alone. */
    if (rp_sdnotify_is_service() && is_there("systemd-run") && is_there(argv[0]))
        return open_in_unit(argv, envp, token, error);
    return spawn(argv, envp, G_SPAWN_DEFAULT, NULL, error);
}
