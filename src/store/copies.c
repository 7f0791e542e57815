/* SPDX-License-Identifier: GPL-3.0-or-later */
/* copies.c - the rows of copies */
#include "store/copies.h"

#include "core/instant.h"
#include "store/intern.h"
#include "stream/wire.h"

/* One that came again unchanged is not written: nothing is to be derived anew. */
static const char PUT[] =
    "INSERT INTO copy (folder, uid_validity, uid, message, internal_at, date_at, size,"
    "  flags, signs, cuts, list, subject, thread_index, lists)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
    " ON CONFLICT (folder, uid_validity, uid) DO UPDATE SET message = ?4,"
    "  internal_at = ?5, date_at = ?6, size = ?7, flags = ?8, signs = ?9, cuts = ?10,"
    "  list = ?11, subject = ?12, thread_index = ?13, lists = ?14"
    " WHERE (message, internal_at, date_at, size, flags, signs, cuts, list, subject,"
    "  thread_index, lists) IS NOT (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

static bool
see_answered(RpStore *store, int64_t message, int64_t now_at, GError **error)
{
    static const char SEE[] = "INSERT OR IGNORE INTO answered_seen VALUES (?1, ?2)";

    return rp_db_run(store, error, SEE, "ii", message, now_at);
}

static bool
pack_mailboxes(RpStore *store, const GPtrArray *mailboxes, GError **error)
{
    rp_wire_put_uint(store->pack, mailboxes->len);
    for (guint i = 0; i < mailboxes->len; i++) {
        int64_t row = rp_intern_mailbox(store, g_ptr_array_index(mailboxes, i), error);

        if (row == 0)
            return false;
        rp_wire_put_uint(store->pack, (uint64_t)row);
    }
    return true;
}

static bool
pack_texts(RpStore *store, const GPtrArray *texts,
           int64_t (*intern)(RpStore *, const char *, GError **), GError **error)
{
    rp_wire_put_uint(store->pack, texts->len);
    for (guint i = 0; i < texts->len; i++) {
        int64_t row = intern(store, g_ptr_array_index(texts, i), error);

        if (row == 0)
            return false;
        rp_wire_put_uint(store->pack, (uint64_t)row);
    }
    return true;
}

/* In the order of RpListKind. */
static bool
pack_lists(RpStore *store, const RpEnvelope *envelope, GError **error)
{
    g_byte_array_set_size(store->pack, 0);
    return pack_mailboxes(store, envelope->from, error) &&
           pack_mailboxes(store, envelope->reply_to, error) &&
           pack_mailboxes(store, envelope->to, error) &&
           pack_mailboxes(store, envelope->cc, error) &&
           pack_texts(store, envelope->references, rp_intern_id, error) &&
           pack_texts(store, envelope->in_reply_to, rp_intern_id, error) &&
           pack_texts(store, envelope->list_posts, rp_intern_address, error) &&
           pack_texts(store, envelope->delivered_to, rp_intern_address, error);
}

static void
bind_envelope(RpStore *store, sqlite3_stmt *put, const RpEnvelope *envelope)
{
    sqlite3_bind_int64(put, 3, (int64_t)envelope->uid);
    rp_db_bind_instant(put, 5, envelope->internal_at);
    rp_db_bind_instant(put, 6, envelope->date_at);
    sqlite3_bind_int64(put, 7, envelope->size);
    sqlite3_bind_int64(put, 8, envelope->flags);
    sqlite3_bind_int64(put, 9, envelope->signs);
    sqlite3_bind_int64(put, 10, envelope->cuts);
    rp_db_bind_text(put, 12, envelope->subject);
    if (envelope->has_thread_index)
        sqlite3_bind_blob(put, 13, envelope->thread_index, RP_THREAD_INDEX_LEN,
                          SQLITE_STATIC);
    sqlite3_bind_blob(put, 14, store->pack->data, (int)store->pack->len, SQLITE_STATIC);
}

static bool
put_row(RpStore *store, const int64_t place[2], int64_t message,
        const RpEnvelope *envelope, GError **error)
{
    bool has_list = *envelope->list_id != '\0';
    int64_t list = has_list ? rp_intern_list(store, envelope->list_id, error) : 0;
    sqlite3_stmt *put = rp_db_use(store, PUT, error);

    if (put == NULL || (has_list && list == 0))
        return false;
    sqlite3_bind_int64(put, 1, place[0]);
    sqlite3_bind_int64(put, 2, place[1]);
    sqlite3_bind_int64(put, 4, message);
    if (has_list)
        sqlite3_bind_int64(put, 11, list);
    bind_envelope(store, put, envelope);
    if (!rp_db_finish(store, put, error))
        return false;
    if (sqlite3_changes(store->db) > 0)
        store->is_batch_changed = true;
    return true;
}

/* Brought again, so no leftover; and read now, if it could not be before. */
static bool
clear_marks(RpStore *store, const int64_t place[2], uint64_t uid, GError **error)
{
    static const char LEFTOVER[] =
        "DELETE FROM leftover WHERE folder = ?1 AND uid_validity = ?2 AND uid = ?3";
    static const char UNREADABLE[] =
        "DELETE FROM unreadable WHERE folder = ?1 AND uid = ?2";

    if (store->has_leftovers &&
        !rp_db_run(store, error, LEFTOVER, "iii", place[0], place[1], (int64_t)uid))
        return false;
    return !store->has_unreadable ||
           rp_db_run(store, error, UNREADABLE, "ii", place[0], (int64_t)uid);
}

