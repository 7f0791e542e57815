/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rounds.c - where rounds begin and end
 *
 * A round that is cut leaves copies that no checkpoint covers. They are seen like
 * any other, but the next round marks them as leftovers when it begins; those that
 * it does not bring again are gone from the server, and go with its checkpoint.
 */
#include "store/rounds.h"

#include "store/intern.h"

typedef struct {
    bool is_open;       /* and every record of it has come through here */
    bool has_problem;   /* of the account */
    GHashTable *listed; /* own; raw names */
} RpRound;

/* Bounds of copy_place are used one by one: an OR of them would read every row. */
static const char MARK_LEFTOVERS[] =
    "INSERT OR IGNORE INTO leftover"
    " SELECT c.folder, c.uid_validity, c.uid FROM folder f JOIN copy c"
    "  ON c.folder = f.id"
    "  WHERE f.account = ?1 AND f.uid_validity IS NULL"
    " UNION ALL SELECT c.folder, c.uid_validity, c.uid FROM folder f JOIN copy c"
    "  ON c.folder = f.id AND c.uid_validity = f.uid_validity AND c.uid < f.low"
    "  WHERE f.account = ?1"
    " UNION ALL SELECT c.folder, c.uid_validity, c.uid FROM folder f JOIN copy c"
    "  ON c.folder = f.id AND c.uid_validity = f.uid_validity AND c.uid >= f.high"
    "  WHERE f.account = ?1"
    " UNION ALL SELECT c.folder, c.uid_validity, c.uid FROM folder f JOIN copy c"
    "  ON c.folder = f.id AND c.uid_validity < f.uid_validity"
    "  WHERE f.account = ?1"
    " UNION ALL SELECT c.folder, c.uid_validity, c.uid FROM folder f JOIN copy c"
    "  ON c.folder = f.id AND c.uid_validity > f.uid_validity"
    "  WHERE f.account = ?1";

static const char FORGET_LEFTOVERS[] =
    "DELETE FROM leftover WHERE folder IN (SELECT id FROM folder WHERE account = ?1)";

static const char DROP_COPIES[] =
    "DELETE FROM copy WHERE id IN (SELECT c.id FROM leftover l JOIN copy c"
    "  ON c.folder = l.folder AND c.uid_validity = l.uid_validity AND c.uid = l.uid"
    "  WHERE l.folder = ?1 AND l.uid_validity = ?2 AND l.uid >= ?3 AND l.uid < ?4)";

static const char DROP_LEFTOVERS[] =
    "DELETE FROM leftover"
    " WHERE folder = ?1 AND uid_validity = ?2 AND uid >= ?3 AND uid < ?4";

static void
round_free(gpointer data)
{
    RpRound *round = data;

    g_hash_table_unref(round->listed);
    g_free(round);
}

void
rp_rounds_init(RpStore *store)
{
    store->rounds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, round_free);
}

void
rp_rounds_forget(RpStore *store)
{
    g_hash_table_remove_all(store->rounds);
}

static RpRound *
get_round(RpStore *store, const char *account)
{
    RpRound *round = g_hash_table_lookup(store->rounds, account);

    if (round != NULL)
        return round;
    round = g_new0(RpRound, 1);
    round->listed = g_hash_table_new_full(rp_hash_text, g_str_equal, g_free, NULL);
    g_hash_table_insert(store->rounds, g_strdup(account), round);
    return round;
}

void
rp_rounds_note_folder(RpStore *store, const char *account, const char *raw)
{
    g_hash_table_add(get_round(store, account)->listed, g_strdup(raw));
}

/* Without any, envelopes need not look whether they are one. */
static bool
count_leftovers(RpStore *store, GError **error)
{
    int64_t n;

    if (!rp_db_get_int(store, "SELECT EXISTS (SELECT 1 FROM leftover)", 0, &n, error))
        return false;
    store->has_leftovers = n > 0;
    return true;
}

static bool
begin(RpStore *store, const char *account, GError **error)
{
    RpRound *round = get_round(store, account);

    round->is_open = true;
    round->has_problem = false;
    g_hash_table_remove_all(round->listed);
    return rp_db_run(store, error,
                     "UPDATE problem SET is_of_this_round = 0"
                     " WHERE account = ?1 AND is_of_this_round",
                     "s", account) &&
           rp_db_run(store, error, FORGET_LEFTOVERS, "s", account) &&
           rp_db_run(store, error, MARK_LEFTOVERS, "s", account) &&
           count_leftovers(store, error);
}

