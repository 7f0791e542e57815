/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard-line.c - the kinds of line, tags and human text */
#include "fetch/guard-private.h"

typedef struct {
    const char *word;
    uint32_t bit;     /* RpGuardWords */
    GuardState state; /* of what follows, if it passes */
} Untagged;

static const Untagged untagged[] = {
    {"OK", RP_WORD_TEXT, ST_TEXT},
    {"NO", RP_WORD_TEXT, ST_TEXT},
    {"BAD", RP_WORD_TEXT, ST_TEXT},
    {"BYE", RP_WORD_BYE, ST_TEXT},
    {"PREAUTH", RP_WORD_PREAUTH, ST_TEXT},
    {"CAPABILITY", RP_WORD_CAPABILITY, ST_WORDS},
    {"ENABLED", RP_WORD_ENABLED, ST_WORDS},
    {"FLAGS", RP_WORD_FLAGS, ST_VALUES},
    {"LIST", RP_WORD_LIST, ST_VALUES},
    {"LSUB", RP_WORD_LSUB, ST_VALUES},
    {"STATUS", RP_WORD_STATUS, ST_VALUES},
    {"SEARCH", RP_WORD_SEARCH, ST_VALUES},
    {"VANISHED", RP_WORD_VANISHED, ST_VALUES},
    {"NAMESPACE", RP_WORD_NAMESPACE, ST_VALUES},
};

static const Untagged numbered[] = {
    {"EXISTS", RP_WORD_EXISTS, ST_REST},
    {"RECENT", RP_WORD_RECENT, ST_REST},
    {"EXPUNGE", RP_WORD_EXPUNGE, ST_REST},
    {"FETCH", RP_WORD_FETCH, ST_FETCH_OPEN},
};

static void
count(RpGuardCounts *counts, uint32_t bit)
{
    if (bit == RP_WORD_EXISTS)
        counts->exists++;
    else if (bit == RP_WORD_EXPUNGE || bit == RP_WORD_VANISHED)
        counts->expunge++;
    else if (bit == RP_WORD_FETCH)
        counts->fetch++;
}

/* Answers that come only to their own command, and messages of no folder. */
static bool
is_unlawful(const RpGuard *g, uint32_t bit)
{
    uint32_t own = RP_WORD_LIST | RP_WORD_LSUB | RP_WORD_SEARCH | RP_WORD_PREAUTH;

    if ((g->profile.pass & bit) != 0)
        return false;
    if (!g->has_greeting)
        return true;
    return (bit & own) != 0 || (bit == RP_WORD_FETCH && !g->has_selected);
}

/* From here on nobody gets the line, and its grammar does not matter. */
static void
skip_line(RpGuard *g)
{
    g->mode = MODE_DROP;
    g->state = ST_SKIP;
    g->has_literal_size = false;
    g->shape = SHAPE_BODY;
    rp_guard_number_clear(g);
}

/* c follows the word. */
static RpGuardVerdict
begin_response(RpGuard *g, const Untagged *response, unsigned char c)
{
    g->word_bit = response->bit;
    if (is_unlawful(g, response->bit))
        return RP_GUARD_RESPONSE;
    g->seen |= response->bit;
    count(&g->counts, response->bit);
    if ((g->profile.pass & response->bit) == 0) {
        skip_line(g);
    } else {
        g->mode = MODE_PASS;
        g->state = response->state;
        g->is_after_space = true;
    }
    if (response->state == ST_TEXT && g->line_max > GUARD_TEXT_LINE)
        g->line_max = GUARD_TEXT_LINE;
    rp_guard_word_clear(g);
    if (c == '\r')
        g->state = ST_LF;
    return RP_GUARD_OK;
}

/* A word that this table does not have is legal, and unknown to libetpan, which
 * would lose the whole response over it. */
