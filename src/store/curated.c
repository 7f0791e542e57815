/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curated.c - the mark of persons whom the user imported or edited */
#include "core/address.h"
#include "store/db.h"

bool
rp_store_mark_curated(RpStore *store, const char *person_key, GError **error)
{
    static const char MARK[] = "INSERT INTO person (id, key, is_curated)"
                               " VALUES (?1, ?2, 1)"
                               " ON CONFLICT (id) DO UPDATE SET is_curated = 1";

    if (!rp_db_begin_write(store, error))
        return false;
    return rp_db_end_write(
        store,
        rp_db_run(store, error, MARK, "is", rp_person_id(person_key), person_key),
        error);
}
