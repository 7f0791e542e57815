/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact-edit.c - riposte contact add and edit: facts that the user types */
#include <glib/gi18n.h>
#include <stdarg.h>
#include <string.h>

#include "cli/contact.h"
#include "cli/json-out.h"
#include "cli/whom.h"
#include "contacts/card.h"
#include "core/address.h"
#include "core/phone.h"
#include "report/text.h"
#include "store/forget.h"
#include "view/marks.h"

enum { KEY_HEX = 16, VALUE_COLUMNS = 60 };

static bool usage(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool
usage(GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_propagate_error(
        error, g_error_new_valist(RP_CLI_ERROR, RP_CLI_ERROR_USAGE, format, args));
    va_end(args);
    return false;
}

/* --org, --met-at: the field's word with - for _. */
static const char *
option_of(RpCardField field, char *name, size_t n)
{
    if (field == RP_CARD_ORGANISATION)
        return "org";
    g_strlcpy(name, rp_card_fields[field].word, n);
    return g_strdelimit(name, "_", '-');
}

/* Of a person who introduced another: their key. */
static char *
value_typed(RpCli *cli, RpCardField field, const char *text, GError **error)
{
    uint32_t person;

    if (field != RP_CARD_INTRODUCED_BY)
        return rp_cli_typed(text);
    if (!rp_cli_find_other(cli, text, &person, error))
        return NULL;
    return g_strdup(g_array_index(cli->view->corpus->persons, RpPerson, person).key);
}

static bool
is_number(const char *text)
{
    g_autofree char *number = rp_phone_normalize(text);

    return number != NULL;
}

static bool
take_option(RpCli *cli, RpCard *card, RpCardField field, GError **error)
{
    char name[40];
    const GPtrArray *values =
        rp_args_get_all(cli->args, option_of(field, name, sizeof name));

    for (guint i = 0; i < values->len; i++) {
        g_autofree char *value =
            value_typed(cli, field, g_ptr_array_index(values, i), error);
        g_autofree char *shown =
            value != NULL ? rp_text_clean(value, VALUE_COLUMNS) : NULL;
        guint before = card->facts->len;

        if (value == NULL)
            return false;
        if (field == RP_CARD_PHONE && *value != '\0' && !is_number(value))
            return usage(error, _("--phone: \"%s\" is no telephone number"), value);
        rp_card_add(card, field, "", value);
        if (card->n_bad > 0 || card->facts->len == before) {
            g_set_error(
                error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                rp_card_fields[field].is_date
                    ? _("--%s: \"%s\" is no date; write 1985-04-12, or --04-12 without"
                        " the year")
                : field == RP_CARD_ADDRESS
                    ? _("--%s: \"%s\" is no address")
                    : _("--%s: \"%s\" is empty, too long, or said twice"),
                option_of(field, name, sizeof name), shown);
            return false;
        }
    }
    return true;
}

/* An address of mine, or of who was forgotten, is nobody's. */
static bool
check_address(const RpCli *cli, const char *address, GError **error)
{
    g_autofree char *key = rp_address_person_key(address);
    g_autofree char *stand_in = NULL;

    if (rp_cli_is_own_address(cli, address)) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, _("%s is you"), address);
        return false;
    }
    if (!rp_store_find_forgotten(cli->store, key, &stand_in, error))
        return false;
    if (stand_in != NULL)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("they are forgotten; riposte forget --allow, with this address or"
                      " number, lets them come back"));
    return stand_in == NULL;
}

static bool
check_addresses(const RpCli *cli, const RpCard *card, GError **error)
{
    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);

        if (fact->field == RP_CARD_ADDRESS && !check_address(cli, fact->value, error))
            return false;
    }
    return true;
}

static bool
take_options(RpCli *cli, RpCard *card, GError **error)
{
    for (int i = 0; i < RP_N_CARD_FIELDS; i++)
        if (!take_option(cli, card, (RpCardField)i, error))
            return false;
    return check_addresses(cli, card, error);
}

/* --- into the store --- */

/* What the user said of a field that has one value. */
static bool
clear_typed(RpCli *cli, uint32_t person, const char *name, const char *value,
            GError **error)
{
    const RpFactRow *fact;
    guint i = 0;

    while (person != RP_NONE &&
           (fact = rp_view_next_fact(cli->view, person, name, &i)) != NULL)
        if (*fact->source == '\0' &&
            (value == NULL || strcmp(fact->value, value) == 0) &&
            !rp_store_remove_fact(cli->store, fact->person_key, name, fact->value,
                                  error))
            return false;
    return true;
}

static bool
put_facts(RpCli *cli, const RpCard *card, uint32_t person, char *key, GError **error)
{
    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);
        RpFactRow row = {0};
        char name[40];

        g_strlcpy(name, rp_card_fields[fact->field].word, sizeof name);
        row.person_key = key;
        row.name = name;
        row.value = fact->value;
        row.type = fact->type;
        row.since_at = cli->now_at;
        if ((!rp_card_fields[fact->field].is_many &&
             !clear_typed(cli, person, name, NULL, error)) ||
            !rp_store_put_fact(cli->store, &row, error))
            return false;
    }
    return true;
}

