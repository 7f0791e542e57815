/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-element.c - words, quotes, comments and angles of an address list */
#include "fetch/header-element.h"

#include <string.h>

#include "fetch/header-text.h"

static void
start_element(RpElementScanner *scanner)
{
    g_string_truncate(scanner->words, 0);
    scanner->comment = scanner->angle = (RpSpan){0};
    scanner->has_angle = scanner->has_at_sign = false;
    scanner->is_literal = scanner->is_unusable = false;
}

size_t
rp_quoted_length(RpSpan span)
{
    for (size_t i = 1; i < span.n; i++) {
        if (span.bytes[i] == '\\')
            i++;
        else if (span.bytes[i] == '"')
            return i + 1;
    }
    return 0;
}

size_t
rp_comment_length(RpSpan span)
{
    size_t depth = 0;

    for (size_t i = 0; i < span.n; i++) {
        if (span.bytes[i] == '\\')
            i++;
        else if (span.bytes[i] == '(')
            depth++;
        else if (span.bytes[i] == ')' && --depth == 0)
            return i + 1;
    }
    return 0;
}

void
rp_append_unquoted(GString *out, RpSpan span)
{
    for (size_t i = 0; i < span.n; i++) {
        if (span.bytes[i] == '\\' && i + 1 < span.n)
            i++;
        g_string_append_c(out, span.bytes[i]);
    }
}

static RpSpan
rest_of(const RpElementScanner *scanner)
{
    return (RpSpan){scanner->value.bytes + scanner->at, scanner->value.n - scanner->at};
}

static bool
take_quoted(RpElementScanner *scanner)
{
    RpSpan rest = rest_of(scanner);
    size_t n = scanner->is_quote_open ? 0 : rp_quoted_length(rest);

    if (n == 0) {
        scanner->is_quote_open = true;
        return false;
    }
    rp_append_unquoted(scanner->words, (RpSpan){rest.bytes + 1, n - 2});
    if (n < rest.n && rest.bytes[n] == '@' && memchr(rest.bytes, ' ', n) != NULL)
        scanner->is_unusable = true;
    scanner->at += n;
    return true;
}

static bool
take_comment(RpElementScanner *scanner)
{
    RpSpan rest = rest_of(scanner);
    size_t n = scanner->is_comment_open ? 0 : rp_comment_length(rest);

    if (n == 0) {
        scanner->is_comment_open = true;
        return false;
    }
    if (scanner->comment.n == 0)
        scanner->comment = (RpSpan){rest.bytes + 1, n - 2};
    g_string_append_c(scanner->words, ' ');
    scanner->at += n;
    return true;
}

/* Takes "<...>"; without a > it ends where the element does. Of "<a <b>" the inner
 * one counts, so an opening < in it starts anew. */
static void
take_angle(RpElementScanner *scanner)
{
    RpSpan rest = rest_of(scanner);
    const char *close = scanner->is_angle_open ? NULL : memchr(rest.bytes, '>', rest.n);
    size_t begin = 1, end;

    if (close == NULL) {
        scanner->is_angle_open = true;
        close = memchr(rest.bytes, ',', rest.n);
    }
    end = close != NULL ? (size_t)(close - rest.bytes) : rest.n;
    for (size_t i = 1; i < end; i++)
        if (rest.bytes[i] == '<')
            begin = i + 1;
    scanner->angle = (RpSpan){rest.bytes + begin, end - begin};
    scanner->has_angle = true;
    scanner->at += close != NULL && *close == '>' ? end + 1 : end;
}

static bool
is_special(char c)
{
    switch (c) {
    case '=':
    case '@':
    case '[':
    case ']':
    case ',':
    case ';':
    case ':':
    case '<':
    case '"':
    case '(':
        return true;
    default:
        return false;
    }
}

/* Takes a run of plain characters, or an encoded word as a whole: its text may hold
 * commas, where it should not. */
static void
take_text(RpElementScanner *scanner)
{
    RpSpan rest = rest_of(scanner);
    char c = rest.bytes[0];
    size_t n = c == '=' ? rp_text_encoded_word(rest.bytes, rest.n) : 0;

    if (n == 0) {
        n = 1;
        while (n < rest.n && !is_special(rest.bytes[n]))
            n++;
        scanner->is_literal = (scanner->is_literal || c == '[') && c != ']';
        scanner->has_at_sign = scanner->has_at_sign || c == '@';
    }
    g_string_append_len(scanner->words, rest.bytes, (gssize)n);
    scanner->at += n;
}

/* Does an address end here, though nothing parts it from the next? */
static bool
is_complete(const RpElementScanner *scanner)
{
    return scanner->has_angle &&
           memchr(scanner->angle.bytes, '@', scanner->angle.n) != NULL;
}

/* Takes parts of an element up to its end, and what ends it. */
static void
take_parts(RpElementScanner *scanner)
{
    while (scanner->at < scanner->value.n) {
        char c = scanner->value.bytes[scanner->at];

        if (c == ',' || c == ';') {
            scanner->at++;
            return;
        }
        if (c == ':' && !(scanner->is_literal && scanner->has_at_sign)) {
            scanner->at++;
            start_element(scanner); /* it was the name of a group */
        } else if (c == '<') {
            if (is_complete(scanner))
                return;
            take_angle(scanner);
        } else if (!(c == '"' && take_quoted(scanner)) &&
                   !(c == '(' && take_comment(scanner))) {
            take_text(scanner);
        }
    }
}

void
rp_elements_init(RpElementScanner *scanner, RpSpan value)
{
    *scanner = (RpElementScanner){.value = value, .words = g_string_new(NULL)};
}

void
rp_elements_clear(RpElementScanner *scanner)
{
    g_string_free(scanner->words, TRUE);
}

bool
rp_elements_next(RpElementScanner *scanner)
{
    if (scanner->at >= scanner->value.n)
        return false;
    start_element(scanner);
    take_parts(scanner);
    return true;
}
