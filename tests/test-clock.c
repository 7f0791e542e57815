/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-clock.c - R11: limits on the working clock */
#include "core/clock.h"

#include "core/instant.h"

/* Hours after a day began; 2024-01-01 was a Monday. */
static int64_t
local(const RpPolicy *policy, int year, int month, int day, double hour)
{
    g_autoptr(GDateTime) first = g_date_time_new(policy->zone, year, month, 1, 0, 0, 0);
    g_autoptr(GDateTime) time = g_date_time_add_days(first, day - 1);

    return g_date_time_to_unix(time) + (int64_t)(hour * RP_HOUR_S);
}

/* Monday to Friday 09:00-17:00, Saturday 22:00-24:00; 2024-05-01 is a holiday. */
static RpPolicy
policy_in(const char *zone)
{
    GDate may_day;
    guint32 julian;
    RpPolicy policy = {.has_working_hours = true,
                       .zone = g_time_zone_new_identifier(zone),
                       .holidays = g_array_new(FALSE, FALSE, sizeof(guint32))};

    g_assert_nonnull(policy.zone);
    for (int day = 0; day < 5; day++)
        policy.week[day] = (RpWorkingDay){9 * 60, 17 * 60};
    policy.week[5] = (RpWorkingDay){22 * 60, 24 * 60};
    g_date_clear(&may_day, 1);
    g_date_set_dmy(&may_day, 1, G_DATE_MAY, 2024);
    julian = g_date_get_julian(&may_day);
    g_array_append_val(policy.holidays, julian);
    return policy;
}

static void
policy_clear(RpPolicy *policy)
{
    g_time_zone_unref(policy->zone);
    g_array_unref(policy->holidays);
}

typedef struct {
    int month, day; /* of 2024 */
    double hour;    /* local, if the day began with this offset */
} When;

static void
test_working(void)
{
    static const struct {
        const char *what;
        When from, until;
        double hours;
    } cases[] = {
        {"inside a day", {1, 2, 10}, {1, 2, 12.5}, 2.5},
        {"a whole day", {1, 2, 0}, {1, 3, 0}, 8},
        {"before work", {1, 2, 3}, {1, 2, 9}, 0},
        {"over a night", {1, 2, 16}, {1, 3, 10}, 2},
        {"over Saturday night", {1, 5, 16}, {1, 8, 10}, 1 + 2 + 1},
        {"a week", {1, 1, 0}, {1, 8, 0}, 42},
        {"a holiday", {4, 30, 16}, {5, 2, 10}, 2},
        {"nothing", {1, 2, 10}, {1, 2, 10}, 0},
        {"backwards", {1, 3, 10}, {1, 2, 10}, 0},
    };
    RpPolicy policy = policy_in("Europe/Berlin");
    g_autoptr(RpClock) clock = rp_clock_new(&policy);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const When *from = &cases[i].from, *until = &cases[i].until;

        g_test_message("%s", cases[i].what);
        g_assert_cmpint(
            rp_clock_working_s(
                clock, local(&policy, 2024, from->month, from->day, from->hour),
                local(&policy, 2024, until->month, until->day, until->hour)),
            ==, (int64_t)(cases[i].hours * RP_HOUR_S));
    }
    policy_clear(&policy);
}

static void
test_add(void)
{
    static const struct {
        const char *what;
        When from;
        double hours;
        When expected;
    } cases[] = {
        {"inside a day", {1, 2, 10}, 2, {1, 2, 12}},
        {"to the day's last second", {1, 2, 10}, 7, {1, 2, 17}},
        {"over a night", {1, 2, 10}, 8, {1, 3, 10}},
        {"from the night", {1, 2, 3}, 1, {1, 2, 10}},
        {"over a weekend", {1, 5, 16}, 4, {1, 8, 10}},
        {"over a holiday", {4, 30, 16}, 2, {5, 2, 10}},
        {"no time at all", {1, 2, 3}, 0, {1, 2, 3}},
    };
    RpPolicy policy = policy_in("Europe/Berlin");
    g_autoptr(RpClock) clock = rp_clock_new(&policy);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const When *from = &cases[i].from, *to = &cases[i].expected;

        g_test_message("%s", cases[i].what);
        g_assert_cmpint(
            rp_clock_add(clock,
                         local(&policy, 2024, from->month, from->day, from->hour),
                         (int64_t)(cases[i].hours * RP_HOUR_S)),
            ==, local(&policy, 2024, to->month, to->day, to->hour));
    }
    policy_clear(&policy);
}

