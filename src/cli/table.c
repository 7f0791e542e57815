/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.c - the commands, in the order of the help */
#include "cli/command.h"

const RpCommand *const RP_COMMANDS[] = {
    NULL,
};
