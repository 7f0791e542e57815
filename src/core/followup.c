/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followup.c - who owes whom: R4 to R8, with R9, R10 and R11's lapse as they come
 *
 * Of each conversation, direction and person only the newest follow-up can change its
 * state.
 */
#include "core/followup-private.h"

/* --- closing --- */

static void
close_newest(const RpReader *r, RpDirection direction, uint32_t person,
             uint32_t message)
{
    int64_t t = rp_reader_time(r, message);
    uint32_t index;
    RpFollowup *f = rp_followup_newest(r, direction, person, t, &index);

    if (f == NULL || (f->state != RP_STATE_OPEN && f->state != RP_STATE_RELEASED &&
                      f->state != RP_STATE_ANSWERED_ELSEWHERE))
        return;
    f->state = RP_STATE_ANSWERED;
    f->rule = direction == RP_MINE ? "R5" : "R7";
    f->closing = message;
    f->closed_at = t;
    f->latency_s = t - f->opened_at;
}

static void
add_persons(const RpReader *r, GArray *persons, RpSlice addresses)
{
    const uint32_t *members = rp_corpus_members(r->d->corpus, addresses);

    for (uint32_t i = 0; i < addresses.n; i++) {
        uint32_t person = rp_reader_person(r, members[i]);

        g_array_append_val(persons, person);
    }
}

GArray *
rp_message_answers(const RpReader *r, const RpMessage *m)
{
    GArray *persons = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    const RpCopy *copy = rp_message_copy(r->d, m);

    add_persons(r, persons, copy->to);
    if (m->parent == RP_NONE) {
        add_persons(r, persons, copy->cc);
    } else {
        uint32_t sender = rp_derivation_message(r->d, m->parent)->sender;
        uint32_t person = sender != RP_NONE ? rp_reader_person(r, sender) : RP_NONE;

        if (person != RP_NONE)
            g_array_append_val(persons, person);
    }
    return persons;
}

/* R5 */
static void
close_mine(const RpReader *r, uint32_t index)
{
    g_autoptr(GArray) persons =
        rp_message_answers(r, rp_derivation_message(r->d, index));

    for (guint i = 0; i < persons->len; i++)
        close_newest(r, RP_MINE, g_array_index(persons, uint32_t, i), index);
}

/* --- release --- */

/* The first later message that nobody answered opens it anew (R8). */
static void
reopen(const RpReader *r, uint32_t index)
{
    RpTrack *track = rp_reader_track(r, index);
    const RpFollowup *f = rp_reader_followup(r, track->followup);
    int64_t released_at = f->released_at;

    while (track->first < track->laters->len) {
        RpLater later = g_array_index(track->laters, RpLater, track->first++);
        RpFollowup *reopened;

        if (later.is_answered)
            continue;
        rp_followup_open(r, f->direction, later.address, later.message, index);
        reopened = rp_reader_followup(r, track->followup);
        reopened->rule = reopened->opened_rule = "R8";
        reopened->known_at = released_at;
        return;
    }
}

static void
release(const RpReader *r, uint32_t index, uint32_t message)
{
    RpFollowup *f = rp_reader_followup(r, rp_reader_track(r, index)->followup);

    f->state = RP_STATE_RELEASED;
    f->rule = "R8";
    f->closed_at = f->released_at = rp_reader_time(r, message);
    f->closing = f->releasing = message;
    reopen(r, index);
}

/* Laters stand in R1's order. */
static void
mark_answered(const RpReader *r, uint32_t index, uint32_t parent)
{
    const RpTrack *track = rp_reader_track(r, index);
    guint low = track->first, high = track->laters->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (g_array_index(track->laters, RpLater, middle).message < parent)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < track->laters->len &&
        g_array_index(track->laters, RpLater, low).message == parent)
        g_array_index(track->laters, RpLater, low).is_answered = true;
    rp_followup_update_lapse(r, index);
}

/* One that waits for what message answers. */
static void
release_one(const RpReader *r, uint32_t index, uint32_t message)
{
    const RpMessage *m = rp_derivation_message(r->d, message);
    RpFollowup *f = rp_reader_followup(r, rp_reader_track(r, index)->followup);

    if (rp_reader_person(r, m->sender) == f->person)
        return;
    if (f->message != m->parent) {
        mark_answered(r, index, m->parent);
        return;
    }
    rp_followup_settle(r, f, m->effective_at);
    if (f->state == RP_STATE_OPEN && r->d->policy->group_answer_releases)
        release(r, index, message);
}

/* R8: a human message of somebody who is neither debtor nor creditor answers
 * parent. */
static void
release_all(const RpReader *r, uint32_t message)
{
    const RpMessage *m = rp_derivation_message(r->d, message);
    /* Only those that wait for it now: a release may add to the list. */
    uint32_t last = r->waiting.last[m->parent], link = r->waiting.first[m->parent];

    if (m->sender == RP_NONE || rp_is_list(r->d, m->sender, message) ||
        r->d->is_me[m->sender])
        return;
    rp_chains_add(&r->answerers, m->parent, rp_reader_person(r, m->sender));
    while (link != 0) {
        release_one(r, rp_chains_link(&r->waiting, link)->value, message);
        link = link != last ? rp_chains_link(&r->waiting, link)->next : 0;
    }
}

/* --- the order of things --- */

