/* SPDX-License-Identifier: GPL-3.0-or-later */
/* candidate.h - a follow-up that can raise notices, and what they say of it
 *
 * Taken out of a view, so that the daemon need not keep the whole mailbox in
 * memory between two looks.
 */
#pragma once

#include "view/view.h"

typedef struct {
    char id[RP_FOLLOWUP_ID_LEN + 1];
    RpDirection direction;
    RpChannel channel;
    bool is_keep; /* K3: whom to get back in touch with, of no channel; no follow-up */
    int64_t opened_at, warn_at, due_at, lapse_at;
    int64_t snoozed_until_at; /* of the last standing snooze, over or not; RP_NEVER if
                                 there was none */
    int64_t usual_s;          /* the debtor's median wait between us; -1 not known */
    char *who, *subject;      /* own; as in the mail, not cleaned */
    char *person_key, *address, *message_id; /* own; an event's uid is no Message-ID */
    char *account, *folder;                  /* own; NULL of a call or favour */
    uint64_t uid;
} RpCandidate;

void rp_candidate_free(RpCandidate *candidate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpCandidate, rp_candidate_free)

/* Whom to get back in touch with, due when it is late; and open follow-ups of both
 * sides of which R12 expects an answer, no stranger's, not lapsed; snoozed ones too. Of
 * theirs due_at is put off by an automatic reply. Of RpCandidate *, by due_at, then id.
 */
GPtrArray *rp_candidates_from_view(const RpView *view);

/* Foreign; NULL if there is none. */
RpCandidate *rp_candidates_find(const GPtrArray *candidates, const char *id);
