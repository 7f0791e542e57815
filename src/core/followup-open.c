/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followup-open.c - opens follow-ups: R4, R6, and R11's lapse */
#include "core/followup-private.h"

/* --- lapse --- */

void
rp_followup_update_lapse(const RpReader *r, uint32_t index)
{
    RpTrack *track = rp_reader_track(r, index);
    RpFollowup *f = rp_reader_followup(r, track->followup);
    const RpLater *laters = (const RpLater *)(gpointer)track->laters->data;

    while (track->n_alive > track->first && laters[track->n_alive - 1].is_answered)
        track->n_alive = laters[track->n_alive - 1].n_alive;
    f->last_at = track->n_alive > track->first
                     ? rp_reader_time(r, laters[track->n_alive - 1].message)
                     : f->opened_at;
    f->lapse_at = f->last_at + r->d->policy->lapse_after_s;
}

static void
add_later(const RpReader *r, uint32_t index, RpLater later)
{
    RpTrack *track = rp_reader_track(r, index);

    later.n_alive = track->n_alive;
    g_array_append_val(track->laters, later);
    if (!later.is_answered)
        track->n_alive = track->laters->len;
    rp_followup_update_lapse(r, index);
}

/* --- opening --- */

static gpointer
newest_key(RpDirection direction, uint32_t person)
{
    return (gpointer)(((uintptr_t)person << 1) | (uintptr_t)direction);
}

RpFollowup *
rp_followup_newest(const RpReader *r, RpDirection direction, uint32_t person, int64_t t,
                   uint32_t *index)
{
    gpointer found;
    RpFollowup *f;

    if (!g_hash_table_lookup_extended(r->newest, newest_key(direction, person), NULL,
                                      &found))
        return NULL;
    *index = GPOINTER_TO_UINT(found);
    f = rp_reader_followup(r, *index);
    rp_followup_settle(r, f, t);
    return f;
}

static void
wait_for(const RpReader *r, uint32_t message, uint32_t track)
{
    rp_chains_add(&r->waiting, message, track);
}

/* Of a follow-up that is new altogether. */
static uint32_t
new_track(const RpReader *r, uint32_t message)
{
    RpTrack track = {RP_NONE, g_array_new(FALSE, FALSE, sizeof(RpLater)), 0, 0};

    g_array_append_val(r->tracks, track);
    wait_for(r, message, r->tracks->len - 1);
    return r->tracks->len - 1;
}

/* Has somebody other than person answered message already? An answer can stand
 * before it in R1's order where the message's time is a guess. */
static bool
is_answered_by_other(const RpReader *r, uint32_t message, uint32_t person)
{
    const RpChains *chains = &r->answerers;

    for (uint32_t i = chains->first[message]; i != 0;
         i = rp_chains_link(chains, i)->next)
        if (rp_chains_link(chains, i)->value != person)
            return true;
    return false;
}

void
rp_followup_set_id(const RpReader *r, RpFollowup *f)
{
    f->own_key = rp_followup_own_person(r->d, f)->key;
    f->opened_by = rp_followup_opened_by(r->d, f);
}

static bool
is_stranger(const RpReader *r, const RpFollowup *f)
{
    const RpPerson *person = &g_array_index(r->d->corpus->persons, RpPerson, f->person);

    return f->direction == RP_MINE && !person->is_curated &&
           r->known_from[f->person] >= f->message;
}

