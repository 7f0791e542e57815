/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keep.h - with whom to be in touch, and days that come: K1 to K4 */
#pragma once

#include "core/cadence.h"
#include "store/cadences.h"
#include "view/view.h"

typedef struct {
    uint32_t person;
    const RpCadenceRow *cadence; /* foreign */
    int64_t last_at;             /* of any contact; RP_NEVER if there was none */
    int64_t from_at;             /* the last contact, or when the cadence was set */
    int64_t due_at, late_at;     /* by the ideal, and at the latest */
} RpKeep;

/* Of RpKeep, by due_at, then person: all who have a cadence, those ignored left out.
 * Owned by the caller, as all of these. */
GArray *rp_view_keep(const RpView *view);

/* "last contact 36 d ago; every 4w, 6w at most; due 8 d ago (K3)"; owned by the
 * caller. */
char *rp_view_keep_text(const RpView *view, const RpKeep *keep);

/* What decisions about it name instead of a message (R10): from_at with a space in it,
 * which no Message-ID has, so that they hold until the next contact. The caller's. */
char *rp_view_keep_id(const RpKeep *keep);

/* The last decision about it that stands, done or snooze; NULL if there is none.
 * Foreign. */
const RpDecision *rp_view_keep_decision(const RpView *view, const RpKeep *keep);

/* Those of them that are due as of now, and neither done nor snoozed. */
GArray *rp_view_keep_due(const RpView *view);

/* What comes within these many days stands in the list; within those, under keep. */
enum { RP_KEEP_SOON_DAYS = 3, RP_KEEP_COMING_DAYS = 30 };

typedef struct {
    uint32_t person;
    const char *what; /* foreign: "birthday" */
    RpYearday day;
} RpKeepDay;

/* Of RpKeepDay, by day, then person: what comes within n_days, today's included, of
 * people whom nobody ignores. */
GArray *rp_view_days(const RpView *view, unsigned n_days);

/* "birthday tomorrow, 26 March: 41 years"; owned by the caller. */
char *rp_view_day_text(const RpKeepDay *day);
