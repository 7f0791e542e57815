/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import-people.c - what an export says of persons: facts, tags, cards */
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

/* --- tags --- */

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

static bool
take_tags(RpCli *cli, JsonObject *object, unsigned *n_facts, GError **error)
{
    JsonArray *tags = array_of(object, "tags");

    for (guint i = 0; i < length(tags); i++) {
        JsonNode *node = json_array_get_element(tags, i);
        const char *tag = JSON_NODE_HOLDS_VALUE(node) &&
                                  json_node_get_value_type(node) == G_TYPE_STRING
                              ? json_node_get_string(node)
                              : NULL;

        if (tag == NULL)
            return false;
        if (is_of_card(array_of(object, "facts"), tag))
            continue;
        if (!rp_store_add_fact(cli->store, rp_member_text(object, "key"), RP_FACT_TAG,
                               tag, error))
            return false;
        ++*n_facts;
    }
    return true;
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
put_fact(RpCli *cli, JsonObject *fact, GError **error)
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
    return (rp_card_fields[read->field].is_many ||
            rp_store_remove_fact(cli->store, key, name, NULL, error)) &&
           rp_store_put_fact(cli->store, &row, error);
}

bool
rp_people_import_facts(RpCli *cli, JsonObject *object, unsigned *n_facts,
                       GError **error)
{
    JsonArray *facts = array_of(object, "facts");

    if (!take_tags(cli, object, n_facts, error))
        return false;
    for (guint i = 0; i < length(facts); i++) {
        JsonObject *fact = object_at(facts, i);

        if (fact != NULL && rp_member_text(fact, "source") != NULL)
            continue; /* its card comes by itself */
        if (!put_fact(cli, fact, error))
            return false;
        ++*n_facts;
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

    if (source == NULL || uid == NULL || key == NULL || *source == '\0')
        return false;
    row = rp_card_row_new(source, uid, key);
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

    if (salt == NULL || hash == NULL || strlen(hash) != 64)
        return false;
    ++*n_facts;
    return rp_store_add_forgotten(cli->store, salt, hash, error);
}

bool
rp_people_is_forgotten(RpCli *cli, JsonObject *object, bool *is_forgotten,
                       GError **error)
{
    const char *key = rp_member_text(object, "key");
    g_autofree char *stand_in = NULL;

    if (key == NULL)
        key = rp_member_text(object, "person_key");
    if (key != NULL && !rp_store_find_forgotten(cli->store, key, &stand_in, error))
        return false;
    *is_forgotten = stand_in != NULL;
    return true;
}
