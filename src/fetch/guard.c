/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard.c - limits, and which bytes go on to the reader */
#include "fetch/guard-private.h"

#include <glib/gi18n.h>
#include <string.h>

enum { NUMBER_DIGITS = 20 };

const char *
rp_guard_verdict_name(RpGuardVerdict verdict)
{
    static const char *const names[RP_N_GUARD_VERDICTS] = {
        [RP_GUARD_OK] = NC_("refusal", "ok"),
        [RP_GUARD_CONTROL_BYTE] = NC_("refusal", "control byte"),
        [RP_GUARD_LINE_END] = NC_("refusal", "line end"),
        [RP_GUARD_LINE_LENGTH] = NC_("refusal", "line too long"),
        [RP_GUARD_LINES] = NC_("refusal", "too many lines"),
        [RP_GUARD_BYTES] = NC_("refusal", "too many bytes"),
        [RP_GUARD_RESPONSE] = NC_("refusal", "unasked response"),
        [RP_GUARD_TAG] = NC_("refusal", "tag"),
        [RP_GUARD_SYNTAX] = NC_("refusal", "syntax"),
        [RP_GUARD_NUMBER] = NC_("refusal", "number"),
        [RP_GUARD_DEPTH] = NC_("refusal", "nesting"),
        [RP_GUARD_ITEM] = NC_("refusal", "unasked item"),
        [RP_GUARD_LITERAL] = NC_("refusal", "literal"),
        [RP_GUARD_LITERAL_LENGTH] = NC_("refusal", "literal too long"),
        [RP_GUARD_MISSING] = NC_("refusal", "missing data"),
    };

    return verdict < RP_N_GUARD_VERDICTS ? names[verdict] : "?";
}

bool
rp_guard_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

bool
rp_guard_is_word(unsigned char c)
{
    return g_ascii_isalnum((char)c) || c == '-' || c == '.' || c == '_';
}

bool
rp_guard_word_is(const RpGuard *g, const char *word)
{
    return strcmp(g->word, word) == 0;
}

bool
rp_guard_word_add(RpGuard *g, unsigned char c)
{
    if (g->word_len >= sizeof g->word - 1)
        return false;
    g->word[g->word_len++] = g_ascii_toupper((char)c);
    g->word[g->word_len] = '\0';
    return true;
}

void
rp_guard_word_clear(RpGuard *g)
{
    g->word_len = 0;
    g->word[0] = '\0';
}

void
rp_guard_number_clear(RpGuard *g)
{
    g->number = 0;
    g->n_digits = 0;
}

bool
rp_guard_number_add(RpGuard *g, unsigned char c)
{
    if (g->n_digits == 1 && g->number == 0)
        return false;
    if (++g->n_digits >= NUMBER_DIGITS)
        return false;
    g->number = g->number * 10 + (uint64_t)(c - '0');
    return true;
}

void
rp_guard_hold(RpGuard *g, const char *text)
{
    g->head_len = (uint8_t)strlen(text);
    memcpy(g->head, text, g->head_len);
}

static void
line_start(RpGuard *g)
{
    g->state = ST_START;
    g->mode = MODE_HOLD;
    g->word_bit = 0;
    g->is_tagged = false;
    g->depth = 0;
    g->n_items = 0;
    g->head_len = 0;
    g->line_len = 0;
    g->line_max = g->profile.line;
    rp_guard_word_clear(g);
    rp_guard_number_clear(g);
}

RpGuard *
rp_guard_new(void)
{
    RpGuard *g = g_new0(RpGuard, 1);

    g->profile = rp_guard_greeting;
    line_start(g);
    return g;
}

void
rp_guard_free(RpGuard *guard)
{
    g_free(guard);
}

void
rp_guard_begin(RpGuard *guard, uint32_t first_tag, uint32_t n_tags,
               const RpGuardProfile *profile)
{
    g_return_if_fail(n_tags <= RP_GUARD_MAX_TAGS);
    guard->profile = *profile;
    guard->first_tag = first_tag;
    guard->awaited = n_tags == 32 ? UINT32_MAX : (UINT32_C(1) << n_tags) - 1;
    guard->has_selected = guard->has_selected || profile->selects;
    guard->n_lines = guard->n_dropped = guard->n_fetches = 0;
    guard->n_line_bytes = guard->n_total = 0;
    guard->seen = 0;
    guard->reply[0] = '\0';
    memset(&guard->counts, 0, sizeof guard->counts);
    if (guard->state == ST_START)
        line_start(guard);
}

bool
rp_guard_is_idle(const RpGuard *guard)
{
    return guard->state == ST_START && guard->awaited == 0 && guard->has_greeting &&
           guard->verdict == RP_GUARD_OK;
}

RpGuardVerdict
rp_guard_verdict(const RpGuard *guard)
{
    return guard->verdict;
}

const RpGuardCounts *
rp_guard_counts(const RpGuard *guard)
{
    return &guard->counts;
}

const char *
rp_guard_reply(const RpGuard *guard)
{
    return guard->reply;
}

const char *
rp_guard_bye(const RpGuard *guard)
{
    return guard->bye;
}

const char *
rp_guard_line(const RpGuard *guard)
{
    return guard->line;
}

/* The line as a text, without its end and, if tagged, without the tag. */
static void
keep_text(const RpGuard *g, char text[RP_GUARD_REPLY])
{
    const char *start = strchr(g->line, ' ');

    g_strlcpy(text, start == NULL ? "" : start + 1, RP_GUARD_REPLY);
    g_strchomp(text);
}

