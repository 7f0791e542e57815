/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followup-event.c - calls to return and favours to give thanks for: C2, C3, F2, F3
 *
 * Mail closes them, and never the other way round: what mail opens is read without
 * events.
 */
#include <string.h>

#include "core/followup-private.h"

/* What can wait at a person: a call of each direction, thanks for each favour. */
enum { SLOT_FAVOUR = 2, N_SLOTS = SLOT_FAVOUR + RP_N_FAVOURS };

/* Something that a person and I had to do with each other. */
typedef struct {
    uint32_t person;
    uint32_t message;            /* an index in messages, or RP_NONE */
    const RpContactEvent *event; /* foreign; or NULL */
    int64_t at;
    bool by_me;
} Contact;

typedef struct {
    const RpReader *r;
    uint32_t slots[N_SLOTS]; /* the newest follow-up in each, or RP_NONE */
    bool is_known;           /* I had called, or met them, before */
} Walk;

/* --- closing and opening --- */

/* Settled up to t; NULL if nothing is open there. */
static RpFollowup *
open_in(const Walk *walk, uint32_t slot, int64_t t)
{
    RpFollowup *f;

    if (walk->slots[slot] == RP_NONE)
        return NULL;
    f = rp_reader_followup(walk->r, walk->slots[slot]);
    rp_followup_settle(walk->r, f, t);
    return f->state == RP_STATE_OPEN ? f : NULL;
}

static void
close_slot(const Walk *walk, uint32_t slot, const Contact *contact)
{
    RpFollowup *f = open_in(walk, slot, contact->at);

    if (f == NULL)
        return;
    f->state = RP_STATE_ANSWERED;
    f->rule = f->channel == RP_CHANNEL_CALL ? "C3" : "F3";
    f->closing = contact->message;
    f->closing_event = contact->event;
    f->closed_at = contact->at;
    f->latency_s = contact->at - f->opened_at;
}

/* R11, as with mail: open and not lapsed it goes on, lapsed it is superseded. */
static bool
goes_on(const Walk *walk, uint32_t slot, const RpContactEvent *event)
{
    RpFollowup *f = open_in(walk, slot, event->at);

    if (f == NULL)
        return false;
    if (event->at >= f->lapse_at) {
        f->state = RP_STATE_SUPERSEDED;
        f->rule = "R11";
        f->closed_at = f->lapse_at;
        f->closing_event = event;
        return false;
    }
    f->last_at = event->at;
    f->lapse_at = event->at + walk->r->d->policy->lapse_after_s;
    return true;
}

static void
open_slot(Walk *walk, uint32_t slot, const RpContactEvent *event)
{
    const RpReader *r = walk->r;
    bool is_call = event->kind == RP_EVENT_CALL;
    RpFollowup f = {.direction = slot == RP_THEIRS ? RP_THEIRS : RP_MINE,
                    .channel = is_call ? RP_CHANNEL_CALL : RP_CHANNEL_FAVOUR,
                    .state = RP_STATE_OPEN,
                    .rule = is_call ? "C2" : "F2",
                    .person = event->person,
                    .address = event->address,
                    .event = event,
                    .message = RP_NONE,
                    .closing = RP_NONE,
                    .releasing = RP_NONE,
                    .opened_at = event->at,
                    .known_at = event->at,
                    .last_at = event->at,
                    .lapse_at = event->at + r->d->policy->lapse_after_s,
                    .closed_at = RP_NEVER,
                    .released_at = RP_NEVER,
                    .snoozed_until_at = RP_NEVER,
                    .latency_s = -1};
    const RpPerson *person = &g_array_index(r->d->corpus->persons, RpPerson, f.person);

    if (goes_on(walk, slot, event))
        return;
    rp_followup_set_id(r, &f);
    f.is_stranger = f.direction == RP_MINE && !walk->is_known && !person->is_curated &&
                    g_str_has_prefix(person->key, RP_TEL_PREFIX);
    f.decision = rp_decisions_latest(r, &f, false);
    f.opened_rule = f.rule;
    walk->slots[slot] = r->d->followups->len;
    g_array_append_val(r->d->followups, f);
}

/* --- events --- */

static void
open_call(Walk *walk, const RpContactEvent *event)
{
    for (uint32_t direction = RP_MINE; direction <= RP_THEIRS; direction++)
        if (rp_event_opens(event, (RpDirection)direction))
            open_slot(walk, direction, event);
}

