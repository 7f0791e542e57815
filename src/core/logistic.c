/* SPDX-License-Identifier: GPL-3.0-or-later */
/* logistic.c - ridge logistic regression by Newton's method */
#include "core/logistic.h"

#include <math.h>
#include <string.h>

enum {
    SIZE = RP_LOGISTIC_MAX_COLUMNS + 1, /* with the intercept */
    MAX_STEPS = 100,
};

static const double STEP_MIN = 1e-9;
static const double SAFE_STEP = 1;         /* longer ones may lead past the maximum */
static const double CURVATURE_MIN = 1e-12; /* of the intercept, which no ridge holds */

typedef struct {
    double gradient[SIZE];
    double hessian[SIZE][SIZE]; /* the lower triangle */
} System;

double
rp_logistic(double z)
{
    double e = exp(-fabs(z));

    return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

static double
predict(const double *row, const double *b, uint32_t k)
{
    double z = b[0];

    for (uint32_t j = 0; j < k; j++)
        z += b[j + 1] * row[j];
    return z;
}

static void
add_row(System *s, const RpDesign *d, uint32_t i, const double *b)
{
    const double *row = d->x + (size_t)i * d->k;
    double p = rp_logistic(predict(row, b, d->k));
    double residual = d->w[i] * (d->y[i] - p), weight = d->w[i] * p * (1 - p);

    s->gradient[0] += residual;
    s->hessian[0][0] += weight;
    for (uint32_t j = 0; j < d->k; j++) {
        s->gradient[j + 1] += residual * row[j];
        s->hessian[j + 1][0] += weight * row[j];
        for (uint32_t l = 0; l <= j; l++)
            s->hessian[j + 1][l + 1] += weight * row[j] * row[l];
    }
}

static void
make_system(System *s, const RpDesign *d, double lambda, const double *b)
{
    memset(s, 0, sizeof *s);
    for (uint32_t i = 0; i < d->n; i++)
        add_row(s, d, i, b);
    s->hessian[0][0] += CURVATURE_MIN;
    for (uint32_t j = 1; j <= d->k; j++) {
        s->gradient[j] -= lambda * b[j];
        s->hessian[j][j] += lambda;
    }
}

/* Cholesky, in place: the lower triangle becomes its own root. */
static void
decompose(double a[SIZE][SIZE], uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            double sum = a[i][j];

            for (uint32_t l = 0; l < j; l++)
                sum -= a[i][l] * a[j][l];
            a[i][j] = i == j ? sqrt(fmax(sum, CURVATURE_MIN)) : sum / a[j][j];
        }
    }
}

/* Solves for the step, which takes the gradient's place. */
static void
solve(System *s, uint32_t n)
{
    decompose(s->hessian, n);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < i; j++)
            s->gradient[i] -= s->hessian[i][j] * s->gradient[j];
        s->gradient[i] /= s->hessian[i][i];
    }
    for (uint32_t i = n; i-- > 0;) {
        for (uint32_t j = i + 1; j < n; j++)
            s->gradient[i] -= s->hessian[j][i] * s->gradient[j];
        s->gradient[i] /= s->hessian[i][i];
    }
}

static double
objective(const RpDesign *d, double lambda, const double *b)
{
    double sum = 0;

    for (uint32_t i = 0; i < d->n; i++) {
        double z = predict(d->x + (size_t)i * d->k, b, d->k);

        /* ln p = -ln(1 + exp(-z)) */
        z = d->y[i] > 0.5 ? z : -z;
        sum += d->w[i] * (z >= 0 ? -log1p(exp(-z)) : z - log1p(exp(z)));
    }
    for (uint32_t j = 1; j <= d->k; j++)
        sum -= lambda / 2 * b[j] * b[j];
    return sum;
}

/* Goes that part of the step from where b is; returns the largest move. */
static double
move(const double *from, const double *step, double scale, uint32_t k, double *b)
{
    double largest = 0;

    for (uint32_t j = 0; j <= k; j++) {
        b[j] = from[j] + scale * step[j];
        largest = fmax(largest, fabs(scale * step[j]));
    }
    return largest;
}

/* Takes the step; of a long one the largest half, quarter ... that does not lead down.
 * Returns the largest move. */
static double
take_step(const RpDesign *d, double lambda, const double *step, double *b)
{
    double from[SIZE], before, largest;

    memcpy(from, b, sizeof(double) * (d->k + 1));
    largest = move(from, step, 1, d->k, b);
    if (largest <= SAFE_STEP)
        return largest;
    before = objective(d, lambda, from);
    for (double scale = 1; largest > STEP_MIN && objective(d, lambda, b) < before;) {
        scale /= 2;
        largest = move(from, step, scale, d->k, b);
    }
    return largest;
}

void
rp_logistic_fit(const RpDesign *design, double lambda, double *b)
{
    System system;

    memset(b, 0, sizeof(double) * (design->k + 1));
    /* Where all rows are alike the intercept grows until the steps are up. */
    if (design->n == 0)
        return;
    for (int i = 0; i < MAX_STEPS; i++) {
        make_system(&system, design, lambda, b);
        solve(&system, design->k + 1);
        if (take_step(design, lambda, system.gradient, b) < STEP_MIN)
            break;
    }
}
