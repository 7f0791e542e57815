/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-field.h - a header parted into its fields: RFC 5322 2.2
 *
 * Pure; nothing is copied.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Bytes within something longer, not terminated. */
typedef struct {
    const char *bytes; /* foreign */
    size_t n;
} RpSpan;

typedef struct {
    RpSpan name;
    RpSpan value; /* trimmed; line breaks of folds are still in it */
} RpField;

/* Takes the next field off the front of *rest. Lines that are no field (no colon,
 * no name, a name with white space in it, as "From " and ">From " lines) are
 * passed over with all that is folded onto them. False at an empty line or the
 * end. */
bool rp_field_next(RpSpan *rest, RpField *field);

/* Is that the field's name, in any case? */
bool rp_field_is(const RpField *field, const char *name);

/* Without the white space at both ends. */
RpSpan rp_span_trim(RpSpan span);

/* The span as a string, owned by the caller: line breaks, tabs, and NUL become
 * spaces; bytes beyond ASCII stay. */
char *rp_span_dup(RpSpan span);
