/* SPDX-License-Identifier: GPL-3.0-or-later */
/* values.c - switches, shares, times of the day, hosts */
#include "config/values.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "core/instant.h"

/* JULIAN_1970: g_date_get_julian of 1970-01-01. */
enum { JULIAN_1970 = 719163, MAX_AWAY_DAYS = 366 };

bool
rp_value_bool(const char *text, bool *value)
{
    static const char *const words[] = {"false", "true", "no", "yes",
                                        "off",   "on",   "0",  "1"};

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (g_ascii_strcasecmp(text, words[i]) == 0) {
            *value = i % 2 == 1;
            return true;
        }
    }
    return false;
}

bool
rp_value_share(const char *text, double *value)
{
    char *end = NULL;
    double share = g_ascii_strtod(text, &end);

    if (end == text || *end != '\0' || !(share >= 0 && share <= 1))
        return false;
    *value = share;
    return true;
}

/* "09:00"; moves *text behind it. */
static bool
take_time(const char **text, int *minute)
{
    const char *t = *text;
    int hour;

    if (!g_ascii_isdigit(t[0]) || !g_ascii_isdigit(t[1]) || t[2] != ':' ||
        !g_ascii_isdigit(t[3]) || !g_ascii_isdigit(t[4]) || t[3] > '5')
        return false;
    hour = (t[0] - '0') * 10 + t[1] - '0';
    *minute = hour * 60 + (t[3] - '0') * 10 + t[4] - '0';
    *text = t + 5;
    return *minute <= 24 * 60;
}

/* "09:00-17:00", white space around the dash allowed; to the end of the text. */
static bool
read_span(const char *text, int *from_minute, int *until_minute)
{
    if (!take_time(&text, from_minute))
        return false;
    text += strspn(text, " ");
    if (*text++ != '-')
        return false;
    text += strspn(text, " ");
    return take_time(&text, until_minute) && *text == '\0';
}

bool
rp_value_quiet(const char *text, int *from_minute, int *until_minute)
{
    int from = 0;
    int until = 0;

    if (*text != '\0' && !read_span(text, &from, &until))
        return false;
    *from_minute = from % (24 * 60);
    *until_minute = until % (24 * 60);
    return true;
}

/* 0 for Mon; moves *text behind it. */
static bool
take_day(const char **text, int *day)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

    for (int i = 0; i < 7; i++) {
        if (g_ascii_strncasecmp(*text, days[i], 3) == 0) {
            *day = i;
            *text += 3;
            return true;
        }
    }
    return false;
}

/* "Mon-Fri", "Sat" or "Mon,Wed": a bit a day, Monday the lowest; up to the space. */
static bool
take_days(const char **text, unsigned *days)
{
    *days = 0;
    for (;;) {
        int first, last;

        if (!take_day(text, &first))
            return false;
        last = first;
        if (**text == '-' && (++*text, !take_day(text, &last)))
            return false;
        if (last < first)
            return false;
        for (int day = first; day <= last; day++)
            *days |= 1u << day;
        if (**text != ',')
            return **text == ' ';
        ++*text;
    }
}

/* One part between semicolons; days that are already set are refused. */
static bool
read_working_part(const char *text, RpWorkingDay week[7], unsigned *all_days)
{
    RpWorkingDay span;
    unsigned days;

    if (!take_days(&text, &days) || (days & *all_days) != 0)
        return false;
    text += strspn(text, " ");
    if (!read_span(text, &span.start_minute, &span.end_minute) ||
        span.end_minute <= span.start_minute)
        return false;
    for (int day = 0; day < 7; day++) {
        if ((days & (1u << day)) != 0)
            week[day] = span;
    }
    *all_days |= days;
    return true;
}

bool
rp_value_working_hours(const char *text, RpWorkingDay week[7])
{
    g_auto(GStrv) parts = g_strsplit(text, ";", -1);
    RpWorkingDay read[7] = {{0, 0}};
    unsigned days = 0;

    for (char **part = parts; *part != NULL; part++) {
        if (*g_strstrip(*part) != '\0' && !read_working_part(*part, read, &days))
            return false;
    }
    if (days == 0)
        return false;
    memcpy(week, read, sizeof read);
    return true;
}

char *
rp_value_pin(const char *text)
{
    static const char prefix[] = "sha256:";
    g_autoptr(GString) pin = g_string_new(prefix);

    if (g_ascii_strncasecmp(text, prefix, strlen(prefix)) != 0)
        return NULL;
    for (const char *c = text + strlen(prefix); *c != '\0'; c++) {
        if (g_ascii_isxdigit(*c))
            g_string_append_c(pin, g_ascii_tolower(*c));
        else if (*c != ':')
            return NULL;
    }
    return pin->len == strlen(prefix) + 64 ? g_strdup(pin->str) : NULL;
}

bool
rp_value_is_loopback(const char *host)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(host);

    if (address == NULL)
        return g_ascii_strcasecmp(host, "localhost") == 0;
    return g_inet_address_get_is_loopback(address);
}

static guint32
read_day(const char *text)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autofree char *day = g_strstrip(g_strdup(text));
    int64_t at;

    if (strlen(day) != strlen("2026-12-24") || !rp_instant_parse(day, utc, &at) ||
        at < 0)
        return 0;
    return (guint32)(JULIAN_1970 + at / RP_DAY_S);
}

static bool
add_span(const char *text, GArray *days)
{
    g_auto(GStrv) ends = g_strsplit(text, "..", 2);
    guint32 first = read_day(ends[0]);
    guint32 last = ends[1] != NULL ? read_day(ends[1]) : first;

    if (first == 0 || last < first || last - first > MAX_AWAY_DAYS)
        return false;
    for (guint32 day = first; day <= last; day++)
        g_array_append_val(days, day);
    return true;
}

bool
rp_value_days(const char *text, GArray *days)
{
    g_auto(GStrv) spans = g_strsplit(text, ";", -1);
    g_autoptr(GArray) read = g_array_new(FALSE, FALSE, sizeof(guint32));

    for (char **span = spans; *span != NULL; span++) {
        g_strstrip(*span);
        if (**span != '\0' && !add_span(*span, read))
            return false;
    }
    if (read->len == 0)
        return false;
    g_array_append_vals(days, read->data, read->len);
    return true;
}
