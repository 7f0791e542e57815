/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-progress.c - the line of an account that is being read */
#include "cli/progress.h"

#include <string.h>

#include "report/text.h"

#define SECONDS(n) ((int64_t)(n)*G_USEC_PER_SEC)

static void
test_line(void)
{
    static const struct {
        const char *what;
        RpProgressState state;
        int width;
        const char *expected;
    } cases[] = {
        {"nothing known", {"work", "", 0, 0, 0}, 80, "work       connecting"},
        /* 600 in 2 s are 300 a second; 2,400 - 600 at that rate take 6 s. The bar has
         * 80 - 10 - 14 - 38 - 5 = 13 columns, a quarter of them full: 3 */
        {"a bar in a usual terminal",
         {"work", "INBOX", 600, 2400, SECONDS(2)},
         80,
         "work       INBOX          [###..........] 600/2,400  300/s  0:06 left"},
        /* 70 - 67 = 3: too few to draw */
        {"narrow: no bar",
         {"work", "INBOX", 600, 2400, SECONDS(2)},
         70,
         "work       INBOX          600/2,400  300/s  0:06 left"},
        /* 120 - 67 columns are more than the 30 of the longest */
        {"the longest bar",
         {"work", "INBOX", 600, 2400, SECONDS(2)},
         120,
         "work       INBOX          [#######.......................] 600/2,400  300/s"
         "  0:06 left"},
        {"too early for a rate",
         {"work", "INBOX", 10, 2400, SECONDS(0.1)},
         70,
         "work       INBOX          10/2,400"},
        {"through",
         {"w", "Sent", 5, 5, SECONDS(9)},
         70,
         "w          Sent           5/5"},
        {"minutes",
         {"w", "All", 1000, 1234567, SECONDS(1)},
         70,
         "w          All            1,000/1,234,567  1,000/s  20:34 left"},
        {"more than was promised",
         {"w", "All", 7, 5, SECONDS(1)},
         80,
         "w          All            [#############] 7/5"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_progress_line(&cases[i].state, cases[i].width);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

/* A folder's name may be anything; the line stays one line. */
static void
test_hostile_folder(void)
{
    const RpProgressState state = {"work", "evil\n\033[2J高橋健高橋健高橋健高橋健", 1,
                                   2, 0};
    g_autofree char *got = rp_progress_line(&state, 60);

    g_assert_null(strpbrk(got, "\n\033"));
    g_assert_cmpint(rp_text_width(got), <=, 60);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/progress/line", test_line);
    g_test_add_func("/progress/hostile-folder", test_hostile_folder);
    return g_test_run();
}
