/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.c - follow-ups as of an instant: which, in what order, in which section */
#include "view/absence.h"
#include "view/expect.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/history.h"

/* R12: what is less likely than that to be answered is probably done; before the model
 * knows enough, what waited that long. */
static const double STILL_EXPECTED = 0.2;
enum { DONE_AFTER_S = 7 * RP_DAY_S };

RpView *
rp_view_new(const RpConfig *config, RpCorpus *corpus, GPtrArray *decisions,
            int64_t as_of_at)
{
    RpView *view = g_new0(RpView, 1);

    view->as_of_at = as_of_at;
    view->config = config;
    view->corpus = corpus;
    view->decisions = decisions;
    view->derivation = rp_derive(corpus, config->policy, decisions, as_of_at);
    view->cache = rp_view_cache_new(NULL, false);
    view->absences = rp_view_index_absences(view->derivation);
    return view;
}

void
rp_view_free(RpView *view)
{
    if (view == NULL)
        return;
    g_clear_pointer(&view->cache, rp_view_cache_free);
    g_clear_pointer(&view->absences, g_hash_table_unref);
    g_clear_pointer(&view->facts, g_ptr_array_unref);
    g_clear_pointer(&view->tag_limits, g_ptr_array_unref);
    g_clear_pointer(&view->forgotten, g_ptr_array_unref);
    g_clear_pointer(&view->cadences, g_ptr_array_unref);
    g_clear_pointer(&view->derivation, rp_derivation_free);
    g_clear_pointer(&view->decisions, g_ptr_array_unref);
    g_clear_pointer(&view->corpus, rp_corpus_free);
    g_clear_pointer(&view->folders, g_ptr_array_unref);
    g_clear_pointer(&view->problems, g_ptr_array_unref);
    g_free(view->saved_name);
    g_free(view);
}

static bool
is_asked_for(const RpFollowup *followup, unsigned directions)
{
    unsigned bit = followup->direction == RP_MINE ? RP_VIEW_MINE : RP_VIEW_THEIRS;

    return (directions & bit) != 0;
}

static bool
is_snoozed(const RpView *view, const RpFollowup *followup)
{
    return followup->snoozed_until_at != RP_NEVER &&
           followup->snoozed_until_at > view->as_of_at;
}

static int
compare_due(gconstpointer a, gconstpointer b)
{
    const RpFollowup *left = *(const RpFollowup *const *)a;
    const RpFollowup *right = *(const RpFollowup *const *)b;

    if (left->due_at != right->due_at)
        return left->due_at < right->due_at ? -1 : 1;
    return strcmp(rp_followup_id(left), rp_followup_id(right));
}

void
rp_view_sort_by_due(GPtrArray *followups)
{
    g_ptr_array_sort(followups, compare_due);
}

GPtrArray *
rp_view_all_followups(const RpView *view, unsigned directions)
{
    GArray *all = view->derivation->followups;
    GPtrArray *found = g_ptr_array_new();

    for (guint i = 0; i < all->len; i++) {
        RpFollowup *followup = &g_array_index(all, RpFollowup, i);

        if (is_asked_for(followup, directions))
            g_ptr_array_add(found, followup);
    }
    return found;
}

GPtrArray *
rp_view_open_followups(const RpView *view, unsigned directions)
{
    GArray *all = view->derivation->followups;
    GPtrArray *found = g_ptr_array_new();

    for (guint i = 0; i < all->len; i++) {
        RpFollowup *followup = &g_array_index(all, RpFollowup, i);

        if (is_asked_for(followup, directions) && followup->state == RP_STATE_OPEN &&
            !followup->is_lapsed && !is_snoozed(view, followup))
            g_ptr_array_add(found, followup);
    }
    rp_view_sort_by_due(found);
    return found;
}

static bool
is_probably_done(const RpView *view, const RpFollowup *followup)
{
    RpExpectation expectation = rp_view_expectation(view, followup);

    if (followup->channel != RP_CHANNEL_MAIL)
        return false; /* R12 knows mail alone */
    if (expectation.knows_enough)
        return expectation.still < STILL_EXPECTED;
    return view->as_of_at - followup->opened_at >= DONE_AFTER_S;
}

