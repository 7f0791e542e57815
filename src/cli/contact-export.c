/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact-export.c - riposte contact export: vCard 4.0 or CSV */
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "cli/contact.h"
#include "cli/json-out.h"
#include "cli/whom.h"
#include "contacts/cards.h"
#include "report/facts.h"

static const char *const FORMATS[] = {"vcard", "csv"};

static void
free_card(gpointer card)
{
    rp_card_free(card);
}

/* The same people give the same file. */
static int
compare_cards(gconstpointer a, gconstpointer b)
{
    const RpCard *one = *(const RpCard *const *)a;
    const RpCard *other = *(const RpCard *const *)b;
    int order = g_strcmp0(rp_card_get(one, RP_CARD_ADDRESS),
                          rp_card_get(other, RP_CARD_ADDRESS));

    if (order == 0)
        order =
            g_strcmp0(rp_card_get(one, RP_CARD_NAME), rp_card_get(other, RP_CARD_NAME));
    return order != 0 ? order : strcmp(one->uid, other->uid);
}

/* Contacts; with --all, everybody I wrote to as well. */
static GPtrArray *
collect(RpCli *cli, uint32_t only)
{
    g_autofree uint8_t *people = rp_view_people(cli->view);
    g_autofree uint8_t *me = rp_view_me(cli->view);
    bool is_all = rp_args_has(cli->args, "all");
    GPtrArray *cards = g_ptr_array_new_with_free_func(free_card);

    for (uint32_t i = 0; i < cli->view->corpus->persons->len; i++) {
        bool is_curated =
            g_array_index(cli->view->corpus->persons, RpPerson, i).is_curated;

        if (only != RP_NONE ? i == only
                            : (is_curated || (is_all && people[i])) && !me[i])
            g_ptr_array_add(cards, rp_facts_card(cli->view, i));
    }
    g_ptr_array_sort(cards, compare_cards);
    return cards;
}

static char *
write_cards(const GPtrArray *cards, size_t format)
{
    GString *out;

    if (format == 1)
        return rp_csv_write(cards);
    out = g_string_new(NULL);
    for (guint i = 0; i < cards->len; i++)
        rp_vcard_write(g_ptr_array_index(cards, i), out);
    return g_string_free(out, FALSE);
}

/* Readable by its owner alone: who knows whom is nobody else's business. */
static bool
write_file(RpCli *cli, const char *path, const char *text, guint n, GError **error)
{
    g_autoptr(GError) local = NULL;

    if (!g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                  &local)) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, "%s", local->message);
        return false;
    }
    rp_cli_say(cli, NULL, ngettext("%s: %u contact\n", "%s: %u contacts\n", n), path,
               n);
    return true;
}

bool
rp_cli_export_contacts(RpCli *cli, GError **error)
{
    const char *path = rp_args_get(cli->args, "output");
    uint32_t only = RP_NONE;
    g_autoptr(GPtrArray) cards = NULL;
    g_autofree char *text = NULL;
    size_t format;

    if (!rp_args_choose(cli->args, "format", FORMATS, G_N_ELEMENTS(FORMATS), 0, &format,
                        error) ||
        rp_cli_view(cli, error) == NULL)
        return false;
    if (cli->is_json && path == NULL) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("contact export writes vCard or CSV; contact list --json has all"
                      " of it as JSON"));
        return false;
    }
    if (rp_args_n_words(cli->args) > 2) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("contact export takes one PERSON at the most"));
        return false;
    }
    if (rp_args_n_words(cli->args) > 1 &&
        !rp_cli_find_person(cli, rp_args_word(cli->args, 1), &only, error))
        return false;
    cards = collect(cli, only);
    if (cards->len == 0) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    _("there are no contacts; --all exports everybody you wrote to"));
        return false;
    }
    text = write_cards(cards, format);
    if (path != NULL)
        return write_file(cli, path, text, cards->len, error);
    rp_cli_write(cli, text);
    return true;
}
