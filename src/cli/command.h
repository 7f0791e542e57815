/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.h - a command of riposte, and what it is given to work with
 *
 * A command is one file, cmd-NAME.c, which defines `const RpCommand
 * rp_cmd_NAME`, and one row in table.c. What it prints goes through rp_cli_print()
 * or rp_cli_write(); it never exits by itself.
 */
#pragma once

#include "cli/args.h"
#include "config/config.h"
#include "store/store.h"
#include "view/view.h"

/* contract.md, "Exit status". */
typedef enum {
    RP_EXIT_DONE = 0,
    RP_EXIT_FAILED = 1,
    RP_EXIT_USAGE = 2,
    RP_EXIT_NOT_FOUND = 3,
    RP_EXIT_LATER = 75,
} RpExit;

typedef struct {
    const struct RpCommand *command; /* foreign */
    RpArgs *args;                    /* own */
    char *config_path, *db_path;     /* own */
    GTimeZone *local;                /* own; the system's */
    const char *now_text;            /* foreign; --now, or NULL */
    int64_t now_at;                  /* --now, else the clock when riposte began */
    bool is_json, is_verbose;
    bool has_color;   /* of standard output */
    bool is_terminal; /* standard output is one */
    int width;        /* its columns; 80 if it is none */

    /* Opened when first asked for: take them by the functions below. */
    RpConfig *config; /* own */
    RpStore *store;   /* own */
    RpView *view;     /* own */
} RpCli;

typedef struct RpCommand {
    const char *name;
    /* Returns the exit status. What fails with an error set is printed as
     * "riposte: MESSAGE", and the error says the status (rp_cli_exit_of). */
    RpExit (*run)(RpCli *cli, GError **error);
    const char *summary;     /* for the list of commands: "prints what is due" */
    const RpOption *options; /* its own; NULL: none but the global ones */
    const char *words;       /* what is no option, for the help: "ID"; or NULL */
    unsigned min_words, max_words;
    const char *help;        /* more lines for its --help; or NULL */
    const RpChoice *choices; /* what the shell can complete; or NULL */
    bool is_hidden;          /* for programs: not in the help */
} RpCommand;

/* Of table.c: in the order of the help, ending with NULL; NULL if none has the name. */
extern const RpCommand *const RP_COMMANDS[];
const RpCommand *rp_cli_find_command(const char *name);

/* Of main.c: of every command; and the command that is meant without one. */
extern const RpOption RP_GLOBAL_OPTIONS[];
extern const RpChoice RP_GLOBAL_CHOICES[];
extern const char RP_DEFAULT_COMMAND[];

/* --- what is due now: each opens once, at the first call. Foreign. --- */

const RpConfig *rp_cli_config(RpCli *cli, GError **error);
RpStore *rp_cli_store(RpCli *cli, GError **error);
/* As of cli->now_at. */
const RpView *rp_cli_view(RpCli *cli, GError **error);
/* The next rp_cli_view() reads the database anew. */
void rp_cli_forget_view(RpCli *cli);

/* The configured zone, or the system's while there is no configuration. Foreign. */
GTimeZone *rp_cli_zone(const RpCli *cli);

/* Reads an instant of the command line in rp_cli_zone(); fails with USAGE, naming the
 * option or word it was given as ("--from", "UNTIL"). */
bool rp_cli_parse_instant(RpCli *cli, const char *text, const char *what, int64_t *at,
                          GError **error);

/* The follow-up that a word of the command line names: its number in the list last
 * shown, or any unambiguous beginning of its id that is not digits alone. Fails with
 * NOT_FOUND (none) or USAGE (several). Foreign: the view's. */
const RpFollowup *rp_cli_find_followup(RpCli *cli, const char *word, GError **error);

/* --- standard output --- */

/* Text for people, UTF-8; written in the locale's charset. */
void rp_cli_print(RpCli *cli, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* What was printed comes before what another program prints. */
void rp_cli_flush(RpCli *cli);
/* A document, as it is. */
void rp_cli_write(RpCli *cli, const char *text);

/* The escape sequences of a colour where there is colour, else "". */
typedef enum {
    RP_STYLE_NONE,
    RP_STYLE_BOLD,
    RP_STYLE_DIM,
    RP_STYLE_LATE,
    RP_STYLE_OK
} RpStyle;
const char *rp_cli_style(const RpCli *cli, RpStyle style);
/* How many columns the text lacks to be that wide. */
int rp_cli_lacks(const char *text, int columns);
/* What was typed, as UTF-8: out of the locale's charset; what is neither is made
 * valid. "" for NULL. The caller's. */
char *rp_cli_typed(const char *text);

/* Standard error, "riposte: ..." and a newline: for what is worth a word and no
 * failure. */
void rp_cli_warn(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* --- the program --- */

RpExit rp_cli_exit_of(const GError *error);
int rp_cli_main(int argc, char **argv);
void rp_cli_print_help(RpCli *cli);
void rp_cli_print_command_help(RpCli *cli, const RpCommand *command);
