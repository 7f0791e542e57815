/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions.c - what the buttons of a notice do */
#include "daemon/actions.h"

#include "config/opener.h"

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

    if (rp_event_is_uid(candidate->message_id)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    "a call has no message to open");
        return false;
    }
    mailbox = rp_opener_mailbox(config, candidate->account, candidate->folder);
    target.mailbox = mailbox;
    argv = rp_opener_window_argv(config->notify.open_command, &target, error);
    if (argv == NULL)
        return false;
    return g_spawn_async(NULL, argv, envp,
                         G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                             G_SPAWN_STDERR_TO_DEV_NULL,
                         NULL, NULL, NULL, error);
}
