/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shown.c - the list last shown, notices, and small values by name */
#include "store/db.h"

enum { KEPT_S = 40 * 24 * 60 * 60 };

static bool
replace_list(RpStore *store, const GPtrArray *ids, GError **error)
{
    static const char ADD[] =
        "INSERT INTO last_list (position, followup) VALUES (?1, ?2)";

    if (!rp_db_run(store, error, "DELETE FROM last_list", ""))
        return false;
    for (guint i = 0; i < ids->len; i++)
        if (!rp_db_run(store, error, ADD, "is", (int64_t)i + 1,
                       (const char *)g_ptr_array_index(ids, i)))
            return false;
    return true;
}

bool
rp_store_save_last_list(RpStore *store, const GPtrArray *ids, GError **error)
{
    if (!rp_db_begin_aside(store, error))
        return false;
    return rp_db_end_write(store, replace_list(store, ids, error), error);
}

GPtrArray *
rp_store_load_last_list(RpStore *store, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    sqlite3_stmt *rows =
        rp_db_use(store, "SELECT followup FROM last_list ORDER BY position", error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW) {
        const char *id = rp_db_column_text(store, rows, 0, error);

        if (id == NULL) {
            sqlite3_reset(rows);
            return NULL;
        }
        g_ptr_array_add(ids, g_strdup(id));
    }
    return step == RP_STEP_DONE ? g_steal_pointer(&ids) : NULL;
}

/* Of pop-ups, whose stages are instants: a day's budget asks for those of two days. A
 * follow-up's are kept, as it may wait for years. */
static bool
drop_old(RpStore *store, const char *followup_id, int64_t before_at, GError **error)
{
    static const char DROP[] = "DELETE FROM notice WHERE followup = ?1"
                               " AND shown_at < ?2 AND stage GLOB '[0-9]*'";

    return rp_db_run(store, error, DROP, "si", followup_id, before_at);
}

bool
rp_store_add_notice(RpStore *store, const char *followup_id, const char *stage,
                    int64_t shown_at, GError **error)
{
    /* An earlier instant is of a clock that was ahead and has been set since. */
    static const char ADD[] = "INSERT INTO notice (followup, stage, shown_at)"
                              " VALUES (?1, ?2, ?3)"
                              " ON CONFLICT (followup, stage)"
                              " DO UPDATE SET shown_at = min(shown_at, ?3)";

    if (!rp_db_begin_aside(store, error))
        return false;
    return rp_db_end_write(
        store,
        rp_db_run(store, error, ADD, "ssi", followup_id, stage, shown_at) &&
            drop_old(store, followup_id, shown_at - KEPT_S, error),
        error);
}

void
rp_notice_row_free(RpNoticeRow *row)
{
    if (row == NULL)
        return;
    g_free(row->followup_id);
    g_free(row->stage);
    g_free(row);
}

static void
free_notice_row(gpointer row)
{
    rp_notice_row_free(row);
}

static RpNoticeRow *
notice_of_row(RpStore *store, sqlite3_stmt *row, GError **error)
{
    RpNoticeRow *notice = g_new0(RpNoticeRow, 1);

    notice->shown_at = sqlite3_column_int64(row, 2);
    notice->followup_id = g_strdup(rp_db_column_text(store, row, 0, error));
    if (notice->followup_id != NULL)
        notice->stage = g_strdup(rp_db_column_text(store, row, 1, error));
    if (notice->stage == NULL)
        g_clear_pointer(&notice, rp_notice_row_free);
    return notice;
}

static bool
load_notices(RpStore *store, const char *followup_id, GPtrArray *notices,
             GError **error)
{
    static const char ALL[] = "SELECT followup, stage, shown_at FROM notice"
                              " WHERE followup = ?1 ORDER BY shown_at";
    sqlite3_stmt *rows = rp_db_use(store, ALL, error);
    RpStep step;

    if (rows == NULL)
        return false;
    rp_db_bind_text(rows, 1, followup_id);
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW) {
        RpNoticeRow *notice = notice_of_row(store, rows, error);

        if (notice == NULL) {
            sqlite3_reset(rows);
            return false;
        }
        g_ptr_array_add(notices, notice);
    }
    return step == RP_STEP_DONE;
}

GPtrArray *
rp_store_load_notices(RpStore *store, const GPtrArray *ids, GError **error)
{
    g_autoptr(GPtrArray) notices = g_ptr_array_new_with_free_func(free_notice_row);

    for (guint i = 0; i < ids->len; i++)
        if (!load_notices(store, g_ptr_array_index(ids, i), notices, error))
            return NULL;
    return g_steal_pointer(&notices);
}

bool
rp_store_set_value(RpStore *store, const char *name, const char *value, GError **error)
{
    static const char SET[] = "INSERT INTO value (name, value) VALUES (?1, ?2)"
                              " ON CONFLICT (name) DO UPDATE SET value = ?2";

    if (!rp_db_begin_aside(store, error))
        return false;
    return rp_db_end_write(store, rp_db_run(store, error, SET, "ss", name, value),
                           error);
}

char *
rp_store_get_value(RpStore *store, const char *name, GError **error)
{
    sqlite3_stmt *find =
        rp_db_use(store, "SELECT value FROM value WHERE name = ?1", error);
    char *value = NULL;

    if (find == NULL)
        return NULL;
    rp_db_bind_text(find, 1, name);
    if (rp_db_step(store, find, error) == RP_STEP_ROW)
        value = g_strdup(rp_db_column_text(store, find, 0, error));
    sqlite3_reset(find);
    return value;
}
