/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact.c - what riposte contact prints */
#include "cli/contact.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/json-out.h"
#include "core/address.h"
#include "core/instant.h"
#include "report/facts.h"
#include "report/json.h"
#include "report/text.h"
#include "store/facts.h"
#include "view/marks.h"

enum { NAME_COLUMNS = 40 };

char *
rp_cli_contact_label(const RpView *view, uint32_t person)
{
    uint32_t address = rp_view_person_address(view, person);
    g_autofree char *name =
        rp_text_clean(rp_view_label_of(view, person, address), NAME_COLUMNS);

    return g_strdup_printf(
        "%s <%s>", name,
        address == RP_NONE
            ? g_array_index(view->corpus->persons, RpPerson, person).key
            : g_array_index(view->corpus->addresses, RpAddress, address).text);
}

void
rp_cli_print_limit(RpCli *cli, const char *key, const char *whose, int64_t limit_s)
{
    g_autofree char *limit = rp_duration_format(limit_s);

    if (limit_s > 0)
        /* TRANSLATORS: a person, or "whoever bears the tag TAG". */
        rp_cli_say(cli, key, _("A reply to %s is late after %s.\n"), whose, limit);
    else
        rp_cli_say(cli, key, _("No limit of their own any more: %s.\n"), whose);
}

static bool
is_marked(const RpView *view, uint32_t person)
{
    g_autoptr(GPtrArray) tags = rp_view_tags(view, person);
    const RpPerson *row = &g_array_index(view->corpus->persons, RpPerson, person);

    if (rp_address_is_forgotten(row->key))
        return false;
    return row->is_curated || tags->len > 0 || rp_view_own_limit(view, person) > 0 ||
           rp_view_ignoring(view, person) != NULL;
}

static void
print_person(RpCli *cli, uint32_t person)
{
    g_autofree char *who = rp_cli_contact_label(cli->view, person);
    g_autoptr(GPtrArray) tags = rp_view_tags(cli->view, person);
    int64_t limit_s =
        g_array_index(cli->view->corpus->persons, RpPerson, person).limit_s;
    g_autofree char *limit = rp_duration_format(limit_s);
    guint fact = 0;
    const RpFactRow *organisation =
        rp_view_next_fact(cli->view, person, "organisation", &fact);

    rp_cli_print(cli, "%s", who);
    if (organisation != NULL) {
        g_autofree char *clean = rp_text_clean(organisation->value, NAME_COLUMNS);

        rp_cli_print(cli, "; %s", clean);
    }
    for (guint i = 0; i < tags->len; i++) {
        g_autofree char *clean =
            rp_text_clean(g_ptr_array_index(tags, i), NAME_COLUMNS);

        rp_cli_print(cli, "%s%s", i > 0 ? _(", ") : _("; tags: "), clean);
    }
    if (limit_s > 0)
        rp_cli_print(cli, _("; late after %s"), limit);
    rp_cli_print(cli, "%s\n",
                 rp_view_ignoring(cli->view, person) != NULL ? _("; ignored") : "");
}

static GArray *
everybody(const RpView *view)
{
    GArray *persons = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (uint32_t i = 0; i < view->corpus->persons->len; i++)
        g_array_append_val(persons, i);
    return persons;
}

/* Those that text finds; all without it. */
static GArray *
listed(RpCli *cli)
{
    g_autofree char *text = rp_cli_typed(rp_args_word(cli->args, 1));
    g_autoptr(GArray) found =
        *text != '\0' ? rp_view_find_persons(cli->view, text) : everybody(cli->view);
    g_autofree uint8_t *me = rp_view_me(cli->view);
    GArray *persons = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (guint i = 0; i < found->len; i++) {
        uint32_t person = g_array_index(found, uint32_t, i);

        if (!me[person] && is_marked(cli->view, person))
            g_array_append_val(persons, person);
    }
    return persons;
}

static void
print_list(RpCli *cli, const GArray *persons)
{
    const GPtrArray *limits = cli->view->tag_limits;
    uint32_t n_shown = persons->len;

    for (guint i = 0; i < persons->len; i++)
        print_person(cli, g_array_index(persons, uint32_t, i));
    for (guint i = 0; i < limits->len && rp_args_n_words(cli->args) == 1; i++) {
        const RpTagLimitRow *row = g_ptr_array_index(limits, i);
        g_autofree char *clean = rp_text_clean(row->tag, NAME_COLUMNS);
        g_autofree char *whose = g_strdup_printf(_("whoever bears the tag %s"), clean);

        rp_cli_print_limit(cli, NULL, whose, row->limit_s);
        n_shown++;
    }
    if (n_shown == 0)
        rp_cli_print(
            cli, _("Nobody is a contact, bears a tag, has a limit, or is ignored.\n"));
}

static void
add_person(JsonBuilder *builder, const RpView *view, uint32_t person)
{
    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "person");
    rp_json_person(builder, view, person, rp_view_person_address(view, person));
    rp_json_marks(builder, view, person);
    rp_json_facts(builder, view, person);
    json_builder_end_object(builder);
}

static void
print_json(RpCli *cli, const GArray *persons)
{
    const GPtrArray *limits = cli->view->tag_limits;
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.contacts/1");
    json_builder_set_member_name(builder, "people");
    json_builder_begin_array(builder);
    for (guint i = 0; i < persons->len; i++)
        add_person(builder, cli->view, g_array_index(persons, uint32_t, i));
    json_builder_end_array(builder);
    json_builder_set_member_name(builder, "tag_limits");
    json_builder_begin_array(builder);
    for (guint i = 0; i < limits->len; i++) {
        const RpTagLimitRow *row = g_ptr_array_index(limits, i);

        json_builder_begin_object(builder);
        rp_json_add_text(builder, "tag", row->tag);
        rp_json_add_duration(builder, "limit_s", row->limit_s);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}

GPtrArray *
rp_cli_keys_of(const RpCli *cli, uint32_t person)
{
    const RpCorpus *corpus = cli->view->corpus;
    GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);

    for (uint32_t i = 0; i < corpus->persons->len; i++) {
        const char *key = g_array_index(corpus->persons, RpPerson, i).key;

        if (rp_corpus_find_person(corpus, key) == person)
            g_ptr_array_add(keys, g_strdup(key));
    }
    return keys;
}

bool
rp_cli_has_typed(const RpCli *cli, uint32_t person, const char *name, const char *value)
{
    const RpFactRow *fact;
    guint i = 0;

    while ((fact = rp_view_next_fact(cli->view, person, name, &i)) != NULL)
        if (*fact->source == '\0' && (value == NULL || strcmp(fact->value, value) == 0))
            return true;
    return false;
}

bool
rp_cli_list_contacts(RpCli *cli, GError **error)
{
    g_autoptr(GArray) persons = NULL;

    if (rp_args_n_words(cli->args) > 2) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("contact list takes one TEXT at the most"));
        return false;
    }
    if (rp_cli_view(cli, error) == NULL)
        return false;
    persons = listed(cli);
    if (persons->len == 0 && rp_args_n_words(cli->args) > 1) {
        g_autofree char *typed = rp_cli_typed(rp_args_word(cli->args, 1));

        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    _("no contact, and nobody who bears a mark, is called \"%s\""),
                    typed);
        return false;
    }
    if (cli->is_json)
        print_json(cli, persons);
    else
        print_list(cli, persons);
    return true;
}
