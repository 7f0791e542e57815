/* SPDX-License-Identifier: GPL-3.0-or-later */
/* holidays.c - the days of an iCalendar file, as far as holidays need it */
#include "config/values.h"

#include <gio/gio.h>
#include <string.h>

#include "config/config.h"

enum {
    MAX_FILE = 4 << 20,
    MAX_DAYS = 366, /* of one event */
};

/* "DTSTART;VALUE=DATE:20261225": the Julian day of the first eight digits behind
 * the colon; 0 if there is none. */
static guint32
julian_of(const char *line)
{
    const char *value = strchr(line, ':');
    int year, month, day;
    guint64 digits;
    GDate date;
    g_autofree char *text = g_strndup(value != NULL ? value + 1 : "", 8);

    if (strlen(text) != 8 ||
        !g_ascii_string_to_unsigned(text, 10, 1, 99991231, &digits, NULL))
        return 0;
    year = (int)(digits / 10000);
    month = (int)(digits / 100 % 100);
    day = (int)(digits % 100);
    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return 0;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return g_date_get_julian(&date);
}

/* Is this content line that property, with or without parameters? */
static bool
is_property(const char *line, const char *name)
{
    size_t n = strlen(name);

    return g_ascii_strncasecmp(line, name, n) == 0 &&
           (line[n] == ':' || line[n] == ';');
}

static int
compare_days(gconstpointer a, gconstpointer b)
{
    guint32 x = *(const guint32 *)a;
    guint32 y = *(const guint32 *)b;

    return (x > y) - (x < y);
}

/* Adds the days of one event; an end that is none makes it one day long. */
static void
add_event(GArray *days, guint32 start, guint32 end)
{
    guint32 until = end > start ? MIN(end, start + MAX_DAYS) : start + 1;

    for (guint32 day = start; day < until; day++)
        g_array_append_val(days, day);
}

static bool
read_events(char **lines, GArray *days, const char *path, GError **error)
{
    guint32 start = 0;
    guint32 end = 0;

    for (char **line = lines; *line != NULL; line++) {
        g_strchomp(*line);
        if (g_ascii_strcasecmp(*line, "BEGIN:VEVENT") == 0) {
            start = end = 0;
        } else if (is_property(*line, "DTSTART")) {
            start = julian_of(*line);
        } else if (is_property(*line, "DTEND")) {
            end = julian_of(*line);
        } else if (is_property(*line, "RRULE")) {
            g_set_error(
                error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE,
                "%s has events that recur (RRULE); take one with a date for each",
                path);
            return false;
        } else if (g_ascii_strcasecmp(*line, "END:VEVENT") == 0 && start != 0) {
            add_event(days, start, end);
        }
    }
    return true;
}

GArray *
rp_value_holidays(const char *path, GError **error)
{
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GError) local = NULL;
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    gsize n = 0;

    if (!g_file_get_contents(path, &text, &n, &local)) {
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE, "%s",
                    local->message);
        return NULL;
    }
    if (n > MAX_FILE) {
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE,
                    "%s is too large for a list of holidays", path);
        return NULL;
    }
    lines = g_strsplit(text, "\n", -1);
    if (!read_events(lines, days, path, error))
        return NULL;
    if (days->len == 0) {
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE,
                    "%s has no event with a date (is it an iCalendar file?)", path);
        return NULL;
    }
    g_array_sort(days, compare_days);
    return g_steal_pointer(&days);
}
