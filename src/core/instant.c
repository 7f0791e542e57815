/* SPDX-License-Identifier: GPL-3.0-or-later */
/* instant.c - instants and durations read and written */
#include "core/instant.h"

#include <glib/gi18n.h>
#include <string.h>

static bool
is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool
is_real(const RpCivil *civil)
{
    return civil->year >= 1 && civil->year <= 9999 && civil->month >= 1 &&
           civil->month <= 12 && civil->day >= 1 &&
           civil->day <= days_in_month(civil->year, civil->month) && civil->hour >= 0 &&
           civil->hour <= 23 && civil->minute >= 0 && civil->minute <= 59 &&
           civil->second >= 0 && civil->second <= 60;
}

/* Days from 1970-01-01: the years are counted from March, so that the leap day
 * ends them. */
static int64_t
days_from_civil(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t m = month <= 2 ? month + 9 : month - 3;

    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1 - 719468;
}

bool
rp_instant_from_civil(const RpCivil *civil, int64_t *at)
{
    if (!is_real(civil))
        return false;
    *at = days_from_civil(civil->year, civil->month, civil->day) * RP_DAY_S +
          civil->hour * RP_HOUR_S + civil->minute * RP_MINUTE_S + civil->second;
    return true;
}

bool
rp_instant_of_day(const RpCivil *civil, GTimeZone *zone, int64_t *at)
{
    RpCivil midnight = {civil->year, civil->month, civil->day, 0, 0, 0};
    gint64 local;
    int interval;

    if (!rp_instant_from_civil(&midnight, &local))
        return false;
    interval = g_time_zone_adjust_time(zone, G_TIME_TYPE_DAYLIGHT, &local);
    *at = local - g_time_zone_get_offset(zone, interval);
    return true;
}

char *
rp_instant_format(int64_t at)
{
    g_autoptr(GDateTime) utc =
        at == RP_NEVER ? NULL : g_date_time_new_from_unix_utc(at);

    /* %Y of g_date_time_format() does not fill up to four digits */
    if (utc == NULL)
        return NULL;
    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02dZ", g_date_time_get_year(utc),
                           g_date_time_get_month(utc),
                           g_date_time_get_day_of_month(utc), g_date_time_get_hour(utc),
                           g_date_time_get_minute(utc), g_date_time_get_second(utc));
}

/* Takes exactly n digits; false if there are fewer. */
static bool
take_digits(const char **text, int n, int *value)
{
    int result = 0;

    for (int i = 0; i < n; i++) {
        if (!g_ascii_isdigit((*text)[i]))
            return false;
        result = result * 10 + ((*text)[i] - '0');
    }
    *text += n;
    *value = result;
    return true;
}

static bool
take_char(const char **text, char c)
{
    if (**text != c)
        return false;
    (*text)++;
    return true;
}

static bool
take_date(const char **text, RpCivil *civil)
{
    return take_digits(text, 4, &civil->year) && take_char(text, '-') &&
           take_digits(text, 2, &civil->month) && take_char(text, '-') &&
           take_digits(text, 2, &civil->day);
}

/* "21:40:02" or "21:40" */
static bool
take_time(const char **text, RpCivil *civil)
{
    if (!take_digits(text, 2, &civil->hour) || !take_char(text, ':') ||
        !take_digits(text, 2, &civil->minute))
        return false;
    return !take_char(text, ':') || take_digits(text, 2, &civil->second);
}

/* "Z", "+02:00", "+0200" or "+02" up to the end. */
static bool
take_offset(const char *text, int *offset_s)
{
    int hours = 0, minutes = 0;
    bool is_west = *text == '-';

    *offset_s = 0;
    if (take_char(&text, 'Z'))
        return *text == '\0';
    if (!take_char(&text, '+') && !take_char(&text, '-'))
        return false;
    if (!take_digits(&text, 2, &hours))
        return false;
    if (*text != '\0') {
        take_char(&text, ':');
        if (!take_digits(&text, 2, &minutes))
            return false;
    }
    *offset_s = (hours * RP_HOUR_S + minutes * RP_MINUTE_S) * (is_west ? -1 : 1);
    return *text == '\0' && hours <= 23 && minutes <= 59;
}

