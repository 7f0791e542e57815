/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expectation.h - riposte doctor --expectation: how good R12's model is here */
#pragma once

#include "cli/command.h"

/* Prints, of each direction, how well the answers to the last three tenths of the
 * follow-ups were expected at their opening. */
RpExit rp_cli_check_expectation(RpCli *cli, GError **error);
