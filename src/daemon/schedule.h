/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule.h - which notices are due: R11, and how they are grouped
 *
 * Pure: the same follow-ups, notices shown, settings and instant give the same
 * result. Minutes are of the local day in the zone given.
 */
#pragma once

#include "daemon/candidate.h"
#include "daemon/popup.h"

/* More pop-ups than this become one summary. */
enum { RP_MAX_POPUPS = 3 };

typedef struct {
    const GPtrArray *candidates; /* RpCandidate *, by due_at */
    const GPtrArray *notices;    /* RpNoticeRow *: what was ever shown */
    const GPtrArray *popups;     /* RpPopup *: what is on the screen, or on its way */
    const GPtrArray *again;      /* char *: ids of what was shown and has been lost */
    const RpNotifyConfig *config;
    GTimeZone *zone;
    int64_t now_at;
} RpScheduleInput;

typedef struct {
    RpPopup *popup;     /* own; until it is stolen */
    GPtrArray *members; /* own, of const RpCandidate *, foreign: what is in it */
} RpRaise;

/* One notice for each person; or one alone, with the key RP_SUMMARY_KEY, for more than
 * RP_MAX_POPUPS, for more than the day has left, or (a digest) for what could not be
 * told of two persons or more when it became due. What is on the screen of those in
 * it goes then. */
typedef struct {
    GPtrArray *raises;  /* own, of RpRaise *: to be shown now; the oldest first */
    GPtrArray *closing; /* own, of char *: keys of pop-ups that are no longer true */
    bool is_digest;
    guint n_late;    /* of all follow-ups; 0 without a summary or digest */
    int64_t next_at; /* when time alone can change this; RP_NEVER: it can't */
} RpSchedule;

RpSchedule *rp_schedule(const RpScheduleInput *input);
void rp_schedule_free(RpSchedule *schedule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpSchedule, rp_schedule_free)
