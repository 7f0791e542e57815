/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import-people.c - what an export says of persons: facts, tags, cards */
#include <inttypes.h>
#include <string.h>

#include "cli/import.h"
#include "contacts/card.h"
#include "store/cards.h"
#include "store/forget.h"

/* NULL if it is missing or no array. Foreign. */
static JsonArray *
array_of(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node)
                                                       : NULL;
}

/* NULL if it is no object. Foreign. */
static JsonObject *
object_at(JsonArray *array, guint i)
{
    JsonNode *node = json_array_get_element(array, i);

    return JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

static guint
length(JsonArray *array)
{
    return array != NULL ? json_array_get_length(array) : 0;
}

/* --- tags and limits --- */

/* Counts it unless it is here already. */
static bool
offer(RpCli *cli, const RpFactRow *row, bool is_many, unsigned *n_facts, GError **error)
{
    bool is_new = false;

    if (!rp_store_offer_fact(cli->store, row, is_many, &is_new, error))
        return false;
    *n_facts += is_new;
    return true;
}

/* R14: since when it is known; 0 (ever) in exports that do not say so. */
static int64_t
since_of(JsonObject *object)
{
    int64_t since_at = 0;

    return rp_member_instant(object, "since_at", &since_at) && since_at != RP_NEVER
               ? since_at
               : 0;
}

/* bearer: an object with the key of whose it is. */
static bool
offer_text(RpCli *cli, JsonObject *bearer, const char *name, const char *value,
           unsigned *n_facts, GError **error)
{
    g_autoptr(RpFactRow) row = g_new0(RpFactRow, 1);

    row->person_key = g_strdup(rp_member_text(bearer, "key"));
    row->since_at = since_of(bearer);
    row->name = g_strdup(name);
    row->value = g_strdup(value);
    row->type = g_strdup("");
    return offer(cli, row, g_str_equal(name, RP_FACT_TAG), n_facts, error);
}

static bool
take_limit(RpCli *cli, JsonObject *bearer, int64_t limit_s, unsigned *n_facts,
           GError **error)
{
    g_autofree char *value = g_strdup_printf("%" PRId64, limit_s);

    if (limit_s <= RP_LONGEST_LIMIT_S)
        return offer_text(cli, bearer, RP_FACT_LIMIT, value, n_facts, error);
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                "this limit is longer than a year");
    return false;
}

/* Each with the key that bears it. */
static bool
take_marks(RpCli *cli, JsonArray *marks, unsigned *n_facts, GError **error)
{
    for (guint i = 0; i < length(marks); i++) {
        JsonObject *mark = object_at(marks, i);
        const char *key = mark != NULL ? rp_member_text(mark, "key") : NULL;
        const char *tag = mark != NULL ? rp_member_text(mark, "tag") : NULL;
        int64_t limit_s = mark != NULL ? rp_member_number(mark, "limit_s") : 0;

        if (key == NULL || *key == '\0' || (tag != NULL) == (limit_s > 0))
            return false;
        if (tag != NULL ? !offer_text(cli, mark, RP_FACT_TAG, tag, n_facts, error)
                        : !take_limit(cli, mark, limit_s, n_facts, error))
            return false;
    }
    return true;
}

static bool
is_of_card(JsonArray *facts, const char *tag)
{
    for (guint i = 0; i < length(facts); i++) {
        JsonObject *fact = object_at(facts, i);

        if (fact != NULL && rp_member_text(fact, "source") != NULL &&
            g_strcmp0(rp_member_text(fact, "name"), RP_FACT_TAG) == 0 &&
            g_strcmp0(rp_member_text(fact, "value"), tag) == 0)
            return true;
    }
    return false;
}

/* Of an export that has no marks yet: all the person's, by the key of the whole. */
static bool
take_tags(RpCli *cli, JsonObject *object, unsigned *n_facts, GError **error)
{
    int64_t limit_s = rp_member_number(object, "own_limit_s");
    JsonArray *tags = array_of(object, "tags");

    for (guint i = 0; i < length(tags); i++) {
        JsonNode *node = json_array_get_element(tags, i);
        const char *tag = JSON_NODE_HOLDS_VALUE(node) &&
                                  json_node_get_value_type(node) == G_TYPE_STRING
                              ? json_node_get_string(node)
                              : NULL;

        if (tag == NULL)
            return false;
        if (!is_of_card(array_of(object, "facts"), tag) &&
            !offer_text(cli, object, RP_FACT_TAG, tag, n_facts, error))
            return false;
    }
    return limit_s == 0 || take_limit(cli, object, limit_s, n_facts, error);
}