static RpGuardVerdict
find_response(RpGuard *g, const Untagged *table, size_t n, unsigned char c)
{
    if (c == ' ' || c == '\r')
        for (size_t i = 0; i < n; i++)
            if (rp_guard_word_is(g, table[i].word))
                return begin_response(g, &table[i], c);
    if (!g->has_greeting)
        return RP_GUARD_RESPONSE;
    skip_line(g);
    if (c == '\r')
        g->state = ST_LF;
    return RP_GUARD_OK;
}

/* "* 12 ": the number of messages, or of one. */
static RpGuardVerdict
read_number(RpGuard *g, unsigned char c)
{
    rp_guard_number_clear(g);
    for (const char *p = g->word; *p != '\0'; p++)
        if (!rp_guard_is_digit((unsigned char)*p) ||
            !rp_guard_number_add(g, (unsigned char)*p))
            return RP_GUARD_NUMBER;
    if (g->number > UINT32_MAX)
        return RP_GUARD_NUMBER;
    rp_guard_word_clear(g);
    g->state = ST_NUMBERED_WORD;
    return c == ' ' ? RP_GUARD_OK : RP_GUARD_SYNTAX;
}

/* DavMail shows that it lives by more spaces behind the star: they are dropped. */
static RpGuardVerdict
step_word(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;

    if (c == ' ' && g->word_len == 0) {
        rp_guard_hold(g, "*");
        return RP_GUARD_OK;
    }
    if (rp_guard_is_word(c) && rp_guard_word_add(g, c))
        return RP_GUARD_OK;
    if (g->word_len == 0)
        return RP_GUARD_SYNTAX;
    if (rp_guard_is_digit((unsigned char)g->word[0]))
        return read_number(g, c);
    return find_response(g, untagged, G_N_ELEMENTS(untagged), c);
}

static RpGuardVerdict
step_numbered_word(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;

    if (rp_guard_is_word(c) && rp_guard_word_add(g, c))
        return RP_GUARD_OK;
    if (g->word_len == 0)
        return RP_GUARD_SYNTAX;
    if (rp_guard_word_is(g, "FETCH") && (c != ' ' || g->number == 0))
        return RP_GUARD_SYNTAX;
    return find_response(g, numbered, G_N_ELEMENTS(numbered), c);
}

static RpGuardVerdict
step_start(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;

    if (c == '*') {
        g->state = ST_STAR;
    } else if (c == '\r') {
        g->mode = MODE_DROP; /* Exchange sends empty lines */
        g->state = ST_LF;
    } else if (rp_guard_is_digit(c)) {
        g->state = ST_TAG;
        return rp_guard_number_add(g, c) ? RP_GUARD_OK : RP_GUARD_TAG;
    } else if (c == '+') {
        g->mode = MODE_PASS;
        g->state = ST_TEXT;
        g->line_max = GUARD_TEXT_LINE;
        return g->profile.may_continue ? RP_GUARD_OK : RP_GUARD_RESPONSE;
    } else {
        return RP_GUARD_RESPONSE;
    }
    return RP_GUARD_OK;
}

static RpGuardVerdict
step_star(RpGuard *g, unsigned char *byte)
{
    g->state = ST_WORD;
    return *byte == ' ' ? RP_GUARD_OK : RP_GUARD_SYNTAX;
}

static RpGuardVerdict
step_tag(RpGuard *g, unsigned char *byte)
{
    uint64_t at;

    if (rp_guard_is_digit(*byte))
        return rp_guard_number_add(g, *byte) ? RP_GUARD_OK : RP_GUARD_TAG;
    if (*byte != ' ' || g->number < g->first_tag)
        return RP_GUARD_TAG;
    at = g->number - g->first_tag;
    if (at >= RP_GUARD_MAX_TAGS || (g->awaited >> at & 1) == 0)
        return RP_GUARD_TAG;
    g->tag_bit = (uint8_t)at;
    g->state = ST_TAGGED_WORD;
    return RP_GUARD_OK;
}

