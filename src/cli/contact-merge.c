/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact-merge.c - riposte contact merge and split: which addresses are one person's
 */
#include <glib/gi18n.h>
#include <stdarg.h>
#include <string.h>

#include "cli/contact.h"
#include "cli/json-out.h"
#include "cli/whom.h"
#include "core/address.h"

static const char *
key_of(const RpCli *cli, uint32_t person)
{
    return g_array_index(cli->view->corpus->persons, RpPerson, person).key;
}

static bool fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool
fail(GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_propagate_error(
        error, g_error_new_valist(RP_CLI_ERROR, RP_CLI_ERROR_FAILED, format, args));
    va_end(args);
    return false;
}

static bool
add_decision(RpCli *cli, RpDecisionKind kind, const char *key, const char *other,
             GError **error)
{
    g_autoptr(RpDecision) decision = g_new0(RpDecision, 1);

    decision->kind = kind;
    decision->person_key = g_strdup(key);
    decision->message_id = g_strdup("");
    decision->taken_at = decision->at = cli->now_at;
    decision->undone_at = RP_NEVER;
    decision->detail = g_strdup(other);
    decision->note = g_strdup("");
    return rp_store_add_decision(cli->store, decision, error);
}

bool
rp_cli_merge_contacts(RpCli *cli, GError **error)
{
    g_autofree char *one = NULL;
    g_autofree char *other = NULL;
    uint32_t a, b;

    if (rp_args_n_words(cli->args) != 3) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("contact merge needs two PERSONs"));
        return false;
    }
    if (!rp_cli_find_other(cli, rp_args_word(cli->args, 1), &a, error) ||
        !rp_cli_find_other(cli, rp_args_word(cli->args, 2), &b, error))
        return false;
    one = rp_cli_contact_label(cli->view, a);
    other = rp_cli_contact_label(cli->view, b);
    if (a == b)
        return fail(error, _("%s is one person already"), one);
    if (g_str_has_prefix(key_of(cli, a), RP_TEL_PREFIX) ||
        g_str_has_prefix(key_of(cli, b), RP_TEL_PREFIX))
        return fail(error,
                    _("%s and the other: one is a number; riposte contact edit PERSON"
                      " --phone NUMBER says whose it is"),
                    one);
    if (!add_decision(cli, RP_DECISION_MERGE, key_of(cli, a), key_of(cli, b), error))
        return false;
    rp_cli_say(cli, key_of(cli, a),
               _("One person from now on: %s and %s. To take it back: riposte undo\n"),
               one, other);
    return true;
}

/* Is anything else of that person? */
static bool
is_joined(const RpCli *cli, uint32_t own)
{
    const RpCorpus *corpus = cli->view->corpus;
    uint32_t person = rp_corpus_find_person(corpus, key_of(cli, own));

    for (uint32_t i = 0; i < corpus->persons->len; i++)
        if (i != own && rp_corpus_find_person(corpus, key_of(cli, i)) == person)
            return true;
    return false;
}

/* An address of the corpus, or RP_NONE. */
static uint32_t
find_address(const RpCli *cli, const char *text)
{
    const RpCorpus *corpus = cli->view->corpus;
    g_autofree char *wanted = rp_address_normalize(text);
    guint found =
        wanted != NULL
            ? GPOINTER_TO_UINT(g_hash_table_lookup(corpus->address_index, wanted))
            : 0;

    return found > 0 ? found - 1 : RP_NONE;
}

bool
rp_cli_split_contact(RpCli *cli, GError **error)
{
    g_autofree char *typed = rp_cli_typed(rp_args_word(cli->args, 1));
    uint32_t address, own;

    if (rp_args_n_words(cli->args) != 2) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("contact split needs the ADDRESS that is somebody else's"));
        return false;
    }
    if (rp_cli_view(cli, error) == NULL)
        return false;
    address = find_address(cli, typed);
    if (address == RP_NONE) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    _("nobody has the address \"%s\"; riposte show PERSON tells which"
                      " there are"),
                    typed);
        return false;
    }
    own = g_array_index(cli->view->corpus->addresses, RpAddress, address).own;
    if (!is_joined(cli, own))
        return fail(error, _("%s is nobody else's: there is nothing to split"), typed);
    if (!add_decision(cli, RP_DECISION_SPLIT, key_of(cli, own), "", error))
        return false;
    rp_cli_say(cli, key_of(cli, own),
               _("A person of their own from now on: %s. To take it back: riposte"
                 " undo\n"),
               key_of(cli, own));
    return true;
}
