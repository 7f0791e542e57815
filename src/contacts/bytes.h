/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bytes.h - lines and charsets of foreign files; inside contacts/ only */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *p, *end;
} RpBytes;

/* The next line without its end: CR LF, LF or CR. False behind the last. */
bool rp_bytes_line(RpBytes *rest, RpBytes *line);

/* UTF-8 without NUL: UTF-16 with a mark in front is converted, a mark taken off; what
 * is no UTF-8 is taken for charset (NULL: none named), else for Windows-1252, or, where
 * it can't be that, for Shift-JIS. The caller's. */
GString *rp_bytes_decode(const char *bytes, size_t n, const char *charset);
