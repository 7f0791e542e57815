/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock.h - the working clock: time inside working hours, holidays left out
 *
 * Pure. A working day runs between two readings of the local clock, so on days
 * when the clocks change it is an hour longer or shorter if the change falls
 * inside; where a reading comes twice, the first begins and the last ends it.
 * Time before 1970 and after 2199 is not working time.
 */
#pragma once

#include "core/policy.h"

/* A table of working days up to the latest asked for: each question costs a
 * binary search. */
typedef struct RpClock RpClock;

/* policy must outlive the clock. */
RpClock *rp_clock_new(const RpPolicy *policy);
void rp_clock_free(RpClock *clock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpClock, rp_clock_free)

/* Working seconds in [from_at, until_at); 0 if that is empty. */
int64_t rp_clock_working_s(RpClock *clock, int64_t from_at, int64_t until_at);

/* The earliest instant, not before from_at, at which working_s (>= 0) of working
 * time have gone by since; RP_NEVER if they never will. */
int64_t rp_clock_add(RpClock *clock, int64_t from_at, int64_t working_s);
