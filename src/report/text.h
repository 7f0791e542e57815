/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h - hostile text made fit for a terminal, a notice or a command line
 *
 * Pure. Text from mail: valid UTF-8 is made of it, control characters (C0, C1)
 * and bidi controls go, line ends and tabs become one space, length is cut.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Clean, and at most max_columns wide (wide characters count 2, combining ones 0;
 * a cut ends in "…"); max_columns 0: no cut. NULL is "". Owned by the caller. */
char *rp_text_clean(const char *text, int max_columns);

/* The same, padded with spaces to exactly columns (> 0). Owned by the caller. */
char *rp_text_pad(const char *text, int columns);

/* The local date and time, "2026-11-12 09:00"; "never" for RP_NEVER. Owned by the
 * caller. */
char *rp_text_when(int64_t at, GTimeZone *zone);

/* The date alone. */
char *rp_text_day(int64_t at, GTimeZone *zone);

/* Columns that a text takes as it is. */
int rp_text_width(const char *text);

/* What stands between the members of a list: ", ". Foreign. */
const char *rp_text_comma(void);

/* "  ... and 3 more: --all", a line. */
void rp_text_put_more(GString *text, guint n);

/* "  keep in touch    ": the label of a line, as a person's card has them. */
void rp_text_put_label(GString *text, const char *label);
