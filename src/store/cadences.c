/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cadences.c - how often to be in touch, by person or tag: K1 */
#include "store/cadences.h"

#include <glib/gi18n.h>

#include "store/db.h"

void
rp_cadence_row_free(RpCadenceRow *row)
{
    if (row == NULL)
        return;
    g_free(row->name);
    g_free(row);
}

bool
rp_store_set_cadence(RpStore *store, const RpCadenceRow *row, GError **error)
{
    static const char SET[] =
        "INSERT INTO cadence (is_tag, name, ideal_s, latest_s, since_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (is_tag, name) DO UPDATE SET ideal_s = ?3, latest_s = ?4";

    if (!rp_db_begin_aside(store, error))
        return false;
    return rp_db_end_write(store,
                           rp_db_run(store, error, SET, "isiii", (int64_t)row->is_tag,
                                     row->name, row->ideal_s, row->latest_s,
                                     row->since_at),
                           error);
}

bool
rp_store_remove_cadence(RpStore *store, bool is_tag, const char *name, GError **error)
{
    static const char REMOVE[] = "DELETE FROM cadence WHERE is_tag = ?1 AND name = ?2";

    if (!rp_db_begin_aside(store, error))
        return false;
    return rp_db_end_write(
        store, rp_db_run(store, error, REMOVE, "is", (int64_t)is_tag, name), error);
}

static RpCadenceRow *
cadence_of_row(RpStore *store, sqlite3_stmt *row, GError **error)
{
    g_autoptr(RpCadenceRow) cadence = g_new0(RpCadenceRow, 1);

    cadence->is_tag = sqlite3_column_int64(row, 0) != 0;
    cadence->name = g_strdup(rp_db_column_text(store, row, 1, error));
    if (cadence->name == NULL)
        return NULL;
    cadence->ideal_s = sqlite3_column_int64(row, 2);
    cadence->latest_s = sqlite3_column_int64(row, 3);
    cadence->since_at = sqlite3_column_int64(row, 4);
    if (cadence->ideal_s > 0 && cadence->latest_s >= cadence->ideal_s &&
        cadence->latest_s < RP_NEVER / 4)
        return g_steal_pointer(&cadence);
    rp_db_set_corrupt(error, store, _("a cadence that is none"));
    return NULL;
}

static void
free_cadence(gpointer row)
{
    rp_cadence_row_free(row);
}

GPtrArray *
rp_store_load_cadences(RpStore *store, GError **error)
{
    static const char ALL[] = "SELECT is_tag, name, ideal_s, latest_s, since_at"
                              " FROM cadence ORDER BY is_tag, name";
    g_autoptr(GPtrArray) cadences = g_ptr_array_new_with_free_func(free_cadence);
    sqlite3_stmt *rows = rp_db_use(store, ALL, error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW) {
        RpCadenceRow *cadence = cadence_of_row(store, rows, error);

        if (cadence == NULL) {
            sqlite3_reset(rows);
            return NULL;
        }
        g_ptr_array_add(cadences, cadence);
    }
    return step == RP_STEP_DONE ? g_steal_pointer(&cadences) : NULL;
}
