/* SPDX-License-Identifier: GPL-3.0-or-later */
/* db.h - the handle that the files of store/ share, and SQLite behind it
 *
 * Inside store/ only: no other layer includes sqlite3.h.
 */
#pragma once

#include <sqlite3.h>

#include "core/hash.h"
#include "store/store.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

enum {
    RP_APPLICATION_ID = 0x5269706f, /* "Ripo" */
    RP_BUSY_TIMEOUT_MS = 5000,
    RP_WRITER_CACHE_KB = 16384, /* a first sync writes all over the indexes */
    RP_READER_CACHE_KB = 2048,  /* a reader scans, once */
};

/* What a batch need not look up again: the row of a text. */
typedef struct {
    GHashTable *rows;   /* own; of int64_t by text */
    GStringChunk *keys; /* own */
} RpTextCache;

struct RpStore {
    sqlite3 *db;            /* own */
    char *path;             /* own */
    GHashTable *statements; /* own; of sqlite3_stmt by the address of their text */
    int lock_fd;            /* -1 if not held */
    bool is_backup;         /* opened to be restored: what errors advise */
    RpHashKey id_key;
    int cache_kb; /* of pages; 0 if not yet set */

    bool is_in_batch;
    uint32_t batch_size;
    bool is_batch_changed, is_changed;  /* not yet committed; not yet taken */
    bool is_aside;                      /* the transaction changes no view */
    unsigned n_reads;                   /* begun and not ended */
    bool has_leftovers, has_unreadable; /* rows in these tables, perhaps */
    int64_t data_version;               /* when the caches below were filled */
    RpTextCache ids, addresses, mailboxes, lists, folders;
    GHashTable *rounds; /* own; of RpRound by account */
    GByteArray *pack;   /* own; scratch of the copy being stored */
    GString *key;       /* own; scratch of the key being looked up */
};

/* From here on a write beyond the size that a file may have (ulimit -f) fails and is
 * told of, where the default would end us without a word. */
void rp_db_bear_limit(void);

/* What rp_store_open() does, in parts: a handle without a connection; folder and empty
 * file, if they are missing. */
RpStore *rp_db_new(const char *path);
bool rp_db_create_file(const char *path, GError **error);
/* Before SQLite touches it: only an empty file or a database is opened at all. Never
 * while this process has the file open: closing it would let go SQLite's locks. */
bool rp_db_check_file(const RpStore *store, GError **error);
/* name: a path, or a URI with SQLITE_OPEN_URI among the flags. */
bool rp_db_connect(RpStore *store, const char *name, int flags, GError **error);
/* Sets "PATH: what: " and errno's words, FULL if it says so. */
void rp_db_set_errno(GError **error, const char *path, const char *what);

/* Sets the error that SQLite's last result stands for: "PATH: what: SQLite's own
 * words", with the code that says what to do. */
void rp_db_set_error(GError **error, const RpStore *store, const char *what);

/* The prepared statement for sql, which must be a static text; kept for the next
 * time. Reset and without bound values. */
sqlite3_stmt *rp_db_use(RpStore *store, const char *sql, GError **error);

/* One row more? On false without error there is none, and the statement is reset. */
typedef enum { RP_STEP_ERROR, RP_STEP_DONE, RP_STEP_ROW } RpStep;
RpStep rp_db_step(RpStore *store, sqlite3_stmt *statement, GError **error);

/* Steps to the end, leaving rows aside. */
bool rp_db_finish(RpStore *store, sqlite3_stmt *statement, GError **error);

/* rp_db_use(), binds and steps to the end. types: a character a value: 'i' for an
 * int64_t, 't' for an instant, RP_NEVER becoming NULL, 's' for a text. */
bool rp_db_run(RpStore *store, GError **error, const char *sql, const char *types, ...);

/* Several statements without values, ended by semicolons. */
bool rp_db_exec(RpStore *store, const char *sql, GError **error);

/* The first column of the first row as a number; fallback if there is no row. */
bool rp_db_get_int(RpStore *store, const char *sql, int64_t fallback, int64_t *value,
                   GError **error);

void rp_db_bind_text(sqlite3_stmt *statement, int column, const char *text);
void rp_db_bind_instant(sqlite3_stmt *statement, int column, int64_t at);
int64_t rp_db_column_instant(sqlite3_stmt *statement, int column);

/* NULL with CORRUPT if it is no text as the store writes it: valid UTF-8 without
 * NUL. Foreign: until the next step. */
const char *rp_db_column_text(RpStore *store, sqlite3_stmt *statement, int column,
                              GError **error);

/* Sets CORRUPT for something that the store never wrote, or for no database at all. */
void rp_db_set_corrupt(GError **error, const RpStore *store, const char *what);
void rp_db_set_not_usable(GError **error, const RpStore *store, const char *what);

void rp_db_set_cache(RpStore *store, int size_kb);

/* A transaction of its own around what a user or an outlet writes. An open batch is
 * committed first: what a user decided must not be lost with it. */
bool rp_db_begin_write(RpStore *store, GError **error);
/* The same for what rp_store_state() does not tell: what no view follows from, what
 * each loads anew (rp_view_load()), and decisions, which it compares (rp_image_link()).
 */
bool rp_db_begin_aside(RpStore *store, GError **error);
/* Commits if is_good, and rolls back if not or if that fails; true if committed. */
bool rp_db_end_write(RpStore *store, bool is_good, GError **error);

/* Before a commit after which other views follow: names the new state. */
bool rp_db_name_state(RpStore *store, GError **error);
/* After it: what was kept of the old one goes. */
void rp_db_drop_view(const RpStore *store);