static bool
from_local(const RpCivil *civil, GTimeZone *zone, int64_t *at)
{
    g_autoptr(GDateTime) local =
        g_date_time_new(zone, civil->year, civil->month, civil->day, civil->hour,
                        civil->minute, civil->second);

    if (local == NULL)
        return false;
    *at = g_date_time_to_unix(local);
    return true;
}

bool
rp_instant_parse(const char *text, GTimeZone *zone, int64_t *at)
{
    RpCivil civil = {0};
    int offset_s;
    int64_t utc_at;

    if (!take_date(&text, &civil))
        return false;
    if (*text == '\0' && zone != NULL)
        return rp_instant_of_day(&civil, zone, at);
    if (*text != '\0') {
        if (!take_char(&text, 'T') && !take_char(&text, ' '))
            return false;
        if (!take_time(&text, &civil))
            return false;
    }
    if (!rp_instant_from_civil(&civil, &utc_at))
        return false;
    if (*text == '\0' && zone != NULL)
        return from_local(&civil, zone, at);
    if (*text != '\0' && !take_offset(text, &offset_s))
        return false;
    *at = utc_at - (*text != '\0' ? offset_s : 0);
    return true;
}

static int64_t
unit_s(char unit)
{
    switch (unit) {
    case 'w':
        return RP_WEEK_S;
    case 'd':
        return RP_DAY_S;
    case 'h':
        return RP_HOUR_S;
    case 'm':
        return RP_MINUTE_S;
    case 's':
        return 1;
    default:
        return 0;
    }
}

/* One "12h"; adds it to *sum_s. */
static bool
take_duration(const char **text, int64_t *sum_s)
{
    char *end = NULL;
    uint64_t count;
    int64_t unit, part_s;

    if (!g_ascii_isdigit(**text))
        return false;
    count = g_ascii_strtoull(*text, &end, 10);
    unit = unit_s(*end);
    if (unit == 0 || count > INT64_MAX / 2)
        return false;
    if (__builtin_mul_overflow((int64_t)count, unit, &part_s) ||
        __builtin_add_overflow(*sum_s, part_s, sum_s))
        return false;
    *text = end + 1;
    return true;
}

bool
rp_duration_parse(const char *text, int64_t *duration_s)
{
    int64_t sum_s = 0;

    do {
        if (!take_duration(&text, &sum_s))
            return false;
    } while (*text != '\0');
    *duration_s = sum_s;
    return true;
}

/* "3 h" */
static char *
with_unit(uint64_t n, const char *unit)
{
    g_autofree char *number = g_strdup_printf("%" G_GUINT64_FORMAT, n);

    /* TRANSLATORS: a number and the short sign of a unit: "3 h". */
    return g_strdup_printf(C_("duration", "%1$s %2$s"), number, unit);
}

char *
rp_duration_format(int64_t duration_s)
{
    /* TRANSLATORS: signs of the day, hour, minute and second, the shorter the better:
     * durations stand in narrow columns. */
    static const struct {
        uint64_t s;
        const char *word;
    } units[] = {{RP_DAY_S, NC_("duration", "d")},
                 {RP_HOUR_S, NC_("duration", "h")},
                 {RP_MINUTE_S, NC_("duration", "min")},
                 {1, NC_("duration", "s")}};
    uint64_t left = duration_s < 0 ? -(uint64_t)duration_s : (uint64_t)duration_s;
    size_t i = 0;
    g_autofree char *large = NULL;
    g_autofree char *small = NULL;

    while (i < G_N_ELEMENTS(units) - 1 && left < units[i].s)
        i++;
    large = with_unit(left / units[i].s, g_dpgettext2(NULL, "duration", units[i].word));
    if (i < G_N_ELEMENTS(units) - 1 && left % units[i].s >= units[i + 1].s)
        small = with_unit(left % units[i].s / units[i + 1].s,
                          g_dpgettext2(NULL, "duration", units[i + 1].word));
    return g_strconcat(duration_s < 0 ? "-" : "", large, small != NULL ? " " : "",
                       small, NULL);
}