/* Folders of the account that the round did not list. */
static GArray *
find_vanished(RpStore *store, const char *account, const RpRound *round, GError **error)
{
    g_autoptr(GArray) vanished = g_array_new(FALSE, FALSE, sizeof(int64_t));
    sqlite3_stmt *rows =
        rp_db_use(store, "SELECT id, raw FROM folder WHERE account = ?1", error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    rp_db_bind_text(rows, 1, account);
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW) {
        int64_t folder = sqlite3_column_int64(rows, 0);
        const char *raw = (const char *)sqlite3_column_text(rows, 1);

        if (raw == NULL || !g_hash_table_contains(round->listed, raw))
            g_array_append_val(vanished, folder);
    }
    return step == RP_STEP_DONE ? g_steal_pointer(&vanished) : NULL;
}

static bool
drop_vanished(RpStore *store, const char *account, const RpRound *round, GError **error)
{
    g_autoptr(GArray) vanished = find_vanished(store, account, round, error);

    if (vanished == NULL)
        return false;
    for (guint i = 0; i < vanished->len; i++) {
        int64_t folder = g_array_index(vanished, int64_t, i);

        if (!rp_db_run(store, error, "DELETE FROM folder WHERE id = ?1", "i", folder))
            return false;
        store->is_batch_changed = true;
    }
    if (vanished->len > 0)
        rp_intern_forget(store);
    return true;
}

/* Every folder without a problem is as the server has it now, changed or not. */
static const char STAMP[] =
    "UPDATE folder SET last_sync_at = ?2 WHERE account = ?1 AND is_read"
    " AND uid_validity IS NOT NULL AND NOT EXISTS (SELECT 1 FROM problem p"
    "  WHERE p.account = ?1 AND p.folder = folder.raw)";

static bool
end(RpStore *store, const char *account, int64_t now_at, GError **error)
{
    RpRound *round = get_round(store, account);
    bool is_whole = round->is_open && !round->has_problem;

    round->is_open = false;
    if (!is_whole)
        return true;
    /* A round that listed nothing has not looked. */
    if (g_hash_table_size(round->listed) > 0 &&
        !drop_vanished(store, account, round, error))
        return false;
    return rp_db_run(store, error,
                     "DELETE FROM problem WHERE account = ?1 AND NOT is_of_this_round",
                     "s", account) &&
           rp_db_run(store, error, STAMP, "st", account, now_at);
}

bool
rp_rounds_apply(RpStore *store, const char *account, RpRoundPhase phase, int64_t now_at,
                GError **error)
{
    if (phase == RP_ROUND_BEGIN)
        return begin(store, account, error);
    return phase != RP_ROUND_END || end(store, account, now_at, error);
}

static bool
add_unreadable(RpStore *store, const char *account, const RpProblem *problem,
               int64_t now_at, GError **error)
{
    static const char ADD[] = "INSERT OR REPLACE INTO unreadable"
                              " (folder, uid, text, at) VALUES (?1, ?2, ?3, ?4)";
    int64_t folder = rp_intern_folder(store, account, problem->folder, error);

    store->has_unreadable = true;
    return folder != 0 && rp_db_run(store, error, ADD, "iisi", folder,
                                    (int64_t)problem->uid, problem->text, now_at);
}

bool
rp_rounds_apply_problem(RpStore *store, const char *account, const RpProblem *problem,
                        int64_t now_at, GError **error)
{
    static const char ADD[] = "INSERT OR REPLACE INTO problem"
                              " VALUES (?1, ?2, ?3, ?4, ?5, 1)";

    if (problem->code == RP_PROBLEM_UNREADABLE)
        return add_unreadable(store, account, problem, now_at, error);
    if (*problem->folder == '\0')
        get_round(store, account)->has_problem = true;
    return rp_db_run(store, error, ADD, "ssisi", account, problem->folder,
                     (int64_t)problem->code, problem->text, now_at);
}

bool
rp_rounds_drop_leftovers(RpStore *store, int64_t folder, const RpFolderState *state,
                         GError **error)
{
    if (!store->has_leftovers)
        return true;
    if (!rp_db_run(store, error, DROP_COPIES, "iiii", folder,
                   (int64_t)state->uid_validity, (int64_t)state->low,
                   (int64_t)state->high))
        return false;
    if (sqlite3_changes(store->db) > 0)
        store->is_batch_changed = true;
    return rp_db_run(store, error, DROP_LEFTOVERS, "iiii", folder,
                     (int64_t)state->uid_validity, (int64_t)state->low,
                     (int64_t)state->high);
}
