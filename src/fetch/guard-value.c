/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard-value.c - strings, literals and groups, and lines that nobody gets */
#include "fetch/guard-private.h"

RpGuardVerdict
rp_guard_open_group(RpGuard *g)
{
    return ++g->depth > GUARD_DEPTH ? RP_GUARD_DEPTH : RP_GUARD_OK;
}

RpGuardVerdict
rp_guard_open_literal(RpGuard *g, GuardState resume, uint32_t max)
{
    g->resume = resume;
    g->literal_max = max;
    rp_guard_number_clear(g);
    g->state = ST_LITERAL_SIZE;
    return RP_GUARD_OK;
}

RpGuardVerdict
rp_guard_step_values(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;
    bool is_after_space = g->is_after_space;

    g->is_after_space = c == ' ' || c == '(';
    switch (c) {
    case '\r':
        g->state = ST_LF;
        return g->depth == 0 ? RP_GUARD_OK : RP_GUARD_SYNTAX;
    case '"':
        g->resume = ST_VALUES;
        g->state = ST_QUOTED;
        return RP_GUARD_OK;
    case '{':
        if (!is_after_space)
            return RP_GUARD_LITERAL;
        return rp_guard_open_literal(g, ST_AFTER_LITERAL, g->profile.literal);
    case '(':
        return rp_guard_open_group(g);
    case ')':
        return g->depth-- > 0 ? RP_GUARD_OK : RP_GUARD_SYNTAX;
    default:
        return RP_GUARD_OK;
    }
}

RpGuardVerdict
rp_guard_step_after_literal(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;

    if (c != ' ' && c != '\r' && c != ')')
        return RP_GUARD_SYNTAX;
    g->state = ST_VALUES;
    return rp_guard_step_values(g, byte);
}

RpGuardVerdict
rp_guard_step_quoted(RpGuard *g, unsigned char *byte)
{
    if (*byte == '\\')
        g->state = ST_QUOTED_PAIR;
    else if (*byte == '"')
        g->state = g->resume;
    return *byte == '\r' ? RP_GUARD_LINE_END : RP_GUARD_OK;
}

RpGuardVerdict
rp_guard_step_quoted_pair(RpGuard *g, unsigned char *byte)
{
    g->state = ST_QUOTED;
    return *byte == '\\' || *byte == '"' ? RP_GUARD_OK : RP_GUARD_SYNTAX;
}

/* Only a literal can make the line go on after its end. */
RpGuardVerdict
rp_guard_step_skip(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;

    if (c == '\r' && g->has_literal_size) {
        g->resume = ST_SKIP;
        g->state = ST_LITERAL_LF;
        g->has_literal_size = false;
        return g->number > GUARD_SKIPPED_LITERAL ? RP_GUARD_LITERAL_LENGTH
                                                 : RP_GUARD_OK;
    }
    if (c == '\r') {
        g->state = ST_LF;
    } else if (c == '{') {
        rp_guard_number_clear(g);
        g->shape = SHAPE_NUMBER; /* digits may follow */
    } else if (g->shape == SHAPE_NUMBER && rp_guard_is_digit(c)) {
        return rp_guard_number_add(g, c) ? RP_GUARD_OK : RP_GUARD_LITERAL;
    } else {
        g->has_literal_size = c == '}' && g->shape == SHAPE_NUMBER && g->n_digits > 0;
        g->shape = SHAPE_BODY;
    }
    return RP_GUARD_OK;
}

RpGuardVerdict
rp_guard_step_rest(RpGuard *g, unsigned char *byte)
{
    if (*byte == '\r')
        g->state = ST_LF;
    return *byte == '\r' || *byte == ' ' ? RP_GUARD_OK : RP_GUARD_SYNTAX;
}

RpGuardVerdict
rp_guard_step_literal_size(RpGuard *g, unsigned char *byte)
{
    if (rp_guard_is_digit(*byte)) {
        if (!rp_guard_number_add(g, *byte))
            return RP_GUARD_LITERAL;
        return g->number > g->literal_max ? RP_GUARD_LITERAL_LENGTH : RP_GUARD_OK;
    }
    g->state = ST_LITERAL_CR;
    return *byte == '}' && g->n_digits > 0 ? RP_GUARD_OK : RP_GUARD_LITERAL;
}

RpGuardVerdict
rp_guard_step_literal_cr(RpGuard *g, unsigned char *byte)
{
    g->state = ST_LITERAL_LF;
    return *byte == '\r' ? RP_GUARD_OK : RP_GUARD_LITERAL;
}

RpGuardVerdict
rp_guard_step_literal_lf(RpGuard *g, unsigned char *byte)
{
    (void)byte;
    g->literal_left = g->number;
    g->state = g->literal_left > 0 ? ST_LITERAL : g->resume;
    return RP_GUARD_OK;
}
