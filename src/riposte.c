/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riposte.c - option parsing and wiring */
#include <glib.h>

int
main(void)
{
    g_printerr("riposte: not built yet\n");
    return 1;
}
