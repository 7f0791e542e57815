/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-snooze.c - riposte snooze: off the list until then (R10) */
#include <glib/gi18n.h>

#include "cli/decide.h"
#include "cli/until.h"

enum { MAX_WORDS = 5 };

static const RpOption OPTIONS[] = {
    {"note", "TEXT", N_("a word to remember it by"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

/* All words behind the ID, so that nobody has to quote them. */
static char *
join_until(const RpArgs *args)
{
    g_autoptr(GString) until = g_string_new(NULL);

    for (size_t i = 1; i < rp_args_n_words(args); i++)
        g_string_append_printf(until, "%s%s", i > 1 ? " " : "", rp_args_word(args, i));
    return g_strdup(until->str);
}

static RpExit
run(RpCli *cli, GError **error)
{
    g_autofree char *until = join_until(cli->args);
    RpVerdict verdict = {
        .kind = RP_DECISION_SNOOZE,
        .detail = "",
        .note = rp_args_get(cli->args, "note"),
    };

    if (rp_cli_config(cli, error) == NULL)
        return RP_EXIT_FAILED;
    if (!rp_until_parse(until, cli->now_at, rp_cli_zone(cli), &verdict.at)) {
        g_set_error(
            error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
            _("\"%s\" is no time to wait until; write 2d, \"mon 9:00\", tomorrow,"
              " \"next week\" or 2026-03-20"),
            until);
        return RP_EXIT_USAGE;
    }
    if (verdict.at <= cli->now_at) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, _("%s is in the past"),
                    until);
        return RP_EXIT_USAGE;
    }
    return rp_cli_decide(cli, rp_args_word(cli->args, 0), &verdict, error);
}

static const RpChoice CHOICES[] = {
    {"UNTIL", "3h|2d|1w|tomorrow|mon|next week"},
    {NULL, NULL},
};

const RpCommand rp_cmd_snooze = {
    .name = "snooze",
    .run = run,
    .summary = N_("off the list until then"),
    .options = OPTIONS,
    .words = "ID UNTIL",
    .min_words = 2,
    .max_words = MAX_WORDS,
    .help =
        N_("UNTIL is 3h, 2d, 1w, today 17:30, tomorrow, mon, mon 9:00, next week,\n"
           "17:30, 2026-03-20, 2026-03-20 14:00 or an ISO 8601 instant. A day without\n"
           "a time is 09:00."),
    .choices = CHOICES,
};