bool
rp_copies_put(RpStore *store, int64_t folder, uint32_t uid_validity,
              const RpEnvelope *envelope, int64_t now_at, GError **error)
{
    const int64_t place[2] = {folder, uid_validity};
    int64_t message = rp_intern_id(store, envelope->message_id, error);

    if (message == 0 || !pack_lists(store, envelope, error) ||
        !put_row(store, place, message, envelope, error) ||
        !clear_marks(store, place, envelope->uid, error))
        return false;
    return (envelope->flags & RP_FLAG_ANSWERED) == 0 ||
           see_answered(store, message, now_at, error);
}

/* What only says how a copy was looked at changes no follow-up. */
static bool
is_flag_change(uint32_t before, uint32_t after)
{
    uint32_t idle = RP_FLAG_SEEN | RP_FLAG_FLAGGED | RP_FLAG_FORWARDED;

    return ((before ^ after) & ~idle) != 0;
}

static bool
set_flags(RpStore *store, sqlite3_stmt *find, uint32_t flags, int64_t now_at,
          GError **error)
{
    RpStep step = rp_db_step(store, find, error);
    int64_t copy;
    int64_t message;
    uint32_t before;

    if (step != RP_STEP_ROW)
        return step == RP_STEP_DONE; /* gone in the meantime */
    copy = sqlite3_column_int64(find, 0);
    message = sqlite3_column_int64(find, 1);
    before = (uint32_t)sqlite3_column_int64(find, 2);
    sqlite3_reset(find);
    if (before == flags)
        return true;
    if (is_flag_change(before, flags))
        store->is_batch_changed = true;
    return rp_db_run(store, error, "UPDATE copy SET flags = ?2 WHERE id = ?1", "ii",
                     copy, (int64_t)flags) &&
           ((flags & RP_FLAG_ANSWERED) == 0 ||
            see_answered(store, message, now_at, error));
}

bool
rp_copies_set_flags(RpStore *store, int64_t folder, const RpUidList *list,
                    int64_t now_at, GError **error)
{
    static const char FIND[] = "SELECT id, message, flags FROM copy"
                               " WHERE folder = ?1 AND uid_validity = ?2 AND uid = ?3";

    for (guint i = 0; i < list->uids->len; i++) {
        uint64_t uid = g_array_index(list->uids, uint64_t, i);
        sqlite3_stmt *find = rp_db_use(store, FIND, error);

        if (find == NULL)
            return false;
        sqlite3_bind_int64(find, 1, folder);
        sqlite3_bind_int64(find, 2, list->uid_validity);
        sqlite3_bind_int64(find, 3, (int64_t)uid);
        if (!set_flags(store, find, g_array_index(list->flags, uint32_t, i), now_at,
                       error))
            return false;
    }
    return true;
}

static bool
drop(RpStore *store, int64_t folder, uint32_t uid_validity, uint64_t uid,
     GError **error)
{
    static const char COPY[] =
        "DELETE FROM copy WHERE folder = ?1 AND uid_validity = ?2 AND uid = ?3";
    static const char UNREADABLE[] =
        "DELETE FROM unreadable WHERE folder = ?1 AND uid = ?2";

    if (!rp_db_run(store, error, COPY, "iii", folder, (int64_t)uid_validity,
                   (int64_t)uid))
        return false;
    if (sqlite3_changes(store->db) > 0)
        store->is_batch_changed = true;
    return rp_db_run(store, error, UNREADABLE, "ii", folder, (int64_t)uid);
}

bool
rp_copies_drop(RpStore *store, int64_t folder, const RpUidList *list, GError **error)
{
    for (guint i = 0; i < list->uids->len; i++)
        if (!drop(store, folder, list->uid_validity,
                  g_array_index(list->uids, uint64_t, i), error))
            return false;
    return true;
}

/* The UIDs that sql finds in [low, high) and the list does not name; both ascend. */
static GArray *
find_absent(RpStore *store, int64_t folder, const RpUidList *list, GError **error)
{
    static const char HELD[] =
        "SELECT uid FROM copy WHERE folder = ?1 AND uid_validity = ?2 AND uid >= ?3"
        " AND uid < ?4 UNION SELECT uid FROM unreadable WHERE folder = ?1"
        " AND uid >= ?3 AND uid < ?4 ORDER BY 1";
    g_autoptr(GArray) absent = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    sqlite3_stmt *held = rp_db_use(store, HELD, error);
    guint at = 0;
    RpStep step;

    if (held == NULL)
        return NULL;
    sqlite3_bind_int64(held, 1, folder);
    sqlite3_bind_int64(held, 2, list->uid_validity);
    sqlite3_bind_int64(held, 3, (int64_t)list->low);
    sqlite3_bind_int64(held, 4, (int64_t)list->high);
    while ((step = rp_db_step(store, held, error)) == RP_STEP_ROW) {
        uint64_t uid = (uint64_t)sqlite3_column_int64(held, 0);

        while (at < list->uids->len && g_array_index(list->uids, uint64_t, at) < uid)
            at++;
        if (at == list->uids->len || g_array_index(list->uids, uint64_t, at) != uid)
            g_array_append_val(absent, uid);
    }
    return step == RP_STEP_DONE ? g_steal_pointer(&absent) : NULL;
}

bool
rp_copies_drop_absent(RpStore *store, int64_t folder, const RpUidList *list,
                      GError **error)
{
    g_autoptr(GArray) absent = find_absent(store, folder, list, error);

    if (absent == NULL)
        return false;
    for (guint i = 0; i < absent->len; i++)
        if (!drop(store, folder, list->uid_validity, g_array_index(absent, uint64_t, i),
                  error))
            return false;
    return true;
}
