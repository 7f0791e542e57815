/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history-counts.c - how many were answered, of each person, kind, tag and
 * conversation
 */
#include "core/history-counts.h"

enum {
    ROUNDS = 5, /* of working g out: the soft outcomes depend on it */
    /* Each opening looks at all that are open: a mail bomb must not make that a square.
     */
    MAX_OPEN = 4000,
};

static const double FIRST_RATE = 0.5;

/* Open, and younger than 14 d. */
typedef struct {
    uint32_t followup;
    int64_t opened_at;
    double usual; /* F0 of its age, as of the last rate */
    double soft;  /* the chance that it is still answered */
} Open;

typedef enum { NOT_THERE, OPEN, UNANSWERED, ANSWERED } Outcome;

struct RpCounts {
    const RpDerivation *d; /* foreign */
    uint8_t *outcomes;     /* own; of Outcome, by follow-up */
    RpCountKeys *keys;     /* own; by follow-up, of those there */
    GArray *open;          /* own; of Open, in the order of their openings */
    uint32_t *moved;       /* own; a root that was joined -> the one it is now */
    double *usual;         /* own; by age in seconds: F0, or 0 if not asked for yet */
    /* k of those settled only; n of all. */
    RpCount all, by_kind[RP_N_OPENING_KINDS];
    RpCount *by_person, *by_person_kind, *by_conversation; /* own */
    GArray *by_tag_kind;                                   /* own; of RpCount */
};

RpCounts *
rp_counts_new(const RpDerivation *d)
{
    RpCounts *counts = g_new0(RpCounts, 1);
    guint n_persons = d->corpus->persons->len, n_ids = d->corpus->ids->len;

    counts->d = d;
    counts->outcomes = g_new0(uint8_t, d->followups->len + 1);
    counts->keys = g_new0(RpCountKeys, d->followups->len + 1);
    counts->open = g_array_new(FALSE, FALSE, sizeof(Open));
    counts->moved = g_new(uint32_t, n_ids + 1);
    for (uint32_t i = 0; i < n_ids; i++)
        counts->moved[i] = i;
    counts->usual = g_new0(double, RP_HORIZON_S + 1);
    counts->by_person = g_new0(RpCount, n_persons + 1);
    counts->by_person_kind = g_new0(RpCount, (gsize)n_persons * RP_N_OPENING_KINDS + 1);
    counts->by_conversation = g_new0(RpCount, n_ids + 1);
    counts->by_tag_kind = g_array_new(FALSE, TRUE, sizeof(RpCount));
    return counts;
}

void
rp_counts_free(RpCounts *counts)
{
    if (counts == NULL)
        return;
    g_free(counts->outcomes);
    g_free(counts->keys);
    g_array_unref(counts->open);
    g_free(counts->moved);
    g_free(counts->usual);
    g_free(counts->by_person);
    g_free(counts->by_person_kind);
    g_free(counts->by_conversation);
    g_array_unref(counts->by_tag_kind);
    g_free(counts);
}

/* --- where a member is counted --- */

static uint32_t
root_of(const RpCounts *counts, uint32_t root)
{
    while (counts->moved[root] != root) {
        counts->moved[root] = counts->moved[counts->moved[root]];
        root = counts->moved[root];
    }
    return root;
}

static uint32_t
tag_kind(const RpCountKeys *keys)
{
    return keys->tag * RP_N_OPENING_KINDS + keys->kind;
}

static uint32_t
person_kind(const RpCountKeys *keys)
{
    return keys->person * RP_N_OPENING_KINDS + keys->kind;
}

static void
change(RpCount *count, int n, double k)
{
    count->n += (uint32_t)n;
    count->k += k;
}

static void
change_all(RpCounts *counts, uint32_t followup, int n, double k)
{
    const RpCountKeys *keys = &counts->keys[followup];

    if (tag_kind(keys) >= counts->by_tag_kind->len)
        g_array_set_size(counts->by_tag_kind, tag_kind(keys) + 1);
    change(&counts->all, n, k);
    change(&counts->by_kind[keys->kind], n, k);
    change(&g_array_index(counts->by_tag_kind, RpCount, tag_kind(keys)), n, k);
    change(&counts->by_person[keys->person], n, k);
    change(&counts->by_person_kind[person_kind(keys)], n, k);
    change(&counts->by_conversation[root_of(counts, keys->conversation)], n, k);
}

/* --- what happens to members --- */

static void
remove_open(RpCounts *counts, uint32_t followup)
{
    for (guint i = 0; i < counts->open->len; i++) {
        if (g_array_index(counts->open, Open, i).followup != followup)
            continue;
        g_array_remove_index(counts->open, i);
        return;
    }
}

