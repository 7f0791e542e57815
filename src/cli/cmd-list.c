/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-list.c - riposte list: what is due now */
#include <glib/gi18n.h>

#include "cli/whom.h"
#include "report/json.h"
#include "report/list.h"

static const RpOption OPTIONS[] = {
    {"owed", NULL, N_("only the replies you owe"), 0, false},
    {"waiting", NULL, N_("only the people to chase"), 0, false},
    {"all", NULL, N_("every follow-up, closed and lapsed ones too"), 0, false},
    {"full", NULL, N_("long sections whole"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

/* Both options together are as good as none. */
static unsigned
directions_of(const RpCli *cli)
{
    unsigned directions = 0;

    if (rp_args_has(cli->args, "owed"))
        directions |= RP_VIEW_MINE;
    if (rp_args_has(cli->args, "waiting"))
        directions |= RP_VIEW_THEIRS;
    return directions != 0 ? directions : RP_VIEW_MINE | RP_VIEW_THEIRS;
}

static RpExit
run(RpCli *cli, GError **error)
{
    const RpView *view = rp_cli_view(cli, error);
    RpListStyle style = {.width = rp_cli_text_width(cli),
                         .has_color = cli->has_color,
                         .is_all = rp_args_has(cli->args, "all"),
                         .is_full = rp_args_has(cli->args, "full"),
                         .has_keep = !rp_args_has(cli->args, "owed") &&
                                     !rp_args_has(cli->args, "waiting")};
    g_autoptr(GPtrArray) followups = NULL;
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = NULL;

    if (view == NULL)
        return RP_EXIT_FAILED;
    followups = style.is_all ? rp_view_all_followups(view, directions_of(cli))
                             : rp_view_open_followups(view, directions_of(cli));
    if (cli->is_json) {
        text = rp_json_list(view, followups);
        rp_cli_write(cli, text);
        return RP_EXIT_DONE;
    }
    text = rp_list_text(view, followups, &style, ids);
    rp_cli_print(cli, "%s", text);
    rp_cli_save_numbers(cli, ids);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_list = {
    .name = "list",
    .run = run,
    .summary = N_("prints what is due now"),
    .options = OPTIONS,
    .help = N_(
        "Replies you owe, calls to return, new people, people to chase, people to get"
        "\nback in touch with, thanks you owe, and what is probably done; in each, the"
        "\nmost overdue first. The numbers stand for the follow-ups in"
        "\nother commands until the next list."),
};
