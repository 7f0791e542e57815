/* SPDX-License-Identifier: GPL-3.0-or-later */
/* db.c - statements, values and errors of SQLite */
#include <config.h> /* the POSIX calls */

#include "store/db.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <stdarg.h>

#include "core/instant.h"

G_DEFINE_QUARK(rp_store_error, rp_store_error)

static RpStoreError
error_code(int result)
{
    if (result == SQLITE_IOERR_SHMSIZE) /* no room for the index of the log */
        return RP_STORE_ERROR_FULL;
    switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return RP_STORE_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return RP_STORE_ERROR_CORRUPT;
    case SQLITE_FULL:
        return RP_STORE_ERROR_FULL;
    default:
        return RP_STORE_ERROR_FAILED;
    }
}

static const char *
advice(const RpStore *store, RpStoreError code)
{
    switch (code) {
    case RP_STORE_ERROR_BUSY:
        return _("; another process is writing to it, try again");
    case RP_STORE_ERROR_CORRUPT:
        return store->is_backup
                   ? _("; take another backup")
                   : _("; restore a backup (riposte restore FILE), or move it away and"
                       " sync anew");
    case RP_STORE_ERROR_FULL:
        return _("; make room and try again");
    case RP_STORE_ERROR_NEWER:
    case RP_STORE_ERROR_FAILED:
        break;
    }
    return "";
}

/* SQLite forgets errno before it tells. */
static volatile sig_atomic_t has_met_limit;

static void
on_too_large(int number)
{
    (void)number;
    has_met_limit = 1;
}

/* No handler is inherited by the programs that are started. */
void
rp_db_bear_limit(void)
{
    /* Not signal(), whose handler is good for one write in C11. */
    sigaction(SIGXFSZ, &(struct sigaction){.sa_handler = on_too_large}, NULL);
}

void
rp_db_set_error(GError **error, const RpStore *store, const char *what)
{
    int result = store->db != NULL ? sqlite3_extended_errcode(store->db) : SQLITE_NOMEM;
    RpStoreError code = error_code(result);
    const char *words =
        store->db != NULL ? sqlite3_errmsg(store->db) : sqlite3_errstr(result);

    if ((result == SQLITE_IOERR_WRITE || result == SQLITE_IOERR_SHMSIZE) &&
        has_met_limit) {
        g_set_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FULL,
                    _("%s: %s: the file may not be larger (ulimit -f)"), store->path,
                    what);
        return;
    }
    g_set_error(error, RP_STORE_ERROR, (gint)code, "%s: %s: %s%s", store->path, what,
                words,
                (result & 0xff) == SQLITE_READONLY
                    ? _("; make the file and its folder writable")
                    : advice(store, code));
}

void
rp_db_set_corrupt(GError **error, const RpStore *store, const char *what)
{
    g_set_error(error, RP_STORE_ERROR, RP_STORE_ERROR_CORRUPT, _("%s: damaged: %s%s"),
                store->path, what, advice(store, RP_STORE_ERROR_CORRUPT));
}

void
rp_db_set_not_usable(GError **error, const RpStore *store, const char *what)
{
    g_set_error(error, RP_STORE_ERROR, RP_STORE_ERROR_CORRUPT, "%s: %s%s", store->path,
                what, advice(store, RP_STORE_ERROR_CORRUPT));
}

sqlite3_stmt *
rp_db_use(RpStore *store, const char *sql, GError **error)
{
    sqlite3_stmt *statement = g_hash_table_lookup(store->statements, sql);

    if (statement != NULL) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        return statement;
    }
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
                           NULL) != SQLITE_OK) {
        rp_db_set_error(error, store, _("cannot prepare a query"));
        return NULL;
    }
    /* The table only compares the text's address. */
    g_hash_table_insert(store->statements, (gpointer)(guintptr)sql, statement);
    return statement;
}

/* BEGIN and COMMIT count as reading, too. */
static bool
is_of_writing(sqlite3_stmt *statement, int result)
{
    return !sqlite3_stmt_readonly(statement) || (result & 0xff) == SQLITE_FULL ||
           (result & 0xff) == SQLITE_READONLY || result == SQLITE_IOERR_WRITE;
}

