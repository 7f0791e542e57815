/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-word.h - one encoded word taken apart: RFC 2047 section 2
 *
 * Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "fetch/header-field.h"

typedef struct {
    RpSpan charset; /* without a language (RFC 2231 section 5) */
    char encoding;  /* 'b' or 'q' */
    RpSpan text;
    size_t length; /* of the whole word */
} RpEncodedWord;

/* Reads the encoded word that the bytes begin with; false if there is none. Blanks
 * within the text are put up with, as mail programs have written them. */
bool rp_encoded_word_read(const char *bytes, size_t n, RpEncodedWord *word);

/* Appends the bytes that the word stands for, in its charset. What is no base64 or
 * no quoted text is passed over or kept as it is. */
void rp_encoded_word_decode(const RpEncodedWord *word, GString *out);

/* Appends bytes of that charset as UTF-8: what it has no character for becomes
 * U+FFFD; if the charset is not known, as rp_text_append_raw() does. */
void rp_charset_append(GString *out, RpSpan charset, const char *bytes, size_t n);
