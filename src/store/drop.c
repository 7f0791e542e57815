/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drop.c - forgetting what was fetched */
#include "store/db.h"
#include "store/intern.h"
#include "store/rounds.h"

bool
rp_store_drop_fetched(RpStore *store, GError **error)
{
    /* Children before parents: no row is looked for twice. */
    static const char DROP[] =
        "DELETE FROM value WHERE name LIKE 'mishap %'; DELETE FROM leftover; DELETE "
        "FROM copy; DELETE FROM unreadable;"
        "DELETE FROM folder; DELETE FROM problem; DELETE FROM mailbox; DELETE FROM "
        "list;"
        "DELETE FROM address"
        " WHERE person NOT IN (SELECT id FROM person WHERE is_curated);"
        "DELETE FROM person WHERE NOT is_curated;"
        "DELETE FROM message_id WHERE id NOT IN (SELECT message FROM answered_seen);";
    bool is_good;

    if (!rp_db_begin_write(store, error))
        return false;
    is_good = rp_db_end_write(store, rp_db_exec(store, DROP, error), error);
    rp_intern_forget(store);
    rp_rounds_forget(store);
    store->is_changed = store->is_changed || is_good;
    return is_good;
}
