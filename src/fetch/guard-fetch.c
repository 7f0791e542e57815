/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard-fetch.c - a FETCH response: only the items that were asked for pass, in the
 * one form that libetpan and the guard read alike */
#include "fetch/guard-private.h"

#include <string.h>

enum { DATE_LEN = 26 };

/* The items asked for. Others may come with them unasked (MODSEQ) and are dropped;
 * only the text of messages is refused. */
static const struct {
    const char *word;
    GuardShape shape;
} items[] = {
    {"UID", SHAPE_NUMBER},
    {"FLAGS", SHAPE_FLAGS},
    {"INTERNALDATE", SHAPE_DATE},
    {"RFC822.SIZE", SHAPE_NUMBER},
};

RpGuardVerdict
rp_guard_step_fetch_open(RpGuard *g, unsigned char *byte)
{
    g->state = ST_ITEM;
    rp_guard_word_clear(g);
    return *byte == '(' ? rp_guard_open_group(g) : RP_GUARD_SYNTAX;
}

/* libetpan cannot read "()"; a UID of 0 says that there is nothing of use. */
static RpGuardVerdict
close_items(RpGuard *g)
{
    g->depth--;
    g->state = ST_REST;
    g->mode = MODE_PASS;
    rp_guard_hold(g, g->n_items == 0 ? "UID 0" : "");
    return RP_GUARD_OK;
}

static RpGuardVerdict
begin_section(RpGuard *g)
{
    if (!rp_guard_word_is(g, "BODY"))
        return RP_GUARD_ITEM;
    rp_guard_word_clear(g);
    g->mode = MODE_PASS;
    g->shape = SHAPE_BODY;
    g->state = ST_SECTION_WORD;
    g->n_items++;
    return RP_GUARD_OK;
}

static RpGuardVerdict
begin_value(RpGuard *g)
{
    for (size_t i = 0; i < G_N_ELEMENTS(items); i++) {
        if (!rp_guard_word_is(g, items[i].word))
            continue;
        g->shape = items[i].shape;
        g->state = ST_VALUE;
        if (g->shape == SHAPE_DATE)
            return RP_GUARD_OK; /* held until it is known to be one */
        g->mode = MODE_PASS;
        g->n_items++;
        return RP_GUARD_OK;
    }
    g->mode = MODE_DROP;
    g->state = ST_SKIP_VALUE;
    rp_guard_word_clear(g);
    return RP_GUARD_OK;
}

RpGuardVerdict
rp_guard_step_item(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;

    if (rp_guard_is_word(c)) {
        g->mode = MODE_HOLD;
        return rp_guard_word_add(g, c) ? RP_GUARD_OK : RP_GUARD_ITEM;
    }
    if (c == ')' && g->word_len == 0)
        return close_items(g);
    if (c == ' ' && g->word_len == 0)
        return RP_GUARD_OK;
    if (c == '[')
        return begin_section(g);
    return c == ' ' ? begin_value(g) : RP_GUARD_SYNTAX;
}

/* "HEADER.FIELDS (...)" is passed as "HEADER": libetpan then need not read the names,
 * which a server may give in any case, quoted or not. */
RpGuardVerdict
rp_guard_step_section_word(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;

    if (rp_guard_is_word(c)) {
        if (g->word_len == strlen("HEADER"))
            g->mode = MODE_DROP;
        return rp_guard_word_add(g, c) ? RP_GUARD_OK : RP_GUARD_ITEM;
    }
    if (c != ' ' || !rp_guard_word_is(g, "HEADER.FIELDS"))
        return RP_GUARD_ITEM;
    g->state = ST_SECTION_REST;
    return RP_GUARD_OK;
}

