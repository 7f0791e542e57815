/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-period.c - weeks, months, quarters and years, and what comes before each */
#include "report/period.h"

enum { HOUR = RP_HOUR_S, DAY = RP_DAY_S };

/* 2026-11-09T00:00:00Z, a Monday, week 46; Berlin is one hour ahead. */
#define MONDAY ((int64_t)1794182400)
#define NOW (MONDAY + 11 * DAY + 12 * HOUR) /* Friday 20 November */

static GTimeZone *
berlin(void)
{
    return g_time_zone_new_identifier("Europe/Berlin");
}

static char *
local_text(int64_t at, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);

    return g_date_time_format(local, "%Y-%m-%d %H:%M");
}

/* Berlin's clocks go forward on 2026-03-29 (W13) and back on 2026-10-25 (W43). */
static void
test_names(void)
{
    static const struct {
        const char *text, *label, *before, *from, *before_from;
        int n_hours;
    } cases[] = {
        {"2026-W46", "2026-W46", "2026-W45", "2026-11-09", "2026-11-02", 168},
        {"2026-W13", "2026-W13", "2026-W12", "2026-03-23", "2026-03-16", 167},
        {"2026-W43", "2026-W43", "2026-W42", "2026-10-19", "2026-10-12", 169},
        {"2026-W01", "2026-W01", "2025-W52", "2025-12-29", "2025-12-22", 168},
        {"2026-W53", "2026-W53", "2026-W52", "2026-12-28", "2026-12-21", 168},
        {"2026-11", "2026-11", "2026-10", "2026-11-01", "2026-10-01", 30 * 24},
        {"2026-03", "2026-03", "2026-02", "2026-03-01", "2026-02-01", 31 * 24 - 1},
        {"2026-01", "2026-01", "2025-12", "2026-01-01", "2025-12-01", 31 * 24},
        {"2024-02", "2024-02", "2024-01", "2024-02-01", "2024-01-01", 29 * 24},
        {"2026-Q4", "2026-Q4", "2026-Q3", "2026-10-01", "2026-07-01", 92 * 24 + 1},
        {"2026-Q1", "2026-Q1", "2025-Q4", "2026-01-01", "2025-10-01", 90 * 24 - 1},
        {"2026", "2026", "2025", "2026-01-01", "2025-01-01", 365 * 24},
        {"this-week", "2026-W47", "2026-W46", "2026-11-16", "2026-11-09", 168},
        {"last-week", "2026-W46", "2026-W45", "2026-11-09", "2026-11-02", 168},
        {"this-month", "2026-11", "2026-10", "2026-11-01", "2026-10-01", 30 * 24},
        {"last-month", "2026-10", "2026-09", "2026-10-01", "2026-09-01", 31 * 24 + 1},
        {"this-quarter", "2026-Q4", "2026-Q3", "2026-10-01", "2026-07-01", 92 * 24 + 1},
        {"last-quarter", "2026-Q3", "2026-Q2", "2026-07-01", "2026-04-01", 92 * 24},
        {"this-year", "2026", "2025", "2026-01-01", "2025-01-01", 365 * 24},
        {"last-year", "2025", "2024", "2025-01-01", "2024-01-01", 365 * 24},
    };
    g_autoptr(GTimeZone) zone = berlin();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *expected_from = g_strconcat(cases[i].from, " 00:00", NULL);
        g_autofree char *expected_before =
            g_strconcat(cases[i].before_from, " 00:00", NULL);
        g_autofree char *from = NULL;
        g_autofree char *before = NULL;
        RpPeriod period = {.label = ""};

        g_test_message("%s", cases[i].text);
        g_assert_true(rp_period_parse(cases[i].text, NOW, zone, &period));
        from = local_text(period.from_at, zone);
        before = local_text(period.before_at, zone);
        g_assert_cmpstr(from, ==, expected_from);
        g_assert_cmpstr(before, ==, expected_before);
        g_assert_cmpstr(period.label, ==, cases[i].label);
        g_assert_cmpstr(period.before, ==, cases[i].before);
        g_assert_cmpint(period.until_at - period.from_at, ==,
                        (int64_t)cases[i].n_hours * HOUR);
    }
}

