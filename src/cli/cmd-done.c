/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-done.c - riposte done: handled in another way than by mail (R10) */
#include <glib/gi18n.h>

#include "cli/decide.h"
#include "cli/whom.h"

static const RpOption OPTIONS[] = {
    {"by", "HOW", N_("call, meeting, chat, letter, mail or other (the default)"), 0,
     false},
    {"at", "WHEN", N_("when it was: yesterday 15:00, 2h ago, 14:30 (default: now)"), 0,
     false},
    {"note", "TEXT", N_("a word to remember it by"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

static const char *const CHANNELS[] = {
    NC_("way", "call"),   NC_("way", "meeting"), NC_("way", "chat"),
    NC_("way", "letter"), NC_("way", "mail"),    NC_("way", "other"),
};

static bool
choose_at(RpCli *cli, int64_t opened_at, int64_t *at, GError **error)
{
    const char *text = rp_args_get(cli->args, "at");

    *at = cli->now_at;
    if (text != NULL && !rp_cli_parse_past(cli, text, "--at", at, error))
        return false;
    if (*at > cli->now_at) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("--at: %s is yet to come; riposte snooze keeps it until then"),
                    text);
        return false;
    }
    if (*at < opened_at) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("--at: %s is before the message itself"),
                    text != NULL ? text : _("now"));
        return false;
    }
    return true;
}

static RpExit
run(RpCli *cli, GError **error)
{
    const char *word = rp_args_word(cli->args, 0);
    RpVerdict verdict = {.kind = RP_DECISION_DONE};
    const RpFollowup *followup;
    size_t channel;

    if (!rp_args_choose(cli->args, "by", CHANNELS, G_N_ELEMENTS(CHANNELS),
                        G_N_ELEMENTS(CHANNELS) - 1, &channel, error))
        return RP_EXIT_USAGE;
    followup = rp_cli_find_followup(cli, word, error);
    if (followup == NULL || !choose_at(cli, followup->opened_at, &verdict.at, error))
        return RP_EXIT_FAILED;
    verdict.detail = CHANNELS[channel];
    verdict.note = rp_args_get(cli->args, "note");
    return rp_cli_decide(cli, word, &verdict, error);
}

static const RpChoice CHOICES[] = {
    {"by", "call|meeting|chat|letter|mail|other"},
    {NULL, NULL},
};

const RpCommand rp_cmd_done = {
    .name = "done",
    .run = run,
    .summary = N_("it was handled by phone, in a meeting ...: an answer at that time"),
    .options = OPTIONS,
    .words = "ID",
    .min_words = 1,
    .max_words = 1,
    .choices = CHOICES,
};