static bool
is_data_missing(const RpGuard *g)
{
    return g->profile.need != 0 && rp_guard_word_is(g, "OK") &&
           (g->seen & g->profile.need) == 0;
}

static RpGuardVerdict
step_tagged_word(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;

    if (rp_guard_is_word(c))
        return rp_guard_word_add(g, c) ? RP_GUARD_OK : RP_GUARD_RESPONSE;
    if (!rp_guard_word_is(g, "OK") && !rp_guard_word_is(g, "NO") &&
        !rp_guard_word_is(g, "BAD"))
        return RP_GUARD_RESPONSE;
    if (is_data_missing(g))
        return RP_GUARD_MISSING;
    g->is_tagged = true;
    g->mode = MODE_PASS;
    g->line_max = GUARD_TEXT_LINE;
    g->state = c == '\r' ? ST_LF : ST_TEXT;
    return c == '\r' || c == ' ' ? RP_GUARD_OK : RP_GUARD_SYNTAX;
}

/* libetpan crashes on PERMANENTFLAGS and BADCHARSET with an empty list, and reads
 * literals inside some codes. Without [ there is no code for it to read. GNU Mailutils
 * ends the OK to AUTHENTICATE with a bare LF: in text that ends an answer it can mean
 * nothing else, and the reader gets the CR that is missing. */
static RpGuardVerdict
step_text(RpGuard *g, unsigned char *byte)
{
    if (*byte == '\n') {
        rp_guard_hold(g, "\r");
        return rp_guard_line_end(g);
    }
    if (*byte == '\r')
        g->state = ST_LF;
    else if (*byte == '[' && !g->profile.keep_codes)
        *byte = '(';
    return RP_GUARD_OK;
}

static RpGuardVerdict
step_words(RpGuard *g, unsigned char *byte)
{
    if (*byte == '\r')
        g->state = ST_LF;
    return RP_GUARD_OK;
}

static RpGuardVerdict
step_lf(RpGuard *g, unsigned char *byte)
{
    (void)byte;
    return rp_guard_line_end(g);
}

GuardStep *const rp_guard_steps[N_STEPS] = {
    [ST_START] = step_start,
    [ST_STAR] = step_star,
    [ST_WORD] = step_word,
    [ST_NUMBERED_WORD] = step_numbered_word,
    [ST_TAG] = step_tag,
    [ST_TAGGED_WORD] = step_tagged_word,
    [ST_TEXT] = step_text,
    [ST_WORDS] = step_words,
    [ST_VALUES] = rp_guard_step_values,
    [ST_AFTER_LITERAL] = rp_guard_step_after_literal,
    [ST_QUOTED] = rp_guard_step_quoted,
    [ST_QUOTED_PAIR] = rp_guard_step_quoted_pair,
    [ST_SKIP] = rp_guard_step_skip,
    [ST_REST] = rp_guard_step_rest,
    [ST_LITERAL_SIZE] = rp_guard_step_literal_size,
    [ST_LITERAL_CR] = rp_guard_step_literal_cr,
    [ST_LITERAL_LF] = rp_guard_step_literal_lf,
    [ST_LF] = step_lf,
    [ST_FETCH_OPEN] = rp_guard_step_fetch_open,
    [ST_ITEM] = rp_guard_step_item,
    [ST_SECTION_WORD] = rp_guard_step_section_word,
    [ST_SECTION_REST] = rp_guard_step_section_rest,
    [ST_SECTION_END] = rp_guard_step_section_end,
    [ST_VALUE] = rp_guard_step_value,
    [ST_NUMBER] = rp_guard_step_number,
    [ST_FLAGS] = rp_guard_step_flags,
    [ST_NIL] = rp_guard_step_nil,
    [ST_DATE] = rp_guard_step_date,
    [ST_SKIP_VALUE] = rp_guard_step_skip_value,
    [ST_AFTER_VALUE] = rp_guard_step_after_value,
};