static void
read_message(const RpReader *r, uint32_t index)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    bool is_personal = m->kind == RP_KIND_PERSONAL;
    bool is_human = is_personal || m->kind == RP_KIND_LIST;

    if (!is_human)
        return;
    if (m->is_mine) {
        /* R3: without a From it opens and closes nothing. */
        if (!is_personal || m->sender == RP_NONE)
            return;
        close_mine(r, index);
        rp_followup_open_theirs(r, index);
        return;
    }
    if (m->sender != RP_NONE)
        close_newest(r, RP_THEIRS, rp_reader_person(r, m->sender), index);
    if (m->parent != RP_NONE)
        release_all(r, index);
    if (is_personal)
        rp_followup_open_mine(r, index);
}

/* R4: the first personal message of mine with each person in To or Cc. */
static void
find_known(RpReader *r)
{
    const RpCorpus *corpus = r->d->corpus;

    for (guint i = 0; i < corpus->persons->len; i++)
        r->known_from[i] = RP_NONE;
    for (uint32_t i = r->d->messages->len; i > 0; i--) {
        const RpMessage *m = rp_derivation_message(r->d, i - 1);
        const RpCopy *copy = rp_message_copy(r->d, m);
        const RpSlice slices[] = {copy->to, copy->cc};

        if (!m->is_mine || m->kind != RP_KIND_PERSONAL)
            continue;
        for (size_t s = 0; s < G_N_ELEMENTS(slices); s++) {
            const uint32_t *members = rp_corpus_members(corpus, slices[s]);

            for (uint32_t k = 0; k < slices[s].n; k++)
                r->known_from[rp_reader_person(r, members[k])] = i - 1;
        }
    }
}

/* As then, two conversations have become one: what is newer goes on. */
static void
joined(uint32_t kept, uint32_t gone, gpointer data)
{
    RpReader *r = data;
    GHashTable *from = r->newest_of[gone], *into = r->newest_of[kept], *larger;
    GHashTableIter iter;
    gpointer key, value, other;

    r->newest_of[gone] = NULL;
    if (from == NULL || into == NULL) {
        r->newest_of[kept] = from != NULL ? from : into;
        return;
    }
    if (g_hash_table_size(from) > g_hash_table_size(into)) {
        larger = from;
        from = into;
        into = r->newest_of[kept] = larger;
    }
    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &key, &value))
        if (!g_hash_table_lookup_extended(into, key, NULL, &other) ||
            GPOINTER_TO_UINT(value) > GPOINTER_TO_UINT(other))
            g_hash_table_insert(into, key, value);
    g_hash_table_unref(from);
}

/* What the message's conversation is known by for now. */
static uint32_t
conversation_of(const RpReader *r, uint32_t index)
{
    if (r->joiner == NULL)
        return rp_derivation_message(r->d, index)->conversation;
    rp_joiner_add(r->joiner, index);
    return rp_joiner_root(r->joiner, index);
}

static void
read_all(RpReader *r)
{
    guint n = 1 + (r->d->is_as_then ? r->d->corpus->ids->len : r->d->n_conversations);
    g_autoptr(RpJoiner) joiner =
        r->d->is_as_then ? rp_joiner_new(r->d, joined, r) : NULL;

    r->joiner = joiner;
    r->newest_of = g_new0(GHashTable *, n);
    for (uint32_t i = 0; i < r->d->messages->len; i++) {
        uint32_t c = conversation_of(r, i);

        if (r->newest_of[c] == NULL)
            r->newest_of[c] = g_hash_table_new(NULL, NULL);
        r->newest = r->newest_of[c];
        read_message(r, i);
    }
    for (guint c = 0; c < n; c++)
        g_clear_pointer(&r->newest_of[c], g_hash_table_unref);
    g_free(r->newest_of);
}

static void
finish(const RpReader *r)
{
    for (uint32_t i = 0; i < r->d->followups->len; i++)
        rp_followup_finish(r, rp_reader_followup(r, i));
}

static int
compare_followups(gconstpointer a, gconstpointer b)
{
    const RpFollowup *x = a, *y = b;

    if (x->opened_at != y->opened_at)
        return x->opened_at < y->opened_at ? -1 : 1;
    return strcmp(rp_followup_id(x), rp_followup_id(y));
}

static void
reader_clear(RpReader *r)
{
    for (guint i = 0; i < r->tracks->len; i++)
        g_array_unref(rp_reader_track(r, i)->laters);
    rp_chains_clear(&r->waiting);
    rp_chains_clear(&r->answerers);
    g_hash_table_unref(r->ignored_persons);
    g_hash_table_unref(r->ignored_conversations);
}

void
rp_derive_followups(RpDerivation *d)
{
    g_autoptr(GHashTable) table = rp_decisions_index(d);
    g_autoptr(GArray) tracks = g_array_new(FALSE, FALSE, sizeof(RpTrack));
    g_autoptr(GArray) track_of = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autofree uint32_t *known_from = g_new(uint32_t, d->corpus->persons->len + 1);
    RpReader reader = {.d = d,
                       .decisions = table,
                       .known_from = known_from,
                       .tracks = tracks,
                       .track_of = track_of};

    rp_chains_init(&reader.waiting, d->messages->len);
    rp_chains_init(&reader.answerers, d->messages->len);
    rp_ignored_index(&reader, d->decisions);
    find_known(&reader);
    read_all(&reader);
    if (!d->is_as_then)
        rp_followup_read_events(&reader);
    finish(&reader);
    reader_clear(&reader);
    g_array_sort(d->followups, compare_followups);
}
