/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-undo.c - riposte undo: takes back the last decision, or a follow-up's (R10) */
#include "cli/daemon.h"
#include "cli/decide.h"

#include <string.h>

static bool
is_about(const RpDecision *decision, const RpView *view, const RpFollowup *followup)
{
    const RpDerivation *derivation = view->derivation;
    const RpMessage *message =
        &g_array_index(derivation->messages, RpMessage, followup->message);
    const RpPerson *person =
        &g_array_index(derivation->corpus->persons, RpPerson, followup->person);

    return decision->direction == followup->direction &&
           strcmp(decision->person_key, person->key) == 0 &&
           strcmp(decision->message_id, rp_message_id(derivation, message)) == 0;
}

/* The last decision that stands, of that follow-up or of any (NULL). Foreign. */
static const RpDecision *
find_decision(const RpView *view, const RpFollowup *followup)
{
    for (guint i = view->decisions->len; i > 0; i--) {
        const RpDecision *decision = g_ptr_array_index(view->decisions, i - 1);

        if (decision->undone_at == RP_NEVER && decision->taken_at <= view->as_of_at &&
            (followup == NULL || is_about(decision, view, followup)))
            return decision;
    }
    return NULL;
}

/* NULL if the mail is gone from the mailbox. Foreign. */
static const RpFollowup *
find_followup(const RpView *view, const RpDecision *decision)
{
    const GArray *followups = view->derivation->followups;

    for (guint i = 0; i < followups->len; i++) {
        const RpFollowup *followup = &g_array_index(followups, RpFollowup, i);

        if (is_about(decision, view, followup))
            return followup;
    }
    return NULL;
}

static RpExit
undo(RpCli *cli, const RpDecision *decision, const RpFollowup *followup, GError **error)
{
    static const char *const kinds[] = {"done", "dismissed", "snoozed"};
    g_autofree char *what = followup != NULL ? rp_cli_describe(cli->view, followup)
                                             : g_strdup(decision->person_key);
    const char *kind = kinds[decision->kind];
    char id[RP_FOLLOWUP_ID_LEN + 1];

    g_strlcpy(id, followup != NULL ? followup->id : "", sizeof id);
    if (!rp_store_undo_decision(cli->store, decision->id, cli->now_at, error))
        return RP_EXIT_FAILED;
    rp_cli_tell_daemon();
    if (cli->is_json)
        return rp_cli_print_decided(cli, "riposte.undo/1", id, error);
    rp_cli_print(cli, "No longer %s: %s.\n", kind, what);
    return RP_EXIT_DONE;
}

static RpExit
run(RpCli *cli, GError **error)
{
    const char *word = rp_args_word(cli->args, 0);
    const RpView *view = rp_cli_view(cli, error);
    const RpFollowup *followup = NULL;
    const RpDecision *decision;

    if (view == NULL)
        return RP_EXIT_FAILED;
    if (word != NULL) {
        followup = rp_cli_find_followup(cli, word, error);
        if (followup == NULL)
            return RP_EXIT_NOT_FOUND;
    }
    decision = find_decision(view, followup);
    if (decision == NULL) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    "there is no decision to take back%s%s",
                    word != NULL ? " about " : "", word != NULL ? word : "");
        return RP_EXIT_NOT_FOUND;
    }
    return undo(cli, decision, find_followup(view, decision), error);
}

const RpCommand rp_cmd_undo = {
    .name = "undo",
    .run = run,
    .summary = "takes back the last done, dismiss or snooze, or that of a follow-up",
    .words = "[ID]",
    .min_words = 0,
    .max_words = 1,
};