/* "--clear phone", "--clear phone=+49 30 1". */
static bool
clear_facts(RpCli *cli, uint32_t person, GError **error)
{
    const GPtrArray *texts = rp_args_get_all(cli->args, "clear");

    for (guint i = 0; i < texts->len; i++) {
        g_auto(GStrv) parts = g_strsplit(g_ptr_array_index(texts, i), "=", 2);
        g_autofree char *word = g_strdelimit(g_strdup(parts[0]), "-", '_');
        const char *name = strcmp(word, "org") == 0 ? "organisation" : word;

        if (rp_card_field(name) == RP_N_CARD_FIELDS)
            return usage(error, _("--clear: there is no fact %s"), parts[0]);
        if (!rp_cli_has_typed(cli, person, name, parts[1])) {
            g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                        _("--clear %s: you typed nothing of that; what a card says is"
                          " changed in its address book"),
                        (const char *)g_ptr_array_index(texts, i));
            return false;
        }
        if (!clear_typed(cli, person, name, parts[1], error))
            return false;
    }
    return true;
}

/* --- add --- */

/* Words with an @ are addresses, the others are the name. */
static bool
take_words(RpCli *cli, RpCard *card, GError **error)
{
    g_autoptr(GString) name = g_string_new(NULL);

    for (size_t i = 1; i < rp_args_n_words(cli->args); i++) {
        g_autofree char *word = rp_cli_typed(rp_args_word(cli->args, i));
        bool is_address = strchr(word, '@') != NULL;

        if (is_address)
            rp_card_add(card, RP_CARD_ADDRESS, "", word);
        else
            g_string_append_printf(name, "%s%s", name->len > 0 ? " " : "", word);
        if (card->n_bad > 0)
            return usage(error, _("contact add: no address: %s"), word);
    }
    rp_card_add(card, RP_CARD_NAME, "", name->str);
    return true;
}

static char *
key_of(const RpCli *cli, const RpCard *card)
{
    const char *address = rp_card_get(card, RP_CARD_ADDRESS);
    g_autofree char *text = NULL;
    g_autofree char *hash = NULL;

    if (address != NULL)
        return rp_address_person_key(address);
    text = g_strdup_printf("%s\n%" G_GINT64_FORMAT, rp_card_get(card, RP_CARD_NAME),
                           cli->now_at);
    hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    return g_strdup_printf(RP_NOMAIL_PREFIX "%.*s", KEY_HEX, hash);
}

bool
rp_cli_add_contact(RpCli *cli, GError **error)
{
    g_autoptr(RpCard) card = rp_card_new();
    g_autofree char *key = NULL;
    uint32_t person;

    if (rp_cli_view(cli, error) == NULL || !take_words(cli, card, error) ||
        !take_options(cli, card, error))
        return false;
    if (!rp_card_is_whole(card))
        return usage(error, _("contact add needs a NAME or an ADDRESS"));
    if (rp_card_get(card, RP_CARD_NAME) == NULL &&
        rp_card_get(card, RP_CARD_ADDRESS) == NULL)
        return usage(error, _("contact add needs a NAME or an ADDRESS"));
    key = key_of(cli, card);
    person = rp_corpus_find_person(cli->view->corpus, key);
    if (person != RP_NONE &&
        g_array_index(cli->view->corpus->persons, RpPerson, person).is_curated) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("%s is a contact already: riposte contact edit %s"), key, key);
        return false;
    }
    if (!put_facts(cli, card, person, key, error))
        return false;
    rp_cli_say(cli, key, _("Added: %s.\n"),
               rp_card_get(card, RP_CARD_NAME) != NULL ? rp_card_get(card, RP_CARD_NAME)
                                                       : key);
    return true;
}

/* --- edit --- */

bool
rp_cli_edit_contact(RpCli *cli, GError **error)
{
    g_autoptr(RpCard) card = rp_card_new();
    g_autofree char *who = NULL;
    g_autofree char *key = NULL;
    const char *introducer;
    uint32_t person;

    if (rp_args_n_words(cli->args) != 2)
        return usage(error, _("contact edit needs one PERSON"));
    if (!rp_cli_find_other(cli, rp_args_word(cli->args, 1), &person, error) ||
        !take_options(cli, card, error))
        return false;
    if (card->facts->len == 0 && !rp_args_has(cli->args, "clear"))
        return usage(error,
                     _("contact edit: say what, by --phone, --title, --clear ..."));
    introducer = rp_card_get(card, RP_CARD_INTRODUCED_BY);
    if (introducer != NULL &&
        rp_corpus_find_person(cli->view->corpus, introducer) == person)
        return usage(error, _("--introduced-by: nobody introduces themselves"));
    who = rp_cli_contact_label(cli->view, person);
    key = g_strdup(g_array_index(cli->view->corpus->persons, RpPerson, person).key);
    if (!clear_facts(cli, person, error) || !put_facts(cli, card, person, key, error))
        return false;
    rp_cli_say(cli, key, _("Changed: %s.\n"), who);
    return true;
}
