/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-date.h - the Date field: RFC 5322 3.3 and 4.3, and what is sent instead
 *
 * Pure.
 */
#pragma once

#include <stdint.h>

#include "fetch/header-field.h"

/* The instant of a Date field or of an mbox From_ line's date, RP_NEVER if it has
 * none that is real. Day, month by its English name, year and time are needed, in
 * any order that is unambiguous; weekday, comments and unknown words are passed
 * over. A year of two digits is 1950 to 2049, of three counts from 1900 (RFC 5322
 * 4.3); real years are 1970 to 9999. No zone, or a word that is none, is UTC; an
 * offset beyond 14 h makes the date unreal. */
int64_t rp_date_read(RpSpan value);
