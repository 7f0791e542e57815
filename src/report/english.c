/* SPDX-License-Identifier: GPL-3.0-or-later */
/* english.c - sentences for programs */
#define _XOPEN_SOURCE 700 /* uselocale() */
#include "report/english.h"

#include <locale.h>

/* All as the program has it, but for the messages, and days and months in them. */
static locale_t english;

void
rp_english_begin(void)
{
    if (english == (locale_t)0)
        english = newlocale(LC_MESSAGES_MASK | LC_TIME_MASK, "C",
                            duplocale(LC_GLOBAL_LOCALE));
    uselocale(english);
}

void
rp_english_end(void)
{
    uselocale(LC_GLOBAL_LOCALE);
}
