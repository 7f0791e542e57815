/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-show.c - riposte show: one person */
#include "cli/whom.h"
#include "report/contact.h"

enum { WORDS_MAX = 16 };

/* "Ada Lovelace" needs no quotes. */
static char *
join_words(const RpCli *cli)
{
    GString *text = g_string_new(rp_args_word(cli->args, 0));

    for (size_t i = 1; i < rp_args_n_words(cli->args); i++)
        g_string_append_printf(text, " %s", rp_args_word(cli->args, i));
    return g_string_free(text, FALSE);
}

static RpExit
run(RpCli *cli, GError **error)
{
    g_autofree char *whom = join_words(cli);
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
    .summary = "tells about one person",
    .words = "PERSON",
    .min_words = 1,
    .max_words = WORDS_MAX,
    .help = "PERSON is an address, or any part of a name or address.",
};
