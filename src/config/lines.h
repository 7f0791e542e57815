/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines.h - which line of a key file says what
 *
 * GKeyFile names no lines and lets the last of two equal keys win silently; this
 * reads the same text for its structure alone.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *group; /* foreign: of the RpLines */
    char *key;         /* own; NULL for the line of the group itself */
    unsigned line;     /* from 1 */
} RpLine;

typedef struct {
    char *path;        /* own; for messages */
    GPtrArray *groups; /* own, of char * */
    GArray *lines;     /* own, of RpLine, in order */
} RpLines;

/* Reads text (n bytes). Fails with RP_CONFIG_ERROR_SYNTAX, "PATH:LINE: ...", for a
 * line that is no comment, group or key=value, for a comment behind ";", a group or
 * key that stands twice, a key before any group, and what is not UTF-8. */
RpLines *rp_lines_scan(const char *path, const char *text, gsize n, GError **error);
void rp_lines_free(RpLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpLines, rp_lines_free)

/* The line of a key, or of the group with key NULL; 0 if there is none. */
unsigned rp_lines_find(const RpLines *lines, const char *group, const char *key);
