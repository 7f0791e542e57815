/* SPDX-License-Identifier: GPL-3.0-or-later */
/* instant.h - instants, durations and their ISO 8601 form
 *
 * Pure: reads no clock. Instants (_at) are seconds since 1970-01-01 UTC,
 * durations (_s) are seconds.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The instant of something that has not happened, or is not known. */
#define RP_NEVER INT64_MAX

enum {
    RP_MINUTE_S = 60,
    RP_HOUR_S = 3600,
    RP_DAY_S = 86400,
    RP_WEEK_S = 604800,
};

/* A reading of a calendar and a clock in UTC. */
typedef struct {
    int year, month, day, hour, minute, second;
} RpCivil;

/* Returns false, *at untouched, if there is no such day (31 February) or time
 * (25:61), or the year is outside 1 to 9999. A leap second (60) is the next
 * minute's first. */
bool rp_instant_from_civil(const RpCivil *civil, int64_t *at);

/* "2026-11-22T21:40:02Z"; owned by the caller. NULL for RP_NEVER and for years
 * outside 1 to 9999. */
char *rp_instant_format(int64_t at);

/* A local day's first instant: what the zone skips of it is left out, what comes twice
 * counts from the first time on. The time of day in civil does not matter. Returns
 * false, *at untouched, if there is no such day. */
bool rp_instant_of_day(const RpCivil *civil, GTimeZone *zone, int64_t *at);

/* Reads ISO 8601: "2026-11-22T21:40:02Z", an offset instead of Z, or, in zone
 * (NULL: UTC), without either; seconds may be left out, a space may stand for the
 * T, and "2026-11-22" alone is that day's first second. A time that the zone
 * skips is the end of what it skips, one that comes twice the second. Returns false,
 * *at untouched, for anything else.
 */
bool rp_instant_parse(const char *text, GTimeZone *zone, int64_t *at);

/* Reads "48h", "30d", "5m", "90s", "2w", or several ("1d12h"); plain digits are
 * refused. Returns false, *duration_s untouched, for anything else or overflow. */
bool rp_duration_parse(const char *text, int64_t *duration_s);

/* "3 d 4 h", "5 h", "12 min", "40 s": the two largest units; owned by the caller. */
char *rp_duration_format(int64_t duration_s);