void
rp_followup_open(const RpReader *r, RpDirection direction, uint32_t address,
                 uint32_t message, uint32_t track)
{
    uint32_t index = r->d->followups->len;
    const RpMessage *m = rp_derivation_message(r->d, message);
    RpFollowup f = {.direction = direction,
                    .channel = RP_CHANNEL_MAIL,
                    .state = RP_STATE_OPEN,
                    .rule = direction == RP_MINE ? "R4" : "R6",
                    .person = rp_reader_person(r, address),
                    .address = address,
                    .message = message,
                    .conversation = m->conversation,
                    .closing = RP_NONE,
                    .releasing = RP_NONE,
                    .opened_at = m->effective_at,
                    .known_at = m->effective_at,
                    .closed_at = RP_NEVER,
                    .released_at = RP_NEVER,
                    .snoozed_until_at = RP_NEVER,
                    .latency_s = -1};

    rp_followup_set_id(r, &f);
    f.is_stranger = is_stranger(r, &f);
    f.opened_rule = f.rule;
    f.decision = rp_decisions_latest(r, &f, false);
    g_array_append_val(r->d->followups, f);
    if (track == RP_NONE)
        track = new_track(r, message);
    g_array_append_val(r->track_of, track);
    rp_reader_track(r, track)->followup = index;
    rp_followup_update_lapse(r, track);
    g_hash_table_insert(r->newest, newest_key(direction, f.person),
                        GUINT_TO_POINTER(index));
}

/* R11: a lapsed one stays open until a new one opens; then it is final. */
static void
supersede(RpFollowup *f, uint32_t message)
{
    f->state = RP_STATE_SUPERSEDED;
    f->rule = "R11";
    f->closed_at = f->lapse_at;
    f->closing = message;
    f->is_lapsed = true;
}

/* R4, R6: opens, unless one is open and not lapsed: then it only goes on. */
static void
open_or_go_on(const RpReader *r, RpDirection direction, uint32_t address,
              uint32_t message)
{
    int64_t t = rp_reader_time(r, message);
    uint32_t index;
    RpFollowup *f =
        rp_followup_newest(r, direction, rp_reader_person(r, address), t, &index);

    if (f != NULL && f->state == RP_STATE_OPEN && t < f->lapse_at) {
        RpLater later = {message, address, is_answered_by_other(r, message, f->person),
                         0};

        add_later(r, rp_reader_track_of(r, index), later);
        wait_for(r, message, rp_reader_track_of(r, index));
        return;
    }
    if (f != NULL && f->state == RP_STATE_OPEN)
        supersede(f, message);
    rp_followup_open(r, direction, address, message, RP_NONE);
}

void
rp_followup_open_mine(const RpReader *r, uint32_t index)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    const RpCopy *copy = rp_message_copy(r->d, m);
    bool is_to_me =
        rp_any_marked(r->d->corpus, copy->to, r->d->is_me) ||
        (r->d->policy->count_cc && rp_any_marked(r->d->corpus, copy->cc, r->d->is_me));

    if (is_to_me && m->sender != RP_NONE && !rp_is_list(r->d, m->sender, index) &&
        !r->d->is_me[m->sender])
        open_or_go_on(r, RP_MINE, m->sender, index);
}

static bool
is_debtor(const RpReader *r, uint32_t address, uint32_t message)
{
    return !r->d->is_me[address] && !rp_is_list(r->d, address, message) &&
           !r->d->is_machine[address];
}

static bool
has_person(const RpReader *r, const GArray *addresses, uint32_t person)
{
    for (guint i = 0; i < addresses->len; i++)
        if (rp_reader_person(r, g_array_index(addresses, uint32_t, i)) == person)
            return true;
    return false;
}

void
rp_followup_open_theirs(const RpReader *r, uint32_t index)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    const RpCopy *copy = rp_message_copy(r->d, m);
    const uint32_t *to = rp_corpus_members(r->d->corpus, copy->to);
    g_autoptr(GArray) debtors = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (uint32_t i = 0; i < copy->to.n; i++)
        if (is_debtor(r, to[i], index) &&
            !has_person(r, debtors, rp_reader_person(r, to[i])))
            g_array_append_val(debtors, to[i]);
    if (debtors->len > (guint)r->d->policy->waiting_max_recipients)
        return;
    for (guint i = 0; i < debtors->len; i++)
        open_or_go_on(r, RP_THEIRS, g_array_index(debtors, uint32_t, i), index);
}
