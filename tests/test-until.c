/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-until.c - "2d", "mon 9:00": snooze's UNTIL, over clock changes too */
#include "cli/until.h"

#include "core/instant.h"

static int64_t
instant(const char *text)
{
    int64_t at = RP_NEVER;

    g_assert_true(rp_instant_parse(text, NULL, &at));
    return at;
}

/* Now is Monday 2026-03-16 10:00 in Berlin, UTC+1; its clocks go forward on 03-29
 * and back on 10-25. */
static const char MONDAY[] = "2026-03-16T09:00:00Z";

static const struct {
    const char *what, *now, *text, *expected;
} CASES[] = {
    {"hours", MONDAY, "3h", "2026-03-16T12:00:00Z"},
    {"minutes", MONDAY, "90m", "2026-03-16T10:30:00Z"},
    {"days", MONDAY, "2d", "2026-03-18T09:00:00Z"},
    {"weeks", MONDAY, "1w", "2026-03-23T09:00:00Z"},
    {"days and hours", MONDAY, "1d12h", "2026-03-17T21:00:00Z"},
    {"today later", MONDAY, "today 17:30", "2026-03-16T16:30:00Z"},
    {"tomorrow", MONDAY, "tomorrow", "2026-03-17T08:00:00Z"},
    {"tomorrow at", MONDAY, "Tomorrow  7:05", "2026-03-17T06:05:00Z"},
    {"weekday", MONDAY, "wed", "2026-03-18T08:00:00Z"},
    {"weekday in full", MONDAY, "Wednesday 14:00", "2026-03-18T13:00:00Z"},
    {"this weekday, later", MONDAY, "mon 11:00", "2026-03-16T10:00:00Z"},
    {"this weekday, past", MONDAY, "mon 9:00", "2026-03-23T08:00:00Z"},
    {"this weekday, now", MONDAY, "mon 10:00", "2026-03-23T09:00:00Z"},
    {"next week", MONDAY, "next week", "2026-03-23T08:00:00Z"},
    {"next week on Sunday", "2026-03-22T12:00:00Z", "next week 8:00",
     "2026-03-23T07:00:00Z"},
    {"time to come", MONDAY, "17:30", "2026-03-16T16:30:00Z"},
    {"time gone", MONDAY, "8:15", "2026-03-17T07:15:00Z"},
    {"date", MONDAY, "2026-03-20", "2026-03-20T08:00:00Z"},
    {"date and time", MONDAY, "2026-03-20 14:00", "2026-03-20T13:00:00Z"},
    {"instant", MONDAY, "2026-03-20T14:00:00Z", "2026-03-20T14:00:00Z"},
    {"instant with an offset", MONDAY, "2026-03-20T14:00:00+05:00",
     "2026-03-20T09:00:00Z"},
    {"past date", MONDAY, "2026-03-01", "2026-03-01T08:00:00Z"},
    /* 10:00 stays 10:00 when the clocks go forward: 23 h of time in a day */
    {"day into summer", "2026-03-28T09:00:00Z", "1d", "2026-03-29T08:00:00Z"},
    {"24 h into summer", "2026-03-28T09:00:00Z", "24h", "2026-03-29T09:00:00Z"},
    {"weekday into summer", "2026-03-27T09:00:00Z", "mon", "2026-03-30T07:00:00Z"},
    {"day into winter", "2026-10-24T08:00:00Z", "1d", "2026-10-25T09:00:00Z"},
    /* 02:30 does not exist: 02:00 is 03:00, 01:00Z */
    {"left out", "2026-03-28T09:00:00Z", "tomorrow 2:30", "2026-03-29T01:00:00Z"},
    /* 02:30 comes at 00:30Z and at 01:30Z */
    {"twice", "2026-10-24T08:00:00Z", "tomorrow 2:30", "2026-10-25T01:30:00Z"},
};

static void
test_good(void)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");

    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        int64_t at = RP_NEVER;
        g_autofree char *got = NULL;

        g_test_message("%s", CASES[i].what);
        g_assert_true(rp_until_parse(CASES[i].text, instant(CASES[i].now), zone, &at));
        got = rp_instant_format(at);
        g_assert_cmpstr(got, ==, CASES[i].expected);
    }
}

