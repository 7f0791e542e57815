/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-dismiss.c - riposte dismiss: no answer will come, and none is late (R10) */
#include <glib/gi18n.h>

#include "cli/decide.h"

static const RpOption OPTIONS[] = {
    {"reason", "WHY", N_("no-answer-needed (the default), delegated or other"), 0,
     false},
    {"conversation", NULL, N_("its whole conversation, now and in future"), 0, false},
    {"note", "TEXT", N_("a word to remember it by"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

static const char *const REASONS[] = {NC_("reason", "no-answer-needed"),
                                      NC_("reason", "delegated"),
                                      NC_("reason", "other")};

static RpExit
run(RpCli *cli, GError **error)
{
    RpVerdict verdict = {.kind = RP_DECISION_DISMISS};
    size_t reason;

    if (!rp_args_choose(cli->args, "reason", REASONS, G_N_ELEMENTS(REASONS), 0, &reason,
                        error))
        return RP_EXIT_USAGE;
    if (rp_cli_config(cli, error) == NULL) /* it knows the zone of --now */
        return RP_EXIT_FAILED;
    verdict.at = cli->now_at;
    verdict.detail = REASONS[reason];
    if (rp_args_has(cli->args, "conversation")) {
        verdict.kind = RP_DECISION_IGNORE_CONVERSATION;
        verdict.detail = "";
    }
    verdict.note = rp_args_get(cli->args, "note");
    return rp_cli_decide(cli, rp_args_word(cli->args, 0), &verdict, error);
}

static const RpChoice CHOICES[] = {
    {"reason", "no-answer-needed|delegated|other"},
    {NULL, NULL},
};

const RpCommand rp_cmd_dismiss = {
    .name = "dismiss",
    .run = run,
    .summary = N_("no answer is needed: off the list and out of the statistics"),
    .options = OPTIONS,
    .words = "ID",
    .min_words = 1,
    .max_words = 1,
    .choices = CHOICES,
};
