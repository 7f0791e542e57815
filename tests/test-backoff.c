/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-backoff.c - pauses between tries */
#include "daemon/backoff.h"

static void
test_pauses(void)
{
    static const struct {
        const char *what;
        guint n_failures;
        double chance;
        guint expected_ms;
    } cases[] = {
        {"first", 1, 0.0, 1000},
        {"never below a second", 1, 0.99, 1000},
        {"doubled", 2, 0.0, 2000},
        {"less by chance", 3, 0.5, 3000},
        {"ninth", 9, 0.0, 256000},
        {"not more than 15 min", 11, 0.0, 900000},
        {"nor after ever so many", G_MAXUINT, 0.0, 900000},
        {"spread", G_MAXUINT, 0.5, 675000},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].what);
        g_assert_cmpuint(rp_backoff_ms(cases[i].n_failures, cases[i].chance), ==,
                         cases[i].expected_ms);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/backoff/pauses", test_pauses);
    return g_test_run();
}
