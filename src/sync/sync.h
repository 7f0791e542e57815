/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sync.h - runs riposte-fetch for one account and feeds the store
 *
 * Everything happens on the default main context; callbacks come from there.
 * Batches are committed every 10,000 messages, every second, and at a round's end.
 */
#pragma once

#include "config/config.h"
#include "store/store.h"

typedef struct RpSync RpSync;

typedef struct {
    /* Any may be NULL. Texts and records are foreign, gone after the call. */
    void (*on_progress)(RpSync *sync, const RpProgress *progress, gpointer data);
    void (*on_problem)(RpSync *sync, const RpProblem *problem, gpointer data);
    void (*on_folder)(RpSync *sync, const RpFolderInfo *folder, gpointer data);
    void (*on_round)(RpSync *sync, RpRoundPhase phase, gpointer data);
    /* What was committed can change a follow-up. */
    void (*on_changed)(RpSync *sync, gpointer data);
    /* The child is gone. error is NULL if it ended as it should; the code of the
     * last problem of the account (RpProblemCode) or -1 tells what to do. */
    void (*on_end)(RpSync *sync, int problem_code, const GError *error, gpointer data);
} RpSyncEvents;

typedef struct {
    uint64_t n_messages; /* copies that came, new ones and those read again */
    uint32_t n_problems, n_unreadable;
} RpSyncCounts;

/* store may be NULL with job->only_list. Takes the job over. The secret is asked
 * for first (rp_config_get_secret). events and data must outlive the sync. */
RpSync *rp_sync_new(RpStore *store, const RpAccountConfig *account, RpJob *job,
                    const RpSyncEvents *events, gpointer data);
void rp_sync_free(RpSync *sync); /* kills a child that still runs */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpSync, rp_sync_free)

void rp_sync_start(RpSync *sync);
/* Watching: a round now. */
void rp_sync_poke(RpSync *sync);
/* Closes the child's standard input; on_end follows (killed after 5 s). */
void rp_sync_stop(RpSync *sync);

const char *rp_sync_account(const RpSync *sync);
RpSyncCounts rp_sync_counts(const RpSync *sync);
