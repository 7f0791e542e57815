/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds.h - what the buttons of notices have decided: written, told, taken back */
#pragma once

#include "daemon/candidate.h"
#include "notify/protocol.h"

/* All decisions that one button took. */
typedef struct {
    RpNotice *notice;     /* own: tells of it, with a button to take it back */
    GPtrArray *decisions; /* own, of RpDecision */
    GPtrArray *ids;       /* own, of char *: the follow-ups */
    guint n_written;
    int64_t undone_at; /* RP_NEVER unless it is to be taken back, or was */
} RpDeed;

typedef struct RpDeeds RpDeeds;

/* The store is foreign. */
RpDeeds *rp_deeds_new(RpStore *store);
void rp_deeds_free(RpDeeds *deeds); /* what was not written is lost */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpDeeds, rp_deeds_free)

/* "snooze" (for a day) or "done" (handled now) was chosen for members (const
 * RpCandidate *, not empty); does nothing with any other action. The zone is for what
 * is told. */
void rp_deeds_add(RpDeeds *deeds, const GPtrArray *members, const char *action,
                  GTimeZone *zone, int64_t now_at);
/* "undo" was chosen in the notice of that key: one of the last few. */
void rp_deeds_undo(RpDeeds *deeds, const char *key, int64_t now_at);

/* Writes the first deed that waits for it and returns it, valid until the next call of
 * anything here. NULL if there is none, or if it can't be written now: that is logged,
 * and the next call tries again. */
const RpDeed *rp_deeds_write(RpDeeds *deeds);
bool rp_deeds_are_waiting(const RpDeeds *deeds);
