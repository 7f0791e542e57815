/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-people.c - riposte people: who is close, who fades, who waits (B2, B3) */
#include <glib/gi18n.h>

#include "cli/whom.h"
#include "report/people.h"

enum { N_SHOWN = 20 };

static const RpOption OPTIONS[] = {
    {"closest", NULL, N_("who is close to you (as without options)"), 0, false},
    {"fading", NULL, N_("who has been silent for longer than is usual"), 0, false},
    {"owed", NULL, N_("who waits for you"), 0, false},
    {"pinch", NULL, N_("whom you tagged pinch: they would help in one"), 0, false},
    {"all", NULL, N_("all of them"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

static bool
get_choice(const RpCli *cli, RpPeopleChoice *choice, GError **error)
{
    static const char *const names[] = {[RP_PEOPLE_CLOSEST] = "closest",
                                        [RP_PEOPLE_FADING] = "fading",
                                        [RP_PEOPLE_OWED] = "owed",
                                        [RP_PEOPLE_PINCH] = "pinch"};
    unsigned n = 0;

    *choice = RP_PEOPLE_CLOSEST;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (!rp_args_has(cli->args, names[i]))
            continue;
        *choice = (RpPeopleChoice)i;
        n++;
    }
    if (n > 1)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("people takes one of --closest, --fading, --owed and --pinch"));
    return n <= 1;
}

static RpExit
run(RpCli *cli, GError **error)
{
    uint32_t n_shown = rp_args_has(cli->args, "all") ? UINT32_MAX : N_SHOWN;
    g_autofree RpBond *bonds = NULL;
    g_autoptr(GArray) persons = NULL;
    g_autofree char *text = NULL;
    RpPeopleChoice choice;
    const RpView *view;

    if (!get_choice(cli, &choice, error))
        return RP_EXIT_FAILED;
    view = rp_cli_view(cli, error);
    if (view == NULL)
        return RP_EXIT_FAILED;
    bonds = rp_bonds(view->derivation);
    persons = rp_people_choose(view, bonds, choice);
    text = cli->is_json ? rp_people_json(view, bonds, persons)
                        : rp_people_text(view, bonds, persons, choice, n_shown,
                                         rp_cli_text_width(cli));
    if (cli->is_json)
        rp_cli_write(cli, text);
    else
        rp_cli_print(cli, "%s", text);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_people = {
    .name = "people",
    .run = run,
    .summary = N_("tells who is close, who fades, who waits"),
    .options = OPTIONS,
    .help =
        N_("Close is who writes to you and you to them, regularly, lately, and soon\n"
           "answered; doc/RULES.md, B2, has the formula."),
};
