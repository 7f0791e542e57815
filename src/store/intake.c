/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intake.c - records into rows, in batches of one transaction */
#include "store/copies.h"

#include <glib/gi18n.h>

#include "store/db.h"
#include "store/intern.h"
#include "store/rounds.h"

/* Another process may have written since the last batch. */
static bool
catch_up(RpStore *store, GError **error)
{
    int64_t version = rp_store_data_version(store);
    int64_t n_unreadable;

    if (version != store->data_version)
        rp_intern_forget(store);
    store->data_version = version;
    if (!rp_db_get_int(store, "SELECT EXISTS (SELECT 1 FROM unreadable)", 0,
                       &n_unreadable, error))
        return false;
    store->has_unreadable = n_unreadable > 0;
    return true;
}

static bool
begin_batch(RpStore *store, GError **error)
{
    rp_db_set_cache(store, RP_WRITER_CACHE_KB);
    if (!rp_db_run(store, error, "BEGIN IMMEDIATE", ""))
        return false;
    store->is_in_batch = true;
    store->batch_size = 0;
    store->is_batch_changed = false;
    if (catch_up(store, error))
        return true;
    rp_store_rollback(store);
    return false;
}

bool
rp_store_commit(RpStore *store, GError **error)
{
    if (!store->is_in_batch)
        return true;
    if ((store->is_batch_changed && !rp_db_name_state(store, error)) ||
        !rp_db_run(store, error, "COMMIT", "")) {
        rp_store_rollback(store);
        return false;
    }
    if (store->is_batch_changed)
        rp_db_drop_view(store);
    store->is_in_batch = false;
    store->is_changed = store->is_changed || store->is_batch_changed;
    return true;
}

void
rp_store_rollback(RpStore *store)
{
    if (!store->is_in_batch)
        return;
    /* After some errors SQLite has already done so; then this one does not matter. */
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->is_in_batch = false;
    store->has_leftovers = true;
    rp_intern_forget(store);
    rp_rounds_forget(store);
}

uint32_t
rp_store_batch_size(const RpStore *store)
{
    return store->is_in_batch ? store->batch_size : 0;
}

bool
rp_store_take_changed(RpStore *store)
{
    bool is_changed = store->is_changed;

    store->is_changed = false;
    return is_changed;
}

/* Left out from now on: what was read of it goes. */
static bool
empty_folder(RpStore *store, int64_t folder, GError **error)
{
    static const char FORGET[] =
        "UPDATE folder SET uid_validity = NULL, low = NULL, high = NULL,"
        " mod_seq = NULL, n_messages = NULL, is_complete = NULL, token = NULL,"
        " last_sync_at = NULL WHERE id = ?1";

    if (!rp_db_run(store, error, "DELETE FROM copy WHERE folder = ?1", "i", folder))
        return false;
    if (sqlite3_changes(store->db) > 0)
        store->is_batch_changed = true;
    return rp_db_run(store, error, "DELETE FROM unreadable WHERE folder = ?1", "i",
                     folder) &&
           rp_db_run(store, error, FORGET, "i", folder);
}

static bool
apply_folder(RpStore *store, const char *account, const RpFolderInfo *info,
             GError **error)
{
    static const char SET[] = "UPDATE folder SET name = ?2, role = ?3, is_read = ?4"
                              " WHERE id = ?1 AND (name, role, is_read) IS NOT"
                              " (?2, ?3, ?4)";
    int64_t folder = rp_intern_folder(store, account, info->folder, error);

    if (folder == 0 || !rp_db_run(store, error, SET, "isii", folder, info->name,
                                  (int64_t)info->role, (int64_t)info->is_read))
        return false;
    if (sqlite3_changes(store->db) > 0)
        store->is_batch_changed = true;
    rp_rounds_note_folder(store, account, info->folder);
    return info->is_read || empty_folder(store, folder, error);
}

/* The first reading under a new UIDVALIDITY is whole: the copies under the old one,
 * seen until now so that no figure forgets them, go. */
static bool
drop_other_validities(RpStore *store, int64_t folder, int64_t uid_validity,
                      GError **error)
{
    static const char COPIES[] =
        "DELETE FROM copy WHERE folder = ?1 AND (uid_validity < ?2"
        " OR uid_validity > ?2)";
    static const char UNREADABLE[] =
        "DELETE FROM unreadable WHERE folder = ?1 AND uid_validity <> ?2";

    if (!rp_db_run(store, error, COPIES, "ii", folder, uid_validity))
        return false;
    if (sqlite3_changes(store->db) > 0)
        store->is_batch_changed = true;
    return rp_db_run(store, error, UNREADABLE, "ii", folder, uid_validity);
}

