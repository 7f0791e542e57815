/* SPDX-License-Identifier: GPL-3.0-or-later */
/* derive.h - messages, conversations and follow-ups out of copies: R1 to R11
 *
 * Pure: the same copies, decisions, policy and as-of instant give the same
 * result in whatever order they come (R15).
 */
#pragma once

#include "core/corpus.h"
#include "core/decision.h"
#include "core/followup.h"
#include "core/instant.h"

typedef enum { RP_TIME_INTERNALDATE, RP_TIME_DATE, RP_TIME_GUESS } RpTimeSource;
typedef enum {
    RP_KIND_PERSONAL,
    RP_KIND_LIST,
    RP_KIND_CALENDAR,
    RP_KIND_ROBOT,
    RP_N_KINDS
} RpKind;

typedef struct {
    uint32_t id;           /* index in corpus->ids */
    uint32_t conversation; /* from 1, in the order of their first messages */
    uint32_t parent;       /* index in messages, or RP_NONE */
    uint32_t depth;        /* below the topmost known parent */
    uint32_t sender;       /* R3: an address index, or RP_NONE */
    uint32_t first_copy;   /* index in sorted_copies: the earliest */
    uint32_t n_copies;     /* which stand there one after the other */
    int64_t own_at, effective_at;
    RpTimeSource source;
    RpKind kind;
    const char *why; /* static: the sign that made the kind, or why there is none */
    bool is_mine;
} RpMessage;

/* R3: since which message (an index in messages; RP_NONE: never) an address is known
 * to be a person's, to stand in From, to have list signs of two senders, three others
 * and three messages of mine written to it. */
typedef struct {
    uint32_t person_from, written_from, signs_from, others_from, own_from;
} RpListTimes;

/* R2(b): of a message's base subject. */
typedef struct {
    uint32_t number; /* 0: no reply without ids has it */
    bool is_reply;
} RpBase;

typedef struct {
    const RpCorpus *corpus;     /* foreign */
    const RpPolicy *policy;     /* foreign */
    const GPtrArray *decisions; /* foreign, or NULL */
    int64_t as_of_at;
    GArray *sorted_copies;   /* of uint32_t: copies by message, earliest first */
    GArray *messages;        /* of RpMessage, in R1's order */
    GArray *message_of_id;   /* of uint32_t by id index; RP_NONE if only cited */
    uint32_t *address_of_id; /* own; by id index: the address that it is, or RP_NONE */
    GArray *copy_times;      /* of int64_t by copy: own time (R1) */
    GArray *followups;       /* of RpFollowup, by opened_at, then id */
    RpBase *bases;           /* own; by message, or NULL if all have number 0 */
    uint32_t n_bases;
    uint32_t n_conversations;
    uint32_t n_clock_anomalies;
    uint8_t *is_me;          /* own; by address index */
    uint8_t *is_learned;     /* own; by address index: me, but not configured */
    uint8_t *is_machine;     /* own; by address index (R3) */
    RpListTimes *list_times; /* own; by address index (R3) */
    bool is_as_then;         /* see rp_derive_as_then() */
    GPtrArray *person_names; /* own; by person index, of foreign strings or NULL */
} RpDerivation;

/* corpus, policy and decisions (of RpDecision *; may be NULL) must outlive the
 * result, as it points into them. Copies whose own time is later than as_of_at,
 * and decisions taken after it, do not exist (R14). */
RpDerivation *rp_derive(const RpCorpus *corpus, const RpPolicy *policy,
                        const GPtrArray *decisions, int64_t as_of_at);
void rp_derivation_free(RpDerivation *derivation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpDerivation, rp_derivation_free)

/* The first instant after as_of_at of which something is told (a copy's own time,
 * \Answered's first sighting, a decision's or an event's); RP_NEVER if there is none.
 * Before it only waits, due times and lapses go on. */
int64_t rp_derivation_until(const RpDerivation *derivation);
/* Moves to an instant before that one: the same as rp_derive() then. changed: of
 * RpDecision, which of d->decisions have been taken or undone since. False, with the
 * derivation worth nothing, if these change more than the follow-ups they are about. */
bool rp_derivation_move(RpDerivation *d, const GPtrArray *changed, int64_t as_of_at);

/* The follow-ups that were there when they opened: each message is judged by no more
 * than it and those before it in R1's order, as for list addresses (R3) and
 * conversations (R2), whatever is known later. All else is as in derivation, which must
 * outlive the result: parts are shared, and conversations still numbered as there. */
RpDerivation *rp_derive_as_then(const RpDerivation *derivation);

/* Whose address opened it, as if nobody had been made one with another: what is kept
 * about it is kept by that person's key, and stays right if they are parted. Foreign.
 */
const RpPerson *rp_followup_own_person(const RpDerivation *derivation,
                                       const RpFollowup *followup);

/* R3: is it a list address, as of now or, as then, of that message? */
bool rp_is_list(const RpDerivation *derivation, uint32_t address, uint32_t message);

/* The earliest copy, whose From, To, Cc and Subject are the message's (R2). */
const RpCopy *rp_message_copy(const RpDerivation *derivation, const RpMessage *message);
const char *rp_message_id(const RpDerivation *derivation, const RpMessage *message);

/* The Message-ID or the event's uid that opened it. Foreign. */
const char *rp_followup_opened_by(const RpDerivation *d, const RpFollowup *followup);

/* The person's name as of then: the latest display name they gave themselves,
 * else the latest that others gave them; NULL if there is none. Foreign. */
const char *rp_person_name(const RpDerivation *derivation, uint32_t person);

/* The words of contract.md. */
const char *rp_kind_name(RpKind kind);
const char *rp_time_source_name(RpTimeSource source);
