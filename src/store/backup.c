/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup.c - VACUUM INTO out of the database, SQLite's backup API into it */
#include <config.h> /* the POSIX calls */

#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db.h"
#include "store/schema.h"

/* --- a backup that is there --- */

/* Without a log beside it nobody has it open, and SQLite need not write there: it may
 * stand on a disk that can't be written. */
static char *
uri_of(const char *path)
{
    g_autofree char *real = realpath(path, NULL);
    g_autofree char *whole = g_canonicalize_filename(real != NULL ? real : path, NULL);
    g_autofree char *wal = g_strconcat(whole, "-wal", NULL);
    g_autofree char *uri = g_filename_to_uri(whole, NULL, NULL);
    bool has_log = g_file_test(wal, G_FILE_TEST_EXISTS);

    return g_strconcat(uri, has_log ? "?mode=ro" : "?mode=ro&immutable=1", NULL);
}

static bool
check_sound(RpStore *backup, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autofree char *complaint = rp_store_check(backup, &local);

    if (local != NULL)
        g_propagate_error(error, g_steal_pointer(&local));
    else if (complaint != NULL)
        rp_db_set_corrupt(error, backup, complaint);
    else
        return true;
    return false;
}

static RpStore *
open_sound(const char *path, size_t newest, GError **error)
{
    g_autoptr(RpStore) backup = rp_db_new(path);
    g_autofree char *uri = uri_of(path);
    GStatBuf info;
    int64_t version;

    backup->is_backup = true;
    if (g_stat(path, &info) == 0 &&
        ((!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) || info.st_size == 0)) {
        rp_db_set_not_usable(error, backup,
                             S_ISREG(info.st_mode) ? _("empty") : _("not a file"));
        return NULL;
    }
    if (!rp_db_check_file(backup, error) ||
        !rp_db_connect(backup, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error) ||
        !rp_schema_check_ours(backup, error) ||
        !rp_schema_get_version(backup, newest, &version, error))
        return NULL;
    if (version == 0) {
        rp_db_set_not_usable(error, backup, _("empty"));
        return NULL;
    }
    return check_sound(backup, error) ? g_steal_pointer(&backup) : NULL;
}

RpStore *
rp_backup_open(const char *path, GError **error)
{
    return open_sound(path, rp_schema_n_steps, error);
}

bool
rp_backup_count_messages(RpStore *backup, int64_t *n, GError **error)
{
    return rp_db_get_int(backup, "SELECT count(DISTINCT message) FROM copy", 0, n,
                         error);
}

/* --- a new one --- */

static bool
sync_path(const char *path, int flags, GError **error)
{
    int fd = g_open(path, flags | O_RDONLY | O_CLOEXEC, 0);
    bool is_synced = fd >= 0 && fsync(fd) == 0;

    if (!is_synced)
        rp_db_set_errno(error, path, _("cannot write"));
    if (fd >= 0)
        close(fd);
    return is_synced;
}

static bool
sync_folder(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);

    return sync_path(folder, O_DIRECTORY, error);
}

/* SQLite names the database where it is the new file that can't be written. */
static void
set_error(GError **error, const RpStore *store, const char *path, GError *local)
{
    const RpStore file = {.db = store->db, .path = (char *)(guintptr)path};

    if (sqlite3_errcode(store->db) == SQLITE_CONSTRAINT) /* doubled rows, say */
        rp_db_set_corrupt(error, store, sqlite3_errmsg(store->db));
    else if (local->code == RP_STORE_ERROR_FULL || local->code == RP_STORE_ERROR_FAILED)
        rp_db_set_error(error, &file, _("cannot write"));
    else
        g_propagate_error(error, g_error_copy(local));
}

/* What was deleted (riposte forget) does not come along, as it would with the API. */
static bool
write_file(RpStore *store, const char *path, const char *draft, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(RpStore) written = NULL;

    if (!rp_db_run(store, &local, "VACUUM INTO ?1", "s", draft)) {
        set_error(error, store, path, local);
        return false;
    }
    written = open_sound(draft, G_MAXINT, error); /* what is kept may be newer */
    return written != NULL;
}

/* A file system that can't tell whether there is one is taken by its word before. */
static bool
put(const char *draft, const char *path, bool may_replace, GError **error)
{
    unsigned flags = may_replace ? 0 : RENAME_NOREPLACE;

    if (renameat2(AT_FDCWD, draft, AT_FDCWD, path, flags) == 0 ||
        (errno == EINVAL && g_rename(draft, path) == 0))
        return true;
    rp_db_set_errno(error, path, _("cannot write"));
    return false;
}

bool
rp_store_backup(RpStore *store, const char *path, bool may_replace, GError **error)
{
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    g_autofree char *draft = g_strconcat(whole, ".XXXXXX", NULL);
    int fd = g_mkstemp_full(draft, O_RDWR | O_CLOEXEC, 0600);

    if (fd < 0) {
        rp_db_set_errno(error, path, _("cannot write"));
        return false;
    }
    close(fd);
    if (write_file(store, path, draft, error) && sync_path(draft, 0, error) &&
        put(draft, whole, may_replace, error))
        return sync_folder(whole, error);
    g_remove(draft);
    return false;
}

