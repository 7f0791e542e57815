/* SPDX-License-Identifier: GPL-3.0-or-later */
/* values.h - what stands behind the = in a configuration
 *
 * Pure but for rp_value_holidays(). Each returns false, with what it was to set
 * untouched, for text that makes no sense; the caller words the error.
 */
#pragma once

#include "core/policy.h"

/* true, yes, on, 1; false, no, off, 0. */
bool rp_value_bool(const char *text, bool *value);
bool rp_value_share(const char *text, double *value); /* 0 to 1, with a point */

/* "22:00-07:00" as minutes of the day, over midnight or not; "" is 0 and 0. */
bool rp_value_quiet(const char *text, int *from_minute, int *until_minute);

/* "Mon-Fri 09:00-17:00; Sat 10:00-12:00": one span a day, which ends after it
 * starts (24:00 is a day's end); a day may be named once. */
bool rp_value_working_hours(const char *text, RpWorkingDay week[7]);

/* "2026-07-01..2026-07-14; 2026-12-24": both ends inclusive, not longer than a year
 * each. Appends the Julian days to days. */
bool rp_value_days(const char *text, GArray *days);

/* "sha256:" and 64 hexadecimal digits, colons among them left out; the same in lower
 * case, or NULL. Owned by the caller. */
char *rp_value_pin(const char *text);

/* Is a host this machine itself: localhost, 127.0.0.0/8, ::1? */
bool rp_value_is_loopback(const char *host);

/* The days of an iCalendar file's events (RFC 5545 3.6.1: DTSTART to DTEND, the
 * latter exclusive; with RRULE, RDATE and EXDATE, to the end of 2199), as Julian days,
 * ascending. Fails with RP_CONFIG_ERROR_VALUE if the file cannot be read or has no
 * event. */
GArray *rp_value_holidays(const char *path, GError **error);
