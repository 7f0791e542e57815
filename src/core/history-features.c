/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history-features.c - the twelve features of a follow-up, as of its opening */
#include <math.h>

#include "core/history-private.h"
#include "core/subject.h"

static const double BURST_S = 1800;
static const double NO_MESSAGE_YET = 12; /* of "since": about nineteen years */
static const double LOGIT_MIN = 1e-6;
static const double STRENGTH_KIND = 10, STRENGTH_PERSON = 5, STRENGTH_CONVERSATION = 3;

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
kind_of(const RpHistoryReader *r, const RpFollowup *f)
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
    return parent->sender != RP_NONE &&
                   rp_history_person(r, parent->sender) == f->person
               ? RP_KIND_TO_ME
               : RP_KIND_OTHER;
}

static uint32_t
tag_of(RpHistoryReader *r, const RpCopy *copy)
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
burst(const RpHistoryReader *r, const RpFollowup *f)
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
since(const RpHistoryReader *r, const RpFollowup *f)
{
    const GArray *times = r->times[f->person];

    if (times == NULL)
        return NO_MESSAGE_YET;
    return log1p(
        (double)(f->opened_at - g_array_index(times, int64_t, times->len - 1)) /
        RP_HOUR_S);
}

static bool
is_first(const RpHistoryReader *r, const RpFollowup *f, const RpCopy *copy)
{
    uint32_t first = rp_corpus_first(r->d->corpus, copy->to);

    if (first == RP_NONE)
        return false;
    return f->direction == RP_MINE ? r->d->is_me[first] != 0
                                   : rp_history_person(r, first) == f->person;
}

RpCountKeys
rp_history_keys(RpHistoryReader *r, const RpFollowup *f)
{
    const RpCopy *copy = rp_message_copy(r->d, rp_derivation_message(r->d, f->message));

    return (RpCountKeys){f->person, tag_of(r, copy),
                         rp_joiner_root(r->joiner, f->message), kind_of(r, f)};
}

void
rp_history_open(RpHistoryReader *r, uint32_t index)
{
    const RpFollowup *f = rp_history_followup(r, index);
    const RpCopy *copy = rp_message_copy(r->d, rp_derivation_message(r->d, f->message));
    RpCountKeys keys = rp_history_keys(r, f);
    RpHistory *history = &r->histories[index];

    set_rates(r->counts[f->direction], &keys, f->opened_at, history);
    history->x[RP_FEATURE_NFROM] = log1p(r->n_from[f->person]);
    history->x[RP_FEATURE_NTO] = log1p(r->n_to[f->person]);
    history->x[RP_FEATURE_SINCE] = since(r, f);
    history->x[RP_FEATURE_CONV_N] = log1p(r->n_conversation[keys.conversation]);
    history->x[RP_FEATURE_PREFIX] = rp_subject_has_prefix(copy->subject);
    history->x[RP_FEATURE_STARTER] = keys.kind == RP_KIND_STARTER;
    history->x[RP_FEATURE_BURST] = burst(r, f);
    history->x[RP_FEATURE_FIRST] = is_first(r, f, copy);
    history->x[RP_FEATURE_TO_N] = log1p(copy->to.n);
    history->x[RP_FEATURE_CC_N] = log1p(copy->cc.n);
}
