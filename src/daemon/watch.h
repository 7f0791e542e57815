/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watch.h - keeps one account read, for as long as the daemon runs
 *
 * A source that ends is started again: after a pause that grows to 15 min where the
 * network, the server or the source failed, or to a poll where it reads first and then
 * ends within a minute; after a wrong password not before the
 * configuration has changed (a new watch) or somebody asks for it (rp_watch_ask).
 */
#pragma once

#include "sync/sync.h"

typedef struct RpWatch RpWatch;

/* None may be NULL. */
typedef struct {
    void (*on_changed)(RpWatch *watch, gpointer data);
    /* A round began, ended or failed: see the predicates below. */
    void (*on_state)(RpWatch *watch, gpointer data);
    /* text NULL: well again. Else a person must look; for people, of this account. */
    void (*on_trouble)(RpWatch *watch, const char *text, gpointer data);
    void (*on_stopped)(RpWatch *watch, gpointer data);
    /* The database can't be used any more. The watch has ended. */
    void (*on_fatal)(RpWatch *watch, const GError *error, gpointer data);
} RpWatchEvents;

/* All are foreign and must outlive it. */
RpWatch *rp_watch_new(RpStore *store, const RpConfig *config,
                      const RpAccountConfig *account, const RpWatchEvents *events,
                      gpointer data);
void rp_watch_free(RpWatch *watch); /* kills its source */

/* is_asked_for: with a password that was refused in the last day, too. */
void rp_watch_start(RpWatch *watch, bool is_asked_for);
/* on_stopped follows, from the main loop. */
void rp_watch_stop(RpWatch *watch);
/* Something outside changed (network): a round, or a try, now. */
void rp_watch_poke(RpWatch *watch);
/* The user wants it: a round now; one try also after a refused password. */
void rp_watch_ask(RpWatch *watch);
/* The machine has slept: whatever connection there was is dead, though nobody has told.
 * A new source, now. */
void rp_watch_renew(RpWatch *watch);

const char *rp_watch_account(const RpWatch *watch);
/* All that was there then (monotonic; us) is known: a round that began then has ended,
 * or the source has failed since. INT64_MAX: nothing is tried any more. */
int64_t rp_watch_known_us(const RpWatch *watch);

/* What it does: reads, or is about to; waits for news and the next poll; waits after a
 * failure; waits for another configuration. */
typedef enum {
    RP_WATCH_READING,
    RP_WATCH_WAITING,
    RP_WATCH_RETRYING,
    RP_WATCH_STOPPED
} RpWatchState;
RpWatchState rp_watch_state(const RpWatch *watch);
/* When it reads again at the latest, or tries to; RP_NEVER: that is not known. */
int64_t rp_watch_next_at(const RpWatch *watch);

/* Reading just now: what is known is not whole. */
bool rp_watch_is_reading(const RpWatch *watch);
/* Has ended or failed a round since its start or the last poke. */
bool rp_watch_is_settled(const RpWatch *watch);
/* What is wrong since the last round that ended, for people, or "". Foreign. */
const char *rp_watch_problem(const RpWatch *watch);
/* Has ended a round since it was made. */
bool rp_watch_has_read(const RpWatch *watch);
