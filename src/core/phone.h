/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phone.h - is one telephone number another one?
 *
 * Pure. Numbers are kept as digits, with + before them where the country's code is
 * there (E.164). What country a number without one belongs to is not guessed.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* "+4930123456" of "+49 (0)30 / 12 34-56", "tel:+49-30-123456;ext=7" or
 * "0049 30 123456"; "030123456" of "030 123456". NULL for what is no number: letters,
 * fewer than 3 digits, more than 20. Owned by the caller. */
char *rp_phone_normalize(const char *text);

/* Do two of that form name the same telephone? With the country's code in both they
 * must be equal; else the one without, its leading zeros left out, must be the end of
 * the other and have 7 digits or more, or be equal to it. */
bool rp_phone_is_same(const char *one, const char *other);

/* What a number of that form may be where it is written with the country's code, or
 * without it, itself first: char *, some thousand of them; the caller's. Not those
 * without an area's code. */
GPtrArray *rp_phone_spellings(const char *number);
