/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-cadence.c - K1, K4: how often, and days of every year */
#include "core/cadence.h"

#include "core/instant.h"

static const struct {
    const char *text;
    int64_t expected_s; /* 0: refused */
    const char *again;
} CADENCES[] = {
    {"4w", 4 * RP_WEEK_S, "4w"},
    {"28d", 4 * RP_WEEK_S, "4w"},
    {"10d", 10 * RP_DAY_S, "10d"},
    {"1d12h", 36 * RP_HOUR_S, "1 d 12 h"},
    {"24h", RP_DAY_S, "1d"},
    {"23h", 0, NULL},
    {"3661d", 0, NULL},
    {"4", 0, NULL},
    {"", 0, NULL},
    {"monthly", 0, NULL},
};

static void
test_parse(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(CADENCES); i++) {
        int64_t every_s = 0;
        bool is_good = rp_cadence_parse(CADENCES[i].text, &every_s);
        g_autofree char *again = is_good ? rp_cadence_format(every_s) : NULL;

        g_test_message("\"%s\"", CADENCES[i].text);
        g_assert_true(is_good == (CADENCES[i].expected_s > 0));
        g_assert_cmpint(every_s, ==, CADENCES[i].expected_s);
        g_assert_cmpstr(again, ==, CADENCES[i].again);
    }
}

/* In Berlin, whose day begins an hour or two before the one of UTC. */
static const struct {
    const char *what, *date, *now, *expected; /* "2026-03-20 +4 41" */
} DAYS[] = {
    {"in four days", "1985-03-20", "2026-03-16T09:00:00Z", "2026-03-20 +4 41"},
    {"today", "1985-03-16", "2026-03-16T09:00:00Z", "2026-03-16 +0 41"},
    {"today, late", "1985-03-16", "2026-03-16T22:59:59Z", "2026-03-16 +0 41"},
    {"a second later it is a year away", "1985-03-16", "2026-03-16T23:00:00Z",
     "2027-03-16 +364 42"},
    {"without a year", "--03-20", "2026-03-16T09:00:00Z", "2026-03-20 +4 -1"},
    {"over the year's end", "1985-01-02", "2026-12-30T09:00:00Z", "2027-01-02 +3 42"},
    {"over the change of the clocks", "1985-03-30", "2026-03-27T09:00:00Z",
     "2026-03-30 +3 41"},
    {"29 February in a year that has it", "1984-02-29", "2028-02-27T09:00:00Z",
     "2028-02-29 +2 44"},
    {"29 February in one that has not: the 28th", "1984-02-29", "2026-02-27T09:00:00Z",
     "2026-02-28 +1 42"},
    {"and not once more on 1 March", "--02-29", "2026-03-01T09:00:00Z",
     "2027-02-28 +364 -1"},
    {"on 28 February of a leap year it is tomorrow", "--02-29", "2028-02-28T09:00:00Z",
     "2028-02-29 +1 -1"},
    {"the day itself, for the first time", "2026-03-16", "2026-03-16T09:00:00Z",
     "2026-03-16 +0 0"},
};

static int64_t
instant(const char *text)
{
    int64_t at = RP_NEVER;

    g_assert_true(rp_instant_parse(text, NULL, &at));
    return at;
}

static void
test_days(void)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");

    for (size_t i = 0; i < G_N_ELEMENTS(DAYS); i++) {
        RpYearday day = {0};
        g_autofree char *got = NULL;

        g_test_message("%s", DAYS[i].what);
        g_assert_true(rp_yearday_next(DAYS[i].date, instant(DAYS[i].now), zone, &day));
        got = g_strdup_printf("%04d-%02d-%02d +%u %d", day.year, day.month, day.day,
                              day.n_days, day.n_years);
        g_assert_cmpstr(got, ==, DAYS[i].expected);
    }
}

static void
test_no_days(void)
{
    static const char *const dates[] = {
        "",           "1985",       "1985-03",    "1985-13-01",  "1985-02-30",
        "--02-30",    "--2-3",      "1985/03/20", "0000-03-20",  "1985-03-20T00:00",
        "2030-03-20", "1985-00-20", "1985-03-00", "-1985-03-20", "--0320"};
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");

    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
        RpYearday day = {0};

        g_test_message("\"%s\"", dates[i]);
        g_assert_false(
            rp_yearday_next(dates[i], instant("2026-03-16T09:00:00Z"), zone, &day));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/cadence/K1-parse", test_parse);
    g_test_add_func("/cadence/K4-days", test_days);
    g_test_add_func("/cadence/K4-no-days", test_no_days);
    return g_test_run();
}
