/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pager.h - long text, page by page, in the locale's charset */
#pragma once

#include "cli/command.h"

/* Text for people, UTF-8, by $PAGER (else less -FRX) if standard output is a terminal.
 */
void rp_cli_print_long(RpCli *cli, const char *text);

/* Is text written as UTF-8? Else plain ASCII is best. */
bool rp_cli_is_utf8(void);

/* As it is written in the locale's charset, "?" for what that has not. The caller's. */
char *rp_cli_localized(const char *text);
