/* SPDX-License-Identifier: GPL-3.0-or-later */
/* score.h - how good predicted probabilities were
 *
 * Pure. AUC: Hanley & McNeil 1982, Radiology 143(1):29-36; Brier 1950, Mon. Weather
 * Rev. 78(1):1-3.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    double p;
    bool is_answered;
} RpGuess;

enum { RP_N_BINS = 10 };

typedef struct {
    uint32_t n, n_answered;
    double auc; /* the chance that an answered one was guessed higher than another, ties
                   count half; NAN if all were or none was */
    double brier; /* the mean squared error */
    double
        skill; /* 1 - brier / that of guessing base_rate each time; NAN if that is 0 */
    double
        calibration_error; /* mean distance of predicted and observed share, by bin */
    struct {
        uint32_t n;
        double predicted, observed; /* means */
    } bins[RP_N_BINS]; /* of equal size, the least probable first; n may be 0 */
} RpScore;

/* Sorts the guesses. All figures of none are NAN or 0. */
void rp_score(RpGuess *guesses, uint32_t n, double base_rate, RpScore *score);
