/* SPDX-License-Identifier: GPL-3.0-or-later */
/* until.h - "2d", "mon 9:00", "yesterday 15:00": an instant, as people say it
 *
 * Pure: reads no clock.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Reads, in any case of the letters:
 *   "2d", "1w"                the same local time so many days later
 *   "3h", "90m", "1d12h"      so much time later
 *   "today", "tomorrow", "mon" ... "sunday", "next week" (its Monday),
 *   "2026-03-20", each with a time of day ("17:30") behind it or at 09:00
 *   "17:30"                   the next time it is that late
 *   an ISO 8601 instant
 * A weekday or a time of day is the next one after now_at. A local time that a
 * clock change leaves out is the first moment after it; of one that comes twice the
 * second counts. Returns false, *at untouched, for anything else; *at may be past for
 * what names a date. */
bool rp_until_parse(const char *text, int64_t now_at, GTimeZone *zone, int64_t *at);

/* Reads what is past, in any case of the letters:
 *   "now", "2h ago", "90m ago"; "3d ago", "1w ago" (the same local time)
 *   "today", "yesterday", "mon" ... "last sunday", "2026-03-20", each with a time of
 *   day ("17:30") behind it or at 12:00, or now if that is earlier
 *   "17:30"                   today
 *   an ISO 8601 instant
 * A weekday is the last one up to now_at. Returns false, *at untouched, for anything
 * else; *at may be to come for what names a date or a time. */
bool rp_past_parse(const char *text, int64_t now_at, GTimeZone *zone, int64_t *at);
