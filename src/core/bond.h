/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bond.h - how close a person is to me, and whether that fades: B2, B3
 *
 * Pure. Shares are in 0..1; instants (_at) and durations (_s) in seconds. Its parts
 * are those that Gilbert & Karahalios 2009 (Predicting tie strength with social media,
 * CHI) and Granovetter 1973 (The strength of weak ties, Am. J. Sociol. 78(6):1361)
 * name and headers can tell; doc/RULES.md has the formula.
 */
#pragma once

#include "core/contacts.h"

enum { RP_BOND_MONTHS = 12 };

typedef struct {
    /* B1, of the 365 days before: contacts by them and by me, and their weights. */
    uint32_t n_in, n_out;
    double in, out;
    uint32_t n_months;           /* of the last twelve, those with contact */
    int64_t first_at, last_at;   /* of all; RP_NEVER without any */
    double mine_48h, theirs_48h; /* R13's shares answered, of the year; NAN: unknown */
    uint32_t n_mine, n_theirs;   /* the follow-ups that these are of */
    /* B2. */
    double reciprocity, regularity, recency, answers;
    double closeness;
    /* B3. */
    uint32_t n_days;       /* with contact, of all */
    int64_t usual_gap_s;   /* 9 of 10 silences were not longer; -1: too few days */
    double closeness_then; /* B2 at the last contact */
    bool is_fading, is_lost;
} RpBond;

/* By person index, as of the derivation's instant; g_free() it. */
RpBond *rp_bonds(const RpDerivation *derivation);

/* Of one person's contacts (NULL: none) alone, without answers; for tests. */
void rp_bond_of(const GArray *contacts, int64_t as_of_at, RpBond *bond);

/* "close", "warm", "loose" or "none": static. */
const char *rp_bond_word(double closeness);
