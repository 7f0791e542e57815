/* SPDX-License-Identifier: GPL-3.0-or-later */
/* period.c - weeks, months, quarters and years of a calendar */
#include "report/period.h"

#include <string.h>

/* What g_date_time_new_from_unix_utc() can hold: years 1 to 9999. */
#define FIRST_AT (-62135596800)
#define LAST_AT 253402300799

typedef enum { WEEK, MONTH, QUARTER, YEAR, N_UNITS } Unit;

static const char *const unit_names[N_UNITS] = {"week", "month", "quarter", "year"};

static GDateTime *
local_time(int64_t at, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(
        CLAMP(at, FIRST_AT + RP_DAY_S, LAST_AT - RP_DAY_S));

    return g_date_time_to_timezone(utc, zone);
}

static GDate
local_day(int64_t at, GTimeZone *zone)
{
    g_autoptr(GDateTime) time = local_time(at, zone);
    GDate date;
    int year, month, day;

    g_date_time_get_ymd(time, &year, &month, &day);
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return date;
}

/* A local day's first instant; false outside the calendar. */
static bool
day_starts(const GDate *day, GTimeZone *zone, int64_t *at)
{
    RpCivil civil = {
        g_date_get_year(day), (int)g_date_get_month(day), g_date_get_day(day), 0, 0, 0};

    return rp_instant_of_day(&civil, zone, at);
}

/* --- days --- */

/* False before the calendar begins. */
static bool
move(GDate *day, Unit unit, int n)
{
    static const int months[N_UNITS] = {0, 1, 3, 12};
    int month = (int)(g_date_get_year(day) * 12 + g_date_get_month(day)) - 1;
    gint64 julian = (gint64)g_date_get_julian(day) + (gint64)n * 7;

    month += months[unit] * n;
    if (month < 12 || month / 12 > 9999 || julian < 1)
        return false;
    if (unit == WEEK)
        g_date_set_julian(day, (guint32)julian);
    else
        g_date_set_dmy(day, 1, (GDateMonth)(month % 12 + 1), (GDateYear)(month / 12));
    return true;
}

/* The first day of the unit in which a day lies. */
static bool
set_first(GDate *day, Unit unit)
{
    guint month = g_date_get_month(day);
    guint32 n_before = (guint32)g_date_get_weekday(day) - 1;

    if (unit == WEEK) {
        if (g_date_get_julian(day) <= n_before)
            return false;
        g_date_subtract_days(day, n_before);
        return true;
    }
    g_date_set_day(day, 1);
    if (unit == QUARTER)
        g_date_set_month(day, (GDateMonth)((month - 1) / 3 * 3 + 1));
    else if (unit == YEAR)
        g_date_set_month(day, G_DATE_JANUARY);
    return true;
}

/* The ISO year of a week is its Thursday's. */
static void
set_label(const GDate *first, Unit unit, char label[RP_PERIOD_LABEL])
{
    GDate thursday = *first;
    guint year = g_date_get_year(first), month = g_date_get_month(first);

    switch (unit) {
    case WEEK:
        g_date_add_days(&thursday, 3);
        g_snprintf(label, RP_PERIOD_LABEL, "%04u-W%02u", g_date_get_year(&thursday),
                   g_date_get_iso8601_week_of_year(first));
        break;
    case MONTH:
        g_snprintf(label, RP_PERIOD_LABEL, "%04u-%02u", year, month);
        break;
    case QUARTER:
        g_snprintf(label, RP_PERIOD_LABEL, "%04u-Q%u", year, (month - 1) / 3 + 1);
        break;
    case YEAR:
    case N_UNITS:
        g_snprintf(label, RP_PERIOD_LABEL, "%04u", year);
        break;
    }
}

/* The unit that begins with that day. */
static bool
set_period(const GDate *first, Unit unit, GTimeZone *zone, RpPeriod *period)
{
    RpPeriod found = {.label = ""};
    GDate next = *first, before = *first;

    if (!move(&next, unit, 1) || !move(&before, unit, -1) ||
        !day_starts(first, zone, &found.from_at) ||
        !day_starts(&next, zone, &found.until_at) ||
        !day_starts(&before, zone, &found.before_at))
        return false;
    set_label(first, unit, found.label);
    set_label(&before, unit, found.before);
    *period = found;
    return true;
}

