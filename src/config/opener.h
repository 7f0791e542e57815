/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opener.h - from open_command to the program that shows a message
 *
 * A command is a preset's name (thunderbird, gmail, notmuch, neomutt) or a line
 * that is parted like a shell's into arguments, and never given to one. In each
 * argument %m is the Message-ID, %M the same percent-encoded, %r the same as a
 * regular expression of letters, digits and dots alone, %q the same in double quotes
 * as notmuch reads them, %a the address of who waits, %f the folder, %b the same as
 * neomutt names it, %u the UID, %s the subject, %% a percent sign.
 */
#pragma once

#include "config/config.h"

typedef enum {
    RP_OPENER_ERROR_COMMAND, /* mend open_command */
    RP_OPENER_ERROR_TARGET,  /* the message has what no program may be given */
    RP_OPENER_ERROR_NONE,    /* nothing here opens messages: look by hand */
} RpOpenerError;
#define RP_OPENER_ERROR (rp_opener_error_quark())
GQuark rp_opener_error_quark(void);

/* What of a message a command may name. Foreign texts, UTF-8, "" if unknown. */
typedef struct {
    const char *message_id; /* without < and > */
    const char *address, *folder, *subject;
    uint64_t uid;
    const char *mailbox; /* rp_opener_mailbox */
} RpOpenTarget;

/* Where a program of its own finds that folder: the path of a Maildir or mbox; of an
 * IMAP account "=FOLDER", as neomutt has it below its $folder. The caller's. */
char *rp_opener_mailbox(const RpConfig *config, const char *account,
                        const char *folder);

/* Could it be run at all? "" is the desktop's choice and always could. */
bool rp_opener_check(const char *command, GError **error);

/* The arguments to run, owned by the caller. With "" the desktop's handler of mid:
 * links; else that of mailto:, to write an answer; else NONE, whose message says
 * what to search for. Refused (TARGET): a Message-ID with white space, a control
 * character or a "-" at its beginning, and any argument that would begin with "-"
 * only by what the message says. */
char **rp_opener_argv(const char *command, const RpOpenTarget *target, GError **error);

/* The same for where there is no terminal: in one of its own (xdg-terminal-exec,
 * x-terminal-emulator, or the like) if the command is a preset that needs it. NONE if
 * there is none. */
char **rp_opener_window_argv(const char *command, const RpOpenTarget *target,
                             GError **error);

/* Does it open a window of its own, so that nobody need wait for it? */
bool rp_opener_is_window(const char *command);
