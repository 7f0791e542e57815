/* SPDX-License-Identifier: GPL-3.0-or-later */
/* folders.c - what is known of folders, their states and their problems */
#include "core/instant.h"
#include "store/copies.h"
#include "store/db.h"
#include "store/intern.h"
#include "stream/wire.h"

/* The raw name is a key: any bytes. */
static char *
dup_raw(sqlite3_stmt *row, int column)
{
    return g_strdup((const char *)sqlite3_column_text(row, column));
}

static char *
dup_text(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    return g_utf8_make_valid(text != NULL ? text : "", -1);
}

static RpFolderState *
state_of_row(sqlite3_stmt *row)
{
    RpFolderState *state = rp_folder_state_new("");

    g_free(state->folder);
    g_free(state->token);
    state->folder = dup_raw(row, 0);
    state->uid_validity = (uint32_t)sqlite3_column_int64(row, 1);
    state->low = (uint64_t)sqlite3_column_int64(row, 2);
    state->high = (uint64_t)sqlite3_column_int64(row, 3);
    state->mod_seq = (uint64_t)sqlite3_column_int64(row, 4);
    state->n_messages = (uint32_t)sqlite3_column_int64(row, 5);
    state->is_complete = sqlite3_column_int64(row, 6) != 0;
    state->token = dup_text(row, 7);
    return state;
}

static void
free_state(gpointer state)
{
    rp_folder_state_free(state);
}

GPtrArray *
rp_store_load_states(RpStore *store, const char *account, GError **error)
{
    static const char STATES[] =
        "SELECT raw, uid_validity, low, high, mod_seq, n_messages, is_complete, token"
        " FROM folder WHERE account = ?1 AND is_read AND uid_validity IS NOT NULL"
        " ORDER BY raw";
    g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func(free_state);
    sqlite3_stmt *rows = rp_db_use(store, STATES, error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    rp_db_bind_text(rows, 1, account);
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW)
        g_ptr_array_add(states, state_of_row(rows));
    return step == RP_STEP_DONE ? g_steal_pointer(&states) : NULL;
}

/* What no checkpoint covers is not known: the source has to bring it again. */
RpUidList *
rp_store_load_known(RpStore *store, const char *account, const char *folder,
                    GError **error)
{
    static const char KNOWN[] =
        "SELECT c.uid, c.flags, c.uid_validity FROM folder f JOIN copy c"
        " ON c.folder = f.id AND c.uid_validity = f.uid_validity"
        " AND c.uid >= f.low AND c.uid < f.high"
        " WHERE f.account = ?1 AND f.raw = ?2 ORDER BY c.uid";
    g_autoptr(RpUidList) known = rp_uid_list_new(folder, 0);
    sqlite3_stmt *rows = rp_db_use(store, KNOWN, error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    rp_db_bind_text(rows, 1, account);
    rp_db_bind_text(rows, 2, folder);
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW) {
        uint64_t uid = (uint64_t)sqlite3_column_int64(rows, 0);
        uint32_t flags = (uint32_t)sqlite3_column_int64(rows, 1);

        g_array_append_val(known->uids, uid);
        g_array_append_val(known->flags, flags);
        known->uid_validity = (uint32_t)sqlite3_column_int64(rows, 2);
    }
    return step == RP_STEP_DONE ? g_steal_pointer(&known) : NULL;
}

void
rp_folder_row_free(RpFolderRow *row)
{
    if (row == NULL)
        return;
    g_free(row->account);
    g_free(row->folder);
    g_free(row->name);
    g_free(row);
}

static void
free_folder_row(gpointer row)
{
    rp_folder_row_free(row);
}

static RpFolderRow *
folder_of_row(sqlite3_stmt *row)
{
    RpFolderRow *folder = g_new0(RpFolderRow, 1);
    int64_t role = sqlite3_column_int64(row, 3);

    folder->account = dup_text(row, 0);
    folder->folder = dup_raw(row, 1);
    folder->name = dup_text(row, 2);
    folder->role = role >= 0 && role < RP_N_ROLES ? (RpRole)role : RP_ROLE_OTHER;
    folder->is_read = sqlite3_column_int64(row, 4) != 0;
    folder->is_complete = sqlite3_column_int64(row, 5) != 0;
    folder->n_messages = (uint32_t)sqlite3_column_int64(row, 6);
    folder->n_unreadable = (uint32_t)sqlite3_column_int64(row, 7);
    folder->last_sync_at = rp_db_column_instant(row, 8);
    return folder;
}

/* While a folder is read anew under another UIDVALIDITY, it holds both. */
GPtrArray *
rp_store_load_folders(RpStore *store, GError **error)
{
    static const char FOLDERS[] =
        "SELECT account, raw, name, role, is_read, is_complete,"
        " (SELECT count(*) FROM copy c WHERE c.folder = f.id AND"
        "  c.uid_validity = coalesce(f.uid_validity, c.uid_validity)),"
        " (SELECT count(*) FROM unreadable u WHERE u.folder = f.id),"
        " last_sync_at FROM folder f ORDER BY account, name, raw";
    g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(free_folder_row);
    sqlite3_stmt *rows = rp_db_use(store, FOLDERS, error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW)
        g_ptr_array_add(folders, folder_of_row(rows));
    return step == RP_STEP_DONE ? g_steal_pointer(&folders) : NULL;
}

void
rp_problem_row_free(RpProblemRow *row)
{
    if (row == NULL)
        return;
    g_free(row->account);
    g_free(row->folder);
    g_free(row->text);
    g_free(row);
}

static void
free_problem_row(gpointer row)
{
    rp_problem_row_free(row);
}

static RpProblemRow *
problem_of_row(sqlite3_stmt *row)
{
    RpProblemRow *problem = g_new0(RpProblemRow, 1);
    int64_t code = sqlite3_column_int64(row, 2);

    problem->account = dup_text(row, 0);
    problem->folder = dup_raw(row, 1);
    problem->code = code >= 0 && code <= RP_PROBLEM_CONFIG ? (RpProblemCode)code
                                                           : RP_PROBLEM_PROTOCOL;
    problem->uid = (uint64_t)sqlite3_column_int64(row, 3);
    problem->text = dup_text(row, 4);
    problem->at = sqlite3_column_int64(row, 5);
    return problem;
}

GPtrArray *
rp_store_load_problems(RpStore *store, GError **error)
{
    static const char PROBLEMS[] =
        "SELECT account, folder, code, 0 AS uid, text, at FROM problem"
        " UNION ALL SELECT f.account, f.raw, 0, u.uid, u.text, u.at"
        "  FROM unreadable u JOIN folder f ON f.id = u.folder"
        " ORDER BY at DESC, 1, 2, uid";
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(free_problem_row);
    sqlite3_stmt *rows = rp_db_use(store, PROBLEMS, error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW)
        g_ptr_array_add(problems, problem_of_row(rows));
    return step == RP_STEP_DONE ? g_steal_pointer(&problems) : NULL;
}
G_STATIC_ASSERT(RP_PROBLEM_UNREADABLE == 0);
