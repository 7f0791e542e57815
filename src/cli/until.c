/* SPDX-License-Identifier: GPL-3.0-or-later */
/* until.c - an instant to come or past, as people say it */
#include "cli/until.h"

#include <string.h>

#include "core/instant.h"

enum {
    MORNING_MINUTE = 9 * 60, /* of a day named without a time */
    NOON_MINUTE = 12 * 60,   /* the same, of a past one */
    NO_MINUTE = -1,
};

/* What was read so far. */
typedef struct {
    int64_t now_at;
    GTimeZone *zone; /* foreign */
    GDateTime *now;  /* own; local */
    int minute;      /* of the day; NO_MINUTE if none was named */
} Reader;

/* The instant of a minute of the day, days after the day that it is now. */
static int64_t
on_day(const Reader *reader, int days, int minute)
{
    g_autoptr(GDateTime) day = g_date_time_add_days(reader->now, days);
    g_autoptr(GDateTime) local = g_date_time_new(
        reader->zone, g_date_time_get_year(day), g_date_time_get_month(day),
        g_date_time_get_day_of_month(day), minute / 60, minute % 60, 0);

    return g_date_time_to_unix(local);
}

static int
minute_or_morning(const Reader *reader)
{
    return reader->minute != NO_MINUTE ? reader->minute : MORNING_MINUTE;
}

/* "9:00" or "17:30". */
static bool
read_time(const char *word, int *minute)
{
    char **parts = g_strsplit(word, ":", 2);
    guint64 hours = 0;
    guint64 minutes = 0;
    bool is_time = parts[0] != NULL && parts[1] != NULL && strlen(parts[1]) == 2 &&
                   g_ascii_string_to_unsigned(parts[0], 10, 0, 23, &hours, NULL) &&
                   g_ascii_string_to_unsigned(parts[1], 10, 0, 59, &minutes, NULL);

    g_strfreev(parts);
    if (is_time)
        *minute = (int)(hours * 60 + minutes);
    return is_time;
}

/* 1 for "mon", "monday"; 0 if it is no weekday. */
static int
read_weekday(const char *word)
{
    static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};

    for (int i = 0; i < 7; i++) {
        if (strlen(word) >= 3 && g_str_has_prefix(days[i], word))
            return i + 1;
    }
    return 0;
}

/* Whole days and weeks: the local time stays, whatever the clock does between. */
static bool
read_days(const char *word, int *days)
{
    size_t n = strlen(word);
    g_autofree char *digits = n > 1 ? g_strndup(word, n - 1) : g_strdup("");
    guint64 count = 0;

    if (n < 2 || (word[n - 1] != 'd' && word[n - 1] != 'w') ||
        !g_ascii_string_to_unsigned(digits, 10, 1, 3650, &count, NULL))
        return false;
    *days = (int)count * (word[n - 1] == 'w' ? 7 : 1);
    return true;
}

static int64_t
on_weekday(const Reader *reader, int weekday)
{
    int days = (weekday - g_date_time_get_day_of_week(reader->now) + 7) % 7;
    int64_t at = on_day(reader, days, minute_or_morning(reader));

    return at > reader->now_at ? at
                               : on_day(reader, days + 7, minute_or_morning(reader));
}

static bool
read_date(const Reader *reader, const char *day, int64_t *at)
{
    g_autofree char *text = NULL;
    int minute = minute_or_morning(reader);

    if (strlen(day) != strlen("2026-03-20"))
        return false;
    text = g_strdup_printf("%sT%02d:%02d:00", day, minute / 60, minute % 60);
    return rp_instant_parse(text, reader->zone, at);
}

/* A day without its time of day, which is in reader->minute. */
static bool
read_day(const Reader *reader, const char *day, int64_t *at)
{
    int weekday = read_weekday(day);

    if (strcmp(day, "today") == 0)
        *at = on_day(reader, 0, minute_or_morning(reader));
    else if (strcmp(day, "tomorrow") == 0)
        *at = on_day(reader, 1, minute_or_morning(reader));
    else if (strcmp(day, "next week") == 0)
        *at = on_day(reader, 8 - g_date_time_get_day_of_week(reader->now),
                     minute_or_morning(reader));
    else if (weekday != 0)
        *at = on_weekday(reader, weekday);
    else
        return read_date(reader, day, at);
    return true;
}