bool
rp_period_week_of(int64_t at, GTimeZone *zone, RpPeriod *period)
{
    GDate day = local_day(at, zone);

    return set_first(&day, WEEK) && set_period(&day, WEEK, zone, period);
}

void
rp_period_local_hour(int64_t at, GTimeZone *zone, int *weekday, int *hour)
{
    g_autoptr(GDateTime) time = local_time(at, zone);

    *weekday = g_date_time_get_day_of_week(time) - 1;
    *hour = g_date_time_get_hour(time);
}

/* --- words --- */

/* Reads a text of the form "dddd-Wdd", each d a digit; the digits come into year and
 * number. */
static bool
read_form(const char *text, const char *form, guint *year, guint *number)
{
    *year = *number = 0;
    if (strlen(text) != strlen(form))
        return false;
    for (size_t i = 0; form[i] != '\0'; i++) {
        guint *into = i < 4 ? year : number;

        if (form[i] != 'd' ? text[i] != form[i] : !g_ascii_isdigit(text[i]))
            return false;
        if (form[i] == 'd')
            *into = *into * 10 + (guint)(text[i] - '0');
    }
    return *year >= 2;
}

/* 28 December always lies in the last week of a year, 4 January in the first. */
static bool
first_of_week(guint year, guint week, GDate *first)
{
    g_date_set_dmy(first, 28, G_DATE_DECEMBER, (GDateYear)year);
    if (week < 1 || week > g_date_get_iso8601_week_of_year(first))
        return false;
    g_date_set_dmy(first, 4, G_DATE_JANUARY, (GDateYear)year);
    g_date_add_days(first, (week - 1) * 7);
    return set_first(first, WEEK);
}

static bool
read_date(const char *text, Unit *unit, GDate *first)
{
    guint year, number;

    if (read_form(text, "dddd-Wdd", &year, &number)) {
        *unit = WEEK;
        return first_of_week(year, number, first);
    }
    if (read_form(text, "dddd-dd", &year, &number))
        *unit = MONTH;
    else if (read_form(text, "dddd-Qd", &year, &number))
        *unit = QUARTER;
    else if (read_form(text, "dddd", &year, &number))
        *unit = YEAR;
    else
        return false;
    if (*unit == YEAR)
        number = 1;
    if (number < 1 || number > (*unit == QUARTER ? 4 : 12))
        return false;
    number = *unit == QUARTER ? number * 3 - 2 : number;
    g_date_set_dmy(first, 1, (GDateMonth)number, (GDateYear)year);
    return true;
}

static bool
read_words(const char *text, const GDate *today, Unit *unit, GDate *first)
{
    bool is_last = g_str_has_prefix(text, "last-");
    int found = N_UNITS;

    if (!is_last && !g_str_has_prefix(text, "this-"))
        return false;
    for (int i = 0; i < N_UNITS; i++) {
        if (strcmp(text + strlen("last-"), unit_names[i]) == 0)
            found = i;
    }
    if (found == N_UNITS)
        return false;
    *unit = (Unit)found;
    *first = *today;
    return set_first(first, *unit) && (!is_last || move(first, *unit, -1));
}

bool
rp_period_parse(const char *text, int64_t now_at, GTimeZone *zone, RpPeriod *period)
{
    GDate today = local_day(now_at, zone), first;
    Unit unit = WEEK;

    g_date_clear(&first, 1);
    return (read_words(text, &today, &unit, &first) ||
            read_date(text, &unit, &first)) &&
           set_period(&first, unit, zone, period);
}

bool
rp_period_parse_week(const char *text, GTimeZone *zone, RpPeriod *period)
{
    return strchr(text, 'W') != NULL && rp_period_parse(text, 0, zone, period);
}

void
rp_period_between(int64_t from_at, int64_t until_at, GTimeZone *zone, RpPeriod *period)
{
    GDate from = local_day(from_at, zone), until = local_day(until_at, zone);
    guint32 n_days = g_date_get_julian(&until) - g_date_get_julian(&from);
    int64_t from_midnight, until_midnight;

    *period = (RpPeriod){.from_at = from_at, .until_at = until_at, .label = ""};
    period->before_at = from_at - (until_at - from_at);
    if (!day_starts(&from, zone, &from_midnight) || from_midnight != from_at ||
        !day_starts(&until, zone, &until_midnight) || until_midnight != until_at ||
        g_date_get_julian(&from) <= n_days)
        return;
    g_date_subtract_days(&from, n_days);
    day_starts(&from, zone, &period->before_at);
}