RpGuardVerdict
rp_guard_step_section_rest(RpGuard *g, unsigned char *byte)
{
    switch (*byte) {
    case '"':
        g->resume = ST_SECTION_REST;
        g->state = ST_QUOTED;
        return RP_GUARD_OK;
    case '{':
        return rp_guard_open_literal(g, ST_SECTION_REST, GUARD_NAME_LITERAL);
    case ']':
        g->mode = MODE_PASS;
        g->state = ST_SECTION_END;
        return RP_GUARD_OK;
    case '[':
    case '\r':
        return RP_GUARD_SYNTAX;
    default:
        return RP_GUARD_OK;
    }
}

RpGuardVerdict
rp_guard_step_section_end(RpGuard *g, unsigned char *byte)
{
    g->state = ST_VALUE;
    return *byte == ' ' ? RP_GUARD_OK : RP_GUARD_SYNTAX;
}

static RpGuardVerdict
skip_value(RpGuard *g, unsigned char *byte)
{
    g->mode = MODE_DROP;
    g->state = ST_SKIP_VALUE;
    rp_guard_word_clear(g);
    return rp_guard_step_skip_value(g, byte);
}

static RpGuardVerdict
body_value(RpGuard *g, unsigned char c)
{
    if (c == '"') {
        g->resume = ST_AFTER_VALUE;
        g->state = ST_QUOTED;
        return RP_GUARD_OK;
    }
    if (c == '{')
        return rp_guard_open_literal(g, ST_AFTER_VALUE, g->profile.literal);
    rp_guard_word_clear(g);
    rp_guard_word_add(g, c);
    g->state = ST_NIL;
    return c == 'N' || c == 'n' ? RP_GUARD_OK : RP_GUARD_SYNTAX;
}

RpGuardVerdict
rp_guard_step_value(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;

    if (c == ' ')
        return RP_GUARD_OK;
    switch (g->shape) {
    case SHAPE_NUMBER:
        g->state = ST_NUMBER;
        rp_guard_number_clear(g);
        return rp_guard_is_digit(c) && rp_guard_number_add(g, c) ? RP_GUARD_OK
                                                                 : RP_GUARD_SYNTAX;
    case SHAPE_FLAGS:
        g->state = ST_FLAGS;
        g->is_after_space = true;
        return c == '(' ? rp_guard_open_group(g) : RP_GUARD_SYNTAX;
    case SHAPE_DATE:
        if (c != '"')
            return skip_value(g, byte);
        rp_guard_word_clear(g);
        g->state = ST_DATE;
        return RP_GUARD_OK;
    case SHAPE_BODY:
    default:
        return body_value(g, c);
    }
}

/* A space after a value is held: the next item may not pass. */
RpGuardVerdict
rp_guard_step_after_value(RpGuard *g, unsigned char *byte)
{
    if (*byte == ')')
        return close_items(g);
    rp_guard_word_clear(g);
    g->state = ST_ITEM;
    g->mode = g->n_items == 0 ? MODE_DROP : MODE_HOLD;
    return *byte == ' ' ? RP_GUARD_OK : RP_GUARD_SYNTAX;
}

RpGuardVerdict
rp_guard_step_number(RpGuard *g, unsigned char *byte)
{
    if (rp_guard_is_digit(*byte))
        return rp_guard_number_add(g, *byte) ? RP_GUARD_OK : RP_GUARD_NUMBER;
    if (g->number > UINT32_MAX)
        return RP_GUARD_NUMBER;
    return rp_guard_step_after_value(g, byte);
}

/* Servers keep keywords that are no atoms; riposte needs none of those, so a byte
 * that libetpan may stumble over becomes an underscore. */
RpGuardVerdict
rp_guard_step_flags(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;
    bool is_start = g->is_after_space;

    g->is_after_space = c == ' ';
    if (c == ')') {
        g->depth--;
        g->state = ST_AFTER_VALUE;
        return RP_GUARD_OK;
    }
    if (c == '(')
        return RP_GUARD_DEPTH;
    if (c == '\r')
        return RP_GUARD_SYNTAX;
    if (!rp_guard_is_word(c) && c != ' ' && c != '$' && !(c == '\\' && is_start))
        *byte = '_';
    return RP_GUARD_OK;
}

