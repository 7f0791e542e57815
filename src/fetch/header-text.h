/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-text.h - text of header fields as people read it: RFC 2047
 *
 * Pure. All results are valid UTF-8, whatever the bytes were.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "fetch/header-field.h"

/* Decodes encoded words (also where RFC 2047 does not allow them, as in quoted
 * strings) and bytes beyond ASCII, which are UTF-8 or else Windows-1252. Then
 * every run of white space and control characters becomes one space, bidi controls
 * are left out, the ends are trimmed, and all beyond max_bytes is cut off on a
 * character's border; *is_cut is then set to true, and else left as it is. Owned by
 * the caller. */
char *rp_text_decode(RpSpan value, size_t max_bytes, bool *is_cut);

/* Appends the bytes as UTF-8: as they are if they are valid or at least have some
 * multibyte character of it, else read as Windows-1252. */
void rp_text_append_raw(GString *out, const char *bytes, size_t n);

/* The characters that turn the direction of text, and other invisible ones that
 * can hide or forge: Unicode TR 9 and the byte order mark. */
bool rp_text_is_bidi(gunichar c);

/* The length of an encoded word at the start of the bytes, without white space in
 * it; 0 if there is none. */
size_t rp_text_encoded_word(const char *bytes, size_t n);
