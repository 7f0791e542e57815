/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phrase.h - the words that notices are made of, in the user's language
 *
 * Pure. What is returned is the caller's. */
#pragma once

#include "daemon/candidate.h"

/* "3 days", "1 hour": whole units, rounded down; hours up to two days, days up to two
 * weeks. What is not over 0 is "less than a minute". */
char *rp_phrase_duration(int64_t duration_s);

/* "1 hour" since it was opened. */
char *rp_phrase_wait(const RpCandidate *candidate, int64_t now_at);

/* "; you usually answer in 5 hours"; "" where nothing is usual. */
char *rp_phrase_usual(const RpCandidate *candidate);

/* Takes over a text that is to stand within ours: written from right to left it would
 * turn our words round. */
char *rp_phrase_embed(char *text);

/* Cleaned, at most width columns wide. */
char *rp_phrase_subject(const RpCandidate *candidate, int width);

/* A name of nothing that can be seen is none: then it is the address. */
char *rp_phrase_name(const RpCandidate *candidate);

/* "3 replies"; where channels differ, "3 answers". members are of const RpCandidate *,
 * and not empty. */
char *rp_phrase_count(const GPtrArray *members);

/* "tomorrow, 16:40"; else with the date. */
char *rp_phrase_until(int64_t at, GTimeZone *zone, int64_t now_at);
