/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riposte.c - the command line */
#include "cli/command.h"
#include "language.h"

int
main(int argc, char **argv)
{
    rp_language_start();
    return rp_cli_main(argc, argv);
}