RpGuardVerdict
rp_guard_step_nil(RpGuard *g, unsigned char *byte)
{
    if (rp_guard_is_word(*byte))
        return rp_guard_word_add(g, *byte) ? RP_GUARD_OK : RP_GUARD_SYNTAX;
    return rp_guard_word_is(g, "NIL") ? rp_guard_step_after_value(g, byte)
                                      : RP_GUARD_SYNTAX;
}

/* "17-Jul-1996 02:44:25 -0700" with letters as A and digits as 0. */
static bool
is_date(const char *text)
{
    static const char form[DATE_LEN + 1] = "00-AAA-0000 00:00:00 S0000";

    for (int i = 0; i < DATE_LEN; i++) {
        unsigned char c = (unsigned char)text[i];
        bool is_ok = form[i] == '0'   ? rp_guard_is_digit(c) || (i == 0 && c == ' ')
                     : form[i] == 'A' ? g_ascii_isalpha((char)c)
                     : form[i] == 'S' ? c == '+' || c == '-'
                                      : c == (unsigned char)form[i];
        if (!is_ok)
            return false;
    }
    return text[DATE_LEN] == '\0';
}

static bool
is_month(const char *text)
{
    static const char months[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

    for (const char *m = months; *m != '\0'; m += 3)
        if (strncmp(text, m, 3) == 0)
            return true;
    return false;
}

/* A date that is none is left out; one with a day of one digit is mended. */
static void
end_date(RpGuard *g)
{
    char text[DATE_LEN + 2] = " ", item[RP_GUARD_HOLD];

    g_strlcpy(g->word_len < DATE_LEN ? text + 1 : text, g->word, DATE_LEN + 1);
    if (!is_date(text) || !is_month(text + 3)) {
        g->mode = MODE_DROP;
        return;
    }
    g_snprintf(item, sizeof item, "%sINTERNALDATE \"%s", g->n_items > 0 ? " " : "",
               text);
    rp_guard_hold(g, item);
    g->mode = MODE_PASS;
    g->n_items++;
}

RpGuardVerdict
rp_guard_step_date(RpGuard *g, unsigned char *byte)
{
    if (*byte == '"') {
        end_date(g);
        g->state = ST_AFTER_VALUE;
        return RP_GUARD_OK;
    }
    if (g->word_len < DATE_LEN && *byte != '\\' && *byte != '\r')
        return rp_guard_word_add(g, *byte) ? RP_GUARD_OK : RP_GUARD_SYNTAX;
    g->mode = MODE_DROP;
    g->resume = ST_AFTER_VALUE;
    g->state = *byte == '\\' ? ST_QUOTED_PAIR : ST_QUOTED;
    return *byte == '\r' ? RP_GUARD_LINE_END : RP_GUARD_OK;
}

/* The value of an item that does not pass: one atom, string, literal or group. */
RpGuardVerdict
rp_guard_step_skip_value(RpGuard *g, unsigned char *byte)
{
    switch (*byte) {
    case '"':
        g->resume = ST_SKIP_VALUE;
        g->state = ST_QUOTED;
        return RP_GUARD_OK;
    case '{':
        return rp_guard_open_literal(g, ST_SKIP_VALUE, GUARD_SKIPPED_LITERAL);
    case '(':
        return rp_guard_open_group(g);
    case ')':
        if (g->depth == 1)
            return rp_guard_step_after_value(g, byte);
        g->depth--;
        return RP_GUARD_OK;
    case ' ':
        return g->depth == 1 ? rp_guard_step_after_value(g, byte) : RP_GUARD_OK;
    case '\r':
    case '[':
        return RP_GUARD_SYNTAX;
    default:
        return RP_GUARD_OK;
    }
}
