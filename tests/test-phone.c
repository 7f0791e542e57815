/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-phone.c - telephone numbers as people and cards write them */
#include "core/phone.h"

#include <glib.h>

static void
test_normalize(void)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"030 123456", "030123456"},
        {"+49 (0)30 / 12 34-56", "+4930123456"},
        {"0049 30 123456", "+4930123456"},
        {"tel:+49-30-123456;ext=7", "+4930123456"},
        {"TEL:(202) 555.0143", "2025550143"},
        {"110", "110"},
        {"(0)30 123456", "030123456"}, /* without a country's code it is dialled */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_phone_normalize(cases[i].text);

        g_test_message("%s", cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

static void
test_no_number(void)
{
    static const char *const cases[] = {
        "+49(0)",  "",     "12",        "Ada",  "ada@example.org",       "+",
        "1+23456", "555x", "unknown 5", "00 1", "123456789012345678901",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_phone_normalize(cases[i]);

        g_test_message("\"%s\"", cases[i]);
        g_assert_null(got);
    }
}

static void
test_same(void)
{
    static const struct {
        const char *one, *other;
        bool expected;
    } cases[] = {
        {"+4930123456", "+4930123456", true},
        {"030123456", "+4930123456", true}, /* the zero is dialled at home only */
        {"2025550143", "+12025550143", true},
        {"5550143", "+12025550143", true}, /* seven digits: within a town */
        {"550143", "+12025550143", false}, /* six are too few */
        {"550143", "550143", true},        /* unless they are all there is */
        {"5550143", "02025550143", true},
        {"+3930123456", "+4930123456", false}, /* another country */
        {"030123457", "+4930123456", false},
        {"110", "+49110", false},
        {"0000000000", "+10000000000", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s %s", cases[i].one, cases[i].other);
        g_assert_true(rp_phone_is_same(cases[i].one, cases[i].other) ==
                      cases[i].expected);
        g_assert_true(rp_phone_is_same(cases[i].other, cases[i].one) ==
                      cases[i].expected);
    }
}

static bool
has_spelling(const char *number, const char *other)
{
    g_autoptr(GPtrArray) spellings = rp_phone_spellings(number);

    return g_ptr_array_find_with_equal_func(spellings, other, g_str_equal, NULL);
}

static void
test_spellings(void)
{
    static const struct {
        const char *one, *other;
        bool expected;
    } cases[] = {
        {"+4930123456", "+4930123456", true},
        {"+4930123456", "030123456", true},
        {"+4930123456", "30123456", true},
        {"+12025550143", "2025550143", true},
        {"+358401234567", "0401234567", true},
        {"+39061234567", "061234567", true}, /* Italy keeps the zero */
        {"030123456", "30123456", true},
        {"110", "110", true},
        {"110", "0110", false},
        {"+4930123456", "+4330123456", false},
        {"+4930123456", "123456", false},
        {"+49301234567", "1234567", false}, /* without the area's code */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s %s", cases[i].one, cases[i].other);
        g_assert_true(has_spelling(cases[i].one, cases[i].other) == cases[i].expected);
        g_assert_true(has_spelling(cases[i].other, cases[i].one) == cases[i].expected);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/phone/normalize", test_normalize);
    g_test_add_func("/phone/no-number", test_no_number);
    g_test_add_func("/phone/same", test_same);
    g_test_add_func("/phone/spellings", test_spellings);
    return g_test_run();
}
