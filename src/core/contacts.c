/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contacts.c - each contact between a person and me: B1 */
#include "core/contacts.h"

#include "core/address.h"
#include "core/derive-private.h"

typedef struct {
    GPtrArray *contacts;
    RpContact contact;
} Adder;

static uint32_t
person_of(const RpDerivation *d, uint32_t address)
{
    return rp_corpus_address(d->corpus, address)->person;
}

bool
rp_is_other_person(const RpDerivation *d, uint32_t address)
{
    return address != RP_NONE && !d->is_me[address] && !d->is_machine[address] &&
           !rp_address_is_forgotten(rp_corpus_address(d->corpus, address)->text) &&
           !rp_is_list(d, address, RP_NONE);
}

/* Unmarks what rp_visit_persons() marked. */
static void
forget(const RpDerivation *d, const RpSlice slices[2], uint8_t *seen)
{
    for (size_t s = 0; s < 2; s++) {
        const uint32_t *members = rp_corpus_members(d->corpus, slices[s]);

        for (uint32_t i = 0; i < slices[s].n; i++)
            seen[person_of(d, members[i])] = 0;
    }
}

uint32_t
rp_visit_persons(const RpDerivation *d, const RpSlice slices[2], uint8_t *seen,
                 RpVisitPerson visit, gpointer data)
{
    for (size_t s = 0; s < 2; s++) {
        const uint32_t *members = rp_corpus_members(d->corpus, slices[s]);

        for (uint32_t i = 0; i < slices[s].n; i++) {
            uint32_t person = person_of(d, members[i]);

            if (seen[person] || !rp_is_other_person(d, members[i]))
                continue;
            seen[person] = 1;
            visit(person, data);
        }
    }
    forget(d, slices, seen);
    return slices[0].n + slices[1].n;
}

static void
add_contact(uint32_t person, gpointer data)
{
    const Adder *adder = data;
    gpointer *list = &adder->contacts->pdata[person];

    if (*list == NULL)
        *list = g_array_new(FALSE, FALSE, sizeof(RpContact));
    g_array_append_val((GArray *)*list, adder->contact);
}

/* From me to all whom it went to; from another to me. */
static void
add_message(const RpDerivation *d, const RpMessage *m, uint8_t *seen, Adder *adder)
{
    const RpCopy *copy = rp_message_copy(d, m);
    const RpSlice slices[] = {copy->to, copy->cc};
    uint32_t n = copy->to.n + copy->cc.n;

    if (n == 0 || m->kind > RP_KIND_LIST)
        return;
    adder->contact = (RpContact){m->effective_at, 1.0 / n, m->is_mine};
    if (m->is_mine)
        rp_visit_persons(d, slices, seen, add_contact, adder);
    else if (rp_is_other_person(d, m->sender) &&
             (rp_any_marked(d->corpus, copy->to, d->is_me) ||
              rp_any_marked(d->corpus, copy->cc, d->is_me)))
        add_contact(person_of(d, m->sender), adder);
}

/* C1: both ways where both talked. */
static void
add_event(const RpDerivation *d, const RpContactEvent *event, Adder *adder)
{
    if (!rp_event_exists(event, d->as_of_at))
        return;
    for (int by_me = 0; by_me < 2; by_me++) {
        adder->contact = (RpContact){event->at, 1, by_me != 0};
        if (rp_event_is_contact(event, by_me != 0))
            add_contact(event->person, adder);
    }
}

static int
compare_contacts(gconstpointer a, gconstpointer b)
{
    const RpContact *x = a, *y = b;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (int)x->by_me - (int)y->by_me;
}

static void
add_events(const RpDerivation *d, Adder *adder)
{
    for (guint i = 0; i < d->corpus->events->len; i++)
        add_event(d, g_ptr_array_index(d->corpus->events, i), adder);
    for (guint i = 0; d->corpus->events->len > 0 && i < adder->contacts->len; i++)
        if (adder->contacts->pdata[i] != NULL)
            g_array_sort(adder->contacts->pdata[i], compare_contacts);
}

static void
free_list(gpointer list)
{
    if (list != NULL)
        g_array_unref(list);
}

GPtrArray *
rp_contacts(const RpDerivation *d)
{
    guint n_persons = d->corpus->persons->len;
    g_autofree uint8_t *seen = g_new0(uint8_t, n_persons + 1);
    Adder adder = {.contacts = g_ptr_array_new_full(n_persons, free_list)};

    g_ptr_array_set_size(adder.contacts, (int)n_persons);
    for (uint32_t i = 0; i < d->messages->len; i++)
        add_message(d, rp_derivation_message(d, i), seen, &adder);
    add_events(d, &adder);
    return adder.contacts;
}
