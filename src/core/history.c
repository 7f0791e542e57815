/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.c - the mailbox read once more, to see what was known at each opening */
#include "core/history.h"

#include <math.h>

#include "core/history-private.h"

/* Something becomes known about a follow-up; at one instant in this order. REOPENED:
 * that there is one at all (R8), as of a message from before. */
typedef enum { REOPENED, ANSWERED, DISMISSED, TOO_OLD, RELEASED, N_WHATS } What;
typedef struct {
    int64_t at;
    uint32_t followup;
    What what;
} Event;

typedef RpHistoryReader Reader;

double
rp_usual_share(double t_s)
{
    return fmin(1, (1 - pow(1 + t_s / 3600 / 2, -0.6)) / 0.954);
}

/* --- what becomes known, and when --- */

/* Writes the events of a follow-up to at; RP_NEVER for what does not happen. */
static void
events_of(const RpFollowup *f, int64_t at[N_WHATS])
{
    bool is_answer = f->state == RP_STATE_ANSWERED || f->state == RP_STATE_DONE;
    bool is_in_time = f->latency_s >= 0 && f->latency_s <= RP_HORIZON_S;

    at[REOPENED] = f->known_at > f->opened_at ? f->known_at : RP_NEVER;
    at[ANSWERED] = is_answer && is_in_time ? f->closed_at : RP_NEVER;
    if (f->state == RP_STATE_DONE && is_in_time)
        at[ANSWERED] = MAX(f->closed_at, f->decision->taken_at);
    at[DISMISSED] = f->state == RP_STATE_DISMISSED ? f->closed_at : RP_NEVER;
    at[TOO_OLD] = f->opened_at + RP_HORIZON_S;
    at[RELEASED] = f->released_at;
}

static void
add_events(Reader *r, uint32_t index)
{
    int64_t at[N_WHATS];

    events_of(rp_history_followup(r, index), at);
    for (What what = 0; what < N_WHATS; what++) {
        Event event = {at[what], index, what};

        if (at[what] != RP_NEVER)
            g_array_append_val(r->events, event);
    }
}

static int
compare_events(gconstpointer a, gconstpointer b)
{
    const Event *x = a, *y = b;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->what != y->what)
        return x->what < y->what ? -1 : 1;
    return (x->followup > y->followup) - (x->followup < y->followup);
}

static void enter_followup(Reader *r, uint32_t index, int64_t now_at);

static void
take(Reader *r, uint32_t followup, What what, int64_t now_at)
{
    RpCounts *counts = r->counts[rp_history_followup(r, followup)->direction];

    switch (what) {
    case REOPENED:
        enter_followup(r, followup, now_at);
        break;
    case ANSWERED:
    case DISMISSED:
        rp_counts_settle(counts, followup, what == ANSWERED);
        break;
    case TOO_OLD:
        rp_counts_give_up(counts, followup);
        break;
    case RELEASED:
        rp_counts_leave(counts, followup);
        break;
    case N_WHATS:
        break;
    }
}

static void
take_events(Reader *r, int64_t until_at)
{
    for (; r->next_event < r->events->len; r->next_event++) {
        const Event *event = &g_array_index(r->events, Event, r->next_event);

        if (event->at > until_at)
            return;
        take(r, event->followup, event->what, event->at);
    }
}

/* --- the order of openings --- */

static int
compare_openings(gconstpointer a, gconstpointer b, gpointer data)
{
    const Reader *r = data;
    const RpFollowup *x = rp_history_followup(r, *(const uint32_t *)a);
    const RpFollowup *y = rp_history_followup(r, *(const uint32_t *)b);

    if (x->message != y->message)
        return x->message < y->message ? -1 : 1;
    return strcmp(rp_followup_id(x), rp_followup_id(y));
}

static bool
is_learned(const Reader *r, uint32_t index)
{
    return index < r->d->followups->len;
}

static void
find_openings(Reader *r)
{
    for (uint32_t i = 0; i < r->followups->len; i++) {
        g_array_append_val(r->openings, i);
        if (is_learned(r, i))
            add_events(r, i);
    }
    g_array_sort_with_data(r->openings, compare_openings, r);
    g_array_sort(r->events, compare_events);
}

/* With all that has happened to it already: an answer can come in the same second. */
static void
enter_followup(Reader *r, uint32_t index, int64_t now_at)
{
    const RpFollowup *f = rp_history_followup(r, index);
    RpCountKeys keys = rp_history_keys(r, f);
    int64_t at[N_WHATS];

    /* R9: nobody knows when it was answered. */
    if (f->state == RP_STATE_ANSWERED_ELSEWHERE)
        return;
    rp_counts_enter(r->counts[f->direction], index, &keys);
    events_of(f, at);
    for (What what = ANSWERED; what < N_WHATS; what++)
        if (at[what] <= now_at)
            take(r, index, what, now_at);
}