static void
test_no_names(void)
{
    static const char *const cases[] = {
        "2025-W53",   "2026-W00", "2026-W99",  "2026-W4",   "2026-W461",  "2026W46",
        "2026-13",    "2026-00",  "2026-1",    "2026-Q5",   "2026-Q0",    "2026-q4",
        "026",        "20266",    "0001",      "0000-W01",  "9999-W52",   "9999",
        "week",       "this-",    "last-Week", "next-week", "this-weeks", "lastweek",
        " last-week", "2026-11 ", "",
    };
    g_autoptr(GTimeZone) zone = berlin();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpPeriod period = {.label = "kept"};

        g_test_message("%s", cases[i]);
        g_assert_false(rp_period_parse(cases[i], NOW, zone, &period));
        g_assert_cmpstr(period.label, ==, "kept");
    }
}

static void
test_weeks_alone(void)
{
    g_autoptr(GTimeZone) zone = berlin();
    RpPeriod period;

    g_assert_true(rp_period_parse_week("2026-W46", zone, &period));
    g_assert_false(rp_period_parse_week("2026-11", zone, &period));
    g_assert_false(rp_period_parse_week("last-week", zone, &period));
}

/* The week is the local one: at 23:30 UTC on Sunday it is Monday in Berlin. */
static void
test_week_of(void)
{
    g_autoptr(GTimeZone) zone = berlin();
    RpPeriod period;

    g_assert_true(rp_period_week_of(MONDAY - HOUR / 2, zone, &period));
    g_assert_cmpstr(period.label, ==, "2026-W46");
    g_assert_true(rp_period_week_of(MONDAY - HOUR - 1, zone, &period));
    g_assert_cmpstr(period.label, ==, "2026-W45");
    g_assert_true(rp_period_parse("last-week", MONDAY - HOUR, zone, &period));
    g_assert_cmpstr(period.label, ==, "2026-W45");
    g_assert_false(rp_period_week_of(-RP_NEVER, zone, &period)); /* before time began */
}

/* Of days the period before has as many, whatever the clocks do; of others as many
 * seconds. */
static void
test_between(void)
{
    g_autoptr(GTimeZone) zone = berlin();
    int64_t sunday = MONDAY - 21 * DAY - 2 * HOUR; /* 2026-10-19 00:00, clocks ahead */
    int64_t next = MONDAY - 14 * DAY - HOUR;       /* 2026-10-26 00:00, back again */
    RpPeriod period;
    g_autofree char *before = NULL;

    rp_period_between(next, next + 7 * DAY, zone, &period);
    g_assert_cmpint(period.from_at - period.before_at, ==, 7 * DAY + HOUR);
    g_assert_cmpint(period.before_at, ==, sunday);
    g_assert_cmpstr(period.label, ==, "");
    rp_period_between(MONDAY + HOUR, MONDAY + 3 * HOUR, zone, &period);
    before = local_text(period.before_at, zone);
    g_assert_cmpstr(before, ==, "2026-11-09 00:00");
}

/* The clocks of Havana go forward at midnight, so that 2025-03-09 begins at 01:00, and
 * back to it, so that 2025-11-02 has it twice and is 25 h long; no more from 2026 on.
 */
static void
test_no_midnight(void)
{
    static const struct {
        const char *from, *to;
        int n_hours, n_hours_before;
    } cases[] = {
        {"2025-03-09", "2025-03-10", 23, 24}, {"2025-03-08", "2025-03-09", 24, 24},
        {"2025-03-10", "2025-03-11", 24, 23}, {"2025-11-02", "2025-11-03", 25, 24},
        {"2025-11-01", "2025-11-02", 24, 24}, {"2025-11-03", "2025-11-04", 24, 25},
    };
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("America/Havana");
    RpPeriod month;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t from_at = 0, until_at = 0;
        RpPeriod period;

        g_test_message("%s to %s", cases[i].from, cases[i].to);
        g_assert_true(rp_instant_parse(cases[i].from, zone, &from_at));
        g_assert_true(rp_instant_parse(cases[i].to, zone, &until_at));
        rp_period_between(from_at, until_at, zone, &period);
        g_assert_cmpint(until_at - from_at, ==, cases[i].n_hours * (int64_t)HOUR);
        g_assert_cmpint(from_at - period.before_at, ==,
                        cases[i].n_hours_before * (int64_t)HOUR);
    }
    g_assert_true(rp_period_parse("2025-11", NOW, zone, &month));
    g_assert_cmpint(month.until_at - month.from_at, ==,
                    30 * (int64_t)DAY + (int64_t)HOUR);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/period/names", test_names);
    g_test_add_func("/period/no-names", test_no_names);
    g_test_add_func("/period/weeks-alone", test_weeks_alone);
    g_test_add_func("/period/week-of", test_week_of);
    g_test_add_func("/period/between", test_between);
    g_test_add_func("/period/no-midnight", test_no_midnight);
    return g_test_run();
}
