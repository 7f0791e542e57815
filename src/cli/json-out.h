/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-out.h - small JSON documents on standard output */
#pragma once

#include <json-glib/json-glib.h>

#include "cli/command.h"

/* Prints the value that the builder holds, on one line. */
void rp_cli_print_json(RpCli *cli, JsonBuilder *builder);
