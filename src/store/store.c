/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store.c - opening, checking and closing the database */
#include <config.h> /* the POSIX calls */

#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db.h"
#include "store/intern.h"
#include "store/rounds.h"
#include "store/schema.h"

/* A large automatic checkpoint: with SQLite's 1000 pages a first sync takes three
 * times as long, as it writes random pages of the indexes again and again. */
static const char SETTINGS[] = "PRAGMA foreign_keys = ON;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA synchronous = NORMAL;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA wal_autocheckpoint = 16384;";

/* Copies that no checkpoint covered when their round began (see rounds.c). */
static const char TEMPORARY[] =
    "CREATE TEMP TABLE leftover (folder INTEGER, uid_validity INTEGER, uid INTEGER,"
    " PRIMARY KEY (folder, uid_validity, uid)) WITHOUT ROWID;";

static bool
is_in_memory(const char *path)
{
    return strcmp(path, ":memory:") == 0;
}

void
rp_db_set_errno(GError **error, const char *path, const char *what)
{
    int number = errno;

    g_set_error(error, RP_STORE_ERROR,
                number == ENOSPC || number == EDQUOT ? RP_STORE_ERROR_FULL
                                                     : RP_STORE_ERROR_FAILED,
                "%s: %s: %s", path, what, g_strerror(number));
}

/* SQLite gives the files beside it the mode of the database. */
bool
rp_db_create_file(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd;

    if (g_mkdir_with_parents(folder, 0700) != 0) {
        rp_db_set_errno(error, folder, _("cannot create the folder"));
        return false;
    }
    fd = g_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        rp_db_set_errno(error, path, _("cannot open the database"));
        return false;
    }
    close(fd);
    return true;
}

