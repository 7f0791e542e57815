/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state.c - one state of the database, and its name */
#include "store/state.h"

#include <string.h>
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

char *
rp_store_view_path(const RpStore *store)
{
    return strcmp(store->path, ":memory:") == 0
               ? NULL
               : g_strconcat(store->path, ".view", NULL);
}

void
rp_db_drop_view(const RpStore *store)
{
    g_autofree char *path = rp_store_view_path(store);

    if (path != NULL)
        unlink(path);
}
