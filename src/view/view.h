/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.h - all that is true as of an instant, for every outlet and face
 *
 * Reads the database once, derives, and keeps both. What a view shows is a
 * snapshot: make a new one after the store has changed.
 */
#pragma once

#include "config/config.h"
#include "core/latency.h"
#include "store/store.h"

typedef struct {
    int64_t as_of_at;
    const RpConfig *config;   /* foreign */
    RpCorpus *corpus;         /* own */
    GPtrArray *decisions;     /* own, of RpDecision */
    RpDerivation *derivation; /* own */
    GPtrArray *folders;       /* own, of RpFolderRow */
    GPtrArray *problems;      /* own, of RpProblemRow */
} RpView;

/* Errors are the store's. */
RpView *rp_view_load(RpStore *store, const RpConfig *config, int64_t as_of_at,
                     GError **error);
void rp_view_free(RpView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpView, rp_view_free)

/* The follow-ups of `riposte list`: open, not lapsed, not snoozed; most overdue
 * first (the earliest due_at; then id). directions: bit 0 mine, bit 1 theirs.
 * Pointers into the derivation; the array is the caller's. */
enum { RP_VIEW_MINE = 1, RP_VIEW_THEIRS = 2 };
GPtrArray *rp_view_open_followups(const RpView *view, unsigned directions);

/* The sections of the list (R4, R12). */
typedef enum {
    RP_SECTION_OWED,    /* replies I owe */
    RP_SECTION_NEW,     /* new people: strangers who wait for me */
    RP_SECTION_WAITING, /* people to chase */
    RP_SECTION_DONE,    /* probably done */
    RP_N_SECTIONS
} RpSection;
RpSection rp_view_section(const RpView *view, const RpFollowup *followup);

/* The follow-up whose id begins with prefix. NULL with *n_matches 0 or > 1 if
 * there is not exactly one. Foreign. */
const RpFollowup *rp_view_find_followup(const RpView *view, const char *prefix,
                                        uint32_t *n_matches);

/* Persons (indices, uint32_t) any part of whose name or address contains text, case
 * folded; an exact address match alone if there is one. The caller's. */
GArray *rp_view_find_persons(const RpView *view, const char *text);

/* "Ada L." or, without a name, the address. Foreign. */
const char *rp_view_person_label(const RpView *view, const RpFollowup *followup);
