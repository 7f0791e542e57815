/* SPDX-License-Identifier: GPL-3.0-or-later */
/* person.c - who somebody is, and who is meant by a word */
#include "view/view.h"

#include <string.h>

#include "core/address.h"
#include "store/facts.h"

static const RpAddress *
address_at(const RpView *view, uint32_t index)
{
    return &g_array_index(view->corpus->addresses, RpAddress, index);
}

const char *
rp_view_label_of(const RpView *view, uint32_t person, uint32_t address)
{
    const char *name = rp_person_name(view->derivation, person);

    if (name != NULL && *name != '\0')
        return name;
    return address != RP_NONE ? address_at(view, address)->text : "?";
}

const char *
rp_view_person_label(const RpView *view, const RpFollowup *followup)
{
    return rp_view_label_of(view, followup->person, followup->address);
}

static int
compare_addresses(gconstpointer a, gconstpointer b, gpointer data)
{
    const RpView *view = data;

    return strcmp(address_at(view, *(const uint32_t *)a)->text,
                  address_at(view, *(const uint32_t *)b)->text);
}

GArray *
rp_view_person_addresses(const RpView *view, uint32_t person)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (uint32_t i = 0; i < view->corpus->addresses->len; i++) {
        if (address_at(view, i)->person == person)
            g_array_append_val(found, i);
    }
    g_array_sort_with_data(found, compare_addresses, (gpointer)(guintptr)view);
    return found;
}

uint32_t
rp_view_person_address(const RpView *view, uint32_t person)
{
    const GArray *followups = view->derivation->followups;
    g_autoptr(GArray) addresses = NULL;

    for (guint i = followups->len; i > 0; i--) {
        const RpFollowup *followup = &g_array_index(followups, RpFollowup, i - 1);

        if (followup->person == person)
            return followup->address;
    }
    addresses = rp_view_person_addresses(view, person);
    return addresses->len > 0 ? g_array_index(addresses, uint32_t, 0) : RP_NONE;
}

/* --- people --- */

uint8_t *
rp_view_me(const RpView *view)
{
    uint8_t *me = g_new0(uint8_t, view->corpus->persons->len + 1);

    for (uint32_t i = 0; i < view->corpus->addresses->len; i++)
        if (view->derivation->is_me[i])
            me[address_at(view, i)->person] = 1;
    return me;
}

static void
mark_recipients(const RpView *view, RpSlice slice, uint8_t *people)
{
    const RpDerivation *derivation = view->derivation;

    for (uint32_t i = 0; i < slice.n; i++) {
        uint32_t address = g_array_index(view->corpus->pool, uint32_t, slice.first + i);

        if (!derivation->is_me[address] && !rp_is_list(derivation, address, RP_NONE))
            people[address_at(view, address)->person] = 1;
    }
}

uint8_t *
rp_view_people(const RpView *view)
{
    const RpDerivation *derivation = view->derivation;
    uint8_t *people = g_new0(uint8_t, view->corpus->persons->len + 1);

    for (guint i = 0; i < view->corpus->persons->len; i++)
        people[i] = g_array_index(view->corpus->persons, RpPerson, i).is_curated;
    for (guint i = 0; i < view->corpus->events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(view->corpus->events, i);

        people[event->person] |= rp_event_exists(event, view->as_of_at);
    }
    for (guint i = 0; i < derivation->followups->len; i++)
        people[g_array_index(derivation->followups, RpFollowup, i).person] = 1;
    for (guint i = 0; i < derivation->messages->len; i++) {
        const RpMessage *message = &g_array_index(derivation->messages, RpMessage, i);
        const RpCopy *copy;

        if (!message->is_mine)
            continue;
        copy = rp_message_copy(derivation, message);
        mark_recipients(view, copy->to, people);
        mark_recipients(view, copy->cc, people);
    }
    for (guint i = 0; i < view->corpus->persons->len; i++)
        if (rp_address_is_forgotten(
                g_array_index(view->corpus->persons, RpPerson, i).key))
            people[i] = 0;
    return people;
}

/* --- by a word --- */

static bool
has_folded(const char *haystack, const char *folded_needle)
{
    g_autofree char *folded = haystack != NULL ? g_utf8_casefold(haystack, -1) : NULL;

    return folded != NULL && strstr(folded, folded_needle) != NULL;
}

/* What somebody can be found by, beside name and address. */
static void
match_facts(const RpView *view, const char *folded, uint8_t *marks)
{
    static const char *const names[] = {"name", "nickname", "organisation", "tag"};

    for (guint i = 0; view->facts != NULL && i < view->facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(view->facts, i);

        for (size_t k = 0; k < G_N_ELEMENTS(names) && fact->person != RP_NONE; k++)
            if (strcmp(fact->name, names[k]) == 0 && has_folded(fact->value, folded))
                marks[fact->person] = 1;
    }
}

