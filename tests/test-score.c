/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-score.c - R12: how good predicted probabilities were, worked out by hand */
#include "core/score.h"

#include <glib.h>
#include <math.h>

/* Pairs of an answered and an unanswered one: (0.8, 0.2), (0.8, 0.6), (0.6, 0.2) are in
 * order, (0.6, 0.6) is a tie: 3.5 of 4. */
static void
test_small(void)
{
    RpGuess guesses[] = {{0.6, false}, {0.8, true}, {0.2, false}, {0.6, true}};
    RpScore score;

    rp_score(guesses, 4, 0.5, &score);
    g_assert_cmpuint(score.n_answered, ==, 2);
    g_assert_cmpfloat_with_epsilon(score.auc, 3.5 / 4, 1e-12);
    g_assert_cmpfloat_with_epsilon(score.brier, (0.36 + 0.04 + 0.04 + 0.16) / 4, 1e-12);
    g_assert_cmpfloat_with_epsilon(score.skill, 1 - 0.15 / 0.25, 1e-12);
    /* a bin each: 0.2, 0.6, 0.4, 0.2 away from what was */
    g_assert_cmpfloat_with_epsilon(score.calibration_error, 1.4 / 4, 1e-12);
}

static void
test_bins(void)
{
    RpGuess guesses[20];
    RpScore score;

    for (int i = 0; i < 20; i++)
        guesses[19 - i] = (RpGuess){i / 20.0, i % 2 == 0};
    rp_score(guesses, 20, 0.5, &score);
    for (int bin = 0; bin < RP_N_BINS; bin++) {
        g_assert_cmpuint(score.bins[bin].n, ==, 2);
        g_assert_cmpfloat_with_epsilon(score.bins[bin].observed, 0.5, 1e-12);
        g_assert_cmpfloat_with_epsilon(score.bins[bin].predicted, (4 * bin + 1) / 40.0,
                                       1e-12);
    }
}

static void
test_nothing_to_tell(void)
{
    RpGuess all[] = {{0.3, true}, {0.4, true}};
    RpScore score;

    rp_score(NULL, 0, 0.5, &score);
    g_assert_true(isnan(score.auc) && isnan(score.skill));
    g_assert_cmpuint(score.bins[3].n, ==, 0);
    rp_score(all, 2, 1, &score);
    g_assert_true(isnan(score.auc) && isnan(score.skill));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/score/small", test_small);
    g_test_add_func("/score/bins", test_bins);
    g_test_add_func("/score/nothing-to-tell", test_nothing_to_tell);
    return g_test_run();
}
