/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact-duplicates.c - riposte contact duplicates: who may be one person */
#include <glib/gi18n.h>
#include <string.h>

#include "cli/contact.h"
#include "cli/json-out.h"
#include "core/hash.h"
#include "core/phone.h"
#include "report/json.h"
#include "view/marks.h"

enum { MAX_OF_A_NAME = 20 };

/* Two who may be one, and what speaks for it. */
typedef struct {
    uint32_t one, other;
    bool has_name, has_phone, has_organisation, has_conversation;
} Pair;

static void
unref_array(gpointer array)
{
    g_array_unref(array);
}

/* The words of a name, folded and sorted: "Lovelace, Ada" is "Ada Lovelace". A name of
 * one word is too many people's. NULL then; the caller's. */
static char *
name_key(const char *name)
{
    g_autofree char *folded = g_utf8_casefold(name != NULL ? name : "", -1);
    g_auto(GStrv) words = g_strsplit_set(folded, " ,.\"'()", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();

    for (char **word = words; *word != NULL; word++) {
        guint i = 0;

        if (**word == '\0')
            continue;
        while (i < kept->len && strcmp(g_ptr_array_index(kept, i), *word) < 0)
            i++;
        g_ptr_array_insert(kept, (gint)i, *word);
    }
    if (kept->len < 2)
        return NULL;
    g_ptr_array_add(kept, NULL);
    return g_strjoinv(" ", (char **)kept->pdata);
}

static void
add_to(GHashTable *table, char *key, uint32_t person)
{
    GArray *persons = g_hash_table_lookup(table, key);

    if (persons == NULL) {
        persons = g_array_new(FALSE, FALSE, sizeof person);
        g_hash_table_insert(table, g_strdup(key), persons);
    }
    if (persons->len == 0 ||
        g_array_index(persons, uint32_t, persons->len - 1) != person)
        g_array_append_val(persons, person);
}

/* Persons by the keys of their names and, with a + in front, their phones. */
static GHashTable *
index_people(const RpView *view)
{
    g_autofree uint8_t *people = rp_view_people(view);
    GHashTable *table =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref_array);

    for (uint32_t i = 0; i < view->corpus->persons->len; i++) {
        g_autofree char *key = name_key(rp_person_name(view->derivation, i));
        const RpFactRow *fact;
        guint k = 0;

        if (!people[i])
            continue;
        if (key != NULL)
            add_to(table, key, i);
        while ((fact = rp_view_next_fact(view, i, RP_FACT_PHONE, &k)) != NULL) {
            g_autofree char *number = rp_phone_normalize(fact->value);
            g_autofree char *marked =
                number != NULL ? g_strconcat("phone ", number, NULL) : NULL;

            if (marked != NULL)
                add_to(table, marked, i);
        }
    }
    return table;
}

/* --- what speaks for it --- */

static const char *
fact_of(const RpView *view, uint32_t person, const char *name)
{
    guint i = 0;
    const RpFactRow *fact = rp_view_next_fact(view, person, name, &i);

    return fact != NULL ? fact->value : NULL;
}

static void
clear_array(gpointer array)
{
    g_clear_pointer((GArray **)array, g_array_unref);
}

/* Adds a conversation to those of each person in the slice who has a list. */
static void
note(const RpView *view, RpSlice slice, uint32_t conversation, GArray *lists)
{
    for (uint32_t i = 0; i < slice.n; i++) {
        uint32_t address = g_array_index(view->corpus->pool, uint32_t, slice.first + i);
        uint32_t person =
            g_array_index(view->corpus->addresses, RpAddress, address).person;
        GArray *list = g_array_index(lists, GArray *, person);

        if (list != NULL)
            g_array_append_val(list, conversation);
    }
}

static int
compare_numbers(gconstpointer a, gconstpointer b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return (one > other) - (one < other);
}

/* By person, of those in pairs: a GArray of uint32_t, the conversations that they are
 * in, ascending; NULL for all others. The caller's. */
static GArray *
find_conversations(const RpView *view, const GArray *pairs)
{
    const GArray *messages = view->derivation->messages;
    GArray *lists = g_array_new(FALSE, TRUE, sizeof(GArray *));

    g_array_set_clear_func(lists, clear_array);
    g_array_set_size(lists, view->corpus->persons->len);
    for (guint i = 0; i < pairs->len; i++) {
        const Pair *pair = &g_array_index(pairs, Pair, i);
        const uint32_t both[] = {pair->one, pair->other};

        for (size_t k = 0; k < G_N_ELEMENTS(both); k++)
            if (g_array_index(lists, GArray *, both[k]) == NULL)
                g_array_index(lists, GArray *, both[k]) =
                    g_array_new(FALSE, FALSE, sizeof(uint32_t));
    }
    for (guint i = 0; i < messages->len; i++) {
        const RpMessage *message = &g_array_index(messages, RpMessage, i);
        const RpCopy *copy = rp_message_copy(view->derivation, message);

        note(view, copy->from, message->conversation, lists);
        note(view, copy->to, message->conversation, lists);
        note(view, copy->cc, message->conversation, lists);
    }
    for (guint i = 0; i < lists->len; i++)
        if (g_array_index(lists, GArray *, i) != NULL)
            g_array_sort(g_array_index(lists, GArray *, i), compare_numbers);
    return lists;
}

