/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage.h - what is to be told of one follow-up, and when: R11
 *
 * Pure.
 */
#pragma once

#include "daemon/candidate.h"

typedef struct {
    const GPtrArray *notices; /* RpNoticeRow *: what was ever shown */
    const RpNotifyConfig *config;
    int64_t now_at;
} RpStageInput;

/* Neither snoozed nor lapsed. */
bool rp_candidate_is_active(const RpCandidate *candidate, int64_t at);

/* The stage that is to be shown of it now, as the store is to keep it, and since when;
 * the caller's. NULL, *since_at untouched, if there is none. */
char *rp_stage_due(const RpStageInput *input, const RpCandidate *candidate,
                   int64_t *since_at);

/* The next instant at which time alone changes that; RP_NEVER if it can't. */
int64_t rp_stage_next_at(const RpStageInput *input, const RpCandidate *candidate);
