/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule.c - which notices are due */
#include "daemon/schedule.h"

#include "daemon/budget.h"
#include "daemon/stage.h"

/* A follow-up of which something is to be shown. */
typedef struct {
    const RpCandidate *candidate;
    char *stage;      /* own; as the store is to keep it; NULL: it was shown before */
    int64_t since_at; /* when it became due */
} Due;

/* Who hears of something so long after it became due has missed it. */
enum { MISSED_S = 15 * RP_MINUTE_S };

static bool
has_text(const GPtrArray *texts, const char *text)
{
    for (guint i = 0; i < texts->len; i++)
        if (g_str_equal(g_ptr_array_index(texts, i), text))
            return true;
    return false;
}

static char *
make_key(const RpCandidate *candidate)
{
    return g_strconcat("person ", candidate->person_key, NULL);
}

static void
free_raise(gpointer data)
{
    RpRaise *raise = data;

    rp_popup_free(raise->popup);
    g_ptr_array_unref(raise->members);
    g_free(raise);
}

void
rp_schedule_free(RpSchedule *schedule)
{
    if (schedule == NULL)
        return;
    g_ptr_array_unref(schedule->raises);
    g_ptr_array_unref(schedule->closing);
    g_free(schedule);
}

static void
clear_due(gpointer data)
{
    Due *due = data;

    g_free(due->stage);
}

static GArray *
find_all_due(const RpScheduleInput *input, int64_t *next_at)
{
    const RpStageInput stages = {input->notices, input->config, input->now_at};
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Due));

    g_array_set_clear_func(all, clear_due);
    for (guint i = 0; i < input->candidates->len; i++) {
        const RpCandidate *candidate = g_ptr_array_index(input->candidates, i);
        Due due = {.candidate = candidate, .since_at = input->now_at};
        bool is_lost = has_text(input->again, candidate->id) &&
                       rp_candidate_is_active(candidate, input->now_at);

        *next_at = MIN(*next_at, rp_stage_next_at(&stages, candidate));
        due.stage = rp_stage_due(&stages, candidate, &due.since_at);
        if (due.stage != NULL || is_lost)
            g_array_append_val(all, due);
    }
    return all;
}

/* Leaves in all what may be shown now. What was shown before costs nothing of the
 * budget. Returns how much is left of that. */
static int
hold_back(const RpScheduleInput *input, GArray *all, int64_t *next_at)
{
    int64_t until_at = RP_NEVER;
    int n_left = rp_budget_left(input->config, input->zone, input->notices,
                                input->now_at, &until_at);
    bool is_quiet = rp_quiet_at(input->config, input->zone, input->now_at, &until_at);

    for (guint i = all->len; i > 0; i--) {
        bool is_new = g_array_index(all, Due, i - 1).stage != NULL;

        if (!is_quiet && (n_left > 0 || !is_new))
            continue;
        *next_at = MIN(*next_at, until_at);
        g_array_remove_index(all, i - 1);
    }
    return n_left;
}

static void
find_closing(const RpScheduleInput *input, RpSchedule *schedule)
{
    for (guint i = 0; i < input->popups->len; i++) {
        const RpPopup *popup = g_ptr_array_index(input->popups, i);
        bool is_true = false;

        for (guint k = 0; k < popup->ids->len; k++) {
            const RpCandidate *candidate =
                rp_candidates_find(input->candidates, g_ptr_array_index(popup->ids, k));

            if (candidate != NULL && rp_candidate_is_active(candidate, input->now_at))
                is_true = true;
        }
        if (popup->is_up && !is_true)
            g_ptr_array_add(schedule->closing, g_strdup(popup->key));
    }
}

static bool
stays(const RpSchedule *schedule, const RpPopup *popup)
{
    return popup != NULL && !has_text(schedule->closing, popup->key);
}

static RpRaise *
add_raise(RpSchedule *schedule, const char *key)
{
    RpRaise *raise = g_new0(RpRaise, 1);

    raise->popup = rp_popup_new(key);
    raise->members = g_ptr_array_new();
    g_ptr_array_add(schedule->raises, raise);
    return raise;
}

static void
add_member(RpRaise *raise, RpCandidate *candidate, const GArray *all)
{
    const char *stage = NULL;

    for (guint i = 0; i < all->len; i++) {
        const Due *due = &g_array_index(all, Due, i);

        if (due->candidate == candidate)
            stage = due->stage;
    }
    rp_popup_add(raise->popup, candidate->id, stage);
    g_ptr_array_add(raise->members, candidate);
}

static bool
is_due(const GArray *all, const RpCandidate *candidate)
{
    for (guint i = 0; i < all->len; i++)
        if (g_array_index(all, Due, i).candidate == candidate)
            return true;
    return false;
}

