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

typedef struct RpViewCache RpViewCache; /* what is worked out when first asked for */

typedef struct {
    int64_t as_of_at;
    const RpConfig *config;   /* foreign */
    RpCorpus *corpus;         /* own */
    GPtrArray *decisions;     /* own, of RpDecision */
    RpDerivation *derivation; /* own */
    GPtrArray *folders;       /* own, of RpFolderRow */
    GPtrArray *problems;      /* own, of RpProblemRow */
    GPtrArray *facts;         /* own, of RpFactRow; NULL for none */
    GPtrArray *forgotten;     /* own: salt, hash ... of char *; NULL for none */
    GPtrArray *tag_limits;    /* own, of RpTagLimitRow; NULL for none */
    GPtrArray *cadences;      /* own, of RpCadenceRow; NULL for none */
    RpViewCache *cache;       /* own */
    GHashTable *absences;     /* own; rp_view_absence()'s index */
    char *saved_name;         /* own; saved.h; NULL: not to be kept */
    int64_t until_at; /* before when only time goes on (rp_derivation_until()) */
} RpView;

/* Errors are the store's. */
RpView *rp_view_load(RpStore *store, const RpConfig *config, int64_t as_of_at,
                     GError **error);
/* Of what was read already: takes all but config over; decisions, folders and
 * problems may be NULL, for none. */
RpView *rp_view_new(const RpConfig *config, RpCorpus *corpus, GPtrArray *decisions,
                    int64_t as_of_at);
void rp_view_free(RpView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpView, rp_view_free)

/* Was any folder read, be it an empty one? */
bool rp_view_was_read(const RpView *view);

/* The follow-ups of `riposte list`: open, not lapsed, not snoozed; most overdue
 * first (the earliest due_at; then id). directions: bit 0 mine, bit 1 theirs.
 * Pointers into the derivation; the array is the caller's. */
enum { RP_VIEW_MINE = 1, RP_VIEW_THEIRS = 2 };
GPtrArray *rp_view_open_followups(const RpView *view, unsigned directions);

/* Every one, by opened_at, then id. */
GPtrArray *rp_view_all_followups(const RpView *view, unsigned directions);

/* Sorts const RpFollowup * as in the list: by due_at, then id. */
void rp_view_sort_by_due(GPtrArray *followups);

/* The sections of the list (R4, R12, C2, F2). */
typedef enum {
    RP_SECTION_OWED,    /* replies I owe */
    RP_SECTION_CALLS,   /* calls to return (C2) */
    RP_SECTION_NEW,     /* new people: strangers who wait for me */
    RP_SECTION_WAITING, /* people to chase */
    RP_SECTION_THANKS,  /* thanks I owe (F2) */
    RP_SECTION_DONE,    /* probably done */
    RP_N_SECTIONS
} RpSection;
RpSection rp_view_section(const RpView *view, const RpFollowup *followup);
/* When time alone next changes what those functions say, or what is overdue; RP_NEVER
 * if it never does. */
int64_t rp_view_changes_at(const RpView *view);
/* "owed", "calls", "new", "waiting", "thanks", "probably_done". */
const char *rp_view_section_name(RpSection section);

/* The follow-up whose id begins with prefix. NULL with *n_matches 0 or > 1 if
 * there is not exactly one. Foreign. */
const RpFollowup *rp_view_find_followup(const RpView *view, const char *prefix,
                                        uint32_t *n_matches);

/* Persons (indices, uint32_t) any part of whose name, address, organisation or tag
 * contains text, case folded; an exact address match alone if there is one. Me left
 * out; those with whom there is a follow-up or to whom I wrote, unless only others
 * match. In the order of their names. The caller's. */
GArray *rp_view_find_persons(const RpView *view, const char *text);

/* By person index: 1 for everybody in a follow-up, whom I wrote to (me, the forgotten
 * and lists left out), and whom I imported or edited. The caller's. */
uint8_t *rp_view_people(const RpView *view);

/* By person index: 1 for who has an address of mine. The caller's. */
uint8_t *rp_view_me(const RpView *view);

/* Indices (uint32_t) of a person's addresses, sorted by text. The caller's. */
GArray *rp_view_person_addresses(const RpView *view, uint32_t person);

/* The person's address in their newest follow-up; else the first of all. */
uint32_t rp_view_person_address(const RpView *view, uint32_t person);

/* When a human message last came from, and a personal one last went to, a person;
 * RP_NEVER if none did. */
typedef struct {
    int64_t in_at, out_at;
} RpContactTimes;
RpContactTimes rp_view_last_contact(const RpView *view, uint32_t person);

/* The last event of that kind; NULL if there is none. Foreign. */
const RpContactEvent *rp_view_last_event(const RpView *view, uint32_t person,
                                         RpEventKind kind);

/* "Ada L." or, without a name, the address. Foreign. */
const char *rp_view_person_label(const RpView *view, const RpFollowup *followup);
const char *rp_view_label_of(const RpView *view, uint32_t person, uint32_t address);

/* The subject of the opening message, as it was sent; of a call or favour the note or,
 * without one, what it is ("missed call"). Foreign. */
const char *rp_view_subject(const RpView *view, const RpFollowup *followup);
/* The same in the user's language, for people to read. */
const char *rp_view_subject_text(const RpView *view, const RpFollowup *followup);
