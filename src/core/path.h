/* SPDX-License-Identifier: GPL-3.0-or-later */
/* path.h - who knows whom, and who can introduce me: B4, B5
 *
 * Pure. What headers show of others: only mail that reached me or that I sent. Persons
 * are indices in corpus->persons; instants (_at) seconds since 1970-01-01 UTC.
 */
#pragma once

#include "core/contacts.h"

/* B4: of the three years before. A mail to n addresses weighs 1/n, as in B1. */
typedef struct {
    uint32_t n_there, n_back; /* mails from the first to the second, and back */
    double there, back;       /* the same, weighed */
    int64_t last_at;          /* RP_NEVER without any */
} RpTie;

/* The harmonic mean of both ways; of one way alone a quarter. */
double rp_tie_strength(const RpTie *tie);
bool rp_tie_is_mutual(const RpTie *tie);

/* B5: I know via, and via knows the target. A chain is as strong as its weakest link
 * (Pollack 1960, The maximum capacity through a network, Oper. Res. 8(5):733-736). */
typedef struct {
    uint32_t via, target;
    RpTie mine;   /* me and via: mutual */
    RpTie theirs; /* via and the target */
    double strength;
} RpPath;

/* The paths to those whose is_target, by person index, is set: mutual ones first, then
 * by strength, then by persons' keys. Of RpPath; the caller's. */
GArray *rp_paths(const RpDerivation *derivation, const uint8_t *is_target);

/* The ties between me (the first) and each person, by person index; g_free() it. */
RpTie *rp_ties(const RpDerivation *derivation);
