/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-logistic.c - ridge logistic regression against worked examples */
#include "core/logistic.h"

#include <glib.h>
#include <math.h>

/* Without columns only the intercept is left: the weighted log odds. */
static void
test_intercept(void)
{
    static const double y[] = {1, 1, 1, 0}, w[] = {1, 1, 2, 1};
    const RpDesign design = {NULL, y, w, 4, 0};
    double b[1];

    rp_logistic_fit(&design, 20, b);
    g_assert_cmpfloat_with_epsilon(b[0], log(4.0 / 1.0), 1e-9);
}

/* At the maximum the gradient is zero: sum w (y - p) = 0, and of each column
 * sum w x (y - p) = lambda b. */
static void
check_gradient(const RpDesign *design, double lambda, const double *b)
{
    for (uint32_t j = 0; j <= design->k; j++) {
        double gradient = j > 0 ? -lambda * b[j] : 0;

        for (uint32_t i = 0; i < design->n; i++) {
            const double *row = design->x + (gsize)i * design->k;
            double z = b[0];

            for (uint32_t l = 0; l < design->k; l++)
                z += b[l + 1] * row[l];
            gradient += design->w[i] * (design->y[i] - 1 / (1 + exp(-z))) *
                        (j > 0 ? row[j - 1] : 1);
        }
        g_assert_cmpfloat(fabs(gradient), <, 1e-6);
    }
}

/* n rows of k columns, of a known truth: b_j = 1 / (j + 1). */
static void
test_gradient(void)
{
    enum { N = 300, K = 12 };
    g_autofree double *x = g_new(double, N *K), *y = g_new(double, N),
                      *w = g_new(double, N);
    GRand *rand = g_rand_new_with_seed(7);
    double b[K + 1];
    RpDesign design = {x, y, w, N, K};

    for (int i = 0; i < N; i++) {
        double z = 0;

        for (int j = 0; j < K; j++) {
            x[i * K + j] = g_rand_double_range(rand, -2, 2);
            z += x[i * K + j] / (j + 1);
        }
        y[i] = g_rand_double(rand) < 1 / (1 + exp(-z));
        w[i] = g_rand_double_range(rand, 0.1, 1);
    }
    for (double lambda = 0.01; lambda < 1000; lambda *= 10) {
        rp_logistic_fit(&design, lambda, b);
        check_gradient(&design, lambda, b);
    }
    g_rand_free(rand);
}

static void
test_degenerate(void)
{
    static const double x[] = {1e6, -1e6, 0, 0}, ones[] = {1, 1, 1, 1},
                        zeros[] = {0, 0, 0, 0}, mixed[] = {1, 0, 1, 0},
                        w[] = {1, 1, 1, 1};
    static const struct {
        const char *what;
        const double *y;
        uint32_t n;
    } cases[] = {
        {"no row", ones, 0},
        {"one row", ones, 1},
        {"all answered", ones, 4},
        {"none answered", zeros, 4},
        {"an enormous column", mixed, 4},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpDesign design = {x, cases[i].y, w, cases[i].n, 1};
        double b[2];

        g_test_message("%s", cases[i].what);
        rp_logistic_fit(&design, 20, b);
        g_assert_true(isfinite(b[0]) && isfinite(b[1]));
    }
    g_assert_cmpfloat(rp_logistic(1000), ==, 1);
    g_assert_cmpfloat(rp_logistic(-1000), ==, 0);
    g_assert_cmpfloat(rp_logistic(0), ==, 0.5);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/logistic/intercept", test_intercept);
    g_test_add_func("/logistic/gradient", test_gradient);
    g_test_add_func("/logistic/degenerate", test_degenerate);
    return g_test_run();
}
