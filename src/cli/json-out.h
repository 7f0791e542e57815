/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-out.h - small JSON documents on standard output */
#pragma once

#include <json-glib/json-glib.h>

#include "cli/command.h"

/* Prints the value that the builder holds, on one line. */
void rp_cli_print_json(RpCli *cli, JsonBuilder *builder);

/* What a command has changed: the sentence for people, which ends in a line end; with
 * --json {"schema": "riposte.change/1", "person_key": KEY or null, "message": "..."}.
 */
void rp_cli_say(RpCli *cli, const char *person_key, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