/* By person: 1 if a name, an address, the organisation or a tag matches; me and the
 * forgotten left out. */
static uint8_t *
match_persons(const RpView *view, const char *text)
{
    g_autofree char *folded = g_utf8_casefold(text, -1);
    uint32_t n = view->corpus->persons->len;
    uint8_t *marks = g_new0(uint8_t, n + 1);

    for (uint32_t i = 0; i < n; i++)
        marks[i] = has_folded(rp_person_name(view->derivation, i), folded);
    match_facts(view, folded, marks);
    for (uint32_t i = 0; i < view->corpus->addresses->len; i++) {
        if (has_folded(address_at(view, i)->text, folded))
            marks[address_at(view, i)->person] = 1;
    }
    for (uint32_t i = 0; i < view->corpus->addresses->len; i++) {
        if (view->derivation->is_me[i] ||
            rp_address_is_forgotten(address_at(view, i)->text))
            marks[address_at(view, i)->person] = 0;
    }
    return marks;
}

/* Of a whole address, or of the key of somebody who has none. */
static uint32_t
person_of_address(const RpView *view, const char *text)
{
    g_autofree char *wanted = rp_address_normalize(text);
    g_autofree char *key = NULL;

    if (g_str_has_prefix(text, RP_NOMAIL_PREFIX) ||
        g_str_has_prefix(text, RP_TEL_PREFIX))
        return rp_corpus_find_person(view->corpus, text);

    for (uint32_t i = 0; wanted != NULL && i < view->corpus->addresses->len; i++) {
        if (strcmp(address_at(view, i)->text, wanted) == 0)
            return address_at(view, i)->person;
    }
    if (wanted == NULL)
        return RP_NONE;
    key = rp_address_person_key(wanted); /* in another spelling (M1) */
    return rp_corpus_find_person(view->corpus, key);
}

static int
compare_persons(gconstpointer a, gconstpointer b, gpointer data)
{
    const RpView *view = data;
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    const RpPerson *persons = &g_array_index(view->corpus->persons, RpPerson, 0);
    int order = g_strcmp0(rp_person_name(view->derivation, left),
                          rp_person_name(view->derivation, right));

    return order != 0 ? order : strcmp(persons[left].key, persons[right].key);
}

/* Those that match, of the people alone if there is one among them. */
static GArray *
collect_persons(const RpView *view, const uint8_t *marks)
{
    g_autofree uint8_t *people = rp_view_people(view);
    uint32_t n = view->corpus->persons->len, n_people = 0;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (uint32_t i = 0; i < n; i++)
        n_people += marks[i] & people[i];
    for (uint32_t i = 0; i < n; i++) {
        if (marks[i] && (people[i] || n_people == 0))
            g_array_append_val(found, i);
    }
    g_array_sort_with_data(found, compare_persons, (gpointer)(guintptr)view);
    return found;
}

GArray *
rp_view_find_persons(const RpView *view, const char *text)
{
    uint32_t person = person_of_address(view, text);
    g_autofree uint8_t *marks = NULL;
    GArray *found;

    if (person != RP_NONE) {
        found = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        g_array_append_val(found, person);
        return found;
    }
    marks = match_persons(view, text);
    return collect_persons(view, marks);
}

/* --- last contact --- */

static bool
has_person(const RpView *view, RpSlice slice, uint32_t person)
{
    for (uint32_t i = 0; i < slice.n; i++) {
        uint32_t address = g_array_index(view->corpus->pool, uint32_t, slice.first + i);

        if (address_at(view, address)->person == person)
            return true;
    }
    return false;
}

RpContactTimes
rp_view_last_contact(const RpView *view, uint32_t person)
{
    RpContactTimes times = {RP_NEVER, RP_NEVER};
    const GArray *messages = view->derivation->messages;

    for (guint i = 0; i < messages->len; i++) {
        const RpMessage *message = &g_array_index(messages, RpMessage, i);
        const RpCopy *copy = rp_message_copy(view->derivation, message);

        if (message->kind > RP_KIND_LIST)
            continue;
        if (!message->is_mine && message->sender != RP_NONE &&
            address_at(view, message->sender)->person == person)
            times.in_at = message->effective_at;
        if (message->is_mine && message->kind == RP_KIND_PERSONAL &&
            (has_person(view, copy->to, person) || has_person(view, copy->cc, person)))
            times.out_at = message->effective_at;
    }
    return times;
}

const RpContactEvent *
rp_view_last_event(const RpView *view, uint32_t person, RpEventKind kind)
{
    const GPtrArray *events = view->corpus->events;

    for (guint i = events->len; i > 0; i--) {
        const RpContactEvent *event = g_ptr_array_index(events, i - 1);

        if (event->person == person && event->kind == kind &&
            rp_event_exists(event, view->as_of_at))
            return event;
    }
    return NULL;
}
