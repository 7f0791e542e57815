/* SPDX-License-Identifier: GPL-3.0-or-later */
/* first-look.h - what setup does with an account once it is written
 *
 * Each step has an option (yes or no); what no option says is asked on a terminal, and
 * else left. What was written stays, however a step ends.
 */
#pragma once

#include "cli/answers.h"

/* Are the options' values yes or no? USAGE. To be asked before anything else is. */
bool rp_first_look_check(const RpCli *cli, GError **error);

/* Reads 30 days of the account and shows who waits, shows a notice, enables riposted.
 * A step that fails says so; the exit status is that of the first. */
RpExit rp_first_look(RpCli *cli, const RpAnswers *answers, GError **error);
