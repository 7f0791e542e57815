/* SPDX-License-Identifier: GPL-3.0-or-later */
/* favours.h - what a person and I did for each other, in words: F1 to F4 */
#pragma once

#include "view/view.h"

typedef struct {
    guint n[RP_N_OUTCOMES]; /* asked, given, received, thanked, as of the view */
    guint n_unthanked;      /* follow-ups of channel favour that are open */
} RpFavours;
RpFavours rp_favours_of(const RpView *view, uint32_t person);

/* F4: "You gave 1 favour and received 2: they did more for you. Thanks are owed for 1."
 * NULL if there was none. Owned by the caller. */
char *rp_favours_text(const RpFavours *favours);
