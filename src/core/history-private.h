/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history-private.h - what the steps of rp_histories() share */
#pragma once

#include "core/conversation.h"
#include "core/derive-private.h"
#include "core/history-counts.h"

/* The mailbox as far as it was read, one message after the other in R1's order. */
typedef struct {
    const RpDerivation *d;   /* foreign; as then */
    const GArray *followups; /* foreign; d->followups first */
    RpHistory *histories;    /* foreign */
    RpJoiner *joiner;        /* own */
    RpCounts *counts[2];     /* own; by RpDirection */
    GArray *events;          /* own; of Event, by time */
    guint next_event;
    GArray *openings; /* own; of follow-up indices, in R1's order of the messages */
    guint next_opening;
    GHashTable *tags;         /* own; text -> number + 1 */
    uint32_t *n_from, *n_to;  /* own; by person: messages from, and of mine to them */
    uint32_t *to_stamp;       /* own; by person: the last message counted there, + 1 */
    GArray **times;           /* own; by person: of int64_t, when they wrote */
    uint32_t *n_conversation; /* own; by root: messages */
} RpHistoryReader;

static inline const RpFollowup *
rp_history_followup(const RpHistoryReader *r, uint32_t index)
{
    return &g_array_index(r->followups, RpFollowup, index);
}

static inline uint32_t
rp_history_person(const RpHistoryReader *r, uint32_t address)
{
    return rp_corpus_address(r->d->corpus, address)->person;
}

/* --- history-features.c --- */

/* What the follow-up is counted under, as of its opening. */
RpCountKeys rp_history_keys(RpHistoryReader *r, const RpFollowup *followup);

/* Fills in what is known of it at its opening: before it, and its opening message,
 * are counted themselves. */
void rp_history_open(RpHistoryReader *r, uint32_t index);
