/* SPDX-License-Identifier: GPL-3.0-or-later */
/* event.h - what happened between a person and me outside the mail: C1
 *
 * Calls, meetings, chats and letters, as the user logged them or a telephone told of
 * them, and favours.
 */
#pragma once

#include "core/decision.h"

#include <stdbool.h>

typedef enum {
    RP_EVENT_CALL,
    RP_EVENT_MEETING,
    RP_EVENT_CHAT,
    RP_EVENT_LETTER,
    RP_EVENT_FAVOUR,
    RP_N_EVENT_KINDS
} RpEventKind;

/* From the person, from me, or both talked. */
typedef enum { RP_WAY_IN, RP_WAY_OUT, RP_WAY_BOTH, RP_N_WAYS } RpWay;

typedef enum {
    RP_OUTCOME_HAPPENED, /* all but favours */
    RP_OUTCOME_MISSED,   /* calls: nobody answered */
    RP_OUTCOME_PROMISED, /* calls: that there will be one */
    RP_OUTCOME_ASKED,    /* favours: I asked for it; and so on */
    RP_OUTCOME_GIVEN,
    RP_OUTCOME_RECEIVED,
    RP_OUTCOME_THANKED,
    RP_N_OUTCOMES
} RpOutcome;

/* F1: what a favour can be; RP_N_FAVOURS for none of them. */
typedef enum {
    RP_FAVOUR_RECOMMENDATION,
    RP_FAVOUR_ENDORSEMENT,
    RP_FAVOUR_REFERRAL,
    RP_FAVOUR_INTRODUCTION,
    RP_N_FAVOURS
} RpFavour;

typedef struct {
    int64_t id; /* the store's; 0 if none */
    char *uid;  /* own; see rp_event_set_uid() */
    RpEventKind kind;
    RpWay way;
    RpOutcome outcome;
    char *person_key;       /* own; "" if only the number is known */
    char *number;           /* own; rp_phone_normalize()'s, or "" */
    char *name;             /* own; of the caller, as the telephone has it, or "" */
    int64_t at;             /* when it happened */
    int64_t logged_at;      /* when it was written down */
    int64_t undone_at;      /* RP_NEVER if it stands */
    int64_t after_decision; /* id of the last decision before it; 0 if not known */
    char *detail;           /* own; favours: "introduction"; else "" */
    char *note;             /* own; never NULL */
    /* In the corpus, set when it is added there: */
    uint32_t person, address;
} RpContactEvent;

void rp_event_free(RpContactEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpContactEvent, rp_event_free)

/* Makes uid out of all that the event says but for note, name and undoing, so that the
 * same entry is one event in every database. It holds a space: no Message-ID does. */
void rp_event_set_uid(RpContactEvent *event);
bool rp_event_is_uid(const char *text);

/* Is it a kind of event that may have this way and outcome? */
bool rp_event_is_valid(const RpContactEvent *event);

/* By at and logged_at; of one second, what opens something comes first; by uid. */
int rp_event_compare(const RpContactEvent *one, const RpContactEvent *other);

/* C1: does it stand as of then? */
bool rp_event_exists(const RpContactEvent *event, int64_t as_of_at);

/* C3: is it contact made by that side? */
bool rp_event_is_contact(const RpContactEvent *event, bool by_me);

/* C2, F2: would it open a follow-up of that direction (of favours RP_MINE)? */
bool rp_event_opens(const RpContactEvent *event, RpDirection direction);

/* "call", "meeting", "chat", "letter", "favour"; "in", "out", "both"; "happened",
 * "missed", "promised", "asked", "given", "received", "thanked"; "introduction" ... */
const char *rp_event_kind_name(RpEventKind kind);
const char *rp_way_name(RpWay way);
const char *rp_outcome_name(RpOutcome outcome);
const char *rp_favour_name(RpFavour favour);
RpFavour rp_favour_of(const char *name);

/* "missed call", "promised call", "meeting", "introduction": foreign. */
const char *rp_event_title(const RpContactEvent *event);
