/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.c - the mailbox read once more, to see what was known at each opening */
#include "core/history.h"

#include <math.h>

#include "core/conversation.h"
#include "core/derive-private.h"
#include "core/history-counts.h"
#include "core/subject.h"

static const double BURST_S = 1800;
static const double NO_MESSAGE_YET = 12; /* of "since": about nineteen years */
static const double LOGIT_MIN = 1e-6;
static const double STRENGTH_KIND = 10, STRENGTH_PERSON = 5, STRENGTH_CONVERSATION = 3;

/* Something becomes known about a follow-up; at one instant in this order. REOPENED:
 * that there is one at all (R8), as of a message from before. */
typedef enum { REOPENED, ANSWERED, DISMISSED, TOO_OLD, RELEASED, N_WHATS } What;
typedef struct {
    int64_t at;
    uint32_t followup;
    What what;
} Event;

typedef struct {
    const RpDerivation *d; /* foreign */
    RpHistory *histories;  /* foreign */
    RpJoiner *joiner;      /* own */
    RpCounts *counts[2];   /* own; by RpDirection */
    GArray *events;        /* own; of Event, by time */
    guint next_event;
    GArray *openings; /* own; of follow-up indices, in R1's order of the messages */
    guint next_opening;
    GHashTable *tags;         /* own; text -> number + 1 */
    uint32_t *n_from, *n_to;  /* own; by person: messages from, and of mine to them */
    uint32_t *to_stamp;       /* own; by person: the last message counted there, + 1 */
    GArray **times;           /* own; by person: of int64_t, when they wrote */
    uint32_t *n_conversation; /* own; by root: messages */
} Reader;

double
rp_usual_share(double t_s)
{
    return fmin(1, (1 - pow(1 + t_s / 3600 / 2, -0.6)) / 0.954);
}

static const RpFollowup *
followup_at(const Reader *r, uint32_t index)
{
    return &g_array_index(r->d->followups, RpFollowup, index);
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

    events_of(followup_at(r, index), at);
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
    RpCounts *counts = r->counts[followup_at(r, followup)->direction];

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
    const RpFollowup *x = followup_at(r, *(const uint32_t *)a);
    const RpFollowup *y = followup_at(r, *(const uint32_t *)b);

    if (x->message != y->message)
        return x->message < y->message ? -1 : 1;
    return strcmp(x->id, y->id);
}

static void
find_openings(Reader *r)
{
    for (uint32_t i = 0; i < r->d->followups->len; i++) {
        g_array_append_val(r->openings, i);
        add_events(r, i);
    }
    g_array_sort_with_data(r->openings, compare_openings, r);
    g_array_sort(r->events, compare_events);
}

/* --- features --- */

static double
smooth(RpCount count, double prior, double strength)
{
    return (count.k + strength * prior) / ((double)count.n + strength);
}

static double
logit(double p)
{
    p = fmax(LOGIT_MIN, fmin(1 - LOGIT_MIN, p));
    return log(p / (1 - p));
}

static uint32_t
person_of(const Reader *r, uint32_t address)
{
    return rp_corpus_address(r->d->corpus, address)->person;
}

static uint32_t
kind_of(const Reader *r, const RpFollowup *f)
{
    const RpMessage *m = rp_derivation_message(r->d, f->message);
    const RpMessage *parent;

    if (!rp_message_has_parent_id(r->d, m))
        return RP_KIND_STARTER;
    if (m->parent == RP_NONE)
        return RP_KIND_OTHER;
    parent = rp_derivation_message(r->d, m->parent);
    if (f->direction == RP_MINE)
        return parent->is_mine ? RP_KIND_TO_ME : RP_KIND_OTHER;
    return parent->sender != RP_NONE && person_of(r, parent->sender) == f->person
               ? RP_KIND_TO_ME
               : RP_KIND_OTHER;
}

static uint32_t
tag_of(Reader *r, const RpCopy *copy)
{
    char *tag = rp_subject_tag(copy->subject);
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(r->tags, tag));

    if (number > 0) {
        g_free(tag);
        return number - 1;
    }
    number = g_hash_table_size(r->tags);
    g_hash_table_insert(r->tags, tag, GUINT_TO_POINTER(number + 1));
    return number;
}

