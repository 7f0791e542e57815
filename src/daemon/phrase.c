/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phrase.c - the words that notices are made of */
#include "daemon/phrase.h"

#include <glib/gi18n.h>

#include "report/text.h"

enum { NAME_WIDTH = 26 }; /* columns; GNOME cuts a title to some 45, Xfce to 30 */

char *
rp_phrase_duration(int64_t duration_s)
{
    unsigned long weeks = (unsigned long)(MAX(duration_s, 0) / RP_WEEK_S);
    unsigned long days = (unsigned long)(MAX(duration_s, 0) / RP_DAY_S);
    unsigned long hours = (unsigned long)(MAX(duration_s, 0) / RP_HOUR_S);
    unsigned long minutes = (unsigned long)(MAX(duration_s, 0) / RP_MINUTE_S);

    if (weeks >= 2)
        return g_strdup_printf(ngettext("%lu week", "%lu weeks", weeks), weeks);
    if (days >= 2)
        return g_strdup_printf(ngettext("%lu day", "%lu days", days), days);
    if (hours >= 1)
        return g_strdup_printf(ngettext("%lu hour", "%lu hours", hours), hours);
    if (minutes >= 1)
        return g_strdup_printf(ngettext("%lu minute", "%lu minutes", minutes), minutes);
    return g_strdup(_("less than a minute"));
}

char *
rp_phrase_wait(const RpCandidate *candidate, int64_t now_at)
{
    return rp_phrase_duration(now_at - candidate->opened_at);
}

char *
rp_phrase_usual(const RpCandidate *candidate)
{
    g_autofree char *usual = rp_phrase_duration(candidate->usual_s);

    if (candidate->usual_s < 0)
        return g_strdup("");
    /* TRANSLATORS: stands behind "Waiting for 3 days"; %s is "5 hours" */
    if (candidate->direction == RP_MINE)
        return g_strdup_printf(_("; you usually answer in %s"), usual);
    /* TRANSLATORS: stands behind "You have waited for 3 days"; %s is "5 hours" */
    return g_strdup_printf(_("; they usually answer in %s"), usual);
}

/* The blocks of UAX 9 whose characters are R or AL unless they say otherwise. */
static bool
has_right_to_left(const char *text)
{
    for (; *text != '\0'; text = g_utf8_find_next_char(text, NULL)) {
        gunichar c = g_utf8_get_char(text);

        if ((c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) ||
            (c >= 0xfe70 && c <= 0xfeff) || (c >= 0x10800 && c <= 0x10fff) ||
            (c >= 0x1e800 && c <= 0x1efff))
            return true;
    }
    return false;
}

/* First strong isolate; before it the left-to-right mark, as Pango looks for a line's
 * direction in isolates too. */
char *
rp_phrase_embed(char *text)
{
    g_autofree char *own = text;

    if (!has_right_to_left(text))
        return g_steal_pointer(&own);
    return g_strdup_printf("\u200E\u2068%s\u2069", own);
}

char *
rp_phrase_subject(const RpCandidate *candidate, int width)
{
    g_autofree char *clean = rp_text_clean(candidate->subject, width);

    return *clean == '\0' ? g_strdup(_("(no subject)")) : g_steal_pointer(&clean);
}

char *
rp_phrase_name(const RpCandidate *candidate)
{
    g_autofree char *clean = rp_text_clean(candidate->who, NAME_WIDTH);

    return *clean == '\0' ? rp_text_clean(candidate->address, NAME_WIDTH)
                          : rp_phrase_embed(g_steal_pointer(&clean));
}

static char *
count_channel(RpChannel channel, guint n)
{
    switch (channel) {
    case RP_CHANNEL_CALL:
        return g_strdup_printf(ngettext("%u call", "%u calls", n), n);
    case RP_CHANNEL_FAVOUR:
        return g_strdup_printf(ngettext("%u word of thanks", "%u words of thanks", n),
                               n);
    case RP_CHANNEL_MAIL:
        break;
    }
    return g_strdup_printf(ngettext("%u reply", "%u replies", n), n);
}

char *
rp_phrase_count(const GPtrArray *members)
{
    const RpCandidate *first = g_ptr_array_index(members, 0);
    guint n = members->len;

    for (guint i = 1; i < n; i++) {
        const RpCandidate *next = g_ptr_array_index(members, i);

        if (next->channel != first->channel || next->is_keep != first->is_keep)
            return g_strdup_printf(ngettext("%u answer", "%u answers", n), n);
    }
    if (first->is_keep)
        return g_strdup_printf(ngettext("%u sign of life", "%u signs of life", n), n);
    return count_channel(first->channel, n);
}

static GDateTime *
local_of(int64_t at, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);

    return g_date_time_to_timezone(utc, zone);
}

char *
rp_phrase_until(int64_t at, GTimeZone *zone, int64_t now_at)
{
    g_autoptr(GDateTime) now = local_of(now_at, zone);
    g_autoptr(GDateTime) next = g_date_time_add_days(now, 1);
    g_autoptr(GDateTime) then = local_of(at, zone);

    if (g_date_time_get_year(next) == g_date_time_get_year(then) &&
        g_date_time_get_day_of_year(next) == g_date_time_get_day_of_year(then))
        /* TRANSLATORS: "until tomorrow, 16:40", as g_date_time_format() takes it. */
        return g_date_time_format(then, _("tomorrow, %H:%M"));
    return rp_text_when(at, zone);
}
