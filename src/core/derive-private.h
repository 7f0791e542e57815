/* SPDX-License-Identifier: GPL-3.0-or-later */
/* derive-private.h - the steps of rp_derive(), in the order they are taken
 *
 * Each step reads what the ones before it have filled in.
 */
#pragma once

#include <string.h>

#include "core/derive.h"

static inline const RpCopy *
rp_corpus_copy(const RpCorpus *corpus, uint32_t index)
{
    return &g_array_index(corpus->copies, RpCopy, index);
}

static inline const RpAddress *
rp_corpus_address(const RpCorpus *corpus, uint32_t index)
{
    return &g_array_index(corpus->addresses, RpAddress, index);
}

static inline const uint32_t *
rp_corpus_members(const RpCorpus *corpus, RpSlice slice)
{
    return slice.n == 0 ? NULL : &g_array_index(corpus->pool, uint32_t, slice.first);
}

static inline bool
rp_corpus_has(const RpCorpus *corpus, RpSlice slice, uint32_t member)
{
    const uint32_t *members = rp_corpus_members(corpus, slice);

    for (uint32_t i = 0; i < slice.n; i++)
        if (members[i] == member)
            return true;
    return false;
}

static inline uint32_t
rp_corpus_first(const RpCorpus *corpus, RpSlice slice)
{
    return slice.n == 0 ? RP_NONE : *rp_corpus_members(corpus, slice);
}

static inline RpMessage *
rp_derivation_message(const RpDerivation *d, uint32_t index)
{
    return &g_array_index(d->messages, RpMessage, index);
}

/* The i-th copy of a message, earliest first. */
static inline const RpCopy *
rp_message_nth_copy(const RpDerivation *d, const RpMessage *m, uint32_t i)
{
    uint32_t copy = g_array_index(d->sorted_copies, uint32_t, m->first_copy + i);

    return rp_corpus_copy(d->corpus, copy);
}

/* Does any address of the slice have its mark set? */
static inline bool
rp_any_marked(const RpCorpus *corpus, RpSlice slice, const uint8_t *marks)
{
    const uint32_t *members = rp_corpus_members(corpus, slice);

    for (uint32_t i = 0; i < slice.n; i++)
        if (marks[members[i]])
            return true;
    return false;
}

/* One whose arrays are empty, or NULL. */
RpDerivation *rp_derivation_empty(const RpCorpus *corpus);

/* R1, own time of one copy; is_mine as R1 means it. Pure. */
int64_t rp_own_time(int64_t internal_at, int64_t date_at, bool is_mine,
                    RpTimeSource *source);

/* Who is me by configuration; own times; the copies that exist, by message. */
void rp_derive_own_addresses(RpDerivation *d);
void rp_derive_copies(RpDerivation *d);
/* Addresses learned from Sent; which messages are mine. */
void rp_derive_mine(RpDerivation *d);
/* R1: parents, depths, effective times, R1's order. */
void rp_derive_order(RpDerivation *d);
/* R3: list addresses, senders, kinds. */
void rp_derive_lists(RpDerivation *d);
void rp_derive_kinds(RpDerivation *d);
/* R2: base subjects, conversations. */
void rp_derive_bases(RpDerivation *d);
void rp_derive_conversations(RpDerivation *d);
/* R4 to R8, R9, R10 and R11's lapse. */
void rp_derive_followups(RpDerivation *d);
/* R11: limits, due, waits. */
void rp_derive_due(RpDerivation *d);
/* Takes changed decisions (of RpDecision, foreign: made or undone since; d->decisions
 * has them, too) into account, as of d->as_of_at; R11's due comes after. False, with d
 * no longer right, if that takes more: one that is older than anything else, or makes
 * others of persons. */
bool rp_derive_decisions(RpDerivation *d, const GPtrArray *changed);
/* Names of persons. */
void rp_derive_names(RpDerivation *d);

/* R3: the signs of one copy by themselves, whoever stands in To. */
bool rp_copy_has_sign(const RpDerivation *d, const RpCopy *copy);

/* R2: does an id in In-Reply-To or References of one of m's copies count? */
bool rp_id_is_usable(const RpDerivation *d, const RpMessage *m, uint32_t id,
                     bool is_in_reply_to);

/* What stands for a follow-up among decisions, and makes its id; the
 * caller's. An event's uid names one by itself, whosever it is known to be. */
char *rp_decision_key(RpDirection direction, const char *person_key,
                      const char *message_id);
