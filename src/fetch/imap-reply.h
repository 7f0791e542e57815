/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-reply.h - commands written, and their answers read, without libetpan
 *
 * For what libetpan cannot do (several commands at once, STATUS within LIST) or
 * reads badly. Everything read has passed the guard.
 */
#pragma once

#include "fetch/imap.h"

/* One line of an answer, without its end; literals stand in it as they came. The
 * part after "* " of an untagged one, all of a tagged one ("12 OK done"). */
typedef void (*RpImapLine)(const char *line, size_t n, gpointer data);

typedef struct {
    const RpGuardProfile *profile;
    RpImapLine on_line; /* NULL: none is of interest */
    gpointer data;
    RpImapLine on_tagged;
    const char *what; /* for messages: "listing the folders" */
    uint32_t total_s; /* 0: RP_IMAP_COMMAND_S */
} RpImapCommand;

/* Sends the text, without tag or line end, and reads the answer to its end. False
 * if the server does not say OK. */
bool rp_imap_run_command(RpImap *imap, const RpImapCommand *command, const char *text,
                         GError **error);

/* For NOOP and its like, whose answer is of no interest. */
bool rp_imap_run_plain(RpImap *imap, const char *text, GError **error);

/* The same for several at once, at most RP_GUARD_MAX_TAGS; on_tagged comes once for
 * each, in the order in which the server answers. NO and BAD are no errors. */
bool rp_imap_run_commands(RpImap *imap, const RpImapCommand *command,
                          const char *const *texts, size_t n, GError **error);

/* Writes the text with the next tag and awaits its answer. */
bool rp_imap_send(RpImap *imap, const RpGuardProfile *profile, const char *text,
                  uint32_t total_s);

/* Reads the next line of whatever kind, line end taken off. False at the end of the
 * answer and of the connection. */
bool rp_imap_read_line(RpImap *imap, GByteArray *line);

typedef enum {
    RP_TOKEN_END,
    RP_TOKEN_ATOM,
    RP_TOKEN_STRING, /* quoted or literal */
    RP_TOKEN_OPEN,
    RP_TOKEN_CLOSE,
    RP_TOKEN_BAD,
} RpTokenType;

typedef struct {
    const char *at, *end;
} RpTokens;

/* The next token of a line; text gets the content of an atom or string, which may
 * hold any byte but NUL. */
RpTokenType rp_token_next(RpTokens *tokens, GString *text);

/* Steps over the rest of a group whose ( has been read. False if it does not end. */
bool rp_token_skip_group(RpTokens *tokens);

/* Digits alone, at most max. */
bool rp_token_number(const char *text, uint64_t max, uint64_t *number);

/* Appends name as a quoted string: RFC 3501 section 9. */
void rp_imap_append_quoted(GString *command, const char *name);