bool
rp_db_check_file(const RpStore *store, GError **error)
{
    static const char magic[] = "SQLite format 3";
    char head[sizeof magic] = "";
    int fd = g_open(store->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
    ssize_t n = fd >= 0 ? read(fd, head, sizeof head) : -1;

    if (n < 0)
        rp_db_set_errno(error, store->path, _("cannot read the database"));
    if (fd >= 0)
        close(fd);
    if (n < 0)
        return false;
    if (n == 0 || memcmp(head, magic, sizeof magic) == 0)
        return true;
    rp_db_set_not_usable(error, store, _("no database"));
    return false;
}

bool
rp_db_connect(RpStore *store, const char *name, int flags, GError **error)
{
    /* Counting SQLite's memory takes a lock for each allocation. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK) {
        rp_db_set_error(error, store, _("cannot open the database"));
        return false;
    }
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, RP_BUSY_TIMEOUT_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return true;
}

static bool
open_file(RpStore *store, GError **error)
{
    return (is_in_memory(store->path) || (rp_db_create_file(store->path, error) &&
                                          rp_db_check_file(store, error))) &&
           rp_db_connect(store, store->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                         error);
}

static bool
load_hash_key(RpStore *store, GError **error)
{
    sqlite3_stmt *statement = rp_db_use(store, "SELECT k0, k1 FROM hash_key", error);
    RpStep step;

    if (statement == NULL)
        return false;
    step = rp_db_step(store, statement, error);
    if (step == RP_STEP_DONE)
        rp_db_set_corrupt(error, store, _("it has no hash key"));
    if (step != RP_STEP_ROW)
        return false;
    store->id_key.k0 = (uint64_t)sqlite3_column_int64(statement, 0);
    store->id_key.k1 = (uint64_t)sqlite3_column_int64(statement, 1);
    sqlite3_reset(statement);
    return true;
}

/* A backup put back may be readable by all. */
static bool
make_private(const char *path, GError **error)
{
    GStatBuf info;

    if (is_in_memory(path) || (g_stat(path, &info) == 0 && (info.st_mode & 077) == 0) ||
        g_chmod(path, 0600) == 0)
        return true;
    rp_db_set_errno(error, path, _("cannot make the database private"));
    return false;
}

/* The migration comes before WAL: a file that is not ours stays as it is. */
static bool
prepare(RpStore *store, GError **error)
{
    return rp_db_exec(store, SETTINGS, error) &&
           rp_schema_migrate(store, rp_schema_steps, rp_schema_n_steps, error) &&
           make_private(store->path, error) &&
           rp_db_exec(store, "PRAGMA journal_mode = WAL", error) &&
           rp_db_exec(store, TEMPORARY, error) && load_hash_key(store, error);
}

static void
finalize(gpointer statement)
{
    sqlite3_finalize(statement);
}

RpStore *
rp_db_new(const char *path)
{
    RpStore *store = g_new0(RpStore, 1);

    rp_db_bear_limit();
    store->path = g_strdup(path);
    store->lock_fd = -1;
    store->statements =
        g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, finalize);
    store->pack = g_byte_array_new();
    store->key = g_string_new(NULL);
    rp_intern_init(store);
    rp_rounds_init(store);
    return store;
}

RpStore *
rp_store_open(const char *path, GError **error)
{
    g_autoptr(RpStore) store = rp_db_new(path);

    if (!open_file(store, error) || !prepare(store, error))
        return NULL;
    return g_steal_pointer(&store);
}

void
rp_store_close(RpStore *store)
{
    if (store == NULL)
        return;
    rp_store_rollback(store);
    if (store->db != NULL)
        rp_store_is_in_place(store, NULL);
    g_hash_table_unref(store->statements);
    sqlite3_close(store->db);
    if (store->lock_fd >= 0)
        close(store->lock_fd);
    rp_intern_clear(store);
    g_hash_table_unref(store->rounds);
    g_byte_array_unref(store->pack);
    g_string_free(store->key, TRUE);
    g_free(store->path);
    g_free(store);
}

const char *
rp_store_path(const RpStore *store)
{
    return store->path;
}

int64_t
rp_store_data_version(RpStore *store)
{
    int64_t version = 0;

    rp_db_get_int(store, "PRAGMA data_version", 0, &version, NULL);
    return version;
}

/* Whoever writes into a file that was removed writes into nothing. */
static bool
check_is_there(RpStore *store, GError **error)
{
    int is_moved = 0;

    sqlite3_file_control(store->db, NULL, SQLITE_FCNTL_HAS_MOVED, &is_moved);
    if (is_moved == 0 || is_in_memory(store->path))
        return true;
    g_set_error(
        error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED,
        _("%s: was removed or replaced while it was in use, and what was read is"
          " gone with it; sync anew"),
        store->path);
    return false;
}

bool
rp_store_checkpoint_wal(RpStore *store, GError **error)
{
    int result;

    rp_db_set_cache(store, RP_READER_CACHE_KB);
    /* In a batch it can't be done, and SQLite does it by itself later. */
    if (store->is_in_batch)
        return true;
    result = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
                                       NULL, NULL);
    if (result == SQLITE_OK || result == SQLITE_BUSY)
        return check_is_there(store, error); /* readers keep what they read */
    rp_db_set_error(error, store, _("cannot write the log back"));
    return false;
}

/* The log of a file that is gone would be taken for that of the one in its place, which
 * it damages. SQLite leaves it as it is. */
bool
rp_store_is_in_place(RpStore *store, GError **error)
{
    if (check_is_there(store, error))
        return true;
    rp_store_rollback(store);
    sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return false;
}

char *
rp_store_check(RpStore *store, GError **error)
{
    sqlite3_stmt *statement = rp_db_use(store, "PRAGMA integrity_check(1)", error);
    const char *words;
    char *complaint = NULL;

    if (statement == NULL || rp_db_step(store, statement, error) != RP_STEP_ROW)
        return NULL;
    words = (const char *)sqlite3_column_text(statement, 0);
    if (words != NULL && strcmp(words, "ok") != 0)
        complaint = g_utf8_make_valid(words, -1);
    sqlite3_reset(statement);
    return complaint;
}