static void
take_favour(Walk *walk, const Contact *contact)
{
    uint32_t slot = SLOT_FAVOUR + (uint32_t)rp_favour_of(contact->event->detail);

    if (rp_event_opens(contact->event, RP_MINE))
        open_slot(walk, slot, contact->event);
    else if (contact->event->outcome == RP_OUTCOME_THANKED)
        close_slot(walk, slot, contact);
}

/* C3: first it closes, then it opens. */
static void
take_event(Walk *walk, const Contact *contact)
{
    const RpContactEvent *event = contact->event;

    if (event->kind == RP_EVENT_FAVOUR) {
        take_favour(walk, contact);
        return;
    }
    if (rp_event_is_contact(event, true))
        close_slot(walk, RP_MINE, contact);
    if (rp_event_is_contact(event, false))
        close_slot(walk, RP_THEIRS, contact);
    open_call(walk, event);
    walk->is_known = walk->is_known || rp_event_is_contact(event, true);
}

static void
take_contact(Walk *walk, const Contact *contact)
{
    if (contact->event != NULL)
        take_event(walk, contact);
    else
        close_slot(walk, contact->by_me ? RP_MINE : RP_THEIRS, contact);
}

/* --- who had to do with whom --- */

static void
add_message(GArray *contacts, const RpReader *r, uint32_t person, uint32_t message)
{
    const RpMessage *m = rp_derivation_message(r->d, message);
    Contact contact = {person, message, NULL, m->effective_at, m->is_mine};

    g_array_append_val(contacts, contact);
}

static void
add_recipients(GArray *contacts, const RpReader *r, const uint8_t *is_wanted,
               uint32_t index)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    g_autoptr(GArray) persons = rp_message_answers(r, m);

    for (guint i = 0; i < persons->len; i++) {
        uint32_t person = g_array_index(persons, uint32_t, i);

        if (is_wanted[person])
            add_message(contacts, r, person, index);
    }
}

/* As R5 and R7 count it, whatever the conversation. */
static void
add_messages(GArray *contacts, const RpReader *r, const uint8_t *is_wanted)
{
    for (uint32_t i = 0; i < r->d->messages->len; i++) {
        const RpMessage *m = rp_derivation_message(r->d, i);

        if (m->kind > RP_KIND_LIST || m->sender == RP_NONE)
            continue;
        if (m->is_mine && m->kind == RP_KIND_PERSONAL)
            add_recipients(contacts, r, is_wanted, i);
        else if (!m->is_mine && is_wanted[rp_reader_person(r, m->sender)])
            add_message(contacts, r, rp_reader_person(r, m->sender), i);
    }
}

/* By person: what I had to do with myself opens nothing. */
static uint8_t *
mark_me(const RpReader *r)
{
    uint8_t *is_me = g_new0(uint8_t, r->d->corpus->persons->len + 1);

    for (uint32_t i = 0; i < r->d->corpus->addresses->len; i++)
        if (r->d->is_me[i])
            is_me[rp_reader_person(r, i)] = 1;
    return is_me;
}

static void
add_events(GArray *contacts, const RpReader *r, uint8_t *is_wanted)
{
    const GPtrArray *events = r->d->corpus->events;
    g_autofree uint8_t *is_me = mark_me(r);

    for (guint i = 0; i < events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(events, i);
        Contact contact = {event->person, RP_NONE, event, event->at, false};

        if (is_me[event->person] || !rp_event_exists(event, r->d->as_of_at))
            continue;
        is_wanted[event->person] = 1;
        g_array_append_val(contacts, contact);
    }
}

/* Messages stand in R1's order and before the events of that instant; those have
 * theirs. */
static int
compare_contacts(gconstpointer a, gconstpointer b)
{
    const Contact *x = a, *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->message != y->message)
        return x->message < y->message ? -1 : 1;
    return x->event != NULL ? rp_event_compare(x->event, y->event) : 0;
}

void
rp_followup_read_events(const RpReader *r)
{
    g_autoptr(GArray) contacts = g_array_new(FALSE, FALSE, sizeof(Contact));
    g_autofree uint8_t *is_wanted = g_new0(uint8_t, r->d->corpus->persons->len + 1);
    Walk walk = {.r = r};

    add_events(contacts, r, is_wanted);
    if (contacts->len == 0)
        return;
    add_messages(contacts, r, is_wanted);
    g_array_sort(contacts, compare_contacts);
    for (guint i = 0; i < contacts->len; i++) {
        const Contact *contact = &g_array_index(contacts, Contact, i);

        if (i == 0 || contact[-1].person != contact->person) {
            memset(walk.slots, 0xff, sizeof walk.slots);
            walk.is_known = false;
        }
        take_contact(&walk, contact);
    }
}
