/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riposte.c - the command line */
#include "cli/command.h"

int
main(int argc, char **argv)
{
    return rp_cli_main(argc, argv);
}