RpGuardVerdict
rp_guard_line_end(RpGuard *g)
{
    if (g->is_tagged)
        keep_text(g, g->reply);
    else if (g->word_bit == RP_WORD_BYE)
        keep_text(g, g->bye);

    if (g->mode != MODE_PASS) {
        if (++g->n_dropped > GUARD_DROPPED_LINES)
            return RP_GUARD_LINES;
    } else if (g->word_bit == RP_WORD_FETCH) {
        if (++g->n_fetches > g->profile.fetches)
            return RP_GUARD_LINES;
    } else if (!g->is_tagged && ++g->n_lines > g->profile.lines) {
        return RP_GUARD_LINES;
    }
    if ((g->word_bit & rp_guard_greeting.pass) != 0)
        g->has_greeting = true;
    if (g->is_tagged)
        g->awaited &= ~(UINT32_C(1) << g->tag_bit);
    return RP_GUARD_OK;
}

/* Remembers the head of the line for reports; cut, always a string. */
static void
keep_line(RpGuard *g, unsigned char c)
{
    if (g->line_len < sizeof g->line) {
        g->line[g->line_len - 1] = c == '\0' ? '?' : (char)c;
        g->line[g->line_len] = '\0';
    }
}

static RpGuardVerdict
read_byte(RpGuard *g, unsigned char *byte)
{
    unsigned char c = *byte;
    bool is_lf_due = g->state == ST_LF || g->state == ST_LITERAL_LF;
    bool may_tab = g->state == ST_TEXT || g->state == ST_SKIP ||
                   g->state == ST_QUOTED ||
                   (g->state == ST_VALUES && g->word_bit == RP_WORD_LIST);
    bool may_lf = g->state == ST_TEXT && g->is_tagged;

    if (++g->line_len > g->line_max)
        return RP_GUARD_LINE_LENGTH;
    keep_line(g, c);
    if (is_lf_due != (c == '\n') && !(may_lf && c == '\n'))
        return RP_GUARD_LINE_END;
    if ((c < 0x20 && c != '\r' && c != '\n' && !(c == '\t' && may_tab)) || c == 0x7f)
        return RP_GUARD_CONTROL_BYTE;
    return rp_guard_steps[g->state](g, byte);
}

/* Room: what is held is at most RP_GUARD_HOLD, and each byte adds one. */
static RpGuardVerdict
write_byte(RpGuard *g, unsigned char c, unsigned char *out, size_t *n_out)
{
    if (g->mode == MODE_DROP) {
        g->head_len = 0;
        return RP_GUARD_OK;
    }
    if (g->mode == MODE_HOLD) {
        if (g->head_len >= sizeof g->head)
            return RP_GUARD_SYNTAX;
        g->head[g->head_len++] = c;
        return RP_GUARD_OK;
    }
    memcpy(out + *n_out, g->head, g->head_len);
    *n_out += g->head_len;
    g->n_line_bytes += g->head_len + UINT64_C(1);
    g->head_len = 0;
    out[(*n_out)++] = c;
    return g->n_line_bytes > g->profile.line_bytes ? RP_GUARD_BYTES : RP_GUARD_OK;
}

static size_t
read_literal(RpGuard *g, const unsigned char *bytes, size_t n, unsigned char *out,
             size_t *n_out)
{
    size_t k = n < g->literal_left ? n : (size_t)g->literal_left;

    if (g->mode == MODE_PASS) {
        memcpy(out + *n_out, bytes, k);
        *n_out += k;
    }
    g->literal_left -= k;
    if (g->literal_left == 0)
        g->state = g->resume;
    return k;
}

/* Names of fields, which make up most of what is no literal, at one go. */
static size_t
skip_names(RpGuard *g, const unsigned char *bytes, size_t n)
{
    size_t k = 0;

    while (k < n && (g_ascii_isalpha(bytes[k]) || bytes[k] == '-' || bytes[k] == ' ') &&
           g->line_len < g->line_max) {
        g->line_len++;
        keep_line(g, bytes[k++]);
    }
    return k;
}

/* One byte outside a literal, with all that it entails. */
static void
filter_byte(RpGuard *g, unsigned char c, unsigned char *out, size_t *n_out)
{
    bool is_line_end = g->state == ST_LF || (g->state == ST_TEXT && c == '\n');

    g->verdict = read_byte(g, &c);
    if (g->verdict == RP_GUARD_OK)
        g->verdict = write_byte(g, c, out, n_out);
    if (is_line_end)
        line_start(g);
}

size_t
rp_guard_filter(RpGuard *guard, const unsigned char *bytes, size_t n,
                unsigned char *out, size_t *n_out)
{
    size_t i = 0;

    *n_out = 0;
    while (i < n && guard->verdict == RP_GUARD_OK &&
           (guard->profile.listens || !rp_guard_is_idle(guard))) {
        size_t k = 0;

        if (guard->state == ST_LITERAL)
            k = read_literal(guard, bytes + i, n - i, out, n_out);
        else if (guard->state == ST_SECTION_REST)
            k = skip_names(guard, bytes + i, n - i);
        if (k == 0) {
            filter_byte(guard, bytes[i], out, n_out);
            k = 1;
        }
        i += k;
        guard->n_total += k;
        if (guard->n_total > guard->profile.total && guard->verdict == RP_GUARD_OK)
            guard->verdict = RP_GUARD_BYTES;
    }
    return i;
}