void
rp_counts_enter(RpCounts *counts, uint32_t followup, const RpCountKeys *keys)
{
    const RpFollowup *f = &g_array_index(counts->d->followups, RpFollowup, followup);
    Open open = {followup, f->opened_at, 0, 0};

    counts->outcomes[followup] = OPEN;
    counts->keys[followup] = *keys;
    change_all(counts, followup, 1, 0);
    if (counts->open->len == MAX_OPEN)
        rp_counts_give_up(counts, g_array_index(counts->open, Open, 0).followup);
    g_array_append_val(counts->open, open);
}

void
rp_counts_settle(RpCounts *counts, uint32_t followup, bool is_answered)
{
    uint8_t before = counts->outcomes[followup];

    if (before == NOT_THERE)
        return;
    if (before == OPEN)
        remove_open(counts, followup);
    counts->outcomes[followup] = is_answered ? ANSWERED : UNANSWERED;
    change_all(counts, followup, 0,
               (is_answered ? 1 : 0) - (before == ANSWERED ? 1 : 0));
}

void
rp_counts_give_up(RpCounts *counts, uint32_t followup)
{
    if (counts->outcomes[followup] == OPEN)
        rp_counts_settle(counts, followup, false);
}

void
rp_counts_leave(RpCounts *counts, uint32_t followup)
{
    uint8_t before = counts->outcomes[followup];

    if (before == NOT_THERE)
        return;
    if (before == OPEN)
        remove_open(counts, followup);
    counts->outcomes[followup] = NOT_THERE;
    change_all(counts, followup, -1, before == ANSWERED ? -1 : 0);
}

void
rp_counts_joined(RpCounts *counts, uint32_t kept, uint32_t gone)
{
    RpCount *count = &counts->by_conversation[gone];

    counts->moved[gone] = kept;
    change(&counts->by_conversation[kept], (int)count->n, count->k);
    *count = (RpCount){0, 0};
}

/* --- rates --- */

static double
soft_outcome(double g, double usual)
{
    return g * (1 - usual) / (1 - g * usual);
}

/* Each opening asks for the age of all that are open, and pow() takes its time. */
static double
usual_share(RpCounts *counts, int64_t age_s)
{
    double *usual;

    if (age_s < 0 || age_s > RP_HORIZON_S)
        return rp_usual_share((double)age_s);
    usual = &counts->usual[age_s];
    if (*usual == 0)
        *usual = rp_usual_share((double)age_s);
    return *usual;
}

static double
next_rate(const RpCounts *counts, double g)
{
    double sum = counts->all.k;

    for (guint i = 0; i < counts->open->len; i++)
        sum += soft_outcome(g, g_array_index(counts->open, Open, i).usual);
    return (2 + sum) / (4 + (double)counts->all.n);
}

double
rp_counts_rate(RpCounts *counts, int64_t now_at)
{
    double g = FIRST_RATE;

    for (guint i = 0; i < counts->open->len; i++) {
        Open *open = &g_array_index(counts->open, Open, i);

        open->usual = usual_share(counts, now_at - open->opened_at);
    }
    for (int i = 0; i < ROUNDS; i++)
        g = next_rate(counts, g);
    for (guint i = 0; i < counts->open->len; i++) {
        Open *open = &g_array_index(counts->open, Open, i);

        open->soft = soft_outcome(g, open->usual);
    }
    return g;
}

/* Adds the soft outcomes of the open ones to what is settled. */
static void
add_open(const RpCounts *counts, const RpCountKeys *keys, RpCountsOf *of)
{
    uint32_t root = root_of(counts, keys->conversation);

    for (guint i = 0; i < counts->open->len; i++) {
        const Open *open = &g_array_index(counts->open, Open, i);
        const RpCountKeys *other = &counts->keys[open->followup];

        if (other->kind == keys->kind)
            of->kind.k += open->soft;
        if (other->kind == keys->kind && other->tag == keys->tag)
            of->tag_kind.k += open->soft;
        if (other->person == keys->person)
            of->person.k += open->soft;
        if (other->kind == keys->kind && other->person == keys->person)
            of->person_kind.k += open->soft;
        if (root_of(counts, other->conversation) == root)
            of->conversation.k += open->soft;
    }
}

void
rp_counts_of(const RpCounts *counts, const RpCountKeys *keys, RpCountsOf *of)
{
    static const RpCount none;

    of->kind = counts->by_kind[keys->kind];
    of->tag_kind = tag_kind(keys) < counts->by_tag_kind->len
                       ? g_array_index(counts->by_tag_kind, RpCount, tag_kind(keys))
                       : none;
    of->person = counts->by_person[keys->person];
    of->person_kind = counts->by_person_kind[person_kind(keys)];
    of->conversation = counts->by_conversation[root_of(counts, keys->conversation)];
    of->n_all = counts->all.n;
    of->k_all = (uint32_t)counts->all.k;
    of->n_person = of->person.n;
    of->k_person = (uint32_t)of->person.k;
    of->n_person_kind = of->person_kind.n;
    of->k_person_kind = (uint32_t)of->person_kind.k;
    add_open(counts, keys, of);
}
