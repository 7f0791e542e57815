/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-field.c - lines, folds and fields */
#include "fetch/header-field.h"

#include <glib.h>
#include <string.h>

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

RpSpan
rp_span_trim(RpSpan span)
{
    while (span.n > 0 && is_blank(span.bytes[0])) {
        span.bytes++;
        span.n--;
    }
    while (span.n > 0 && is_blank(span.bytes[span.n - 1]))
        span.n--;
    return span;
}

char *
rp_span_dup(RpSpan span)
{
    char *copy = g_strndup("", span.n);

    for (size_t i = 0; i < span.n; i++) {
        bool is_gap = is_blank(span.bytes[i]) || span.bytes[i] == '\0';

        copy[i] = is_gap ? (char)' ' : span.bytes[i];
    }
    return copy;
}

/* The length of the line that begins at p, with its line feed. */
static size_t
line_length(const char *p, size_t n)
{
    const char *end = memchr(p, '\n', n);

    return end != NULL ? (size_t)(end - p) + 1 : n;
}

/* Takes a line and all that is folded onto it. */
static RpSpan
take_folded(RpSpan *rest)
{
    RpSpan line = {rest->bytes, line_length(rest->bytes, rest->n)};

    while (line.n < rest->n &&
           (rest->bytes[line.n] == ' ' || rest->bytes[line.n] == '\t'))
        line.n += line_length(rest->bytes + line.n, rest->n - line.n);
    rest->bytes += line.n;
    rest->n -= line.n;
    return line;
}

static bool
is_empty_line(RpSpan rest)
{
    return rest.bytes[0] == '\n' ||
           (rest.n > 1 && rest.bytes[0] == '\r' && rest.bytes[1] == '\n');
}

/* RFC 5322 3.6.8: printable ASCII but the colon. White space before the colon was
 * allowed once (4.5). */
static bool
take_name(RpSpan line, RpSpan *name)
{
    size_t n = 0;

    while (n < line.n && line.bytes[n] > ' ' && line.bytes[n] < 0x7f &&
           line.bytes[n] != ':')
        n++;
    *name = (RpSpan){line.bytes, n};
    while (n < line.n && (line.bytes[n] == ' ' || line.bytes[n] == '\t'))
        n++;
    return name->n > 0 && n < line.n && line.bytes[n] == ':';
}

bool
rp_field_next(RpSpan *rest, RpField *field)
{
    while (rest->n > 0 && !is_empty_line(*rest)) {
        RpSpan line = take_folded(rest);
        const char *value;

        if (!take_name(line, &field->name))
            continue;
        value = (const char *)memchr(line.bytes + field->name.n, ':',
                                     line.n - field->name.n) +
                1;
        field->value =
            rp_span_trim((RpSpan){value, (size_t)(line.bytes + line.n - value)});
        return true;
    }
    return false;
}

bool
rp_field_is(const RpField *field, const char *name)
{
    /* most names differ in their first letter */
    return g_ascii_tolower(name[0]) == g_ascii_tolower(field->name.bytes[0]) &&
           strlen(name) == field->name.n &&
           g_ascii_strncasecmp(name, field->name.bytes, field->name.n) == 0;
}
