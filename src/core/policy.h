/* SPDX-License-Identifier: GPL-3.0-or-later */
/* policy.h - the settings that rules R1 to R15 read
 *
 * Plain data; durations are seconds.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int start_minute, end_minute; /* of the local day, end exclusive; equal: none */
} RpWorkingDay;

typedef struct {
    GPtrArray *me;              /* own, of char *: addresses and "*@domain" patterns */
    GTimeZone *zone;            /* own; local time of weeks and working hours */
    int64_t overdue_s;          /* R11: 48 h; the warning comes at half of it */
    int64_t lapse_after_s;      /* R11: 30 d */
    int waiting_max_recipients; /* R6: 5 */
    bool count_cc;              /* R4: false */
    bool group_answer_releases; /* R8: true */
    bool learn_addresses;       /* true */
    bool working_clock;         /* R11: limits count on the working clock */
    bool has_working_hours;
    RpWorkingDay week[7]; /* Monday first */
    GArray *holidays;     /* own, of guint32: Julian days (g_date_get_julian) */
    double expect_mine, expect_theirs; /* R12: 0.1, 0.5 */
} RpPolicy;

/* The defaults of product.md, zone UTC, nobody is me. */
RpPolicy *rp_policy_new(void);
void rp_policy_free(RpPolicy *policy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpPolicy, rp_policy_free)
