/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nearest.h - the known word that somebody may have meant
 *
 * Pure. Words are compared byte by byte, ASCII letters in any case.
 */
#pragma once

#include <glib.h>

/* How many letters must be added, dropped, changed or swapped with their
 * neighbour to make b of a (optimal string alignment: Damerau 1964). At most the
 * first 63 bytes of each count. */
unsigned rp_nearest_distance(const char *a, const char *b);

/* The one of words (n of them, NULL ones passed over) that is nearest to text, if
 * it is near enough to have been meant: it begins with text, or at most a third
 * of its letters differ. NULL if there is none. Foreign. */
const char *rp_nearest(const char *text, const char *const *words, size_t n);
