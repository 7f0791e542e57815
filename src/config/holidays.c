/* SPDX-License-Identifier: GPL-3.0-or-later */
/* holidays.c - the days of an iCalendar file's events */
#include "config/values.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <libical/ical.h>

#include "config/config.h"

enum {
    MAX_FILE = 4 << 20,
    MAX_EVENT_DAYS = 366,
    MAX_DAYS = 1 << 17, /* of all events */
    LAST_YEAR = 2199,   /* as the working clock has it */
};

/* 0 if there is no such day. */
static guint32
julian_of(icaltimetype time)
{
    GDate date;

    if (icaltime_is_null_time(time) || time.year < 1 || time.year > LAST_YEAR ||
        !g_date_valid_dmy((GDateDay)time.day, (GDateMonth)time.month,
                          (GDateYear)time.year))
        return 0;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)time.day, (GDateMonth)time.month,
                   (GDateYear)time.year);
    return g_date_get_julian(&date);
}

/* DTEND is exclusive (RFC 5545 3.6.1); an end that is none makes it one day. */
static guint32
length_of(icalcomponent *event)
{
    guint32 start = julian_of(icalcomponent_get_dtstart(event));
    guint32 end = julian_of(icalcomponent_get_dtend(event));

    return end > start ? MIN(end - start, MAX_EVENT_DAYS) : 1;
}

static bool
is_excepted(icalcomponent *event, guint32 day)
{
    icalproperty *property =
        icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY);

    for (; property != NULL;
         property = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY))
        if (julian_of(icalproperty_get_exdate(property)) == day)
            return true;
    return false;
}

static void
add_days(GArray *days, icalcomponent *event, guint32 first)
{
    guint32 n = length_of(event);

    if (first == 0 || is_excepted(event, first))
        return;
    for (guint32 day = first; day < first + n && days->len < MAX_DAYS; day++)
        g_array_append_val(days, day);
}

/* The first one is the event's own start. */
static void
add_recurring(GArray *days, icalcomponent *event, icalproperty *rule)
{
    icaltimetype start = icalcomponent_get_dtstart(event);
    icalrecur_iterator *iterator =
        icalrecur_iterator_new(icalproperty_get_rrule(rule), start);

    while (iterator != NULL && days->len < MAX_DAYS) {
        guint32 day = julian_of(icalrecur_iterator_next(iterator));

        if (day == 0)
            break;
        add_days(days, event, day);
    }
    if (iterator != NULL)
        icalrecur_iterator_free(iterator);
}

/* RDATE's: all of them before anything else is asked for, as a component has one
 * place only to remember how far its properties have been read. */
static GArray *
further_days(icalcomponent *event)
{
    GArray *further = g_array_new(FALSE, FALSE, sizeof(guint32));
    icalproperty *property =
        icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY);

    for (; property != NULL;
         property = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY)) {
        guint32 day = julian_of(icalproperty_get_rdate(property).time);

        g_array_append_val(further, day);
    }
    return further;
}

static void
add_event(GArray *days, icalcomponent *event)
{
    icalproperty *rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
    g_autoptr(GArray) further = further_days(event);

    if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED)
        return;
    if (rule != NULL)
        add_recurring(days, event, rule);
    else
        add_days(days, event, julian_of(icalcomponent_get_dtstart(event)));
    for (guint i = 0; i < further->len; i++)
        add_days(days, event, g_array_index(further, guint32, i));
}

/* A calendar's events; several calendars in a file stand in one component more. */
static void
add_events(GArray *days, icalcomponent *calendar)
{
    icalcomponent *part =
        icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT);

    for (; part != NULL;
         part = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT)) {
        icalcomponent_kind kind = icalcomponent_isa(part);
        icalcomponent *event;

        if (kind == ICAL_VEVENT_COMPONENT)
            add_event(days, part);
        if (kind != ICAL_VCALENDAR_COMPONENT)
            continue;
        event = icalcomponent_get_first_component(part, ICAL_VEVENT_COMPONENT);
        for (; event != NULL;
             event = icalcomponent_get_next_component(part, ICAL_VEVENT_COMPONENT))
            add_event(days, event);
    }
}

static int
compare_days(gconstpointer a, gconstpointer b)
{
    guint32 x = *(const guint32 *)a;
    guint32 y = *(const guint32 *)b;

    return (x > y) - (x < y);
}

GArray *
rp_value_holidays(const char *path, GError **error)
{
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GError) local = NULL;
    g_autofree char *text = NULL;
    icalcomponent *root;
    gsize n = 0;

    if (!g_file_get_contents(path, &text, &n, &local)) {
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE, "%s",
                    local->message);
        return NULL;
    }
    if (n > MAX_FILE) {
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE,
                    _("%s is too large for a list of holidays"), path);
        return NULL;
    }
    root = icalparser_parse_string(text);
    if (root != NULL) {
        add_events(days, root);
        icalcomponent_free(root);
    }
    if (days->len == 0) {
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE,
                    _("%s has no event with a date (is it an iCalendar file?)"), path);
        return NULL;
    }
    g_array_sort(days, compare_days);
    return g_steal_pointer(&days);
}