/* A problem names no UIDVALIDITY: it is that of the checkpoint after it. */
static bool
save_state(RpStore *store, int64_t folder, const RpFolderState *state, int64_t now_at,
           GError **error)
{
    static const char SAVE[] =
        "UPDATE folder SET uid_validity = ?2, low = ?3, high = ?4, mod_seq = ?5,"
        " n_messages = ?6, is_complete = ?7, token = ?8, last_sync_at = ?9"
        " WHERE id = ?1";
    static const char UNREADABLE[] = "UPDATE unreadable SET uid_validity = ?2"
                                     " WHERE folder = ?1 AND uid_validity IS NULL";

    return rp_db_run(store, error, SAVE, "iiiiiiist", folder,
                     (int64_t)state->uid_validity, (int64_t)state->low,
                     (int64_t)state->high, (int64_t)state->mod_seq,
                     (int64_t)state->n_messages, (int64_t)state->is_complete,
                     state->token, now_at) &&
           rp_db_run(store, error, UNREADABLE, "ii", folder,
                     (int64_t)state->uid_validity);
}

static bool
apply_checkpoint(RpStore *store, int64_t folder, const RpFolderState *state,
                 int64_t now_at, GError **error)
{
    store->batch_size++;
    return rp_rounds_drop_leftovers(store, folder, state, error) &&
           save_state(store, folder, state, now_at, error) &&
           (!state->is_complete ||
            drop_other_validities(store, folder, state->uid_validity, error));
}

static bool
apply_uids(RpStore *store, const char *account, const RpRecord *record, int64_t now_at,
           GError **error)
{
    const RpUidList *list = record->u.uids;
    int64_t folder = rp_intern_folder(store, account, list->folder, error);

    if (folder == 0)
        return false;
    if (record->type == RP_RECORD_FLAGS)
        return rp_copies_set_flags(store, folder, list, now_at, error);
    if (record->type == RP_RECORD_GONE)
        return rp_copies_drop(store, folder, list, error);
    return rp_copies_drop_absent(store, folder, list, error);
}

static bool
apply_copy(RpStore *store, const char *account, const RpRecord *record, int64_t now_at,
           GError **error)
{
    int64_t folder = rp_intern_folder(store, account, record->u.copy.folder, error);

    store->batch_size++;
    return folder != 0 && rp_copies_put(store, folder, record->u.copy.uid_validity,
                                        record->u.copy.envelope, now_at, error);
}

static bool
apply_state(RpStore *store, const char *account, const RpFolderState *state,
            int64_t now_at, GError **error)
{
    int64_t folder = rp_intern_folder(store, account, state->folder, error);

    return folder != 0 && apply_checkpoint(store, folder, state, now_at, error);
}

static bool
apply(RpStore *store, const char *account, const RpRecord *record, int64_t now_at,
      GError **error)
{
    switch (record->type) {
    case RP_RECORD_FOLDER:
        return apply_folder(store, account, record->u.info, error);
    case RP_RECORD_ENVELOPE:
        return apply_copy(store, account, record, now_at, error);
    case RP_RECORD_FLAGS:
    case RP_RECORD_GONE:
    case RP_RECORD_PRESENT:
        return apply_uids(store, account, record, now_at, error);
    case RP_RECORD_CHECKPOINT:
        return apply_state(store, account, record->u.state, now_at, error);
    case RP_RECORD_PROBLEM:
        return rp_rounds_apply_problem(store, account, record->u.problem, now_at,
                                       error);
    case RP_RECORD_ROUND:
        return rp_rounds_apply(store, account, record->u.round, now_at, error);
    case RP_RECORD_PROGRESS:
    case RP_RECORD_READING:
    case RP_RECORD_CERTIFICATE:
        return true;
    case RP_RECORD_JOB:
    case RP_RECORD_SECRET:
    case RP_RECORD_STATE:
    case RP_RECORD_KNOWN:
    case RP_RECORD_GO:
    case RP_RECORD_CAREFUL:
    case RP_RECORD_PASSED:
        break;
    }
    g_set_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED,
                _("account %s: its source sent what only a parent sends"), account);
    return false;
}

bool
rp_store_apply(RpStore *store, const char *account, const RpRecord *record,
               int64_t now_at, GError **error)
{
    if (!store->is_in_batch && !begin_batch(store, error))
        return false;
    if (apply(store, account, record, now_at, error))
        return true;
    rp_store_rollback(store);
    return false;
}
