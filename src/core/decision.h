/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decision.h - what the user decided outside the mail: R10 */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef enum { RP_MINE, RP_THEIRS } RpDirection;

typedef enum {
    RP_DECISION_DONE,
    RP_DECISION_DISMISS,
    RP_DECISION_SNOOZE,
    RP_DECISION_IGNORE_PERSON,
    RP_DECISION_IGNORE_CONVERSATION,
    RP_DECISION_MERGE,
    RP_DECISION_SPLIT,
    RP_N_DECISIONS
} RpDecisionKind;

/* R10. Known by direction, person and opening message, so that it outlives
 * the database. A person is ignored in both directions and has no message; a
 * conversation is known by any message in it, and has no person. A merge makes one
 * person of two, a split parts one from all whom they were made one with; neither has a
 * message. */
typedef struct {
    int64_t id; /* the store's; 0 if none */
    RpDecisionKind kind;
    RpDirection direction;
    char *person_key; /* own; "" for a conversation */
    char *message_id; /* own; the opening message; "" for a person */
    int64_t taken_at;
    int64_t undone_at; /* RP_NEVER if it stands */
    int64_t at;        /* done: when it was handled; snooze: until when */
    char *detail;      /* own; done: channel; dismiss: reason; merge: the other's key */
    char *note;        /* own; never NULL */
} RpDecision;

void rp_decision_free(RpDecision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpDecision, rp_decision_free)

/* "done", "dismiss", "snooze", "ignore_person", "ignore_conversation", "merge",
 * "split". */
const char *rp_decision_name(RpDecisionKind kind);
