/* SPDX-License-Identifier: GPL-3.0-or-later */
/* join.c - which addresses are one person's: by cards, and as the user says */
#include "view/join.h"

#include <string.h>

#include "core/address.h"
#include "store/facts.h"

static const char ADDRESS[] = "address";

typedef struct {
    RpCorpus *corpus;
    const RpConfig *config;
    GArray *labels; /* own, of uint32_t: persons of one label are one */
} Joiner;

static uint32_t *
label_of(const Joiner *joiner, uint32_t person)
{
    return &g_array_index(joiner->labels, uint32_t, person);
}

/* --- whom the facts are about --- */

static bool
is_mark(const RpFactRow *fact)
{
    return *fact->source == '\0' && (strcmp(fact->name, RP_FACT_TAG) == 0 ||
                                     strcmp(fact->name, RP_FACT_LIMIT) == 0);
}

/* A mark alone makes nobody known (R4). */
static void
add_persons(RpCorpus *corpus, const GPtrArray *facts)
{
    for (guint i = 0; i < facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(facts, i);
        uint32_t person = rp_corpus_find_person(corpus, fact->person_key);

        if (is_mark(fact))
            continue;
        if (person == RP_NONE)
            person = rp_corpus_add_person(corpus, rp_person_id(fact->person_key),
                                          fact->person_key, false);
        g_array_index(corpus->persons, RpPerson, person).is_curated = true;
        if (strcmp(fact->name, ADDRESS) == 0) {
            uint32_t address = rp_corpus_intern_address(corpus, fact->value);

            person = g_array_index(corpus->addresses, RpAddress, address).person;
            g_array_index(corpus->persons, RpPerson, person).is_curated = true;
        }
    }
}

/* --- joining by cards --- */

/* By "SOURCE address": the uid of the one card it stands in; "" if in several. */
static GHashTable *
index_addresses(const GPtrArray *facts)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < facts->len; i++) {
        RpFactRow *fact = g_ptr_array_index(facts, i);
        g_autofree char *key = g_strconcat(fact->source, "\n", fact->value, NULL);
        const char *known;

        if (*fact->source == '\0' || strcmp(fact->name, ADDRESS) != 0)
            continue;
        known = g_hash_table_lookup(table, key);
        if (known == NULL)
            g_hash_table_insert(table, g_steal_pointer(&key), fact->uid);
        else if (strcmp(known, fact->uid) != 0)
            g_hash_table_insert(table, g_steal_pointer(&key), (gpointer)(guintptr) "");
    }
    return table;
}

static bool
is_shared(GHashTable *table, const RpFactRow *fact)
{
    g_autofree char *key = g_strconcat(fact->source, "\n", fact->value, NULL);

    return *fact->source != '\0' &&
           g_strcmp0(g_hash_table_lookup(table, key), fact->uid) != 0;
}

static bool
is_mine(const RpConfig *config, const char *address)
{
    for (guint i = 0; i < config->policy->me->len; i++)
        if (rp_address_matches(address, g_ptr_array_index(config->policy->me, i)))
            return true;
    return false;
}

static uint32_t
root_of(const Joiner *joiner, uint32_t person)
{
    while (*label_of(joiner, person) != person) {
        *label_of(joiner, person) = *label_of(joiner, *label_of(joiner, person));
        person = *label_of(joiner, person);
    }
    return person;
}

static void
join_by_cards(const Joiner *joiner, const GPtrArray *facts)
{
    g_autoptr(GHashTable) table = index_addresses(facts);
    uint32_t n = joiner->corpus->persons->len;

    for (guint i = 0; i < facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(facts, i);
        uint32_t address, a, b;

        if (strcmp(fact->name, ADDRESS) != 0 || is_shared(table, fact) ||
            is_mine(joiner->config, fact->value) ||
            is_mine(joiner->config, fact->person_key))
            continue;
        address = rp_corpus_intern_address(joiner->corpus, fact->value);
        a = root_of(
            joiner,
            g_array_index(joiner->corpus->addresses, RpAddress, address).person);
        b = root_of(joiner, rp_corpus_find_person(joiner->corpus, fact->person_key));
        *label_of(joiner, MAX(a, b)) = MIN(a, b);
    }
    for (uint32_t i = 0; i < n; i++)
        *label_of(joiner, i) = root_of(joiner, i);
}

/* --- as the user says --- */

