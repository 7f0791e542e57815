/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state.c - one state of the database, and its name */
#include "store/state.h"

#include <unistd.h>

#include "store/db.h"

bool
rp_store_begin_read(RpStore *store, GError **error)
{
    if (!store->is_in_batch && store->n_reads == 0) {
        rp_db_set_cache(store, RP_READER_CACHE_KB);
        if (!rp_db_run(store, error, "BEGIN", ""))
            return false;
    }
    store->n_reads++;
    return true;
}

void
rp_store_end_read(RpStore *store)
{
    if (--store->n_reads == 0 && !store->is_in_batch)
        sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
}

/* Random, as a backup that was put back goes on from where it was: numbers would be
 * used twice. */
bool
rp_db_name_state(RpStore *store, GError **error)
{
    static const char NAME[] =
        "INSERT INTO value (name, value)"
        " VALUES ('state', lower(hex(randomblob(16))))"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    return rp_db_run(store, error, NAME, "");
}

char *
rp_store_state(RpStore *store, GError **error)
{
    return store->is_in_batch ? NULL : rp_store_get_value(store, "state", error);
}

/* In the order of rp_store_load_corpus(). */
bool
rp_store_load_flags(RpStore *store, RpCorpus *corpus, GError **error)
{
    sqlite3_stmt *rows = rp_db_use(store, "SELECT flags FROM copy ORDER BY id", error);
    guint i = 0;
    RpStep step;

    if (rows == NULL)
        return false;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW)
        if (i < corpus->copies->len)
            g_array_index(corpus->copies, RpCopy, i++).flags =
                (uint32_t)sqlite3_column_int64(rows, 0);
    return step == RP_STEP_DONE;
}

/* Beside the file itself, as SQLite's own are: whatever link it was opened by, whoever
 * writes finds what is to be removed. */
char *
rp_store_view_path(const RpStore *store)
{
    const char *file = sqlite3_db_filename(store->db, "main");

    return file == NULL || *file == '\0' ? NULL : g_strconcat(file, ".view", NULL);
}

void
rp_db_drop_view(const RpStore *store)
{
    g_autofree char *path = rp_store_view_path(store);
    g_autofree char *half =
        path != NULL ? g_strconcat(path, RP_HALF_SUFFIX, NULL) : NULL;

    if (path == NULL)
        return;
    unlink(path);
    unlink(half); /* of somebody who was ended amid it */
}
