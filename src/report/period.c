/* SPDX-License-Identifier: GPL-3.0-or-later */
/* period.c - ISO weeks and local hours
 *
 * A week runs from one local Monday's first instant to the next one's, so it has
 * 167 or 169 hours when the clocks change.
 */
#include "report/report.h"

#include <string.h>

/* What g_date_time_new_from_unix_utc() can hold: years 1 to 9999. */
#define FIRST_AT (-62135596800)
#define LAST_AT 253402300799

static GDateTime *
local_time(int64_t at, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(
        CLAMP(at, FIRST_AT + RP_DAY_S, LAST_AT - RP_DAY_S));

    return g_date_time_to_timezone(utc, zone);
}

/* A local day's first instant; false outside the calendar. */
static bool
day_starts(const GDate *day, GTimeZone *zone, int64_t *at)
{
    g_autoptr(GDateTime) start =
        g_date_time_new(zone, g_date_get_year(day), (int)g_date_get_month(day),
                        g_date_get_day(day), 0, 0, 0);

    if (start != NULL)
        *at = g_date_time_to_unix(start);
    return start != NULL;
}

/* The week that begins with that Monday. */
static bool
week_from(const GDate *monday, GTimeZone *zone, int64_t *from_at, int64_t *until_at)
{
    GDate next = *monday;

    g_date_add_days(&next, 7);
    return day_starts(monday, zone, from_at) && day_starts(&next, zone, until_at);
}

bool
rp_report_week_of(int64_t at, GTimeZone *zone, char label[12], int64_t *from_at,
                  int64_t *until_at)
{
    g_autoptr(GDateTime) time = local_time(at, zone);
    int year, month, day;
    GDate monday;

    g_date_time_get_ymd(time, &year, &month, &day);
    g_date_clear(&monday, 1);
    g_date_set_dmy(&monday, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    if (g_date_get_julian(&monday) <= 7)
        return false;
    g_date_subtract_days(&monday, (guint)g_date_time_get_day_of_week(time) - 1);
    g_snprintf(label, 12, "%04d-W%02d", g_date_time_get_week_numbering_year(time),
               g_date_time_get_week_of_year(time));
    return week_from(&monday, zone, from_at, until_at);
}

void
rp_report_local_hour(int64_t at, GTimeZone *zone, int *weekday, int *hour)
{
    g_autoptr(GDateTime) time = local_time(at, zone);

    *weekday = g_date_time_get_day_of_week(time) - 1;
    *hour = g_date_time_get_hour(time);
}

void
rp_report_last_week(int64_t at, GTimeZone *zone, int64_t *from_at, int64_t *until_at)
{
    char label[12];
    int64_t from = at, until = at;

    /* The second before this week began is in the last one. */
    rp_report_week_of(at, zone, label, &from, &until);
    rp_report_week_of(from - 1, zone, label, &from, &until);
    *from_at = from;
    *until_at = until;
}

static bool
read_digits(const char *text, size_t n, guint *number)
{
    *number = 0;
    for (size_t i = 0; i < n; i++) {
        if (!g_ascii_isdigit(text[i]))
            return false;
        *number = *number * 10 + (guint)(text[i] - '0');
    }
    return true;
}

bool
rp_report_parse_week(const char *text, GTimeZone *zone, int64_t *from_at,
                     int64_t *until_at)
{
    guint year, week;
    GDate monday;

    if (strlen(text) != 8 || strncmp(text + 4, "-W", 2) != 0 ||
        !read_digits(text, 4, &year) || !read_digits(text + 6, 2, &week) || year < 2 ||
        week < 1)
        return false;
    /* 4 January is always in week 1; 28 December always in the last. */
    g_date_clear(&monday, 1);
    g_date_set_dmy(&monday, 28, G_DATE_DECEMBER, (GDateYear)year);
    if (week > g_date_get_iso8601_week_of_year(&monday))
        return false;
    g_date_set_dmy(&monday, 4, G_DATE_JANUARY, (GDateYear)year);
    g_date_subtract_days(&monday, (guint)g_date_get_weekday(&monday) - 1);
    g_date_add_days(&monday, (week - 1) * 7);
    return week_from(&monday, zone, from_at, until_at);
}
