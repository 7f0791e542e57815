/* SPDX-License-Identifier: GPL-3.0-or-later */
/* score.c - how good predicted probabilities were */
#include "core/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Ties by outcome, so that the order given does not show in the bins. */
static int
compare(const void *a, const void *b)
{
    const RpGuess *x = a, *y = b;

    if (x->p < y->p || x->p > y->p)
        return x->p < y->p ? -1 : 1;
    return (x->is_answered > y->is_answered) - (x->is_answered < y->is_answered);
}

/* By the sum of ranks of the answered; those of one p share their mean rank. */
static double
auc(const RpGuess *guesses, uint32_t n, uint32_t n_answered)
{
    double ranks = 0, k = n_answered;

    for (uint32_t i = 0, end; i < n; i = end) {
        uint32_t n_tied = 0;

        for (end = i; end < n && guesses[end].p <= guesses[i].p; end++)
            n_tied += guesses[end].is_answered ? 1 : 0;
        ranks += n_tied * ((i + 1.0 + end) / 2);
    }
    if (n_answered == 0 || n_answered == n)
        return (double)NAN;
    return (ranks - k * (k + 1) / 2) / (k * (n - k));
}

static double
squared_error(double p, bool is_answered)
{
    double error = p - (is_answered ? 1 : 0);

    return error * error;
}

static void
fill_bin(const RpGuess *guesses, uint32_t n, int bin, RpScore *score)
{
    uint32_t first = (uint32_t)((uint64_t)n * (unsigned)bin / RP_N_BINS);
    uint32_t end = (uint32_t)((uint64_t)n * (unsigned)(bin + 1) / RP_N_BINS);
    double p = 0, y = 0;

    score->bins[bin].n = end - first;
    if (end == first)
        return;
    for (uint32_t i = first; i < end; i++) {
        p += guesses[i].p;
        y += guesses[i].is_answered ? 1 : 0;
    }
    score->bins[bin].predicted = p / (end - first);
    score->bins[bin].observed = y / (end - first);
    score->calibration_error += fabs(p - y) / n;
}

void
rp_score(RpGuess *guesses, uint32_t n, double base_rate, RpScore *score)
{
    double base = 0;

    memset(score, 0, sizeof *score);
    score->n = n;
    if (n > 0)
        qsort(guesses, n, sizeof *guesses, compare);
    for (uint32_t i = 0; i < n; i++) {
        score->n_answered += guesses[i].is_answered ? 1 : 0;
        score->brier += squared_error(guesses[i].p, guesses[i].is_answered) / n;
        base += squared_error(base_rate, guesses[i].is_answered) / n;
    }
    score->auc = auc(guesses, n, score->n_answered);
    score->skill = base > 0 ? 1 - score->brier / base : (double)NAN;
    for (int bin = 0; bin < RP_N_BINS; bin++)
        fill_bin(guesses, n, bin, score);
}
