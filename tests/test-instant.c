/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-instant.c - instants and durations, read and written */
#include "core/instant.h"

/* Expected values: date -u -d TEXT +%s */
static void
test_civil(void)
{
    static const struct {
        const char *what;
        RpCivil civil;
        int64_t expected;
    } cases[] = {
        {"epoch", {1970, 1, 1, 0, 0, 0}, 0},
        {"leap day", {2000, 2, 29, 12, 0, 0}, 951825600},
        {"now-ish", {2026, 11, 22, 21, 40, 2}, 1795383602},
        {"before the epoch", {1969, 12, 31, 23, 59, 59}, -1},
        {"first", {1, 1, 1, 0, 0, 0}, -62135596800},
        {"last", {9999, 12, 31, 23, 59, 59}, 253402300799},
        {"leap second", {2016, 12, 31, 23, 59, 60}, 1483228800},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t at = -99;

        g_test_message("%s", cases[i].what);
        g_assert_true(rp_instant_from_civil(&cases[i].civil, &at));
        g_assert_cmpint(at, ==, cases[i].expected);
    }
}

static void
test_civil_invalid(void)
{
    static const RpCivil cases[] = {
        {2026, 2, 31, 0, 0, 0}, {2025, 2, 29, 0, 0, 0}, {1900, 2, 29, 0, 0, 0},
        {2026, 0, 1, 0, 0, 0},  {2026, 13, 1, 0, 0, 0}, {2026, 1, 0, 0, 0, 0},
        {2026, 1, 1, 24, 0, 0}, {2026, 1, 1, -1, 0, 0}, {2026, 1, 1, 0, 60, 0},
        {2026, 1, 1, 0, 0, 61}, {0, 1, 1, 0, 0, 0},     {10000, 1, 1, 0, 0, 0},
        {2026, 4, 31, 0, 0, 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t at = -99;

        g_assert_false(rp_instant_from_civil(&cases[i], &at));
        g_assert_cmpint(at, ==, -99);
    }
}

static void
test_parse(void)
{
    static const struct {
        const char *text, *zone;
        int64_t expected;
    } cases[] = {
        {"2026-11-22T21:40:02Z", NULL, 1795383602},
        {"2026-11-22 21:40:02Z", NULL, 1795383602},
        {"2026-11-22T23:40:02+02:00", NULL, 1795383602},
        {"2026-11-22T23:40:02+0200", NULL, 1795383602},
        {"2026-11-22T16:40:02-05", NULL, 1795383602},
        {"2026-11-22T21:40", NULL, 1795383600},
        {"2026-11-22", NULL, 1795305600},
        {"2026-11-22", "Europe/Berlin", 1795302000},
        {"2026-07-01T12:00:00", "Europe/Berlin", 1782900000},
        {"2026-07-01T12:00:00Z", "Europe/Berlin", 1782907200},
        {"2026-03-29T02:30:00", "Europe/Berlin", 1774746000}, /* 03:00 */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GTimeZone) zone =
            cases[i].zone ? g_time_zone_new_identifier(cases[i].zone) : NULL;
        int64_t at = -99;

        g_test_message("%s %s", cases[i].text, cases[i].zone ? cases[i].zone : "");
        if (cases[i].zone != NULL && zone == NULL)
            continue; /* no such time zone on this machine */
        g_assert_true(rp_instant_parse(cases[i].text, zone, &at));
        g_assert_cmpint(at, ==, cases[i].expected);
    }
}

static void
test_parse_invalid(void)
{
    static const char *const cases[] = {
        "",
        "now",
        "2026",
        "2026-11",
        "2026-11-31",
        "2026-11-22T",
        "2026-11-22T24:00:00Z",
        "2026-11-22T21:40:02Zx",
        "2026-11-22T21:40:02+",
        "2026-11-22T21:40:02+2",
        "2026-11-22T21:40:02+24:00",
        "2026-11-22T21:40:02+02:60",
        "2026-11-22T21:40:",
        " 2026-11-22",
        "2026-11-22Z ",
        "20261122T214002Z",
        "12026-11-22",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
        int64_t at = -99;

        g_test_message("'%s'", cases[i]);
        g_assert_false(rp_instant_parse(cases[i], NULL, &at));
        g_assert_false(rp_instant_parse(cases[i], utc, &at));
        g_assert_cmpint(at, ==, -99);
    }
}

static void
test_format(void)
{
    static const struct {
        int64_t at;
        const char *expected;
    } cases[] = {
        {0, "1970-01-01T00:00:00Z"},
        {1795383602, "2026-11-22T21:40:02Z"},
        {-62135596800, "0001-01-01T00:00:00Z"},
        {253402300799, "9999-12-31T23:59:59Z"},
        {253402300800, NULL},
        {-62135596801, NULL},
        {RP_NEVER, NULL},
        {INT64_MIN, NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_instant_format(cases[i].at);

        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

static void
test_duration_parse(void)
{
    static const struct {
        const char *text;
        int64_t expected;
    } cases[] = {
        {"48h", 172800}, {"30d", 2592000},  {"5m", 300}, {"90s", 90},
        {"2w", 1209600}, {"1d12h", 129600}, {"0s", 0},   {"007m", 420},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t got = -99;

        g_test_message("%s", cases[i].text);
        g_assert_true(rp_duration_parse(cases[i].text, &got));
        g_assert_cmpint(got, ==, cases[i].expected);
    }
}

static void
test_duration_parse_invalid(void)
{
    static const char *const cases[] = {
        "",
        "48",
        "h",
        "1x",
        "-1h",
        "+1h",
        "1.5h",
        "1 h",
        " 1h",
        "1h ",
        "1d12",
        "1H",
        "99999999999999999999s",
        "9999999999999999w",
        "4000000000000000000s4000000000000000000s4000000000000000000s",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t got = -99;

        g_test_message("'%s'", cases[i]);
        g_assert_false(rp_duration_parse(cases[i], &got));
        g_assert_cmpint(got, ==, -99);
    }
}

static void
test_duration_format(void)
{
    static const struct {
        int64_t duration_s;
        const char *expected;
    } cases[] = {
        {0, "0 s"},
        {40, "40 s"},
        {60, "1 min"},
        {740, "12 min 20 s"},
        {3600, "1 h"},
        {3659, "1 h"}, /* only neighbouring units */
        {5 * RP_HOUR_S + 59, "5 h"},
        {RP_DAY_S - 1, "23 h 59 min"},
        {3 * RP_DAY_S + 4 * RP_HOUR_S + 59, "3 d 4 h"},
        {400 * RP_DAY_S, "400 d"},
        {-RP_HOUR_S, "-1 h"},
        {INT64_MIN, "-106751991167300 d 15 h"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_duration_format(cases[i].duration_s);

        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/instant/civil", test_civil);
    g_test_add_func("/instant/civil-invalid", test_civil_invalid);
    g_test_add_func("/instant/parse", test_parse);
    g_test_add_func("/instant/parse-invalid", test_parse_invalid);
    g_test_add_func("/instant/format", test_format);
    g_test_add_func("/instant/duration-parse", test_duration_parse);
    g_test_add_func("/instant/duration-parse-invalid", test_duration_parse_invalid);
    g_test_add_func("/instant/duration-format", test_duration_format);
    return g_test_run();
}
