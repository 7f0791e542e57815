/* SPDX-License-Identifier: GPL-3.0-or-later */
/* budget.h - how many notices a day, and at which hours
 *
 * Pure. Days and minutes are the local ones of the zone given.
 */
#pragma once

#include "config/config.h"
#include "store/store.h"

/* The store keeps a row of this name for each pop-up, besides those of the
 * follow-ups in it: no follow-up's id. Its stage is its instant and the first of them.
 */
#define RP_POPUP_ID "pop-up"

/* In quiet hours? Then *until_at is their end. They may span midnight. */
bool rp_quiet_at(const RpNotifyConfig *config, GTimeZone *zone, int64_t at,
                 int64_t *until_at);

/* How many may still be raised on the local day of at, if notices (RpNoticeRow *) are
 * what was ever shown: a pop-up is one, whatever is in it. *next_day_at is when the
 * next day begins. Below 0 if per_day was lowered. */
int rp_budget_left(const RpNotifyConfig *config, GTimeZone *zone,
                   const GPtrArray *notices, int64_t at, int64_t *next_day_at);