static const struct {
    const char *what, *now, *text, *expected;
} PAST[] = {
    {"now", MONDAY, "now", "2026-03-16T09:00:00Z"},
    {"hours", MONDAY, "2h ago", "2026-03-16T07:00:00Z"},
    {"minutes", MONDAY, "90M  ago", "2026-03-16T07:30:00Z"},
    {"days", MONDAY, "3d ago", "2026-03-13T09:00:00Z"},
    {"weeks", MONDAY, "1w ago", "2026-03-09T09:00:00Z"},
    {"yesterday at", MONDAY, "Yesterday 15:00", "2026-03-15T14:00:00Z"},
    {"yesterday at noon", MONDAY, "yesterday", "2026-03-15T11:00:00Z"},
    {"today at", MONDAY, "today 8:05", "2026-03-16T07:05:00Z"},
    {"today, noon is yet to come", MONDAY, "today", "2026-03-16T09:00:00Z"},
    {"a time of today", MONDAY, "8:15", "2026-03-16T07:15:00Z"},
    {"one of today that is yet to come", MONDAY, "17:30", "2026-03-16T16:30:00Z"},
    {"weekday", MONDAY, "wed", "2026-03-11T11:00:00Z"},
    {"weekday in full", MONDAY, "last Wednesday 14:00", "2026-03-11T13:00:00Z"},
    {"this weekday, past", MONDAY, "mon 9:00", "2026-03-16T08:00:00Z"},
    {"this weekday, to come", MONDAY, "mon 11:00", "2026-03-09T10:00:00Z"},
    {"date", MONDAY, "2026-03-10", "2026-03-10T11:00:00Z"},
    {"date and time", MONDAY, "2026-03-10 14:00", "2026-03-10T13:00:00Z"},
    {"instant", MONDAY, "2026-03-10T14:00:00Z", "2026-03-10T14:00:00Z"},
    /* 10:00 stays 10:00 when the clocks have gone forward */
    {"day out of winter", "2026-03-29T08:00:00Z", "1d ago", "2026-03-28T09:00:00Z"},
    {"24 h out of winter", "2026-03-29T08:00:00Z", "24h ago", "2026-03-28T08:00:00Z"},
};

static void
test_past(void)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");

    for (size_t i = 0; i < G_N_ELEMENTS(PAST); i++) {
        int64_t at = RP_NEVER;
        g_autofree char *got = NULL;

        g_test_message("%s", PAST[i].what);
        g_assert_true(rp_past_parse(PAST[i].text, instant(PAST[i].now), zone, &at));
        got = rp_instant_format(at);
        g_assert_cmpstr(got, ==, PAST[i].expected);
    }
}

static void
test_bad_past(void)
{
    static const char *const texts[] = {
        "",          " ",    "ago",        "2 ago",      "2h",           "0d ago",
        "-1d ago",   "mo",   "25:00",      "tomorrow",   "yesterday 7",  "last",
        "last week", "soon", "99999d ago", "2026-02-30", "yesterday ago"};
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        int64_t at = 7;

        g_test_message("\"%s\"", texts[i]);
        g_assert_false(rp_past_parse(texts[i], instant(MONDAY), zone, &at));
        g_assert_cmpint(at, ==, 7);
    }
}

static void
test_bad(void)
{
    static const char *const texts[] = {
        "",        " ",      "soon",       "2",    "0d",          "-1d",
        "mo",      "25:00",  "9:60",       "9:5",  "tomorrow 25", "mon tue",
        "2d 9:00", "99999d", "2026-02-30", "next", "next month",  "9999999999999h",
    };
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        int64_t at = 7;

        g_test_message("\"%s\"", texts[i]);
        g_assert_false(rp_until_parse(texts[i], instant(MONDAY), zone, &at));
        g_assert_cmpint(at, ==, 7);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/until/good", test_good);
    g_test_add_func("/until/bad", test_bad);
    g_test_add_func("/past/good", test_past);
    g_test_add_func("/past/bad", test_bad_past);
    return g_test_run();
}
