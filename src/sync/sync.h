/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sync.h - runs riposte-fetch for one account and feeds the store
 *
 * Everything happens on the default main context; callbacks come from there.
 * Batches are committed every 10,000 messages, every second, and at a round's end.
 */
#pragma once

#include "config/config.h"
#include "store/store.h"

/* What the caller can do: RETRY later, something outside failed (the source died,
 * hung, broke its stream or reported a problem: see problem_code); INSTALL, a
 * program is missing. Errors of the store and of the secret keep their domains. */
typedef enum { RP_SYNC_ERROR_RETRY, RP_SYNC_ERROR_INSTALL } RpSyncError;
#define RP_SYNC_ERROR (rp_sync_error_quark())
GQuark rp_sync_error_quark(void);

typedef struct RpSync RpSync;

typedef struct {
    /* Any may be NULL. Texts and records are foreign, gone after the call. */
    void (*on_progress)(RpSync *sync, const RpProgress *progress, gpointer data);
    void (*on_problem)(RpSync *sync, const RpProblem *problem, gpointer data);
    void (*on_folder)(RpSync *sync, const RpFolderInfo *folder, gpointer data);
    void (*on_round)(RpSync *sync, RpRoundPhase phase, gpointer data);
    /* What was committed can change a follow-up. */
    void (*on_changed)(RpSync *sync, gpointer data);
    /* The child is gone; comes once, from the main loop. error is NULL if it ended
     * as it should (watching: only after rp_sync_stop); the code of the last
     * problem of the account (RpProblemCode) in this round or -1 tells what to do. */
    void (*on_end)(RpSync *sync, int problem_code, const GError *error, gpointer data);
    /* The server's certificate, with job->only_list over TLS. */
    void (*on_certificate)(RpSync *sync, int64_t expires_at, gpointer data);
} RpSyncEvents;

typedef struct {
    uint64_t n_messages; /* copies that came, new ones and those read again */
    uint32_t n_problems, n_unreadable;
} RpSyncCounts;

/* store may be NULL with job->only_list. Takes the job over. The secret is asked
 * for first (rp_config_get_secret). account, events and data must live until
 * on_end or rp_sync_free. A callback may free the sync. */
RpSync *rp_sync_new(RpStore *store, const RpAccountConfig *account, RpJob *job,
                    const RpSyncEvents *events, gpointer data);
void rp_sync_free(RpSync *sync); /* kills a child that still runs */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpSync, rp_sync_free)

/* Ignores SIGPIPE in this process from here on. */
void rp_sync_start(RpSync *sync);
/* Watching: a round now. */
void rp_sync_poke(RpSync *sync);
/* Closes the child's standard input; on_end follows (killed after 0.9 s). */
void rp_sync_stop(RpSync *sync);

/* A source that sends nothing for silence_ms is killed (watching: two polls and 10
 * min, else 10 min, if never set); grace_ms is what rp_sync_stop gives it (0.9 s). */
void rp_sync_set_patience(RpSync *sync, guint silence_ms, guint grace_ms);

/* Commits what is still in the store's open batch: before another write with the
 * same handle, which would be lost with the batch. Errors are the store's. */
bool rp_sync_flush(RpStore *store, GError **error);

/* Where the helper program of that name is: in $RIPOSTE_LIBEXECDIR, beside the
 * running program (a build tree), or in libexec; if nowhere, the last. Caller's. */
char *rp_sync_find_program(const char *name);

const char *rp_sync_account(const RpSync *sync);
RpSyncCounts rp_sync_counts(const RpSync *sync);
