/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history-counts.h - how many were answered, of each person, kind, tag and
 * conversation, at one point of the mailbox
 *
 * Inside core/ only. A member is a follow-up opened so far. While it is open and
 * younger than 14 d its outcome is soft: the chance that it is still answered, which
 * depends on everybody's rate and so changes with every opening.
 */
#pragma once

#include "core/history.h"

enum { RP_KIND_STARTER, RP_KIND_TO_ME, RP_KIND_OTHER, RP_N_OPENING_KINDS };

/* What a member is counted under. */
typedef struct {
    uint32_t person, tag, conversation; /* conversation: a root of the joiner's */
    uint32_t kind;
} RpCountKeys;

/* n members; k of them answered. */
typedef struct {
    uint32_t n;
    double k;
} RpCount;

/* One direction's. */
typedef struct RpCounts RpCounts;
RpCounts *rp_counts_new(const RpDerivation *derivation);
void rp_counts_free(RpCounts *counts);

/* followup: an index in derivation->followups. */
void rp_counts_enter(RpCounts *counts, uint32_t followup, const RpCountKeys *keys);
/* Its outcome is known; what was known before no longer counts. */
void rp_counts_settle(RpCounts *counts, uint32_t followup, bool is_answered);
/* As settled, unless its outcome is known already. */
void rp_counts_give_up(RpCounts *counts, uint32_t followup);
void rp_counts_leave(RpCounts *counts, uint32_t followup);
void rp_counts_joined(RpCounts *counts, uint32_t kept, uint32_t gone);

/* Works everybody's rate out, and with it the soft outcomes, as of now. Returns g. */
double rp_counts_rate(RpCounts *counts, int64_t now_at);

/* Of the members with these keys; soft outcomes as of the last rp_counts_rate(). */
typedef struct {
    RpCount kind, tag_kind, person, person_kind, conversation;
    uint32_t n_all, n_person, n_person_kind; /* members ... */
    uint32_t k_all, k_person, k_person_kind; /* ... answered for certain */
} RpCountsOf;
void rp_counts_of(const RpCounts *counts, const RpCountKeys *keys, RpCountsOf *of);
