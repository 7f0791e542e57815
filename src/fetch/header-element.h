/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-element.h - an address list cut into its elements
 *
 * Pure. A value is cut at commas, semicolons and the colon of a group, and each
 * element into words, quoted strings, comments and what stands between < and >.
 * One pass without recursion.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "fetch/header-field.h"

typedef struct {
    RpSpan value; /* foreign; without NUL */
    size_t at;    /* how far it is read */
    /* Once one of these has no end, none after it has: it is then not looked for. */
    bool is_quote_open, is_comment_open, is_angle_open;
    /* the element */
    GString *words; /* own; what stands outside of angles and comments, unquoted */
    RpSpan comment; /* the first, quoted as it was */
    RpSpan angle;   /* the last; without < and > */
    bool has_angle;
    bool has_at_sign; /* in words, outside of quotes */
    bool is_literal;  /* within a domain literal, where a colon parts nothing */
    bool is_unusable; /* "a b"@example.org: no address here has white space in it */
} RpElementScanner;

void rp_elements_init(RpElementScanner *scanner, RpSpan value);
void rp_elements_clear(RpElementScanner *scanner);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RpElementScanner, rp_elements_clear)

/* Takes the next element, which may have nothing in it; false at the end. */
bool rp_elements_next(RpElementScanner *scanner);

/* The length of a quoted string, or of a comment with those within it, that the
 * span begins with; 0 if it does not end. */
size_t rp_quoted_length(RpSpan span);
size_t rp_comment_length(RpSpan span);

/* Appends the span without backslashes before quoted characters: RFC 5322 3.2.1. */
void rp_append_unquoted(GString *out, RpSpan span);