RpStep
rp_db_step(RpStore *store, sqlite3_stmt *statement, GError **error)
{
    int result = sqlite3_step(statement);

    if (result == SQLITE_ROW)
        return RP_STEP_ROW;
    if (result != SQLITE_DONE)
        rp_db_set_error(error, store,
                        is_of_writing(statement, result) ? _("cannot write")
                                                         : _("cannot read"));
    sqlite3_reset(statement);
    return result == SQLITE_DONE ? RP_STEP_DONE : RP_STEP_ERROR;
}

bool
rp_db_finish(RpStore *store, sqlite3_stmt *statement, GError **error)
{
    RpStep step;

    while ((step = rp_db_step(store, statement, error)) == RP_STEP_ROW)
        continue;
    return step == RP_STEP_DONE;
}

static void
bind_values(sqlite3_stmt *statement, const char *types, va_list values)
{
    for (int i = 0; types[i] != '\0'; i++) {
        if (types[i] == 's')
            rp_db_bind_text(statement, i + 1, va_arg(values, const char *));
        else if (types[i] == 't')
            rp_db_bind_instant(statement, i + 1, va_arg(values, int64_t));
        else
            sqlite3_bind_int64(statement, i + 1, va_arg(values, int64_t));
    }
}

bool
rp_db_run(RpStore *store, GError **error, const char *sql, const char *types, ...)
{
    sqlite3_stmt *statement = rp_db_use(store, sql, error);
    va_list values;

    if (statement == NULL)
        return false;
    va_start(values, types);
    bind_values(statement, types, values);
    va_end(values);
    return rp_db_finish(store, statement, error);
}

bool
rp_db_exec(RpStore *store, const char *sql, GError **error)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    rp_db_set_error(error, store, _("cannot write"));
    return false;
}

bool
rp_db_get_int(RpStore *store, const char *sql, int64_t fallback, int64_t *value,
              GError **error)
{
    sqlite3_stmt *statement = rp_db_use(store, sql, error);
    RpStep step;

    if (statement == NULL)
        return false;
    *value = fallback;
    step = rp_db_step(store, statement, error);
    if (step == RP_STEP_ROW)
        *value = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return step != RP_STEP_ERROR;
}

void
rp_db_bind_text(sqlite3_stmt *statement, int column, const char *text)
{
    sqlite3_bind_text(statement, column, text, -1, SQLITE_STATIC);
}

void
rp_db_bind_instant(sqlite3_stmt *statement, int column, int64_t at)
{
    if (at == RP_NEVER)
        sqlite3_bind_null(statement, column);
    else
        sqlite3_bind_int64(statement, column, at);
}

int64_t
rp_db_column_instant(sqlite3_stmt *statement, int column)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return RP_NEVER;
    return sqlite3_column_int64(statement, column);
}

const char *
rp_db_column_text(RpStore *store, sqlite3_stmt *statement, int column, GError **error)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    int n = sqlite3_column_bytes(statement, column);

    /* With a length, g_utf8_validate() refuses NUL too. */
    if (text == NULL || !g_utf8_validate(text, n, NULL)) {
        rp_db_set_corrupt(error, store, sqlite3_column_name(statement, column));
        return NULL;
    }
    return text;
}

void
rp_db_set_cache(RpStore *store, int size_kb)
{
    char pragma[48];

    if (store->cache_kb == size_kb)
        return;
    g_snprintf(pragma, sizeof pragma, "PRAGMA cache_size = -%d", size_kb);
    sqlite3_exec(store->db, pragma, NULL, NULL, NULL);
    store->cache_kb = size_kb;
}

static bool
begin(RpStore *store, bool is_aside, GError **error)
{
    if (store->is_in_batch && !rp_store_commit(store, error))
        return false;
    store->is_aside = is_aside;
    return rp_db_run(store, error, "BEGIN IMMEDIATE", "");
}

bool
rp_db_begin_write(RpStore *store, GError **error)
{
    return begin(store, false, error);
}

bool
rp_db_begin_aside(RpStore *store, GError **error)
{
    return begin(store, true, error);
}

bool
rp_db_end_write(RpStore *store, bool is_good, GError **error)
{
    if (is_good && (store->is_aside || rp_db_name_state(store, error)) &&
        rp_db_run(store, error, "COMMIT", "")) {
        if (!store->is_aside)
            rp_db_drop_view(store);
        return true;
    }
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}
