/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-text.c - what mail says, on a terminal */
#include "report/text.h"

static void
test_clean(void)
{
    static const struct {
        const char *what, *text;
        int max_columns;
        const char *expected;
    } cases[] = {
        {"plain", "Lunch on Friday?", 0, "Lunch on Friday?"},
        {"nothing", "", 0, ""},
        {"no text at all", NULL, 0, ""},
        {"colours", "\033[31mred\033[0m", 0, "[31mred[0m"},
        {"bell and delete", "a\ab\177c", 0, "abc"},
        {"8-bit escape (CSI)", "a\302\2332Jb", 0, "a2Jb"},
        {"reversed file name", "\342\200\256gnp.exe", 0, "gnp.exe"},
        {"isolates", "\342\201\246a\342\201\251b", 0, "ab"},
        {"direction marks", "a\342\200\216\342\200\217\330\234b", 0, "ab"},
        {"line ends", "one\r\ntwo\nthree\tfour", 0, "one two three four"},
        {"line and paragraph separators", "a\342\200\250b\342\200\251c", 0, "a b c"},
        {"white space around", "  a  b \n", 0, "a b"},
        {"no UTF-8", "caf\351 cr\350me", 0, "caf\357\277\275 cr\357\277\275me"},
        {"half a character", "a\303", 0, "a\357\277\275"},
        {"accents stay", "cafe\314\201", 0, "cafe\314\201"},
        {"a tower of accents", "e\314\201\314\201\314\201\314\201\314\201\314\201!", 0,
         "e\314\201\314\201\314\201\314\201!"},
        {"fits", "abcdef", 6, "abcdef"},
        {"cut", "abcdefg", 6, "abcde…"},
        {"no space before the cut", "abcd efg", 6, "abcd…"},
        {"one column", "abc", 1, "…"},
        {"wide characters", "日本語", 5, "日本…"},
        {"half a wide character", "日本語", 4, "日…"},
        {"wide ones that fit", "日本語", 6, "日本語"},
        {"accents take no room", "e\314\201e\314\201", 2, "e\314\201e\314\201"},
        {"accents stay with their letter", "e\314\201bc", 2, "e\314\201…"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_text_clean(cases[i].text, cases[i].max_columns);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

static void
test_pad(void)
{
    static const struct {
        const char *what, *text;
        int columns;
        const char *expected;
    } cases[] = {
        {"shorter", "ab", 4, "ab  "},
        {"as long", "abcd", 4, "abcd"},
        {"longer", "abcde", 4, "abc…"},
        {"nothing", "", 2, "  "},
        {"wide", "日本", 5, "日本 "},
        {"half a wide character", "日本語", 4, "日… "},
        {"accents", "e\314\201", 2, "e\314\201 "},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_text_pad(cases[i].text, cases[i].columns);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
        g_assert_cmpint(rp_text_width(got), ==, cases[i].columns);
    }
}

static void
test_when(void)
{
    static const struct {
        const char *what;
        int64_t at;
        const char *expected;
    } cases[] = {
        {"winter", 1794182400, "2026-11-09 01:00"},
        {"summer", 1782864000, "2026-07-01 02:00"},
        {"never", INT64_MAX, "never"},
        {"no calendar has it", INT64_MIN, "never"},
    };
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_text_when(cases[i].at, zone);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/text/clean", test_clean);
    g_test_add_func("/text/pad", test_pad);
    g_test_add_func("/text/when", test_when);
    return g_test_run();
}
