/* SPDX-License-Identifier: GPL-3.0-or-later */
/* logistic.h - ridge logistic regression
 *
 * Pure. Maximises sum w (y ln p + (1 - y) ln(1 - p)) - (lambda / 2) sum b_j^2, the
 * intercept free (le Cessie & van Houwelingen 1992, Appl. Stat. 41(1):191-201), by
 * Newton's method.
 */
#pragma once

#include <stdint.h>

enum { RP_LOGISTIC_MAX_COLUMNS = 16 };

/* A design: n rows of k columns, one row after the other, k at most
 * RP_LOGISTIC_MAX_COLUMNS. Foreign. */
typedef struct {
    const double *x; /* n * k values */
    const double *y; /* n; 0 or 1 */
    const double *w; /* n; weights > 0 */
    uint32_t n, k;
} RpDesign;

/* Writes the intercept and k coefficients to b; all 0 for n = 0. Finite whatever the
 * rows are, as long as they are finite and lambda > 0. */
void rp_logistic_fit(const RpDesign *design, double lambda, double *b);

/* 1 / (1 + exp(-z)), without overflow. */
double rp_logistic(double z);