/* --- messages --- */

static void
count_recipients(Reader *r, uint32_t message, RpSlice slice)
{
    const uint32_t *members = rp_corpus_members(r->d->corpus, slice);

    for (uint32_t i = 0; i < slice.n; i++) {
        uint32_t person = rp_history_person(r, members[i]);

        if (r->to_stamp[person] == message + 1)
            continue;
        r->to_stamp[person] = message + 1;
        r->n_to[person]++;
    }
}

static void
count_message(Reader *r, uint32_t index)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    const RpCopy *copy = rp_message_copy(r->d, m);

    r->n_conversation[rp_joiner_root(r->joiner, index)]++;
    if (m->is_mine) {
        count_recipients(r, index, copy->to);
        count_recipients(r, index, copy->cc);
    }
    if (m->sender != RP_NONE) {
        uint32_t person = rp_history_person(r, m->sender);

        if (r->times[person] == NULL)
            r->times[person] = g_array_new(FALSE, FALSE, sizeof(int64_t));
        g_array_append_val(r->times[person], m->effective_at);
        r->n_from[person]++;
    }
}

/* Those that one message opens do not know of each other. */
static void
read_message(Reader *r, uint32_t index)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    guint first = r->next_opening;

    take_events(r, m->effective_at);
    rp_joiner_add(r->joiner, index);
    for (; r->next_opening < r->openings->len; r->next_opening++) {
        uint32_t i = g_array_index(r->openings, uint32_t, r->next_opening);

        if (rp_history_followup(r, i)->message != index)
            break;
        rp_history_open(r, i);
    }
    for (guint k = first; k < r->next_opening; k++) {
        uint32_t i = g_array_index(r->openings, uint32_t, k);

        if (is_learned(r, i) && rp_history_followup(r, i)->known_at <= m->effective_at)
            enter_followup(r, i, m->effective_at);
    }
    count_message(r, index);
}

static void
joined(uint32_t kept, uint32_t gone, gpointer data)
{
    Reader *r = data;

    r->n_conversation[kept] += r->n_conversation[gone];
    r->n_conversation[gone] = 0;
    for (int i = 0; i < 2; i++)
        rp_counts_joined(r->counts[i], kept, gone);
}

/* --- the whole --- */

static void
reader_init(Reader *r, const RpDerivation *d, const GArray *followups,
            RpHistory *histories)
{
    guint n_persons = d->corpus->persons->len;

    *r = (Reader){.d = d, .followups = followups, .histories = histories};
    r->joiner = rp_joiner_new(d, joined, r);
    for (int i = 0; i < 2; i++)
        r->counts[i] = rp_counts_new(d);
    r->events = g_array_new(FALSE, FALSE, sizeof(Event));
    r->openings = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    r->tags = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    r->n_from = g_new0(uint32_t, n_persons + 1);
    r->n_to = g_new0(uint32_t, n_persons + 1);
    r->to_stamp = g_new0(uint32_t, n_persons + 1);
    r->times = g_new0(GArray *, n_persons + 1);
    r->n_conversation = g_new0(uint32_t, d->corpus->ids->len + 1);
}

static void
reader_clear(Reader *r)
{
    rp_joiner_free(r->joiner);
    for (int i = 0; i < 2; i++)
        rp_counts_free(r->counts[i]);
    g_array_unref(r->events);
    g_array_unref(r->openings);
    g_hash_table_unref(r->tags);
    g_free(r->n_from);
    g_free(r->n_to);
    g_free(r->to_stamp);
    for (guint i = 0; i < r->d->corpus->persons->len; i++)
        g_clear_pointer(&r->times[i], g_array_unref);
    g_free(r->times);
    g_free(r->n_conversation);
}

GArray *
rp_histories(const RpDerivation *learned, const GArray *followups)
{
    GArray *histories = g_array_new(FALSE, TRUE, sizeof(RpHistory));
    Reader reader;

    g_array_set_size(histories, followups->len);
    reader_init(&reader, learned, followups, (RpHistory *)(gpointer)histories->data);
    find_openings(&reader);
    for (uint32_t i = 0; i < learned->messages->len; i++)
        read_message(&reader, i);
    reader_clear(&reader);
    return histories;
}
