/* SPDX-License-Identifier: GPL-3.0-or-later */
/* absence.h - until when an automatic reply says that its sender is away
 *
 * Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Reads a date that stands behind "until", "back on", "bis zum", "de retour le" and
 * the like in a subject (UTF-8): 2026-11-12, 12.11., 12.11.26, 12 Nov, 12. November
 * 2026, November 12th; 25/11 and 11/25 where only one reading is a date. Without a
 * year it is the next such day. Several: the last day of all. *until_at is the end of
 * that day in zone. Returns false, *until_at untouched, if there is none, or none from
 * the day of sent_at to a year later (half a year where the year is not named). */
bool rp_absence_until(const char *subject, int64_t sent_at, GTimeZone *zone,
                      int64_t *until_at);
