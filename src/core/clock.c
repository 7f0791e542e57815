/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock.c - the working clock: time inside working hours, holidays left out */
#include "core/clock.h"

#include "core/instant.h"

enum {
    JULIAN_1970 = 719163, /* g_date_get_julian of 1970-01-01, a Thursday */
    WEEKDAY_1970 = 3,     /* Monday is 0 */
    N_DAYS_MAX = 84006,   /* to the end of 2199 */
};

typedef struct {
    int64_t start_at, end_at; /* equal on days without work */
    int64_t worked_s;         /* of all days before this one */
} Day;

struct RpClock {
    const RpPolicy *policy; /* foreign */
    GHashTable *holidays;   /* own; of Julian days */
    GArray *days;           /* own, of Day from 1970-01-01 on */
};

RpClock *
rp_clock_new(const RpPolicy *policy)
{
    RpClock *clock = g_new0(RpClock, 1);

    clock->policy = policy;
    clock->holidays = g_hash_table_new(NULL, NULL);
    clock->days = g_array_new(FALSE, FALSE, sizeof(Day));
    for (guint i = 0; i < policy->holidays->len; i++)
        g_hash_table_add(clock->holidays,
                         GUINT_TO_POINTER(g_array_index(policy->holidays, guint32, i)));
    return clock;
}

void
rp_clock_free(RpClock *clock)
{
    if (clock == NULL)
        return;
    g_hash_table_unref(clock->holidays);
    g_array_unref(clock->days);
    g_free(clock);
}

/* The instant at which the local clock reads that many seconds of that day. */
static int64_t
instant_of(const RpClock *clock, int64_t day, int64_t second, GTimeType type)
{
    gint64 local = day * RP_DAY_S + second;
    int interval = g_time_zone_adjust_time(clock->policy->zone, type, &local);

    return local - g_time_zone_get_offset(clock->policy->zone, interval);
}

/* The end of the hours: where it comes twice only since an hour begins to, what
 * stands before it does not come twice. */
static int64_t
end_of(const RpClock *clock, int64_t day, int minute)
{
    int64_t second = minute * RP_MINUTE_S;

    return MIN(instant_of(clock, day, second, G_TIME_TYPE_STANDARD),
               instant_of(clock, day, second - 1, G_TIME_TYPE_STANDARD) + 1);
}

static bool
is_holiday(const RpClock *clock, int64_t day)
{
    return g_hash_table_contains(clock->holidays,
                                 GUINT_TO_POINTER((guint)(JULIAN_1970 + day)));
}

static void
append_day(RpClock *clock)
{
    int64_t number = clock->days->len;
    const RpWorkingDay *hours = &clock->policy->week[(number + WEEKDAY_1970) % 7];
    Day day = {0};

    if (number > 0) {
        const Day *last = &g_array_index(clock->days, Day, number - 1);

        day.start_at = day.end_at = last->end_at;
        day.worked_s = last->worked_s + last->end_at - last->start_at;
    }
    if (hours->end_minute > hours->start_minute && !is_holiday(clock, number)) {
        int64_t start_at = instant_of(clock, number, hours->start_minute * RP_MINUTE_S,
                                      G_TIME_TYPE_DAYLIGHT);
        int64_t end_at = end_of(clock, number, hours->end_minute);

        /* A midnight that comes twice must not count in both days. */
        day.start_at = MAX(day.start_at, start_at);
        day.end_at = MAX(day.start_at, end_at);
    }
    g_array_append_val(clock->days, day);
}

static int64_t
worked_by_end(const RpClock *clock)
{
    const Day *last;

    if (clock->days->len == 0)
        return 0;
    last = &g_array_index(clock->days, Day, clock->days->len - 1);
    return last->worked_s + last->end_at - last->start_at;
}

/* Appends days until the table reaches past an instant: two days more cover any
 * zone's offset. */
static void
reach_instant(RpClock *clock, int64_t at)
{
    int64_t wanted = CLAMP(at / RP_DAY_S + 3, 0, N_DAYS_MAX);

    while (clock->days->len < wanted)
        append_day(clock);
}

/* The number of leading days that start by then or, by_work, before which less
 * was worked: both only grow. */
static guint
n_days_until(const RpClock *clock, int64_t at, bool by_work)
{
    guint low = 0, high = clock->days->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const Day *day = &g_array_index(clock->days, Day, middle);
        bool is_before = by_work ? day->worked_s < at : day->start_at <= at;

        if (is_before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Working seconds from 1970 until an instant. */
static int64_t
worked_until(RpClock *clock, int64_t at)
{
    guint n;
    const Day *day;

    reach_instant(clock, at);
    n = n_days_until(clock, at, false);
    if (n == 0)
        return 0;
    day = &g_array_index(clock->days, Day, n - 1);
    return day->worked_s + MIN(at, day->end_at) - day->start_at;
}

int64_t
rp_clock_working_s(RpClock *clock, int64_t from_at, int64_t until_at)
{
    if (until_at <= from_at)
        return 0;
    return worked_until(clock, until_at) - worked_until(clock, from_at);
}

int64_t
rp_clock_add(RpClock *clock, int64_t from_at, int64_t working_s)
{
    int64_t goal_s;
    const Day *day;

    if (working_s <= 0)
        return from_at;
    goal_s = worked_until(clock, from_at);
    if (working_s > INT64_MAX - goal_s)
        return RP_NEVER;
    goal_s += working_s;
    while (worked_by_end(clock) < goal_s && clock->days->len < N_DAYS_MAX)
        append_day(clock);
    if (worked_by_end(clock) < goal_s)
        return RP_NEVER;
    day = &g_array_index(clock->days, Day, n_days_until(clock, goal_s, true) - 1);
    return day->start_at + goal_s - day->worked_s;
}
