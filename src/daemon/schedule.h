/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule.h - which notices are due: R11, and the budget of product.md ("Face")
 *
 * Pure: the same follow-ups, notices shown, settings and instant give the same
 * result. Minutes are of the local day in the zone given.
 */
#pragma once

#include "daemon/candidate.h"

/* A later stage makes the earlier ones needless. */
typedef enum { RP_STAGE_WARN, RP_STAGE_OVERDUE, RP_STAGE_REPEAT, RP_N_STAGES } RpStage;

/* What the store calls a summary: no follow-up's id. */
#define RP_SUMMARY_ID "summary"

/* More pop-ups than this become one summary. */
enum { RP_MAX_POPUPS = 3 };

typedef struct {
    const GPtrArray *candidates; /* RpCandidate *, by due_at */
    const GPtrArray *notices;    /* RpNoticeRow *: what was ever shown */
    const GPtrArray *up;         /* char *: ids of the pop-ups on the screen */
    const GPtrArray *summarised; /* char *: ids in the summary on the screen; none: it
                                    is not there */
    const RpNotifyConfig *config;
    GTimeZone *zone;
    int64_t now_at;
} RpScheduleInput;

typedef struct {
    const RpCandidate *candidate; /* foreign */
    char *stage;                  /* own; as the store is to keep it */
} RpDueNotice;

typedef struct {
    GPtrArray *due;     /* of RpDueNotice *: to be shown now; the oldest first */
    GPtrArray *members; /* of const RpCandidate *: not empty: all of due go into one
                           summary, which counts these; the oldest first */
    GPtrArray *closing; /* of char *: pop-ups that are no longer true */
    bool is_summary_over;
    int64_t next_at; /* when time alone can change this; RP_NEVER: it can't */
} RpSchedule;

RpSchedule *rp_schedule(const RpScheduleInput *input);
void rp_schedule_free(RpSchedule *schedule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpSchedule, rp_schedule_free)

const char *rp_stage_name(RpStage stage);

/* In quiet hours? Then *until_at is their end. They may span midnight. */
bool rp_quiet_at(const RpNotifyConfig *config, GTimeZone *zone, int64_t at,
                 int64_t *until_at);

/* Pop-ups raised on the local day of at: a summary is one, whatever is in it. */
int rp_count_raised(const GPtrArray *notices, GTimeZone *zone, int64_t at);
