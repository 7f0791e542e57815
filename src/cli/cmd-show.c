/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-show.c - riposte show: one person */
#include <glib/gi18n.h>

#include "cli/whom.h"
#include "report/contact.h"

enum { WORDS_MAX = 16 };

static RpExit
run(RpCli *cli, GError **error)
{
    g_autofree char *whom = rp_cli_join_words(cli, rp_args_n_words(cli->args));
    RpListStyle style = {.width = rp_cli_text_width(cli), .has_color = cli->has_color};
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = NULL;
    uint32_t person;

    if (!rp_cli_find_person(cli, whom, &person, error))
        return RP_EXIT_FAILED;
    if (cli->is_json) {
        text = rp_contact_json(cli->view, person);
        rp_cli_write(cli, text);
        return RP_EXIT_DONE;
    }
    text = rp_contact_text(cli->view, person, &style, ids);
    rp_cli_print(cli, "%s", text);
    if (ids->len > 0)
        rp_cli_save_numbers(cli, ids);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_show = {
    .name = "show",
    .run = run,
    .summary = N_("tells about one person"),
    .words = "PERSON",
    .min_words = 1,
    .max_words = WORDS_MAX,
    .help = N_("PERSON is an address, or any part of a name or address."),
};
