/* SPDX-License-Identifier: GPL-3.0-or-later */
/* files.h - what Maildir and mbox have in common: rounds, folders, what is known
 *
 * Files have no UIDVALIDITY and no UIDs that grow: the UIDVALIDITY is always 1, and a
 * uid is a hash, so that a folder's state spans all uids from its first checkpoint
 * on, and KNOWN tells what is there.
 */
#pragma once

#include "fetch/source.h"

enum { RP_FILE_UID_VALIDITY = 1 };

typedef struct {
    RpFolderInfo *info; /* own; the raw name is the path below job->path */
    char *path;         /* own */
} RpFileFolder;

void rp_file_folder_free(RpFileFolder *folder);

/* A folder at path. names are as they are on disk, in modified UTF-7 or UTF-8. Role
 * and whether it is read come from the name and the job. */
RpFileFolder *rp_file_folder_new(const RpJob *job, const char *path, const char *raw,
                                 const char *name, char delimiter);

/* One folder being read: what was known of it, what is met. */
typedef struct {
    RpSource *source;           /* foreign */
    const RpFileFolder *folder; /* foreign */
    const RpUidList *known;     /* foreign, or NULL */
    RpUidList *present;         /* own; with flags; in the order met */
    RpUidList *changed;         /* own; with flags */
    uint32_t n_new, n_since_checkpoint;
    uint64_t n_to_read; /* about how many new ones there are: for the progress */
    bool is_unsure; /* it changed while it was read: nothing can be said to be gone */
} RpFileSync;

/* Tells what a program of this kind does with each folder. */
typedef struct {
    /* Of RpFileFolder; CONFIG if there is nothing to read at job->path. */
    GPtrArray *(*find)(const RpSource *source, GError **error);
    /* Reads one folder. token is the state's, "" at first; the new one is returned,
     * owned by the caller, NULL if the folder is as token says. FOLDER if it cannot be
     * read, STOPPED. */
    char *(*read)(RpFileSync *sync, const char *token, GError **error);
    /* Directories and files whose change makes a round; added to paths. */
    void (*watch)(const RpFileFolder *folder, GPtrArray *paths);
} RpFileBackend;

bool rp_files_run(RpSource *source, const RpFileBackend *backend, GError **error);

/* For rp_files_run(): before and after a folder is read. False once the source is
 * stopped. */
bool rp_file_sync_begin(RpFileSync *sync, RpSource *source, const RpFileFolder *folder);
bool rp_file_sync_end(RpFileSync *sync, const char *token);
void rp_file_sync_clear(RpFileSync *sync);

/* For read(): is the uid known already? It counts as present then, and if its flags
 * are others that is told. */
bool rp_file_sync_take_known(RpFileSync *sync, uint64_t uid, uint32_t flags);
bool rp_file_sync_is_known(const RpFileSync *sync, uint64_t uid);
/* A new message; it gets its made-up id here if it has none. header is its bytes.
 * False once the source is stopped. */
bool rp_file_sync_add(RpFileSync *sync, RpEnvelope *envelope, const char *header,
                      size_t n);
/* As rp_source_begin_message(). */
bool rp_file_sync_begin_message(const RpFileSync *sync, uint64_t uid);
bool rp_file_sync_problem(RpFileSync *sync, uint64_t uid, const char *text);

/* The uid for a key that is unique in its folder: the first 52 bits of SHA-256, and
 * never 0. */
uint64_t rp_file_uid(const char *key, size_t n);

/* "...", or "" if the change was so recent that another could have the same time. */
char *rp_file_token(const char *text, int64_t changed_at);
