/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cadence.c - how often to be in touch, and days that come every year: K1 to K4 */
#include "core/cadence.h"

#include <inttypes.h>
#include <string.h>

#include "core/instant.h"

/* --- K1: how often --- */

bool
rp_cadence_parse(const char *text, int64_t *every_s)
{
    int64_t duration_s;

    if (!rp_duration_parse(text, &duration_s) || duration_s < RP_DAY_S ||
        duration_s > RP_LONGEST_CADENCE_S)
        return false;
    *every_s = duration_s;
    return true;
}

char *
rp_cadence_format(int64_t every_s)
{
    if (every_s % RP_WEEK_S == 0)
        return g_strdup_printf("%" PRId64 "w", every_s / RP_WEEK_S);
    if (every_s % RP_DAY_S == 0)
        return g_strdup_printf("%" PRId64 "d", every_s / RP_DAY_S);
    return rp_duration_format(every_s);
}

/* --- K4: days of every year --- */

static bool
read_number(const char *digits, size_t n, int *number)
{
    *number = 0;
    for (size_t i = 0; i < n; i++) {
        if (!g_ascii_isdigit(digits[i]))
            return false;
        *number = *number * 10 + g_ascii_digit_value(digits[i]);
    }
    return true;
}

/* *year is 0 if the date has none. */
static bool
read_date(const char *date, int *year, int *month, int *day)
{
    bool has_year = date[0] != '-';
    const char *rest;

    *year = 0;
    if (strlen(date) != (has_year ? strlen("1985-04-12") : strlen("--04-12")) ||
        (has_year && (!read_number(date, 4, year) || *year == 0)))
        return false;
    rest = date + (has_year ? strlen("1985") : strlen("-"));
    return rest[0] == '-' && read_number(rest + 1, 2, month) && rest[3] == '-' &&
           read_number(rest + 4, 2, day) && *month >= 1 && *month <= 12 && *day >= 1 &&
           *day <= g_date_get_days_in_month((GDateMonth)*month, 2000);
}

static GDateTime *
day_of_year(GTimeZone *zone, int year, int month, int day)
{
    int last = g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);

    return g_date_time_new(zone, year, month, MIN(day, last), 0, 0, 0);
}

static unsigned
days_between(GDateTime *from, GDateTime *to)
{
    GDate one, other;

    g_date_set_dmy(&one, (GDateDay)g_date_time_get_day_of_month(from),
                   (GDateMonth)g_date_time_get_month(from),
                   (GDateYear)g_date_time_get_year(from));
    g_date_set_dmy(&other, (GDateDay)g_date_time_get_day_of_month(to),
                   (GDateMonth)g_date_time_get_month(to),
                   (GDateYear)g_date_time_get_year(to));
    return (unsigned)g_date_days_between(&one, &other);
}

static bool
is_before(GDateTime *day, GDateTime *today)
{
    int one = g_date_time_get_month(day) * 100 + g_date_time_get_day_of_month(day);
    int other =
        g_date_time_get_month(today) * 100 + g_date_time_get_day_of_month(today);

    return one < other;
}

bool
rp_yearday_next(const char *date, int64_t now_at, GTimeZone *zone, RpYearday *next)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now_at);
    g_autoptr(GDateTime) today =
        utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;
    g_autoptr(GDateTime) day = NULL;
    int year, month, first_year, first_day;

    if (today == NULL || !read_date(date, &first_year, &month, &first_day))
        return false;
    year = g_date_time_get_year(today);
    day = day_of_year(zone, year, month, first_day);
    if (is_before(day, today)) {
        g_date_time_unref(day);
        day = day_of_year(zone, ++year, month, first_day);
    }
    if (day == NULL || first_year > year)
        return false;
    next->at = g_date_time_to_unix(day);
    next->year = year;
    next->month = month;
    next->day = g_date_time_get_day_of_month(day);
    next->n_days = days_between(today, day);
    next->n_years = first_year > 0 ? year - first_year : -1;
    return true;
}
