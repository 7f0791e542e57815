/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard-private.h - the guard's state, shared by its three files */
#pragma once

#include "fetch/guard.h"

typedef enum {
    ST_START,
    ST_STAR,
    ST_WORD,
    ST_NUMBERED_WORD,
    ST_TAG,
    ST_TAGGED_WORD,
    ST_TEXT,   /* human text: no strings in it */
    ST_WORDS,  /* capabilities: nothing but words */
    ST_VALUES, /* atoms, strings, literals, groups */
    ST_AFTER_LITERAL,
    ST_QUOTED,
    ST_QUOTED_PAIR,
    ST_SKIP, /* a line that nobody gets; { n } at its end is a literal */
    ST_REST, /* nothing but spaces */
    ST_LITERAL_SIZE,
    ST_LITERAL_CR,
    ST_LITERAL_LF,
    ST_LF,
    ST_FETCH_OPEN,
    ST_ITEM,
    ST_SECTION_WORD,
    ST_SECTION_REST,
    ST_SECTION_END,
    ST_VALUE,
    ST_NUMBER,
    ST_FLAGS,
    ST_NIL,
    ST_DATE,
    ST_SKIP_VALUE,
    ST_AFTER_VALUE,
    N_STEPS, /* the ones below have no step */
    ST_LITERAL = N_STEPS,
    ST_REFUSED,
} GuardState;

typedef enum {
    MODE_HOLD, /* not known yet whether the reader gets it */
    MODE_PASS,
    MODE_DROP,
} GuardMode;

typedef enum { SHAPE_NUMBER, SHAPE_FLAGS, SHAPE_DATE, SHAPE_BODY } GuardShape;

enum {
    GUARD_WORD = 32,
    GUARD_DEPTH = 8,
    GUARD_NAME_LITERAL = 4096,     /* of a folder's or a field's name */
    GUARD_SKIPPED_LITERAL = 65536, /* in what nobody gets */
    GUARD_TEXT_LINE = 8192,        /* human text */
    GUARD_DROPPED_LINES = 200000,
};

struct RpGuard {
    RpGuardProfile profile;
    RpGuardVerdict verdict;
    RpGuardCounts counts;
    uint32_t first_tag, awaited; /* bit i: first_tag + i */
    bool has_greeting, has_selected;
    /* the command */
    uint32_t seen; /* RpGuardWords */
    uint32_t n_lines, n_dropped, n_fetches;
    uint64_t n_line_bytes, n_total;
    char reply[RP_GUARD_REPLY], bye[RP_GUARD_REPLY];
    /* the line */
    GuardState state, resume;
    GuardMode mode;
    uint32_t word_bit;
    bool is_tagged, is_after_space, has_literal_size;
    uint8_t depth, n_items, tag_bit;
    GuardShape shape;
    uint32_t line_len, line_max, literal_max;
    uint64_t number, literal_left;
    uint32_t n_digits;
    uint8_t word_len, head_len;
    char word[GUARD_WORD];
    unsigned char head[RP_GUARD_HOLD];
    char line[RP_GUARD_REPLY];
};

/* One byte outside a literal; may overwrite it. */
typedef RpGuardVerdict GuardStep(RpGuard *g, unsigned char *byte);
extern GuardStep *const rp_guard_steps[N_STEPS];

/* guard.c */
bool rp_guard_is_digit(unsigned char c);
bool rp_guard_is_word(unsigned char c);
bool rp_guard_word_is(const RpGuard *g, const char *word);
bool rp_guard_word_add(RpGuard *g, unsigned char c);
void rp_guard_word_clear(RpGuard *g);
void rp_guard_number_clear(RpGuard *g);
/* No leading zero, no sign, no overflow: libetpan would wrap at 2^32. */
bool rp_guard_number_add(RpGuard *g, unsigned char c);
RpGuardVerdict rp_guard_line_end(RpGuard *g);
/* Puts text in place of what is held back. */
void rp_guard_hold(RpGuard *g, const char *text);

/* guard-value.c */
RpGuardVerdict rp_guard_open_group(RpGuard *g);
RpGuardVerdict rp_guard_open_literal(RpGuard *g, GuardState resume, uint32_t max);

GuardStep rp_guard_step_values, rp_guard_step_after_literal, rp_guard_step_quoted,
    rp_guard_step_quoted_pair, rp_guard_step_skip, rp_guard_step_rest,
    rp_guard_step_literal_size, rp_guard_step_literal_cr, rp_guard_step_literal_lf;

/* guard-fetch.c */
GuardStep rp_guard_step_fetch_open, rp_guard_step_item, rp_guard_step_section_word,
    rp_guard_step_section_rest, rp_guard_step_section_end, rp_guard_step_value,
    rp_guard_step_number, rp_guard_step_flags, rp_guard_step_nil, rp_guard_step_date,
    rp_guard_step_skip_value, rp_guard_step_after_value;