/* --- facts --- */

/* A fact as this program may hold it, made sure of; NULL if it is none. */
static RpCard *
read_fact(JsonObject *fact)
{
    const char *name = fact != NULL ? rp_member_text(fact, "name") : NULL;
    const char *value = fact != NULL ? rp_member_text(fact, "value") : NULL;
    g_autoptr(RpCard) card = rp_card_new();

    if (name == NULL || value == NULL || rp_card_field(name) == RP_N_CARD_FIELDS)
        return NULL;
    rp_card_add(card, rp_card_field(name), rp_member_text(fact, "type"), value);
    return card->facts->len == 1 ? g_steal_pointer(&card) : NULL;
}

static bool
take_fact(RpCli *cli, JsonObject *fact, unsigned *n_facts, GError **error)
{
    g_autoptr(RpCard) card = read_fact(fact);
    const char *key = fact != NULL ? rp_member_text(fact, "key") : NULL;
    const RpCardFact *read;
    RpFactRow row = {0};
    g_autofree char *name = NULL;
    g_autofree char *owner = NULL;

    if (card == NULL || key == NULL || *key == '\0')
        return false;
    read = g_ptr_array_index(card->facts, 0);
    row.person_key = owner = g_strdup(key);
    row.name = name = g_strdup(rp_card_fields[read->field].word);
    row.value = read->value;
    row.type = read->type;
    row.since_at = since_of(fact);
    return offer(cli, &row, rp_card_fields[read->field].is_many, n_facts, error);
}

bool
rp_people_import_facts(RpCli *cli, JsonObject *object, unsigned *n_facts,
                       GError **error)
{
    JsonArray *facts = array_of(object, "facts");
    JsonArray *marks = array_of(object, "marks");

    if (marks != NULL ? !take_marks(cli, marks, n_facts, error)
                      : !take_tags(cli, object, n_facts, error))
        return false;
    for (guint i = 0; i < length(facts); i++) {
        JsonObject *fact = object_at(facts, i);

        if (fact != NULL && rp_member_text(fact, "source") != NULL)
            continue; /* its card comes by itself */
        if (!take_fact(cli, fact, n_facts, error))
            return false;
    }
    return true;
}

bool
rp_people_import_card(RpCli *cli, JsonObject *object, unsigned *n_facts, GError **error)
{
    const char *source = rp_member_text(object, "source");
    const char *uid = rp_member_text(object, "uid");
    const char *key = rp_member_text(object, "key");
    JsonArray *facts = array_of(object, "facts");
    g_autoptr(GPtrArray) changed = g_ptr_array_new();
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(RpCardRow) row = NULL;
    bool is_here = false;

    if (source == NULL || uid == NULL || key == NULL || *source == '\0')
        return false;
    if (!rp_store_has_card(cli->store, source, uid, &is_here, error) || is_here)
        return is_here;
    row = rp_card_row_new(source, uid, key);
    row->since_at = since_of(object);
    for (guint i = 0; i < length(facts); i++) {
        g_autoptr(RpCard) card = read_fact(object_at(facts, i));
        const RpCardFact *fact =
            card != NULL ? g_ptr_array_index(card->facts, 0) : NULL;

        if (fact == NULL)
            return false;
        rp_card_row_add(row, rp_card_fields[fact->field].word, fact->type, fact->value);
        ++*n_facts;
    }
    g_ptr_array_add(changed, row);
    return rp_store_save_cards(cli->store, changed, none, error);
}

bool
rp_people_import_forgotten(RpCli *cli, JsonObject *object, unsigned *n_facts,
                           GError **error)
{
    const char *salt = rp_member_text(object, "salt");
    const char *hash = rp_member_text(object, "hash");

    bool is_new = false;

    if (salt == NULL || hash == NULL || strlen(hash) != 64 ||
        !rp_store_add_forgotten(cli->store, salt, hash, &is_new, error))
        return false;
    *n_facts += is_new;
    return true;
}

bool
rp_people_is_forgotten(RpCli *cli, JsonObject *object, bool *is_forgotten,
                       GError **error)
{
    const char *key = rp_member_text(object, "key");
    const char *number = rp_member_text(object, "number");
    g_autofree char *tel = NULL;
    g_autofree char *stand_in = NULL;

    if (number != NULL && *number != '\0')
        key = tel = g_strconcat(RP_TEL_PREFIX, number, NULL);
    else if (key == NULL)
        key = rp_member_text(object, "person_key");
    if (key != NULL && !rp_store_find_forgotten(cli->store, key, &stand_in, error))
        return false;
    *is_forgotten = stand_in != NULL;
    return true;
}
