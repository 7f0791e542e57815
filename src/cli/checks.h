/* SPDX-License-Identifier: GPL-3.0-or-later */
/* checks.h - what doctor looks at */
#pragma once

#include "cli/command.h"

typedef enum { RP_LEVEL_OK, RP_LEVEL_NOTE, RP_LEVEL_WRONG } RpLevel;

typedef struct {
    const char *what; /* static: "configuration"; marked for translation */
    RpLevel level;
    char *text;   /* own; what was found; may hold text from mail */
    char *advice; /* own; one line, "" if there is nothing to do */
} RpFinding;
void rp_finding_free(RpFinding *finding);

/* Appends findings, of RpFinding *, in the order in which they are worth reading.
 * What cannot be looked at for an earlier finding's sake is left out. */
void rp_check_everything(RpCli *cli, bool is_online, GPtrArray *findings);

/* Of checks-mail.c: of each account. */
void rp_check_accounts(RpCli *cli, bool is_online, GPtrArray *findings);
/* Addresses that mail was delivered to and that nobody called mine. */
void rp_check_aliases(RpCli *cli, GPtrArray *findings);

/* "riposte setup --account work", as it can be typed; the caller's. */
char *rp_check_setup_of(const RpCli *cli, const RpAccountConfig *account);

/* Of checks-desktop.c: riposted, and what shows its notices. */
void rp_check_desktop(RpCli *cli, GPtrArray *findings);

/* Appends one; advice "" for none. Texts are copied. */
void rp_find(GPtrArray *findings, const char *what, RpLevel level, const char *text,
             const char *advice);
