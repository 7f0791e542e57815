/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whom.h - persons and periods that a command line names, and the room for text */
#pragma once

#include <glib/gi18n.h>

#include "cli/command.h"
#include "report/scope.h"

/* The one person that text names (see rp_view_find_persons). Fails with NOT_FOUND
 * if nobody, with USAGE if several are meant, which are then listed on standard
 * error. */
bool rp_cli_find_person(RpCli *cli, const char *text, uint32_t *person, GError **error);

/* The same of somebody else: fails with FAILED if it is me. */
bool rp_cli_find_other(RpCli *cli, const char *text, uint32_t *person, GError **error);

/* Fails with FAILED, naming what was typed, if that person is me. */
bool rp_cli_is_other(const RpCli *cli, uint32_t person, const char *typed,
                     GError **error);

/* Is this text an address of mine, perhaps one that no mail has? */
bool rp_cli_is_own_address(const RpCli *cli, const char *text);

/* Reads a time past ("yesterday 15:00", see rp_past_parse); fails with USAGE, naming
 * the option. What is yet to come is the caller's to refuse. */
bool rp_cli_parse_past(RpCli *cli, const char *text, const char *option, int64_t *at,
                       GError **error);

/* The first n words as one text, a space between: Ada Lovelace needs no quotes. NULL
 * for none. The caller's. */
char *rp_cli_join_words(const RpCli *cli, size_t n);

/* Keeps the ids of a numbered list, so that its numbers can be used; warns if it
 * cannot. */
void rp_cli_save_numbers(RpCli *cli, const GPtrArray *ids);

/* How wide text may be: the terminal's columns, or $COLUMNS; 0, no bound, if
 * standard output is neither. */
int rp_cli_text_width(const RpCli *cli);

/* The rows of an option table that rp_cli_scope() reads, and what they can be. */
#define RP_SCOPE_OPTIONS                                                               \
    {"period", "PERIOD", N_("that period; last-week if not given"), 0, false},         \
        {"week", "YYYY-Www", N_("that ISO week"), 0, false},                           \
        {"from", "INSTANT", N_("from then on, with --to"), 0, false},                  \
        {"to", "INSTANT", N_("until before then"), 0, false},                          \
        {"person", "PERSON", N_("only of this person"), 0, false},                     \
        {"tag", "TAG", N_("only of those who bear it"), 0, false},                     \
    {                                                                                  \
        "account", "NAME", N_("only what came to this account"), 0, false              \
    }
#define RP_SCOPE_CHOICES                                                               \
    {                                                                                  \
        "period", "last-week|this-week|last-month|this-month|last-quarter|"            \
                  "this-quarter|last-year|this-year"                                   \
    }

/* What --period, --week, --from, --to, --person, --tag and --account say; fails with
 * USAGE or NOT_FOUND. Begin with RP_SCOPE_INIT. */
bool rp_cli_scope(RpCli *cli, RpScope *scope, GError **error);
