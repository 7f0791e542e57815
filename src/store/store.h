/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store.h - the database: raw facts, decisions, what was shown
 *
 * SQLite in WAL mode. Nothing in it is derived but by rule R15's licence: drop
 * what was fetched and fetch again, and all is as before. One handle a process.
 */
#pragma once

#include "core/derive.h"
#include "stream/record.h"

/* What the caller can do: BUSY try again; CORRUPT stop, restore a backup; NEWER
 * take a newer riposte; FULL make room; FAILED read the message. */
typedef enum {
    RP_STORE_ERROR_FAILED,
    RP_STORE_ERROR_BUSY,
    RP_STORE_ERROR_CORRUPT,
    RP_STORE_ERROR_NEWER,
    RP_STORE_ERROR_FULL,
} RpStoreError;
#define RP_STORE_ERROR (rp_store_error_quark())
GQuark rp_store_error_quark(void);

typedef struct RpStore RpStore;

/* Opens, and creates if needed (folder 0700, file 0600), and migrates. A damaged
 * or foreign file is reported, never changed. ":memory:" is a database of its own. */
RpStore *rp_store_open(const char *path, GError **error);
void rp_store_close(RpStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpStore, rp_store_close)
const char *rp_store_path(const RpStore *store);

/* Changes whenever another process has written (PRAGMA data_version). */
int64_t rp_store_data_version(RpStore *store);

/* A writer's lock beside the database (flock on PATH.lock): "daemon" or "sync"
 * holds it while it runs. Returns false with BUSY, naming the holder, if another
 * process has it; released at rp_store_close. */
bool rp_store_lock(RpStore *store, const char *holder, GError **error);
char *rp_store_describe_holder(const char *holder); /* for people; the caller's */

/* --- intake: records of one account, in batches --- */

/* Begins a batch if none is open; so that a user's decision is not lost with it, one
 * that is written meanwhile commits it first. now_at is when flags count as first seen,
 * and when the folder counts as synced. Records before a CHECKPOINT are kept with it in
 * one transaction; rp_store_commit ends it. An error rolls the batch back. */
bool rp_store_apply(RpStore *store, const char *account, const RpRecord *record,
                    int64_t now_at, GError **error);
bool rp_store_commit(RpStore *store, GError **error);
void rp_store_rollback(RpStore *store);
/* Messages and checkpoints applied since the batch was begun. */
uint32_t rp_store_batch_size(const RpStore *store);
/* True if what was committed since the last call can change a follow-up. */
bool rp_store_take_changed(RpStore *store);

/* WAL back into the file (after a large sync). FAILED if that was moved or replaced. */
bool rp_store_checkpoint_wal(RpStore *store, GError **error);
bool rp_store_is_in_place(RpStore *store, GError **error);

/* For the job of a source: RpFolderState *, and for file folders what is known: the
 * copies that the folder's state covers, no others. */
GPtrArray *rp_store_load_states(RpStore *store, const char *account, GError **error);
RpUidList *rp_store_load_known(RpStore *store, const char *account, const char *folder,
                               GError **error);

/* Forgets everything that was fetched (accounts' folders, copies); decisions,
 * \Answered's first sightings, persons a user edited and notices stay. */
bool rp_store_drop_fetched(RpStore *store, GError **error);

/* --- reading --- */

/* Every copy and event, and the persons' is_curated marks and limits. */
RpCorpus *rp_store_load_corpus(RpStore *store, GError **error);

typedef struct {
    char *account, *folder, *name; /* own */
    RpRole role;
    bool is_read, is_complete;
    uint32_t n_messages, n_unreadable;
    int64_t last_sync_at; /* RP_NEVER if it never was */
} RpFolderRow;
void rp_folder_row_free(RpFolderRow *row);

/* RpFolderRow *, by account, then name. */
GPtrArray *rp_store_load_folders(RpStore *store, GError **error);

typedef struct {
    char *account, *folder, *text; /* own; folder "" if of the account */
    RpProblemCode code;
    uint64_t uid;
    int64_t at;
} RpProblemRow;
void rp_problem_row_free(RpProblemRow *row);

/* RpProblemRow *: unreadable messages, and the problem each account or folder
 * has had since its last good round; newest first. */
GPtrArray *rp_store_load_problems(RpStore *store, GError **error);

/* Addresses of Delivered-To and the like with their number of messages, most
 * first: *addresses of char *, *counts of uint32_t. */
bool rp_store_load_delivered_to(RpStore *store, GPtrArray **addresses, GArray **counts,
                                GError **error);

/* --- decisions (R10) --- */

/* Adds it and sets its id. */
bool rp_store_add_decision(RpStore *store, RpDecision *decision, GError **error);
bool rp_store_undo_decision(RpStore *store, int64_t id, int64_t undone_at,
                            GError **error);
/* RpDecision *, by taken_at, then id; undone ones too. */
GPtrArray *rp_store_load_decisions(RpStore *store, GError **error);

/* Marks the person of that key as curated, met in mail before or not. */
bool rp_store_mark_curated(RpStore *store, const char *person_key, GError **error);

/* --- what was shown --- */

/* The follow-up ids of the list last shown, so that their numbers can be named. */
bool rp_store_save_last_list(RpStore *store, const GPtrArray *ids, GError **error);
GPtrArray *rp_store_load_last_list(RpStore *store, GError **error);

/* Notices: each stage of a follow-up once, the earliest; instants for 40 days. */
bool rp_store_add_notice(RpStore *store, const char *followup_id, const char *stage,
                         int64_t shown_at, GError **error);
typedef struct {
    char *followup_id, *stage; /* own */
    int64_t shown_at;
} RpNoticeRow;
void rp_notice_row_free(RpNoticeRow *row);
GPtrArray *rp_store_load_notices(RpStore *store, const GPtrArray *ids, GError **error);

/* --- small values by name (last round of an account, and the like) --- */
bool rp_store_set_value(RpStore *store, const char *name, const char *value,
                        GError **error);
/* NULL without an error if there is none. Owned by the caller. */
char *rp_store_get_value(RpStore *store, const char *name, GError **error);

/* PRAGMA integrity_check: NULL if sound, else the first complaint; caller's. */
char *rp_store_check(RpStore *store, GError **error);
