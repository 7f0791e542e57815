/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vcard-line.h - the content lines of a vCard (RFC 6350 3.3); inside contacts/ only */
#pragma once

#include "contacts/bytes.h"

enum { RP_VCARD_MAX_LINE = 65536 }; /* bytes; the rest is left out */

typedef struct {
    char *group;      /* own; lower case, or "" */
    char *name;       /* own; upper case */
    char *types;      /* own; lower case, "work,cell"; "" if none */
    char *value;      /* own; UTF-8, its encoding undone, escapes still in it */
    bool is_yearless; /* X-APPLE-OMIT-YEAR is the year that the value has */
} RpVcardLine;

void rp_vcard_line_free(RpVcardLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpVcardLine, rp_vcard_line_free)

/* The next line that has a name and a value; NULL behind the last. is_old: a vCard
 * 2.1, whose folds leave white space. */
RpVcardLine *rp_vcard_line_next(RpBytes *rest, bool is_old);

/* A value without its escapes, its parts at each separator that is not escaped; with
 * separator 0 all is one part. Of char *; the caller's. */
GPtrArray *rp_vcard_split(const char *value, char separator);
