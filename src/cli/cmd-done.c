/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-done.c - riposte done: handled in another way than by mail (R10) */
#include "cli/decide.h"

static const RpOption OPTIONS[] = {
    {"by", "HOW", "call, meeting, chat, letter, mail or other (the default)", 0, false},
    {"at", "WHEN", "when it was: an instant, or 14:30 for today (default: now)", 0,
     false},
    {"note", "TEXT", "a word to remember it by", 0, false},
    {NULL, NULL, NULL, 0, false},
};

static const char *const CHANNELS[] = {"call",   "meeting", "chat",
                                       "letter", "mail",    "other"};

/* "14:30", a time of today, or an instant. */
static bool
read_at(RpCli *cli, const char *text, int64_t *at, GError **error)
{
    g_autoptr(GDateTime) now = NULL;
    g_autoptr(GDateTime) local = NULL;
    g_autofree char *whole = NULL;

    if (g_utf8_strchr(text, -1, '-') != NULL || g_utf8_strchr(text, -1, ':') == NULL)
        return rp_cli_parse_instant(cli, text, "--at", at, error);
    now = g_date_time_new_from_unix_utc(cli->now_at);
    local = g_date_time_to_timezone(now, rp_cli_zone(cli));
    whole = g_strdup_printf("%04d-%02d-%02dT%s%s:00", g_date_time_get_year(local),
                            g_date_time_get_month(local),
                            g_date_time_get_day_of_month(local),
                            text[1] == ':' ? "0" : "", text);
    if (rp_instant_parse(whole, rp_cli_zone(cli), at))
        return true;
    return rp_cli_parse_instant(cli, text, "--at", at, error);
}

static bool
choose_at(RpCli *cli, int64_t opened_at, int64_t *at, GError **error)
{
    const char *text = rp_args_get(cli->args, "at");

    *at = cli->now_at;
    if (text != NULL && !read_at(cli, text, at, error))
        return false;
    if (*at > cli->now_at) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    "--at: %s is yet to come; riposte snooze keeps it until then",
                    text);
        return false;
    }
    if (*at < opened_at) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    "--at: %s is before the message itself",
                    text != NULL ? text : "now");
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
    .summary = "it was handled by phone, in a meeting ...: an answer at that time",
    .options = OPTIONS,
    .words = "ID",
    .min_words = 1,
    .max_words = 1,
    .choices = CHOICES,
};
