/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backoff.c - how long to wait before the next try */
#include "daemon/backoff.h"

enum { FIRST_MS = 1000, LAST_MS = 15 * 60 * 1000 };

guint
rp_backoff_ms(guint n_failures, double chance)
{
    guint full = LAST_MS;

    if (n_failures >= 1 && n_failures <= 10)
        full = MIN((guint)FIRST_MS << (n_failures - 1), LAST_MS);
    return MAX((guint)(full * (1 - chance / 2)), FIRST_MS);
}
