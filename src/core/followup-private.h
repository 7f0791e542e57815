/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followup-private.h - what the steps from messages to follow-ups share
 *
 * A reader goes through the messages in R1's order.
 */
#pragma once

#include "core/chain.h"
#include "core/conversation.h"
#include "core/derive-private.h"

/* A later message that would have opened a follow-up that was open already. */
typedef struct {
    uint32_t message;
    uint32_t address; /* of the person, as that message has it */
    bool is_answered; /* by somebody else: keeps nothing alive, opens nothing anew */
    guint n_alive;    /* of the track when it came */
} RpLater;

/* What a follow-up, and after it the one that its release opens anew (R8), still needs
 * to know while its conversation is read. */
typedef struct {
    uint32_t followup; /* the newest of them */
    GArray *laters;    /* own; of RpLater, in R1's order */
    guint first;       /* of the laters that are later than followup's message */
    guint n_alive; /* the last one before this that is not answered keeps it alive */
} RpTrack;

typedef struct {
    RpDerivation *d;
    GHashTable
        *decisions; /* key: rp_decision_key(); of GPtrArray of RpDecision, or NULL */
    GHashTable *ignored_persons;       /* by key: the RpDecision that ignores them */
    GHashTable *ignored_conversations; /* by number: the same */
    uint32_t *known_from; /* by person: the first message of mine to them, or RP_NONE */
    GArray *tracks;       /* of RpTrack */
    GArray *track_of;     /* of uint32_t, indices in tracks, beside d->followups */
    RpJoiner *joiner;     /* as then: conversations so far; else NULL */
    GHashTable **newest_of; /* by conversation: direction and person -> follow-up */
    GHashTable *newest;     /* that of the message's conversation */
    RpChains waiting;       /* own; tracks */
    RpChains answerers;     /* own; persons */
} RpReader;

static inline RpFollowup *
rp_reader_followup(const RpReader *r, uint32_t index)
{
    return &g_array_index(r->d->followups, RpFollowup, index);
}

static inline RpTrack *
rp_reader_track(const RpReader *r, uint32_t index)
{
    return &g_array_index(r->tracks, RpTrack, index);
}

static inline uint32_t
rp_reader_track_of(const RpReader *r, uint32_t followup)
{
    return g_array_index(r->track_of, uint32_t, followup);
}

static inline int64_t
rp_reader_time(const RpReader *r, uint32_t message)
{
    return rp_derivation_message(r->d, message)->effective_at;
}

static inline uint32_t
rp_reader_person(const RpReader *r, uint32_t address)
{
    return rp_corpus_address(r->d->corpus, address)->person;
}

/* --- followup-decision.c --- */

/* Those that stand as of then, by their keys; the caller's. */
GHashTable *rp_decisions_index(const RpDerivation *d);

/* The last about the follow-up, a snooze or another one; NULL if there is none.
 * Foreign. */
const RpDecision *rp_decisions_latest(const RpReader *r, const RpFollowup *f,
                                      bool is_snooze);

/* The conversations and persons that are ignored as of then. */
void rp_ignored_index(RpReader *r, const GPtrArray *decisions);

/* Lets what happened outside the mail until t take effect; all, after the last. */
void rp_followup_settle(const RpReader *r, RpFollowup *f, int64_t t);
void rp_followup_finish(const RpReader *r, RpFollowup *f);

/* --- followup-event.c --- */

/* Calls and favours: after all mail was read. */
void rp_followup_read_events(const RpReader *r);

/* --- followup.c --- */

/* R5: persons (uint32_t, perhaps twice) whom a message of mine answers; caller's. */
GArray *rp_message_answers(const RpReader *r, const RpMessage *m);

/* --- followup-open.c --- */

/* Fills in what the id is made of. */
void rp_followup_set_id(const RpReader *r, RpFollowup *f);

/* After the later messages of a track have changed: R11. */
void rp_followup_update_lapse(const RpReader *r, uint32_t index);

/* The newest follow-up of that direction and person, settled up to t; or NULL. */
RpFollowup *rp_followup_newest(const RpReader *r, RpDirection direction,
                               uint32_t person, int64_t t, uint32_t *index);

/* A new follow-up; track: the one that it goes on, or RP_NONE. */
void rp_followup_open(const RpReader *r, RpDirection direction, uint32_t address,
                      uint32_t message, uint32_t track);

/* R4 of somebody's message, R6 of mine. */
void rp_followup_open_mine(const RpReader *r, uint32_t index);
void rp_followup_open_theirs(const RpReader *r, uint32_t index);
