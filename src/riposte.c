/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riposte.c - the command line */
#include <malloc.h>

#include "cli/command.h"
#include "language.h"

int
main(int argc, char **argv)
{
    rp_language_start();
#ifdef __GLIBC__
    /* Large arrays then grow by moving pages, not bytes: a twelfth of a view's time. */
    mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
    return rp_cli_main(argc, argv);
}
