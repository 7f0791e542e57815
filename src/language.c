/* SPDX-License-Identifier: GPL-3.0-or-later */
/* language.c - locale and catalogue */
#include "config.h"

#include "language.h"

#include <glib.h>
#include <libintl.h>
#include <locale.h>

void
rp_language_start(void)
{
    const char *given = g_getenv("TEXTDOMAINDIR");

    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C");
    bindtextdomain(PACKAGE_NAME, given != NULL ? given : LOCALEDIR);
    bind_textdomain_codeset(PACKAGE_NAME, "UTF-8");
    textdomain(PACKAGE_NAME);
    gettext(""); /* the catalogue is read now: riposte-fetch cannot open it later */
}
