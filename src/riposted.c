/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riposted.c - option parsing and wiring */
#include <glib.h>

int
main(void)
{
    g_printerr("riposted: not built yet\n");
    return 1;
}
