/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followup.h - who waits for whom, since when, and how it ended: R4 to R11
 *
 * Plain data. Instants (_at) are seconds since 1970-01-01 UTC, durations (_s) seconds;
 * indices are those of the corpus and of the derivation that it stands in.
 */
#pragma once

#include "core/decision.h"
#include "core/event.h"

typedef enum { RP_CHANNEL_MAIL, RP_CHANNEL_CALL, RP_CHANNEL_FAVOUR } RpChannel;
typedef enum {
    RP_STATE_OPEN,
    RP_STATE_ANSWERED,
    RP_STATE_RELEASED,
    RP_STATE_SUPERSEDED,
    RP_STATE_ANSWERED_ELSEWHERE,
    RP_STATE_DONE,
    RP_STATE_DISMISSED,
} RpState;

enum { RP_FOLLOWUP_ID_LEN = 10 };

typedef struct {
    const char *own_key,
        *opened_by; /* foreign: with direction, what the id is made of */
    char id_or_none[RP_FOLLOWUP_ID_LEN + 1]; /* rp_followup_id() has it */
    RpDirection direction;
    RpChannel channel;
    RpState state;
    const char *rule;        /* static: what put it into its state, "R4" */
    const char *opened_rule; /* static: what opened it */
    uint32_t person;         /* index in corpus->persons */
    uint32_t address;        /* index in corpus->addresses: the one that opened it */
    uint32_t message;      /* index in messages: the opening; RP_NONE if event did it */
    uint32_t conversation; /* 0: none */
    const RpContactEvent *event, *closing_event; /* foreign, or NULL (C2, F2) */
    uint32_t closing;   /* index in messages, or RP_NONE: contract's closed_by */
    uint32_t releasing; /* index in messages, or RP_NONE */
    const RpDecision *decision; /* foreign, or NULL: what closed it */
    int64_t opened_at;
    int64_t known_at;    /* since when it exists: opened_at or, opened anew (R8), the
                            release that did it */
    int64_t closed_at;   /* RP_NEVER while open */
    int64_t released_at; /* RP_NEVER if it never was */
    int64_t lapse_at;    /* when it lapses or lapsed if nothing else comes (R11) */
    int64_t last_at;     /* of its last message (R11) */
    int64_t snoozed_until_at; /* RP_NEVER if not snoozed as of now */
    int64_t warn_at, due_at;
    int64_t limit_s;
    int64_t latency_s; /* answered and done; else -1 */
    int64_t waiting_s; /* open; else -1 */
    int64_t working_s; /* open, and if working hours are set; else -1 */
    bool is_overdue, is_stranger, is_lapsed;
} RpFollowup;

/* Stable: a hash of direction, person key and opening message; made when first asked
 * for. Foreign. */
const char *rp_followup_id(const RpFollowup *followup);

/* The words of contract.md. */
const char *rp_direction_name(RpDirection direction);
const char *rp_channel_name(RpChannel channel);
const char *rp_state_name(RpState state);
