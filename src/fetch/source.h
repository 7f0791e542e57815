/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source.h - what a backend of riposte-fetch is given, and how it answers
 *
 * A backend is one function that runs the job to its end. It reads job, states
 * and known, and answers with rp_source_emit_*() alone: it writes to no file.
 * Instants (_at) are seconds since 1970 UTC, durations (_s) are seconds.
 */
#pragma once

#include "stream/record.h"

/* The codes up to CONFIG are RpProblemCode: what the parent can do about it. */
#define RP_SOURCE_ERROR (rp_source_error_quark())
typedef enum {
    RP_SOURCE_ERROR_UNREADABLE = RP_PROBLEM_UNREADABLE,
    RP_SOURCE_ERROR_FOLDER = RP_PROBLEM_FOLDER,
    RP_SOURCE_ERROR_NETWORK = RP_PROBLEM_NETWORK,
    RP_SOURCE_ERROR_AUTH = RP_PROBLEM_AUTH,
    RP_SOURCE_ERROR_TLS = RP_PROBLEM_TLS,
    RP_SOURCE_ERROR_PROTOCOL = RP_PROBLEM_PROTOCOL,
    RP_SOURCE_ERROR_CONFIG = RP_PROBLEM_CONFIG,
    RP_SOURCE_ERROR_STOPPED, /* the parent is gone or has had enough: no problem */
} RpSourceError;
GQuark rp_source_error_quark(void);

typedef struct {
    RpJob *job;         /* own */
    RpSecret *secret;   /* own; NULL if the job needs none */
    GHashTable *states; /* own; of RpFolderState by raw folder name */
    GHashTable *known; /* own; of RpUidList by raw folder name, ascending, with flags */
    GHashTable
        *passed;     /* own; of RpUidList by raw folder name: others died with them */
    bool is_careful; /* one message at a time, up to a round's end */

    int out_fd, wake_fd; /* foreign; standard output and input */
    GByteArray *pending; /* own; records not yet written */
    int64_t blocked_us;  /* time spent waiting for the reader of out_fd */
    int64_t progress_us; /* when the last progress was told */
    bool is_stopped;     /* end of file on wake_fd, or out_fd is broken */
    bool is_sync_wanted; /* RP_COMMAND_SYNC came; the backend sets it to false */
} RpSource;

/* Runs the job: one round, or with job->watch rounds until stopped. False with
 * RP_SOURCE_ERROR when it had to end early; main tells the parent. */
typedef bool (*RpBackend)(RpSource *source, GError **error);
bool rp_imap_run(RpSource *source, GError **error);
bool rp_maildir_run(RpSource *source, GError **error);
bool rp_mbox_run(RpSource *source, GError **error);

RpSource *rp_source_new(int wake_fd, int out_fd);
void rp_source_free(RpSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpSource, rp_source_free)

/* Reads JOB to GO from wake_fd. False with PROTOCOL if the stream is broken. */
bool rp_source_read_job(RpSource *source, GError **error);

/* Each takes a record's contents, which stay the caller's, and hands it to the
 * parent; it may wait for the parent to read. False once the source is stopped:
 * a backend then returns with rp_source_set_stopped(). */
bool rp_source_emit(RpSource *source, const RpRecord *record);
bool rp_source_emit_folder(RpSource *source, const RpFolderInfo *info);
bool rp_source_emit_envelope(RpSource *source, const char *folder,
                             uint32_t uid_validity, const RpEnvelope *envelope);
/* Before a message is read. False if it is to be passed over, of which the backend
 * tells with RP_SOURCE_PASSED; else a careful source says that it begins. */
bool rp_source_begin_message(RpSource *source, const char *folder,
                             uint32_t uid_validity, uint64_t uid);
#define RP_SOURCE_PASSED "reading it ended riposte-fetch again and again"
/* type: FLAGS, GONE or PRESENT. A list longer than RP_RECORD_MAX_UIDS goes out as
 * several records, PRESENT with [low, high) parted among them. */
bool rp_source_emit_uids(RpSource *source, RpRecordType type, const RpUidList *uids);
bool rp_source_emit_checkpoint(RpSource *source,
                               const RpFolderState *state); /* flushes */
bool rp_source_emit_problem(RpSource *source, RpProblemCode code, const char *folder,
                            uint64_t uid, const char *text);
bool rp_source_emit_round(RpSource *source, RpRoundPhase phase); /* flushes */
/* At most ten a second get through; the first and the last of a folder always do. */
bool rp_source_emit_progress(RpSource *source, const char *folder, uint64_t n_done,
                             uint64_t n_total);
bool rp_source_flush(RpSource *source);

/* Looks at wake_fd without waiting: false if the source is to stop. To be asked
 * now and then in a long loop that emits nothing. */
bool rp_source_go_on(RpSource *source);

/* Waits until wake_fd has a command (true), timeout_s is over (true) or the source
 * is to stop (false). For backends that poll. */
bool rp_source_sleep(RpSource *source, int64_t timeout_us);

/* Reads what wake_fd has; it must be readable. False if the source is to stop. */
bool rp_source_take_commands(RpSource *source);

/* Sets RP_SOURCE_ERROR_STOPPED and returns false. */
bool rp_source_set_stopped(GError **error);
