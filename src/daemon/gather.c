/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gather.c - the follow-ups that can raise notices, taken out of a view */
#include "daemon/candidate.h"

#include <string.h>

#include "view/absence.h"
#include "view/expect.h"
#include "view/keep.h"
#include "view/marks.h"

/* Fewer answers tell nothing about what is usual. */
enum { MIN_ANSWERS = 3 };

static int64_t
find_usual(const RpView *view, const RpFollowup *like)
{
    const GArray *followups = view->derivation->followups;
    g_autoptr(GArray) samples = g_array_new(FALSE, FALSE, sizeof(RpLatency));
    guint n_answers = 0;

    for (guint i = 0; i < followups->len; i++) {
        const RpFollowup *followup = &g_array_index(followups, RpFollowup, i);
        RpLatency sample;

        if (followup->person != like->person ||
            followup->direction != like->direction ||
            followup->channel != like->channel ||
            !rp_latency_of(followup, view->as_of_at, &sample))
            continue;
        g_array_append_val(samples, sample);
        n_answers += sample.is_censored ? 0 : 1;
    }
    if (n_answers < MIN_ANSWERS)
        return -1;
    return rp_latency_quantile((const RpLatency *)(gpointer)samples->data, samples->len,
                               0.5);
}

/* The end of the last snooze that stands, though it may be over; the follow-up
 * itself tells of one only while it lasts. */
static int64_t
find_snooze(const RpView *view, const RpFollowup *followup)
{
    const RpDecision *last = NULL;

    for (guint i = 0; i < view->decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(view->decisions, i);

        if (decision->kind == RP_DECISION_SNOOZE &&
            decision->undone_at > view->as_of_at &&
            decision->taken_at <= view->as_of_at &&
            rp_view_is_about(view, decision, followup))
            last = decision;
    }
    return last == NULL ? RP_NEVER : last->at;
}

/* Where the mail program finds the message. */
static void
set_place(RpCandidate *candidate, const RpView *view, uint32_t index)
{
    const RpMessage *message =
        &g_array_index(view->derivation->messages, RpMessage, index);
    const RpCopy *copy = rp_message_copy(view->derivation, message);
    const RpFolder *folder =
        &g_array_index(view->corpus->folders, RpFolder, copy->folder);

    candidate->account = g_strdup(folder->account);
    candidate->folder = g_strdup(folder->name);
    candidate->uid = copy->uid;
}

static RpCandidate *
make_candidate(const RpView *view, const RpFollowup *followup)
{
    const RpDerivation *derivation = view->derivation;
    const RpCorpus *corpus = view->corpus;
    RpCandidate *candidate = g_new0(RpCandidate, 1);

    g_strlcpy(candidate->id, rp_followup_id(followup), sizeof candidate->id);
    candidate->direction = followup->direction;
    candidate->channel = followup->channel;
    candidate->opened_at = followup->opened_at;
    candidate->warn_at = followup->warn_at;
    candidate->due_at = rp_view_notice_at(view, followup);
    if (candidate->due_at > followup->due_at)
        candidate->warn_at = candidate->due_at;
    candidate->lapse_at = followup->lapse_at;
    candidate->usual_s = find_usual(view, followup);
    candidate->who = g_strdup(rp_view_person_label(view, followup));
    candidate->subject = g_strdup(rp_view_subject_text(view, followup));
    candidate->person_key = g_strdup(rp_followup_own_person(derivation, followup)->key);
    candidate->address =
        g_strdup(g_array_index(corpus->addresses, RpAddress, followup->address).text);
    candidate->message_id = g_strdup(rp_followup_opened_by(derivation, followup));
    if (followup->event == NULL)
        set_place(candidate, view, followup->message);
    candidate->snoozed_until_at = find_snooze(view, followup);
    return candidate;
}

static int
compare_due(gconstpointer a, gconstpointer b)
{
    const RpCandidate *one = *(const RpCandidate *const *)a;
    const RpCandidate *other = *(const RpCandidate *const *)b;

    if (one->due_at != other->due_at)
        return one->due_at < other->due_at ? -1 : 1;
    return strcmp(one->id, other->id);
}

/* K3: late at the latest; the list has it from the ideal on. */
static RpCandidate *
make_keep(const RpView *view, const RpKeep *keep)
{
    const RpDecision *decision = rp_view_keep_decision(view, keep);
    const char *key = g_array_index(view->corpus->persons, RpPerson, keep->person).key;
    uint32_t address = rp_view_person_address(view, keep->person);
    RpCandidate *candidate = g_new0(RpCandidate, 1);
    g_autofree char *seed = NULL;
    g_autofree char *sum = NULL;

    candidate->message_id = rp_view_keep_id(keep);
    seed = g_strdup_printf("%s %s", candidate->message_id, key);
    sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, seed, -1);
    g_strlcpy(candidate->id, sum, sizeof candidate->id);
    candidate->is_keep = true;
    candidate->opened_at = keep->from_at;
    candidate->warn_at = keep->due_at;
    candidate->due_at = keep->late_at;
    candidate->lapse_at = RP_NEVER;
    candidate->usual_s = -1;
    candidate->who = g_strdup(rp_view_label_of(view, keep->person, address));
    candidate->subject = rp_view_keep_text(view, keep);
    candidate->person_key = g_strdup(key);
    candidate->address =
        g_strdup(address == RP_NONE
                     ? ""
                     : g_array_index(view->corpus->addresses, RpAddress, address).text);
    candidate->snoozed_until_at = decision != NULL ? decision->at : RP_NEVER;
    return candidate;
}

static void
add_keeps(const RpView *view, GPtrArray *candidates)
{
    g_autoptr(GArray) keeps = rp_view_keep(view);

    for (guint i = 0; i < keeps->len; i++) {
        const RpKeep *keep = &g_array_index(keeps, RpKeep, i);
        const RpDecision *decision = rp_view_keep_decision(view, keep);

        if (decision == NULL || decision->kind == RP_DECISION_SNOOZE)
            g_ptr_array_add(candidates, make_keep(view, keep));
    }
}

GPtrArray *
rp_candidates_from_view(const RpView *view)
{
    const GArray *followups = view->derivation->followups;
    GPtrArray *candidates =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_candidate_free);

    for (guint i = 0; i < followups->len; i++) {
        const RpFollowup *followup = &g_array_index(followups, RpFollowup, i);

        if (followup->state == RP_STATE_OPEN && !followup->is_stranger &&
            !followup->is_lapsed && rp_view_is_expected(view, followup))
            g_ptr_array_add(candidates, make_candidate(view, followup));
    }
    add_keeps(view, candidates);
    g_ptr_array_sort(candidates, compare_due);
    return candidates;
}