/* Labels that no person has are new: n and above. */
static void
decide(const Joiner *joiner, const RpDecision *decision, uint32_t fresh)
{
    uint32_t n = joiner->corpus->persons->len;
    uint32_t a = rp_corpus_find_person(joiner->corpus, decision->person_key);
    uint32_t b = decision->kind == RP_DECISION_MERGE
                     ? rp_corpus_find_person(joiner->corpus, decision->detail)
                     : RP_NONE;

    if (decision->kind == RP_DECISION_SPLIT && a != RP_NONE)
        *label_of(joiner, a) = fresh;
    if (decision->kind != RP_DECISION_MERGE || a == RP_NONE || b == RP_NONE)
        return;
    a = *label_of(joiner, a);
    b = *label_of(joiner, b);
    for (uint32_t i = 0; i < n; i++)
        if (*label_of(joiner, i) == a)
            *label_of(joiner, i) = b;
}

static void
join_by_decisions(const Joiner *joiner, const GPtrArray *decisions, int64_t as_of_at)
{
    uint32_t n = joiner->corpus->persons->len;

    for (guint i = 0; i < decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(decisions, i);

        if (decision->taken_at <= as_of_at && decision->undone_at > as_of_at)
            decide(joiner, decision, n + i);
    }
}

/* The key that names the group: one with an address, the first byte for byte. So it
 * does not depend on what was joined first (R15). */
static bool
is_better(const RpPerson *one, const RpPerson *other)
{
    bool has_address = strchr(one->key, '@') != NULL;
    bool other_has = strchr(other->key, '@') != NULL;

    return has_address != other_has ? has_address : strcmp(one->key, other->key) < 0;
}

static void
join(const Joiner *joiner)
{
    const RpPerson *persons = (const RpPerson *)(void *)joiner->corpus->persons->data;
    uint32_t n = joiner->corpus->persons->len;
    g_autoptr(GHashTable) best = g_hash_table_new(NULL, NULL);
    g_autofree uint32_t *into = g_new(uint32_t, n + 1);

    for (uint32_t i = 0; i < n; i++) {
        gpointer label = GUINT_TO_POINTER(*label_of(joiner, i) + 1);
        guint known = GPOINTER_TO_UINT(g_hash_table_lookup(best, label));

        if (known == 0 || is_better(&persons[i], &persons[known - 1]))
            g_hash_table_insert(best, label, GUINT_TO_POINTER(i + 1));
    }
    for (uint32_t i = 0; i < n; i++)
        into[i] = GPOINTER_TO_UINT(g_hash_table_lookup(
                      best, GUINT_TO_POINTER(*label_of(joiner, i) + 1))) -
                  1;
    rp_corpus_join(joiner->corpus, into);
}

/* --- facts by person --- */

static int
compare_facts(gconstpointer a, gconstpointer b)
{
    const RpFactRow *one = *(const RpFactRow *const *)a;
    const RpFactRow *other = *(const RpFactRow *const *)b;

    if (one->person != other->person)
        return one->person < other->person ? -1 : 1;
    /* the user's word first */
    return (*one->source != '\0') - (*other->source != '\0');
}

void
rp_view_join(RpCorpus *corpus, const GPtrArray *facts, const GPtrArray *decisions,
             const RpConfig *config, int64_t as_of_at)
{
    Joiner joiner = {corpus, config, NULL};

    add_persons(corpus, facts);
    joiner.labels =
        g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), corpus->persons->len);
    for (uint32_t i = 0; i < corpus->persons->len; i++)
        g_array_append_val(joiner.labels, i);
    join_by_cards(&joiner, facts);
    join_by_decisions(&joiner, decisions, as_of_at);
    join(&joiner);
    g_array_unref(joiner.labels);
}

void
rp_view_place_facts(const RpCorpus *corpus, GPtrArray *facts)
{
    for (guint i = 0; i < facts->len; i++) {
        RpFactRow *fact = g_ptr_array_index(facts, i);

        fact->person = rp_corpus_find_person(corpus, fact->person_key);
    }
    g_ptr_array_sort(facts, compare_facts);
}

void
rp_view_name_persons(RpDerivation *derivation, const GPtrArray *facts)
{
    for (guint i = facts->len; i > 0; i--) {
        const RpFactRow *fact = g_ptr_array_index(facts, i - 1);

        if (fact->person != RP_NONE && strcmp(fact->name, "name") == 0)
            g_ptr_array_index(derivation->person_names, fact->person) = fact->value;
    }
}
