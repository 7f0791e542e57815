/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule.c - which notices are due */
#include "daemon/schedule.h"

#include <string.h>

static const char *const STAGE_NAMES[RP_N_STAGES] = {"warn", "overdue", "repeat"};
static const char SNOOZE_STAGE[] = "snooze "; /* and the instant it ended */

/* What the notices ever shown tell of one follow-up. */
typedef struct {
    int stage;        /* the highest; -1: none */
    int64_t shown_at; /* the latest; INT64_MIN: never */
} Shown;

const char *
rp_stage_name(RpStage stage)
{
    return STAGE_NAMES[stage];
}

static void
free_due(gpointer data)
{
    RpDueNotice *due = data;

    g_free(due->stage);
    g_free(due);
}

void
rp_schedule_free(RpSchedule *schedule)
{
    if (schedule == NULL)
        return;
    g_ptr_array_unref(schedule->due);
    g_ptr_array_unref(schedule->members);
    g_ptr_array_unref(schedule->closing);
    g_free(schedule);
}

/* --- local time --- */

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

/* What was shown in a summary stands in the store with the summary's instant. */
static bool
is_in_summary(const GPtrArray *notices, const RpNoticeRow *row)
{
    for (guint i = 0; i < notices->len; i++) {
        const RpNoticeRow *other = g_ptr_array_index(notices, i);

        if (other != row && other->shown_at == row->shown_at &&
            g_str_equal(other->followup_id, RP_SUMMARY_ID))
            return true;
    }
    return false;
}

int
rp_count_raised(const GPtrArray *notices, GTimeZone *zone, int64_t at)
{
    int today = local_day(zone, at);
    int n = 0;

    for (guint i = 0; i < notices->len; i++) {
        const RpNoticeRow *row = g_ptr_array_index(notices, i);

        if (ABS(at - row->shown_at) <= 2 * RP_DAY_S &&
            local_day(zone, row->shown_at) == today && !is_in_summary(notices, row))
            n++;
    }
    return n;
}

/* --- one follow-up --- */

static int
stage_of_name(const char *name)
{
    for (int i = 0; i < RP_N_STAGES; i++)
        if (g_str_equal(name, STAGE_NAMES[i]))
            return i;
    return -1;
}

static Shown
find_shown(const GPtrArray *notices, const char *id)
{
    Shown shown = {-1, INT64_MIN};

    for (guint i = 0; i < notices->len; i++) {
        const RpNoticeRow *row = g_ptr_array_index(notices, i);

        if (!g_str_equal(row->followup_id, id))
            continue;
        shown.stage = MAX(shown.stage, stage_of_name(row->stage));
        shown.shown_at = MAX(shown.shown_at, row->shown_at);
    }
    return shown;
}

/* When a stage begins; RP_NEVER if it is switched off. Twice the limit is as long
 * again as from the opening to the limit, on either clock. */
static int64_t
stage_begins_at(const RpNotifyConfig *config, const RpCandidate *candidate,
                RpStage stage)
{
    switch (stage) {
    case RP_STAGE_WARN:
        return config->at_warn ? candidate->warn_at : RP_NEVER;
    case RP_STAGE_OVERDUE:
        return candidate->due_at;
    case RP_STAGE_REPEAT:
        if (config->repeat)
            return candidate->due_at + (candidate->due_at - candidate->opened_at);
        break;
    case RP_N_STAGES:
        break;
    }
    return RP_NEVER;
}

static int
stage_at(const RpNotifyConfig *config, const RpCandidate *candidate, int64_t at)
{
    int stage = -1;

    for (RpStage i = 0; i < RP_N_STAGES; i++)
        if (stage_begins_at(config, candidate, i) <= at)
            stage = (int)i;
    return stage;
}

static bool
is_active(const RpCandidate *candidate, int64_t at)
{
    bool is_snoozed =
        candidate->snoozed_until_at != RP_NEVER && at < candidate->snoozed_until_at;

    return !is_snoozed && at < candidate->lapse_at;
}

/* The stage to be shown now, the caller's; NULL if there is none. Who asked for a
 * snooze wants to hear again when it is over, whatever was shown before. */
static char *
due_stage(const RpScheduleInput *input, const RpCandidate *candidate)
{
    Shown shown = find_shown(input->notices, candidate->id);
    int stage = stage_at(input->config, candidate, input->now_at);

    if (!is_active(candidate, input->now_at))
        return NULL;
    if (stage > shown.stage)
        return g_strdup(STAGE_NAMES[stage]);
    if (candidate->snoozed_until_at != RP_NEVER &&
        shown.shown_at < candidate->snoozed_until_at) {
        g_autofree char *ended = rp_instant_format(candidate->snoozed_until_at);

        return g_strconcat(SNOOZE_STAGE, ended, NULL);
    }
    return NULL;
}