/* Do two ascending lists have a number in common? */
static bool
share_number(const GArray *one, const GArray *other)
{
    guint i = 0, k = 0;

    while (i < one->len && k < other->len) {
        uint32_t a = g_array_index(one, uint32_t, i);
        uint32_t b = g_array_index(other, uint32_t, k);

        if (a == b)
            return true;
        if (a < b)
            i++;
        else
            k++;
    }
    return false;
}

/* The pairs so far, and where each is. */
typedef struct {
    GArray *pairs;     /* of Pair */
    GHashTable *index; /* of a pair's number, plus 1, by both persons */
} Pairs;

static Pair *
find_pair(const Pairs *pairs, uint32_t one, uint32_t other)
{
    Pair pair = {.one = one, .other = other};
    int64_t key = (int64_t)one << 32 | other;
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(pairs->index, &key));

    if (known == 0) {
        g_array_append_val(pairs->pairs, pair);
        known = pairs->pairs->len;
        g_hash_table_insert(pairs->index, g_memdup2(&key, sizeof key),
                            GUINT_TO_POINTER(known));
    }
    return &g_array_index(pairs->pairs, Pair, known - 1);
}

static void
add_pairs(const Pairs *pairs, const GArray *persons, bool is_phone)
{
    guint n = MIN(persons->len, MAX_OF_A_NAME);

    for (guint i = 0; i < n; i++)
        for (guint k = i + 1; k < n; k++) {
            Pair *pair = find_pair(pairs, g_array_index(persons, uint32_t, i),
                                   g_array_index(persons, uint32_t, k));

            pair->has_name = pair->has_name || !is_phone;
            pair->has_phone = pair->has_phone || is_phone;
        }
}

static int
reasons(const Pair *pair)
{
    return pair->has_name + pair->has_phone + pair->has_organisation +
           pair->has_conversation;
}

static int
compare_pairs(gconstpointer a, gconstpointer b)
{
    const Pair *one = a, *other = b;

    if (reasons(one) != reasons(other))
        return reasons(other) - reasons(one);
    if (one->one != other->one)
        return one->one < other->one ? -1 : 1;
    return (one->other > other->other) - (one->other < other->other);
}

static GArray *
find_pairs(const RpView *view)
{
    g_autoptr(GHashTable) table = index_people(view);
    g_autoptr(GHashTable) index =
        g_hash_table_new_full(rp_hash_pair, g_int64_equal, g_free, NULL);
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    Pairs all = {pairs, index};
    g_autoptr(GArray) conversations = NULL;
    GHashTableIter iter;
    gpointer key, persons;

    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &key, &persons))
        add_pairs(&all, persons, g_str_has_prefix(key, "phone "));
    conversations = find_conversations(view, pairs);
    for (guint i = 0; i < pairs->len; i++) {
        Pair *pair = &g_array_index(pairs, Pair, i);
        const char *organisation = fact_of(view, pair->one, "organisation");

        pair->has_organisation =
            organisation != NULL &&
            g_strcmp0(organisation, fact_of(view, pair->other, "organisation")) == 0;
        pair->has_conversation =
            share_number(g_array_index(conversations, GArray *, pair->one),
                         g_array_index(conversations, GArray *, pair->other));
    }
    g_array_sort(pairs, compare_pairs);
    return pairs;
}

/* --- what is shown --- */

static char *
reason_text(const Pair *pair)
{
    const char *const words[] = {
        pair->has_name ? N_("the same name") : NULL,
        pair->has_phone ? N_("the same phone") : NULL,
        pair->has_organisation ? N_("the same organisation") : NULL,
        pair->has_conversation ? N_("both in one conversation") : NULL,
    };
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (words[i] != NULL)
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "",
                                   _(words[i]));
    return g_string_free(text, FALSE);
}

static void
print_pair(RpCli *cli, const Pair *pair)
{
    g_autofree char *one = rp_cli_contact_label(cli->view, pair->one);
    g_autofree char *other = rp_cli_contact_label(cli->view, pair->other);
    g_autofree char *why = reason_text(pair);

    rp_cli_print(cli, "%s\n%s\n  %s: riposte contact merge %s %s\n\n", one, other, why,
                 g_array_index(cli->view->corpus->persons, RpPerson, pair->one).key,
                 g_array_index(cli->view->corpus->persons, RpPerson, pair->other).key);
}

static void
print_json(RpCli *cli, const GArray *pairs)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.duplicates/1");
    json_builder_set_member_name(builder, "duplicates");
    json_builder_begin_array(builder);
    for (guint i = 0; i < pairs->len; i++) {
        const Pair *pair = &g_array_index(pairs, Pair, i);
        g_autofree char *why = reason_text(pair);

        json_builder_begin_object(builder);
        json_builder_set_member_name(builder, "people");
        json_builder_begin_array(builder);
        rp_json_person(builder, cli->view, pair->one,
                       rp_view_person_address(cli->view, pair->one));
        rp_json_person(builder, cli->view, pair->other,
                       rp_view_person_address(cli->view, pair->other));
        json_builder_end_array(builder);
        rp_json_add_text(builder, "why", why);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}

bool
rp_cli_list_duplicates(RpCli *cli, GError **error)
{
    g_autoptr(GArray) pairs = NULL;

    if (rp_cli_view(cli, error) == NULL)
        return false;
    pairs = find_pairs(cli->view);
    if (cli->is_json) {
        print_json(cli, pairs);
        return true;
    }
    for (guint i = 0; i < pairs->len; i++)
        print_pair(cli, &g_array_index(pairs, Pair, i));
    if (pairs->len == 0)
        rp_cli_print(cli, _("Nobody looks like two.\n"));
    return true;
}
