/* SPDX-License-Identifier: GPL-3.0-or-later */
/* codec.h - what the reader, the writer and the checks of stream/ share
 *
 * Inside stream/ only.
 */
#pragma once

#include "stream/record.h"
#include "stream/wire.h"

/* UTF-8 without control characters, at most max bytes? */
bool rp_text_is_clean(const char *text, size_t max);

/* RP_NEVER, or within the years 1 to 9999? */
bool rp_instant_is_sound(int64_t at);

bool rp_flags_are_known(uint32_t flags);

/* Fills *record, which is empty but for its type, from the whole of wire. Returns
 * false, and the record is to be cleared, if anything in it is wrong. */
bool rp_record_decode(RpWire *wire, RpRecord *record);
