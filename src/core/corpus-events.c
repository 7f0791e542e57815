/* SPDX-License-Identifier: GPL-3.0-or-later */
/* corpus-events.c - whose the events are: by key, by telephone number */
#include <string.h>

#include "core/address.h"
#include "core/corpus.h"
#include "core/phone.h"

/* Tables hold index + 1. */
static uint32_t
lookup(GHashTable *table, const char *text)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(table, text)) - 1;
}

static uint32_t
address_of_person(RpCorpus *corpus, uint32_t person, const char *key)
{
    for (uint32_t i = 0; i < corpus->addresses->len; i++)
        if (g_array_index(corpus->addresses, RpAddress, i).person == person)
            return i;
    return rp_corpus_add_address(corpus, key, person);
}

uint32_t
rp_corpus_intern_person(RpCorpus *corpus, const char *key, uint32_t *address)
{
    uint32_t person;

    *address = lookup(corpus->address_index, key);
    if (*address != RP_NONE)
        return g_array_index(corpus->addresses, RpAddress, *address).person;
    person = lookup(corpus->person_index, key);
    if (person == RP_NONE)
        person = rp_corpus_add_person(corpus, rp_person_id(key), key, false);
    *address = address_of_person(corpus, person, key);
    return person;
}

/* The one person whose number it is, or like whose it looks; RP_NONE if there is none,
 * or several. */
static uint32_t
find_number(const GArray *phones, const char *number, bool is_exact)
{
    uint32_t found = RP_NONE;

    for (guint i = 0; phones != NULL && i < phones->len; i++) {
        const RpPhone *phone = &g_array_index(phones, RpPhone, i);

        if (is_exact ? strcmp(phone->number, number) != 0
                     : !rp_phone_is_same(phone->number, number))
            continue;
        if (found != RP_NONE && found != phone->person)
            return RP_NONE;
        found = phone->person;
    }
    return found;
}

uint32_t
rp_corpus_person_of_number(const GArray *phones, const char *number)
{
    uint32_t person = find_number(phones, number, true);

    return person != RP_NONE ? person : find_number(phones, number, false);
}

static void
set_person(RpCorpus *corpus, RpContactEvent *event, const GArray *phones)
{
    g_autofree char *tel = g_strconcat(RP_TEL_PREFIX, event->number, NULL);
    const char *key = event->person_key;

    if (*key == '\0') {
        uint32_t person = rp_corpus_person_of_number(phones, event->number);

        key = person != RP_NONE ? g_array_index(corpus->persons, RpPerson, person).key
                                : tel;
    }
    event->person = rp_corpus_intern_person(corpus, key, &event->address);
}

static int
compare_events(gconstpointer a, gconstpointer b)
{
    return rp_event_compare(*(const RpContactEvent *const *)a,
                            *(const RpContactEvent *const *)b);
}

void
rp_corpus_add_events(RpCorpus *corpus, GPtrArray *events, const GArray *phones)
{
    for (guint i = 0; i < events->len; i++)
        set_person(corpus, g_ptr_array_index(events, i), phones);
    g_ptr_array_extend_and_steal(corpus->events, events);
    g_ptr_array_sort(corpus->events, compare_events);
}
