/* SPDX-License-Identifier: GPL-3.0-or-later */
/* period.h - weeks, months, quarters and years of a calendar
 *
 * Pure. All begin with a local midnight and end before another, so they are an hour
 * shorter or longer when the clocks change.
 */
#pragma once

#include "core/instant.h"

enum { RP_PERIOD_LABEL = 16 };

typedef struct {
    int64_t from_at, until_at;    /* until exclusive */
    int64_t before_at;            /* the period before is [before_at, from_at) */
    char label[RP_PERIOD_LABEL];  /* "2026-W46", "2026-11", "2026-Q4", "2026"; or "" */
    char before[RP_PERIOD_LABEL]; /* of the period before; or "" */
} RpPeriod;

/* "2026-W46", "2026-11", "2026-Q4", "2026", or "this" or "last" and "-week", "-month",
 * "-quarter", "-year", of now_at. False, *period untouched, if it is none of them or
 * lies outside the calendar. */
bool rp_period_parse(const char *text, int64_t now_at, GTimeZone *zone,
                     RpPeriod *period);

/* "2026-W46" alone. */
bool rp_period_parse_week(const char *text, GTimeZone *zone, RpPeriod *period);

/* Any other: the one before has as many days, if both ends are midnights, else as many
 * seconds. Its labels are empty. */
void rp_period_between(int64_t from_at, int64_t until_at, GTimeZone *zone,
                       RpPeriod *period);

/* The ISO week in which at falls. False outside the calendar. */
bool rp_period_week_of(int64_t at, GTimeZone *zone, RpPeriod *period);

/* The local weekday (Monday 0) and hour of an instant. */
void rp_period_local_hour(int64_t at, GTimeZone *zone, int *weekday, int *hour);
