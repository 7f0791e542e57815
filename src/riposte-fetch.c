/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riposte-fetch.c - option parsing and wiring */
#include <glib.h>

int
main(void)
{
    g_printerr("riposte-fetch: not built yet\n");
    return 1;
}