/* --- the way back --- */

/* Keeps what is there while nobody can write, then copies page by page in the same
 * transaction. */
static bool
copy_pages(RpStore *backup, RpStore *target, RpStore *present, const char *kept,
           GError **error)
{
    sqlite3_backup *copying =
        sqlite3_backup_init(target->db, "main", backup->db, "main");
    int result = copying != NULL ? sqlite3_backup_step(copying, 0) : SQLITE_ERROR;
    bool is_kept = result == SQLITE_OK &&
                   (kept == NULL || rp_store_backup(present, kept, false, error));

    if (is_kept)
        result = sqlite3_backup_step(copying, -1);
    if (copying != NULL)
        sqlite3_backup_finish(copying);
    if (result == SQLITE_DONE)
        return true;
    if (result != SQLITE_OK) /* else what was to be kept has said what is wrong */
        rp_db_set_error(error, target, _("cannot write"));
    if (is_kept && kept != NULL)
        g_remove(kept);
    return false;
}

static bool
connect_present(RpStore *present, int64_t *version, GError **error)
{
    bool is_ours;

    if (!rp_db_check_file(present, error) ||
        !rp_db_connect(present, present->path, SQLITE_OPEN_READWRITE, error))
        return false;
    if (!rp_schema_is_ours(present, &is_ours, error))
        return false;
    if (is_ours)
        return rp_db_get_int(present, "PRAGMA user_version", 0, version, error) &&
               rp_db_exec(present, "PRAGMA journal_mode = WAL", error);
    g_set_error(
        error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED,
        _("%s: not riposte's database but another program's; name another file"),
        present->path);
    return false;
}

/* Fails with CORRUPT if what is there can't be kept for that. */
static bool
replace_pages(RpStore *backup, const char *path, const char *kept, RpKept *how,
              GError **error)
{
    g_autoptr(RpStore) present = rp_db_new(path);
    g_autoptr(RpStore) target = rp_db_new(path);
    int64_t version;

    if (!connect_present(present, &version, error) ||
        !rp_db_connect(target, path, SQLITE_OPEN_READWRITE, error))
        return false;
    *how = version == 0 ? RP_KEPT_NOTHING : RP_KEPT_BACKUP;
    return copy_pages(backup, target, present, version == 0 ? NULL : kept, error);
}

/* What SQLite would apply to whatever database it finds beside it goes along. */
static bool
set_aside(const char *path, const char *kept, GError **error)
{
    static const char *const logs[] = {"-wal", "-journal"};
    g_autofree char *shm = g_strconcat(path, "-shm", NULL);
    bool is_aside = link(path, kept) == 0 || g_rename(path, kept) == 0;

    for (size_t i = 0; is_aside && i < G_N_ELEMENTS(logs); i++) {
        g_autofree char *log = g_strconcat(path, logs[i], NULL);
        g_autofree char *kept_log = g_strconcat(kept, logs[i], NULL);

        is_aside = g_rename(log, kept_log) == 0 || errno == ENOENT;
    }
    if (is_aside && (g_remove(shm) == 0 || errno == ENOENT))
        return true;
    rp_db_set_errno(error, kept, _("cannot write"));
    return false;
}

/* Whoever still reads the old file keeps it, and leaves the new one's log alone: SQLite
 * looks whether its file was moved before it closes one. */
static bool
replace_file(RpStore *backup, const char *path, const char *kept, GError **error)
{
    g_autofree char *fresh = g_strconcat(path, ".new", NULL);

    if (!rp_store_backup(backup, fresh, true, error))
        return false;
    if (set_aside(path, kept, error)) {
        if (g_rename(fresh, path) == 0)
            return sync_folder(path, error);
        rp_db_set_errno(error, path, _("cannot write"));
    }
    g_remove(fresh);
    return false;
}

/* An older backup is migrated. The write, of nothing, names a new state, and so drops
 * the view that was kept of the old one. */
static bool
settle(const char *path, GError **error)
{
    g_autoptr(RpStore) store = rp_store_open(path, error);

    if (store != NULL && rp_db_begin_write(store, error) &&
        rp_db_end_write(store, true, error) && rp_store_checkpoint_wal(store, error))
        return true;
    g_prefix_error(error, _("restored, but: "));
    return false;
}

bool
rp_backup_restore(RpStore *backup, const char *path, const char *kept, RpKept *how,
                  GError **error)
{
    g_autoptr(RpStore) lock = rp_db_new(path);
    g_autoptr(GError) local = NULL;
    g_autofree char *real = NULL;

    if (!rp_db_create_file(path, error) || !rp_store_lock(lock, "restore", error))
        return false;
    real = realpath(path, NULL); /* logs stand beside the file that a link leads to */
    if (replace_pages(backup, real, kept, how, &local))
        return settle(path, error);
    if (!g_error_matches(local, RP_STORE_ERROR, RP_STORE_ERROR_CORRUPT)) {
        g_propagate_error(error, g_steal_pointer(&local));
        return false;
    }
    *how = RP_KEPT_DAMAGED;
    return replace_file(backup, real, kept, error) && settle(path, error);
}
