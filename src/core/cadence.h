/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cadence.h - how often to be in touch, and days that come every year: K1 to K4
 *
 * Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* No cadence is longer: 10 years. */
#define RP_LONGEST_CADENCE_S (3660 * INT64_C(86400))

/* Reads "4w", "10d"; false for anything else, less than a day or more than 10 years. */
bool rp_cadence_parse(const char *text, int64_t *every_s);

/* "4w", "10d", "1d 12h" as rp_duration_format() has it; owned by the caller. */
char *rp_cadence_format(int64_t every_s);

/* K4: a day of every year. */
typedef struct {
    int64_t at; /* the first moment of that day */
    int year, month, day;
    unsigned n_days; /* from today; 0: it is today */
    int n_years;     /* since the first; -1 if the year is not known */
} RpYearday;

/* The next, today's included, of "1985-04-12" or "--04-12", in zone. 29 February is the
 * 28th in a year without it. Returns false for what is no such date, and for one that
 * is yet to come for the first time. */
bool rp_yearday_next(const char *date, int64_t now_at, GTimeZone *zone,
                     RpYearday *next);
