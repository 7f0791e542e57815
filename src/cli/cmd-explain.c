/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-explain.c - riposte explain: the rule and the messages behind a claim */
#include <glib/gi18n.h>
#include <string.h>

#include "cli/whom.h"
#include "report/explain.h"

static const RpOption OPTIONS[] = {
    RP_SCOPE_OPTIONS,
    {NULL, NULL, NULL, 0, false},
};

static const RpChoice CHOICES[] = {
    RP_SCOPE_CHOICES,
    {NULL, NULL},
};

/* Ids and numbers hold no dot, names of figures always do. */
static bool
is_figure(const char *word)
{
    return strchr(word, '.') != NULL;
}

static RpExit
explain_figure(RpCli *cli, const char *name, GError **error)
{
    g_auto(RpScope) scope = RP_SCOPE_INIT;
    RpFigureQuestion question = {.name = name, .scope = &scope};
    g_autofree char *text = NULL;

    if (!rp_cli_scope(cli, &scope, error))
        return RP_EXIT_FAILED;
    text = cli->is_json
               ? rp_explain_figure_json(cli->view, &question)
               : rp_explain_figure_text(cli->view, &question, rp_cli_text_width(cli));
    if (text == NULL) {
        g_set_error(
            error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
            _("the report has no figure \"%s\"; mine.estimate.within_48h is one"),
            name);
        return RP_EXIT_NOT_FOUND;
    }
    if (cli->is_json)
        rp_cli_write(cli, text);
    else
        rp_cli_print(cli, "%s", text);
    return RP_EXIT_DONE;
}

static RpExit
explain_followup(RpCli *cli, const char *word, GError **error)
{
    const RpFollowup *followup = rp_cli_find_followup(cli, word, error);
    g_autofree char *text = NULL;

    if (followup == NULL)
        return RP_EXIT_FAILED;
    if (cli->is_json) {
        text = rp_explain_json(cli->view, followup);
        rp_cli_write(cli, text);
    } else {
        text = rp_explain_text(cli->view, followup, cli->has_color);
        rp_cli_print(cli, "%s", text);
    }
    return RP_EXIT_DONE;
}

static RpExit
run(RpCli *cli, GError **error)
{
    const char *word = rp_args_word(cli->args, 0);
    const char *name = rp_args_word(cli->args, 1);

    if (name != NULL && strcmp(word, "report") != 0) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("\"%s\" is one word too many; see riposte explain --help"), name);
        return RP_EXIT_USAGE;
    }
    if (name != NULL || is_figure(word))
        return explain_figure(cli, name != NULL ? name : word, error);
    return explain_followup(cli, word, error);
}

const RpCommand rp_cmd_explain = {
    .name = "explain",
    .run = run,
    .summary = N_("names the rule and the messages behind a claim"),
    .options = OPTIONS,
    .choices = CHOICES,
    .words = "ID|[report] FIGURE",
    .min_words = 1,
    .max_words = 2,
    .help =
        N_("ID is a follow-up's, the beginning of it, or its number in the list last"
           "\nshown. FIGURE is the report's, as in --json: mine.estimate.within_48h."),
};