/* The next instant at which something of it begins. */
static int64_t
next_of(const RpScheduleInput *input, const RpCandidate *candidate)
{
    int64_t next_at = RP_NEVER;

    for (RpStage i = 0; i < RP_N_STAGES; i++) {
        int64_t at = stage_begins_at(input->config, candidate, i);

        if (at > input->now_at)
            next_at = MIN(next_at, at);
    }
    if (candidate->snoozed_until_at > input->now_at)
        next_at = MIN(next_at, candidate->snoozed_until_at);
    if (candidate->lapse_at > input->now_at)
        next_at = MIN(next_at, candidate->lapse_at);
    return next_at;
}

/* --- all of them --- */

static bool
is_true_still(const RpScheduleInput *input, const char *id)
{
    const RpCandidate *candidate = rp_candidates_find(input->candidates, id);

    return candidate != NULL && is_active(candidate, input->now_at);
}

static void
find_closing(const RpScheduleInput *input, RpSchedule *schedule)
{
    bool is_over = true;

    for (guint i = 0; i < input->up->len; i++) {
        const char *id = g_ptr_array_index(input->up, i);

        if (!is_true_still(input, id))
            g_ptr_array_add(schedule->closing, g_strdup(id));
    }
    for (guint i = 0; i < input->summarised->len; i++)
        if (is_true_still(input, g_ptr_array_index(input->summarised, i)))
            is_over = false;
    schedule->is_summary_over = input->summarised->len > 0 && is_over;
}

static void
find_due(const RpScheduleInput *input, RpSchedule *schedule)
{
    for (guint i = 0; i < input->candidates->len; i++) {
        const RpCandidate *candidate = g_ptr_array_index(input->candidates, i);
        char *stage = due_stage(input, candidate);
        RpDueNotice *due;

        schedule->next_at = MIN(schedule->next_at, next_of(input, candidate));
        if (stage == NULL)
            continue;
        due = g_new0(RpDueNotice, 1);
        due->candidate = candidate;
        due->stage = stage;
        g_ptr_array_add(schedule->due, due);
    }
}

/* When notices may be raised again; now_at if they may now. */
static int64_t
may_raise_at(const RpScheduleInput *input, int *n_left)
{
    int64_t until_at = input->now_at;

    *n_left = input->config->per_day -
              rp_count_raised(input->notices, input->zone, input->now_at);
    if (rp_quiet_at(input->config, input->zone, input->now_at, &until_at))
        return until_at;
    if (*n_left <= 0)
        return next_minute_at(input->zone, input->now_at, 0);
    return input->now_at;
}

static bool
has_text(const GPtrArray *texts, const char *text)
{
    for (guint i = 0; i < texts->len; i++)
        if (g_str_equal(g_ptr_array_index(texts, i), text))
            return true;
    return false;
}

/* Pop-ups that would be on the screen together. */
static guint
count_popups(const RpScheduleInput *input, const RpSchedule *schedule)
{
    guint n = input->up->len - schedule->closing->len;

    for (guint i = 0; i < schedule->due->len; i++) {
        const RpDueNotice *due = g_ptr_array_index(schedule->due, i);

        if (!has_text(input->up, due->candidate->id))
            n++;
    }
    return n;
}

static bool
is_due(const RpSchedule *schedule, const RpCandidate *candidate)
{
    for (guint i = 0; i < schedule->due->len; i++) {
        const RpDueNotice *due = g_ptr_array_index(schedule->due, i);

        if (due->candidate == candidate)
            return true;
    }
    return false;
}

/* The summary tells how many are late in all, not how many are new. */
static void
find_members(const RpScheduleInput *input, RpSchedule *schedule)
{
    for (guint i = 0; i < input->candidates->len; i++) {
        RpCandidate *candidate = g_ptr_array_index(input->candidates, i);
        bool is_late =
            is_active(candidate, input->now_at) && candidate->due_at <= input->now_at;

        if (is_late || is_due(schedule, candidate))
            g_ptr_array_add(schedule->members, candidate);
    }
}

RpSchedule *
rp_schedule(const RpScheduleInput *input)
{
    RpSchedule *schedule = g_new0(RpSchedule, 1);
    int n_left = 0;
    int64_t raise_at = may_raise_at(input, &n_left);
    bool has_summary;

    schedule->due = g_ptr_array_new_with_free_func(free_due);
    schedule->members = g_ptr_array_new();
    schedule->closing = g_ptr_array_new_with_free_func(g_free);
    schedule->next_at = RP_NEVER;
    find_closing(input, schedule);
    find_due(input, schedule);
    if (schedule->due->len == 0)
        return schedule;

    if (raise_at > input->now_at) {
        schedule->next_at = MIN(schedule->next_at, raise_at);
        g_ptr_array_set_size(schedule->due, 0);
        return schedule;
    }
    has_summary = input->summarised->len > 0 && !schedule->is_summary_over;
    if (has_summary || count_popups(input, schedule) > RP_MAX_POPUPS ||
        schedule->due->len > (guint)n_left)
        find_members(input, schedule);
    return schedule;
}
