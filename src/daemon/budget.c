/* SPDX-License-Identifier: GPL-3.0-or-later */
/* budget.c - how many notices a day, and at which hours */
#include "daemon/budget.h"

static GDateTime *
local_time(GTimeZone *zone, int64_t at)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);

    return g_date_time_to_timezone(utc, zone);
}

/* The first instant after at whose local clock shows that minute. */
static int64_t
next_minute_at(GTimeZone *zone, int64_t at, int minute)
{
    g_autoptr(GDateTime) local = local_time(zone, at);

    for (int days = 0;; days++) {
        g_autoptr(GDateTime) day = g_date_time_add_days(local, days);
        g_autoptr(GDateTime) time = g_date_time_new(
            zone, g_date_time_get_year(day), g_date_time_get_month(day),
            g_date_time_get_day_of_month(day), minute / 60, minute % 60, 0);

        if (g_date_time_to_unix(time) > at)
            return g_date_time_to_unix(time);
    }
}

bool
rp_quiet_at(const RpNotifyConfig *config, GTimeZone *zone, int64_t at,
            int64_t *until_at)
{
    g_autoptr(GDateTime) local = local_time(zone, at);
    int minute = g_date_time_get_hour(local) * 60 + g_date_time_get_minute(local);
    int from = config->quiet_from_minute, until = config->quiet_until_minute;
    bool is_after = minute >= from, is_before = minute < until;

    if (from == until ||
        !(from < until ? is_after && is_before : is_after || is_before))
        return false;
    *until_at = next_minute_at(zone, at, until);
    return true;
}

static int
local_day(GTimeZone *zone, int64_t at)
{
    g_autoptr(GDateTime) local = local_time(zone, at);

    return g_date_time_get_year(local) * 366 + g_date_time_get_day_of_year(local);
}

int
rp_budget_left(const RpNotifyConfig *config, GTimeZone *zone, const GPtrArray *notices,
               int64_t at, int64_t *next_day_at)
{
    int today = local_day(zone, at);
    int n_left = config->per_day;

    for (guint i = 0; i < notices->len; i++) {
        const RpNoticeRow *row = g_ptr_array_index(notices, i);

        if (g_str_equal(row->followup_id, RP_POPUP_ID) &&
            ABS(at - row->shown_at) <= 2 * RP_DAY_S &&
            local_day(zone, row->shown_at) == today)
            n_left--;
    }
    *next_day_at = next_minute_at(zone, at, 0);
    return n_left;
}