static RpRaise *
find_raise(const RpSchedule *schedule, const char *key)
{
    for (guint i = 0; i < schedule->raises->len; i++) {
        RpRaise *raise = g_ptr_array_index(schedule->raises, i);

        if (g_str_equal(raise->popup->key, key))
            return raise;
    }
    return NULL;
}

/* One for each person, with what is on the screen of the same one. */
static void
raise_persons(const RpScheduleInput *input, const GArray *all, RpSchedule *schedule)
{
    for (guint i = 0; i < all->len; i++) {
        g_autofree char *key = make_key(g_array_index(all, Due, i).candidate);

        if (find_raise(schedule, key) == NULL)
            add_raise(schedule, key);
    }
    for (guint i = 0; i < input->candidates->len; i++) {
        RpCandidate *candidate = g_ptr_array_index(input->candidates, i);
        g_autofree char *key = make_key(candidate);
        RpRaise *raise = find_raise(schedule, key);
        const RpPopup *popup = rp_popups_find(input->popups, key);
        bool is_up = popup != NULL && rp_popup_has(popup, candidate->id) &&
                     rp_candidate_is_active(candidate, input->now_at);

        if (raise != NULL && (is_up || is_due(all, candidate)))
            add_member(raise, candidate, all);
    }
}

static bool
is_on_screen(const RpScheduleInput *input, const RpCandidate *candidate)
{
    for (guint i = 0; i < input->popups->len; i++)
        if (rp_popup_has(g_ptr_array_index(input->popups, i), candidate->id))
            return true;
    return false;
}

/* A digest tells what has become due meanwhile, and takes in what is on the screen; a
 * summary tells all that is late. */
static void
raise_summary(const RpScheduleInput *input, const GArray *all, RpSchedule *schedule)
{
    RpRaise *raise;

    g_ptr_array_set_size(schedule->raises, 0);
    raise = add_raise(schedule, RP_SUMMARY_KEY);
    for (guint i = 0; i < input->candidates->len; i++) {
        RpCandidate *candidate = g_ptr_array_index(input->candidates, i);
        bool is_active = rp_candidate_is_active(candidate, input->now_at);
        bool is_late = is_active && candidate->due_at <= input->now_at;

        schedule->n_late += is_late ? 1 : 0;
        if (is_due(all, candidate) || (is_late && !schedule->is_digest) ||
            (is_active && is_on_screen(input, candidate)))
            add_member(raise, candidate, all);
    }
}

/* Pop-ups that would be on the screen together. */
static guint
count_popups(const RpScheduleInput *input, const RpSchedule *schedule)
{
    guint n = schedule->raises->len;

    for (guint i = 0; i < input->popups->len; i++) {
        const RpPopup *popup = g_ptr_array_index(input->popups, i);

        if (stays(schedule, popup) && find_raise(schedule, popup->key) == NULL)
            n++;
    }
    return n;
}

static guint
count_new(const RpSchedule *schedule)
{
    guint n = 0;

    for (guint i = 0; i < schedule->raises->len; i++) {
        const RpRaise *raise = g_ptr_array_index(schedule->raises, i);

        n += rp_popup_is_new(raise->popup) ? 1 : 0;
    }
    return n;
}

/* Persons of whom something could not be told when it became due: the machine slept,
 * nobody was logged in, it was night. */
static guint
count_missed(const RpScheduleInput *input, const GArray *all)
{
    g_autoptr(GHashTable) keys =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < all->len; i++) {
        const Due *due = &g_array_index(all, Due, i);

        if (due->stage != NULL && input->now_at - due->since_at >= MISSED_S)
            g_hash_table_add(keys, make_key(due->candidate));
    }
    return g_hash_table_size(keys);
}

RpSchedule *
rp_schedule(const RpScheduleInput *input)
{
    RpSchedule *schedule = g_new0(RpSchedule, 1);
    g_autoptr(GArray) all = NULL;
    int n_left;

    schedule->raises = g_ptr_array_new_with_free_func(free_raise);
    schedule->closing = g_ptr_array_new_with_free_func(g_free);
    schedule->next_at = RP_NEVER;
    find_closing(input, schedule);
    all = find_all_due(input, &schedule->next_at);
    if (all->len == 0)
        return schedule;
    n_left = hold_back(input, all, &schedule->next_at);
    raise_persons(input, all, schedule);
    schedule->is_digest = count_missed(input, all) >= 2;
    if (all->len > 0 &&
        (schedule->is_digest || count_popups(input, schedule) > RP_MAX_POPUPS ||
         stays(schedule, rp_popups_find(input->popups, RP_SUMMARY_KEY)) ||
         (int)count_new(schedule) > MAX(n_left, 0)))
        raise_summary(input, all, schedule);
    return schedule;
}
