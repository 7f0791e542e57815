/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decisions.c - R10: what the user decided, for good */
#include "core/instant.h"

#include <glib/gi18n.h>

#include "store/db.h"

static bool
insert(RpStore *store, const RpDecision *decision, GError **error)
{
    static const char ADD[] =
        "INSERT INTO decision (kind, direction, person_key, message_id, taken_at,"
        " undone_at, at, detail, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

    return rp_db_run(store, error, ADD, "iissittss", (int64_t)decision->kind,
                     (int64_t)decision->direction, decision->person_key,
                     decision->message_id, decision->taken_at, decision->undone_at,
                     decision->at, decision->detail, decision->note);
}

bool
rp_store_add_decision(RpStore *store, RpDecision *decision, GError **error)
{
    int64_t id;

    if (!rp_db_begin_aside(store, error))
        return false;
    if (!rp_db_end_write(store, insert(store, decision, error), error))
        return false;
    id = sqlite3_last_insert_rowid(store->db);
    decision->id = id;
    return true;
}

bool
rp_store_undo_decision(RpStore *store, int64_t id, int64_t undone_at, GError **error)
{
    static const char UNDO[] =
        "UPDATE decision SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL";

    if (!rp_db_begin_aside(store, error))
        return false;
    return rp_db_end_write(store, rp_db_run(store, error, UNDO, "it", id, undone_at),
                           error);
}

static char *
dup_text(RpStore *store, sqlite3_stmt *row, int column, GError **error)
{
    return g_strdup(rp_db_column_text(store, row, column, error));
}

static RpDecision *
decision_of_row(RpStore *store, sqlite3_stmt *row, GError **error)
{
    g_autoptr(RpDecision) decision = g_new0(RpDecision, 1);
    int64_t kind = sqlite3_column_int64(row, 1);
    int64_t direction = sqlite3_column_int64(row, 2);

    if (kind < RP_DECISION_DONE || kind >= RP_N_DECISIONS || direction < RP_MINE ||
        direction > RP_THEIRS) {
        rp_db_set_corrupt(error, store, _("a decision of no known kind"));
        return NULL;
    }
    decision->id = sqlite3_column_int64(row, 0);
    decision->kind = (RpDecisionKind)kind;
    decision->direction = (RpDirection)direction;
    decision->taken_at = sqlite3_column_int64(row, 5);
    decision->undone_at = rp_db_column_instant(row, 6);
    decision->at = rp_db_column_instant(row, 7);
    decision->person_key = dup_text(store, row, 3, error);
    if (decision->person_key != NULL)
        decision->message_id = dup_text(store, row, 4, error);
    if (decision->message_id != NULL)
        decision->detail = dup_text(store, row, 8, error);
    if (decision->detail != NULL)
        decision->note = dup_text(store, row, 9, error);
    return decision->note != NULL ? g_steal_pointer(&decision) : NULL;
}

static void
free_decision(gpointer decision)
{
    rp_decision_free(decision);
}

GPtrArray *
rp_store_load_decisions(RpStore *store, GError **error)
{
    static const char ALL[] =
        "SELECT id, kind, direction, person_key, message_id, taken_at, undone_at, at,"
        " detail, note FROM decision ORDER BY taken_at, id";
    g_autoptr(GPtrArray) decisions = g_ptr_array_new_with_free_func(free_decision);
    sqlite3_stmt *rows = rp_db_use(store, ALL, error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW) {
        RpDecision *decision = decision_of_row(store, rows, error);

        if (decision == NULL) {
            sqlite3_reset(rows);
            return NULL;
        }
        g_ptr_array_add(decisions, decision);
    }
    return step == RP_STEP_DONE ? g_steal_pointer(&decisions) : NULL;
}