static bool
read_later(const Reader *reader, const char *text, int64_t *at)
{
    int64_t duration_s;
    int days;

    if (read_days(text, &days)) {
        g_autoptr(GDateTime) then = g_date_time_add_days(reader->now, days);

        *at = g_date_time_to_unix(then);
        return true;
    }
    if (!rp_duration_parse(text, &duration_s) || duration_s <= 0 ||
        duration_s > 3650 * (int64_t)RP_DAY_S)
        return false;
    *at = reader->now_at + duration_s;
    return true;
}

static bool
read_words(Reader *reader, char *text, int64_t *at)
{
    char *last = strrchr(text, ' ');

    if (read_later(reader, text, at))
        return true;
    if (read_time(text, &reader->minute)) {
        *at = on_day(reader, 0, reader->minute);
        if (*at <= reader->now_at)
            *at = on_day(reader, 1, reader->minute);
        return true;
    }
    if (last != NULL && read_time(last + 1, &reader->minute))
        *last = '\0';
    return read_day(reader, text, at);
}

/* --- past --- */

/* "2h ago", "3d ago": of days the local time stays. */
static bool
read_ago(const Reader *reader, const char *text, int64_t *at)
{
    g_autofree char *wait = NULL;
    int64_t duration_s;
    int days;

    if (!g_str_has_suffix(text, " ago"))
        return false;
    wait = g_strndup(text, strlen(text) - strlen(" ago"));
    if (read_days(wait, &days)) {
        g_autoptr(GDateTime) then = g_date_time_add_days(reader->now, -days);

        *at = g_date_time_to_unix(then);
        return true;
    }
    if (!rp_duration_parse(wait, &duration_s) || duration_s <= 0 ||
        duration_s > 3650 * (int64_t)RP_DAY_S)
        return false;
    *at = reader->now_at - duration_s;
    return true;
}

/* A day without a time: its noon, or now if that is yet to come. */
static int64_t
on_past_day(const Reader *reader, int days)
{
    if (reader->minute != NO_MINUTE)
        return on_day(reader, days, reader->minute);
    return MIN(on_day(reader, days, NOON_MINUTE), reader->now_at);
}

static bool
read_past_day(Reader *reader, const char *day, int64_t *at)
{
    int weekday = read_weekday(day + (g_str_has_prefix(day, "last ") ? 5 : 0));
    int days = (g_date_time_get_day_of_week(reader->now) - weekday + 7) % 7;

    if (strcmp(day, "today") == 0)
        *at = on_past_day(reader, 0);
    else if (strcmp(day, "yesterday") == 0)
        *at = on_past_day(reader, -1);
    else if (weekday != 0)
        *at = on_past_day(reader, -days);
    else {
        reader->minute = reader->minute != NO_MINUTE ? reader->minute : NOON_MINUTE;
        return read_date(reader, day, at);
    }
    if (weekday != 0 && *at > reader->now_at)
        *at = on_past_day(reader, -days - 7);
    return true;
}

static bool
read_past_words(Reader *reader, char *text, int64_t *at)
{
    char *last = strrchr(text, ' ');

    if (strcmp(text, "now") == 0) {
        *at = reader->now_at;
        return true;
    }
    if (read_ago(reader, text, at))
        return true;
    if (read_time(text, &reader->minute)) {
        *at = on_day(reader, 0, reader->minute);
        return true;
    }
    if (last != NULL && read_time(last + 1, &reader->minute))
        *last = '\0';
    return read_past_day(reader, text, at);
}

/* --- both --- */

/* Lower case, and one space where there is white space. */
static char *
normalize(const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t\n", -1);
    g_autoptr(GString) out = g_string_new(NULL);

    for (char **word = words; *word != NULL; word++) {
        g_autofree char *lower = g_ascii_strdown(*word, -1);

        if (*lower != '\0')
            g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", lower);
    }
    return g_strdup(out->str);
}

static bool
parse(const char *text, int64_t now_at, GTimeZone *zone,
      bool (*read)(Reader *reader, char *text, int64_t *at), int64_t *at)
{
    g_autofree char *words = normalize(text);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now_at);
    Reader reader = {now_at, zone, NULL, NO_MINUTE};
    bool is_read;

    if (utc == NULL)
        return false;
    reader.now = g_date_time_to_timezone(utc, zone);
    is_read = read(&reader, words, at) || rp_instant_parse(text, zone, at);
    g_date_time_unref(reader.now);
    return is_read;
}

bool
rp_until_parse(const char *text, int64_t now_at, GTimeZone *zone, int64_t *at)
{
    return parse(text, now_at, zone, read_words, at);
}

bool
rp_past_parse(const char *text, int64_t now_at, GTimeZone *zone, int64_t *at)
{
    return parse(text, now_at, zone, read_past_words, at);
}