/* In Berlin 02:00 became 03:00 on 2024-03-31 and 03:00 became 02:00 on 2024-10-27,
 * both Sundays. Havana's 00:00 came twice on 2024-11-03. */
static void
test_clock_change(void)
{
    static const struct {
        const char *what, *zone;
        RpWorkingDay hours;
        int month, day, n_days;
        double expected;
    } cases[] = {
        {"spring, whole day", "Europe/Berlin", {0, 1440}, 3, 31, 1, 23},
        {"autumn, whole day", "Europe/Berlin", {0, 1440}, 10, 27, 1, 25},
        {"spring, in office hours", "Europe/Berlin", {540, 1020}, 3, 31, 1, 8},
        {"spring, begins in the gap", "Europe/Berlin", {150, 360}, 3, 31, 1, 3},
        {"autumn, ends in what comes twice", "Europe/Berlin", {0, 150}, 10, 27, 1, 3.5},
        {"autumn, ends where an hour begins to come twice",
         "Europe/Berlin",
         {0, 120},
         10,
         27,
         1,
         2},
        {"spring, ends in the gap", "Europe/Berlin", {0, 150}, 3, 31, 1, 2},
        {"two days around a midnight that comes twice",
         "America/Havana",
         {0, 1440},
         11,
         2,
         2,
         49},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpPolicy policy = policy_in(cases[i].zone);
        g_autoptr(RpClock) clock = rp_clock_new(&policy);
        int64_t from_at = local(&policy, 2024, cases[i].month, cases[i].day, 0);
        int64_t until_at =
            local(&policy, 2024, cases[i].month, cases[i].day + cases[i].n_days, 0);

        for (int day = 0; day < 7; day++)
            policy.week[day] = cases[i].hours;
        g_test_message("%s", cases[i].what);
        g_assert_cmpint(rp_clock_working_s(clock, from_at, until_at), ==,
                        (int64_t)(cases[i].expected * RP_HOUR_S));
        policy_clear(&policy);
    }
}

/* Instants that no calendar has, and a week without work. */
static void
test_extremes(void)
{
    RpPolicy policy = policy_in("UTC");
    g_autoptr(RpClock) clock = rp_clock_new(&policy);
    g_autoptr(RpClock) idle = NULL;

    g_assert_cmpint(rp_clock_working_s(clock, -RP_NEVER, 0), ==, 0);
    g_assert_cmpint(rp_clock_working_s(clock, RP_NEVER - 1, RP_NEVER), ==, 0);
    g_assert_cmpint(rp_clock_add(clock, 0, RP_NEVER), ==, RP_NEVER);
    g_assert_cmpint(rp_clock_add(clock, RP_NEVER - 1, 1), ==, RP_NEVER);
    for (int day = 0; day < 7; day++)
        policy.week[day] = (RpWorkingDay){0, 0};
    idle = rp_clock_new(&policy);
    g_assert_cmpint(rp_clock_working_s(idle, 0, RP_NEVER), ==, 0);
    g_assert_cmpint(rp_clock_add(idle, 0, 1), ==, RP_NEVER);
    policy_clear(&policy);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/clock/working", test_working);
    g_test_add_func("/clock/add", test_add);
    g_test_add_func("/clock/clock-change", test_clock_change);
    g_test_add_func("/clock/extremes", test_extremes);
    return g_test_run();
}
