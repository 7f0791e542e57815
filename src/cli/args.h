/* SPDX-License-Identifier: GPL-3.0-or-later */
/* args.h - options and words of a command line
 *
 * Pure. "--name=value", "--name value", "-x" where the option has a letter, and
 * "--", which ends the options. Names are never abbreviated.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What the caller does with it is its exit status. */
typedef enum {
    RP_CLI_ERROR_FAILED,    /* 1 */
    RP_CLI_ERROR_USAGE,     /* 2 */
    RP_CLI_ERROR_NOT_FOUND, /* 3 */
    RP_CLI_ERROR_LATER,     /* 75 */
} RpCliError;
#define RP_CLI_ERROR (rp_cli_error_quark())
GQuark rp_cli_error_quark(void);

/* A row of an option table; a table ends with a row without a name. */
typedef struct {
    const char *name;  /* without the dashes */
    const char *value; /* what it is called in the help; NULL: takes none */
    const char *help;  /* marked for translation */
    char letter;       /* 0: none */
    bool is_many;      /* the help says that all of several count, not the last alone */
} RpOption;

/* What the value of an option, or the word of that name in the help, can be, for the
 * shell's completion; a table ends with a row without a name. */
typedef struct {
    const char *name;   /* "by", "UNTIL" */
    const char *values; /* "call|meeting" */
} RpChoice;

typedef struct RpArgs RpArgs;

/* Reads n words by one or two tables (the second may be NULL). Fails with USAGE,
 * naming the nearest option for one that is unknown. */
RpArgs *rp_args_parse(const char *const *words, size_t n, const RpOption *options,
                      const RpOption *more_options, GError **error);
void rp_args_free(RpArgs *args);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpArgs, rp_args_free)

bool rp_args_has(const RpArgs *args, const char *name);
/* The last value given; NULL if there is none. Foreign. */
const char *rp_args_get(const RpArgs *args, const char *name);
/* All values given, of const char *; empty if none. Foreign. */
const GPtrArray *rp_args_get_all(const RpArgs *args, const char *name);

/* What is no option: NULL past the end. Foreign. */
size_t rp_args_n_words(const RpArgs *args);
const char *rp_args_word(const RpArgs *args, size_t i);

/* " (did you mean NEAR?)", to be put behind a sentence; "" for NULL. The caller's. */
char *rp_args_guess(const char *near);

/* The index of the option's value among n choices; if it was not given, otherwise.
 * Returns false with USAGE, naming the nearest choice, for any other value. */
bool rp_args_choose(const RpArgs *args, const char *name, const char *const *choices,
                    size_t n, size_t otherwise, size_t *chosen, GError **error);