static void
set_rates(RpCounts *counts, const RpCountKeys *keys, int64_t at, RpHistory *history)
{
    RpCountsOf of;
    double r1, r2, r3, c;

    history->g = rp_counts_rate(counts, at);
    rp_counts_of(counts, keys, &of);
    r1 = smooth(of.kind, history->g, STRENGTH_KIND);
    r2 = smooth(of.tag_kind, r1, STRENGTH_KIND);
    r3 = smooth(of.person, r2, STRENGTH_PERSON);
    history->h = smooth(of.person_kind, r3, STRENGTH_PERSON);
    c = smooth(of.conversation, history->g, STRENGTH_CONVERSATION);
    history->x[RP_FEATURE_HIER] = logit(history->h) - logit(history->g);
    history->x[RP_FEATURE_CONV] = logit(c) - logit(history->g);
    history->basis = of.n_person_kind > 0 ? RP_BASIS_PERSON_KIND
                     : of.n_person > 0    ? RP_BASIS_PERSON
                                          : RP_BASIS_ALL;
    history->basis_n = of.n_person_kind > 0 ? of.n_person_kind
                       : of.n_person > 0    ? of.n_person
                                            : of.n_all;
    history->basis_k = of.n_person_kind > 0 ? of.k_person_kind
                       : of.n_person > 0    ? of.k_person
                                            : of.k_all;
}

static double
burst(const Reader *r, const RpFollowup *f)
{
    const GArray *times = r->times[f->person];
    uint32_t n = 0;

    if (f->direction != RP_MINE || times == NULL)
        return 0;
    while (n < times->len &&
           (double)(f->opened_at - g_array_index(times, int64_t, times->len - 1 - n)) <=
               BURST_S)
        n++;
    return log1p(n);
}

static double
since(const Reader *r, const RpFollowup *f)
{
    const GArray *times = r->times[f->person];

    if (times == NULL)
        return NO_MESSAGE_YET;
    return log1p(
        (double)(f->opened_at - g_array_index(times, int64_t, times->len - 1)) /
        RP_HOUR_S);
}

static bool
is_first(const Reader *r, const RpFollowup *f, const RpCopy *copy)
{
    uint32_t first = rp_corpus_first(r->d->corpus, copy->to);

    if (first == RP_NONE)
        return false;
    return f->direction == RP_MINE ? r->d->is_me[first] != 0
                                   : person_of(r, first) == f->person;
}

static void
open_followup(Reader *r, uint32_t index)
{
    const RpFollowup *f = followup_at(r, index);
    const RpCopy *copy = rp_message_copy(r->d, rp_derivation_message(r->d, f->message));
    uint32_t root = rp_joiner_root(r->joiner, f->message);
    RpCountKeys keys = {f->person, tag_of(r, copy), root, kind_of(r, f)};
    RpHistory *history = &r->histories[index];

    set_rates(r->counts[f->direction], &keys, f->opened_at, history);
    history->x[RP_FEATURE_NFROM] = log1p(r->n_from[f->person]);
    history->x[RP_FEATURE_NTO] = log1p(r->n_to[f->person]);
    history->x[RP_FEATURE_SINCE] = since(r, f);
    history->x[RP_FEATURE_CONV_N] = log1p(r->n_conversation[root]);
    history->x[RP_FEATURE_PREFIX] = rp_subject_has_prefix(copy->subject);
    history->x[RP_FEATURE_STARTER] = keys.kind == RP_KIND_STARTER;
    history->x[RP_FEATURE_BURST] = burst(r, f);
    history->x[RP_FEATURE_FIRST] = is_first(r, f, copy);
    history->x[RP_FEATURE_TO_N] = log1p(copy->to.n);
    history->x[RP_FEATURE_CC_N] = log1p(copy->cc.n);
}

/* With all that has happened to it already: an answer can come in the same second. */
static void
enter_followup(Reader *r, uint32_t index, int64_t now_at)
{
    const RpFollowup *f = followup_at(r, index);
    const RpCopy *copy = rp_message_copy(r->d, rp_derivation_message(r->d, f->message));
    RpCountKeys keys = {f->person, tag_of(r, copy),
                        rp_joiner_root(r->joiner, f->message), kind_of(r, f)};
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
        uint32_t person = person_of(r, members[i]);

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
        uint32_t person = person_of(r, m->sender);

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

        if (followup_at(r, i)->message != index)
            break;
        open_followup(r, i);
    }
    for (guint k = first; k < r->next_opening; k++) {
        uint32_t i = g_array_index(r->openings, uint32_t, k);

        if (followup_at(r, i)->known_at <= m->effective_at)
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
reader_init(Reader *r, const RpDerivation *d, RpHistory *histories)
{
    guint n_persons = d->corpus->persons->len;

    *r = (Reader){.d = d, .histories = histories};
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

RpHistory *
rp_histories(const RpDerivation *d)
{
    RpHistory *histories = g_new0(RpHistory, d->followups->len + 1);
    Reader reader;

    reader_init(&reader, d, histories);
    find_openings(&reader);
    for (uint32_t i = 0; i < d->messages->len; i++)
        read_message(&reader, i);
    reader_clear(&reader);
    return histories;
}