/* From when on it is probably done; p(t) only falls, and is 0 in the end. */
static int64_t
probably_done_at(const RpView *view, const RpFollowup *followup)
{
    RpExpectation expectation = rp_view_expectation(view, followup);
    int64_t low_s = 0, high_s = RP_HORIZON_S;

    if (followup->channel != RP_CHANNEL_MAIL)
        return RP_NEVER;
    if (!expectation.knows_enough)
        return followup->opened_at + DONE_AFTER_S;
    while (low_s < high_s) {
        int64_t middle_s = low_s + (high_s - low_s) / 2;

        if (rp_expectation_after(rp_view_expectations(view), followup, expectation.p0,
                                 middle_s) < STILL_EXPECTED)
            high_s = middle_s;
        else
            low_s = middle_s + 1;
    }
    return followup->opened_at + low_s;
}

int64_t
rp_view_changes_at(const RpView *view)
{
    GArray *all = view->derivation->followups;
    int64_t next_at = RP_NEVER;

    for (guint i = 0; i < all->len; i++) {
        const RpFollowup *followup = &g_array_index(all, RpFollowup, i);
        int64_t changes[4];

        if (followup->state != RP_STATE_OPEN || followup->is_lapsed)
            continue;
        changes[0] = followup->due_at;
        changes[1] = followup->lapse_at;
        changes[2] = followup->snoozed_until_at;
        changes[3] = probably_done_at(view, followup);
        for (size_t j = 0; j < G_N_ELEMENTS(changes); j++)
            if (changes[j] > view->as_of_at)
                next_at = MIN(next_at, changes[j]);
    }
    return next_at;
}

RpSection
rp_view_section(const RpView *view, const RpFollowup *followup)
{
    if (is_probably_done(view, followup))
        return RP_SECTION_DONE;
    if (followup->direction == RP_THEIRS)
        return RP_SECTION_WAITING;
    if (followup->is_stranger)
        return RP_SECTION_NEW;
    if (followup->channel == RP_CHANNEL_FAVOUR)
        return RP_SECTION_THANKS;
    return followup->channel == RP_CHANNEL_CALL ? RP_SECTION_CALLS : RP_SECTION_OWED;
}

const char *
rp_view_section_name(RpSection section)
{
    static const char *const names[RP_N_SECTIONS] = {
        [RP_SECTION_OWED] = "owed",     [RP_SECTION_CALLS] = "calls",
        [RP_SECTION_NEW] = "new",       [RP_SECTION_WAITING] = "waiting",
        [RP_SECTION_THANKS] = "thanks", [RP_SECTION_DONE] = "probably_done",
    };

    return names[section];
}

const RpFollowup *
rp_view_find_followup(const RpView *view, const char *prefix, uint32_t *n_matches)
{
    const GArray *all = view->derivation->followups;
    const RpFollowup *found = NULL;

    *n_matches = 0;
    for (guint i = 0; i < all->len; i++) {
        const RpFollowup *followup = &g_array_index(all, RpFollowup, i);

        if (!g_str_has_prefix(rp_followup_id(followup), prefix))
            continue;
        found = followup;
        (*n_matches)++;
    }
    return *n_matches == 1 ? found : NULL;
}

bool
rp_view_was_read(const RpView *view)
{
    for (guint i = 0; view->folders != NULL && i < view->folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(view->folders, i);

        if (row->last_sync_at != RP_NEVER)
            return true;
    }
    return false;
}

const char *
rp_view_subject(const RpView *view, const RpFollowup *followup)
{
    const RpMessage *opening;

    if (followup->event != NULL)
        return *followup->event->note != '\0' ? followup->event->note
                                              : rp_event_title(followup->event);
    opening = &g_array_index(view->derivation->messages, RpMessage, followup->message);
    return rp_message_copy(view->derivation, opening)->subject;
}

const char *
rp_view_subject_text(const RpView *view, const RpFollowup *followup)
{
    const char *subject = rp_view_subject(view, followup);
    bool is_title = followup->event != NULL && *followup->event->note == '\0';

    return is_title && *subject != '\0' ? _(subject) : subject;
}
