/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forget.c - persons who are to be forgotten: only a hash of them is kept */
#include "store/forget.h"

#include "core/address.h"
#include "core/corpus.h"
#include "store/db.h"
#include "store/intern.h"

enum { STAND_IN_HEX = 16 };

static char *
hash_of(const char *salt, const char *key)
{
    g_autofree char *text = g_strconcat(salt, "\n", key, NULL);

    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

static char *
stand_in_of(const char *hash)
{
    return g_strdup_printf("%.*s" RP_FORGOTTEN_SUFFIX, STAND_IN_HEX, hash);
}

GPtrArray *
rp_store_load_forgotten(RpStore *store, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    sqlite3_stmt *rows =
        rp_db_use(store, "SELECT salt, hash FROM forgotten ORDER BY salt, hash", error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW) {
        for (int i = 0; i < 2; i++) {
            const char *text = rp_db_column_text(store, rows, i, error);

            if (text == NULL) {
                sqlite3_reset(rows);
                return NULL;
            }
            g_ptr_array_add(all, g_strdup(text));
        }
    }
    return step == RP_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

bool
rp_store_find_forgotten(RpStore *store, const char *person_key, char **stand_in,
                        GError **error)
{
    g_autoptr(GPtrArray) all = rp_store_load_forgotten(store, error);

    *stand_in = NULL;
    if (all == NULL)
        return false;
    for (guint i = 0; *stand_in == NULL && i < all->len; i += 2) {
        g_autofree char *hash = hash_of(g_ptr_array_index(all, i), person_key);

        if (g_str_equal(hash, g_ptr_array_index(all, i + 1)))
            *stand_in = stand_in_of(hash);
    }
    return true;
}

bool
rp_store_is_event_forgotten(RpStore *store, const RpContactEvent *event,
                            bool *is_forgotten, GError **error)
{
    g_autofree char *tel = g_strconcat(RP_TEL_PREFIX, event->number, NULL);
    const char *key = *event->number != '\0' ? tel : event->person_key;
    g_autofree char *stand_in = NULL;

    if (!rp_store_find_forgotten(store, key, &stand_in, error))
        return false;
    *is_forgotten = stand_in != NULL;
    return true;
}

static bool
add(RpStore *store, const char *salt, const char *hash, GError **error)
{
    return rp_db_run(store, error, "INSERT OR IGNORE INTO forgotten VALUES (?1, ?2)",
                     "ss", salt, hash);
}

bool
rp_store_add_forgotten(RpStore *store, const char *salt, const char *hash, bool *is_new,
                       GError **error)
{
    bool is_good;

    if (!rp_db_begin_write(store, error))
        return false;
    is_good = add(store, salt, hash, error);
    *is_new = is_good && sqlite3_changes(store->db) > 0;
    return rp_db_end_write(store, is_good, error);
}

/* --- forgetting --- */

/* ?1 is the key, ?2 who stands for it, ?3 their number. Names of one address must
 * differ, as rows of copies name them. */
static const char *const REMOVE[] = {
    "UPDATE mailbox SET name = 'forgotten ' || id WHERE address IN (SELECT a.id FROM"
    " address a JOIN person p ON p.id = a.person WHERE p.key = ?1)",
    "UPDATE address SET text = CASE WHEN id = (SELECT MIN(b.id) FROM address b WHERE"
    " b.person = address.person) THEN ?2 ELSE id || '.' || ?2 END, person = ?3"
    " WHERE person IN (SELECT id FROM person WHERE key = ?1)",
    "DELETE FROM person_fact WHERE person_key = ?1"
    " OR (name = 'introduced_by' AND value = ?1)",
    "DELETE FROM person_fact WHERE name = 'address' AND value = ?1",
    "DELETE FROM card_fact WHERE name = 'address' AND value = ?1",
    "DELETE FROM card WHERE person_key = ?1",
    "DELETE FROM decision WHERE person_key = ?1 OR detail = ?1",
    "DELETE FROM contact_event WHERE person_key = ?1",
    "DELETE FROM cadence WHERE NOT is_tag AND name = ?1",
    "DELETE FROM person WHERE key = ?1",
};

static bool
ignore(RpStore *store, const char *stand_in, int64_t at, GError **error)
{
    static const char ADD[] =
        "INSERT INTO decision (kind, direction, person_key, message_id, taken_at, at,"
        " detail, note) VALUES (?1, 0, ?2, '', ?3, ?3, '', '')";

    return rp_db_run(store, error, ADD, "isi", (int64_t)RP_DECISION_IGNORE_PERSON,
                     stand_in, at);
}

static bool
forget(RpStore *store, const char *salt, const char *key, int64_t at, GError **error)
{
    static const char ADD[] = "INSERT OR IGNORE INTO person (id, key) VALUES (?1, ?2)";
    g_autofree char *hash = hash_of(salt, key);
    g_autofree char *stand_in = stand_in_of(hash);
    int64_t id = rp_person_id(stand_in);

    if (!add(store, salt, hash, error))
        return false;
    if (g_str_has_prefix(key, RP_TEL_PREFIX)) /* nothing that was read bears it */
        return true;
    if (!rp_db_run(store, error, ADD, "is", id, stand_in))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(REMOVE); i++) {
        bool has_stand_in = i == 1;
        bool is_good =
            has_stand_in ? rp_db_run(store, error, REMOVE[i], "ssi", key, stand_in, id)
                         : rp_db_run(store, error, REMOVE[i], "s", key);

        if (!is_good)
            return false;
    }
    return ignore(store, stand_in, at, error);
}

static bool
forget_all(RpStore *store, const GPtrArray *keys, int64_t at, GError **error)
{
    g_autoptr(GPtrArray) known = rp_store_load_forgotten(store, error);
    g_autofree char *fresh = g_uuid_string_random();
    const char *salt;

    if (known == NULL)
        return false;
    salt = known->len > 0 ? g_ptr_array_index(known, 0) : fresh;
    for (guint i = 0; i < keys->len; i++)
        if (!forget(store, salt, g_ptr_array_index(keys, i), at, error))
            return false;
    return true;
}

/* Of a telephone number alone: they bear no key. */
static bool
remove_events(RpStore *store, const GArray *event_ids, GError **error)
{
    static const char SQL[] = "DELETE FROM contact_event WHERE id = ?1";

    for (guint i = 0; i < event_ids->len; i++)
        if (!rp_db_run(store, error, SQL, "i", g_array_index(event_ids, int64_t, i)))
            return false;
    return true;
}

bool
rp_store_forget(RpStore *store, const GPtrArray *keys, const GArray *event_ids,
                int64_t at, GError **error)
{
    bool is_good;

    if (!rp_db_exec(store, "PRAGMA secure_delete = ON", error) ||
        !rp_db_begin_write(store, error))
        return false;
    is_good =
        remove_events(store, event_ids, error) && forget_all(store, keys, at, error);
    is_good = rp_db_end_write(store, is_good, error);
    rp_intern_forget(store);
    return is_good && rp_store_checkpoint_wal(store, error);
}

bool
rp_store_allow(RpStore *store, const char *person_key, GError **error)
{
    g_autoptr(GPtrArray) all = rp_store_load_forgotten(store, error);
    bool is_good = all != NULL;

    if (!is_good || !rp_db_begin_write(store, error))
        return false;
    for (guint i = 0; is_good && i < all->len; i += 2) {
        g_autofree char *hash = hash_of(g_ptr_array_index(all, i), person_key);
        g_autofree char *stand_in = stand_in_of(hash);

        if (g_str_equal(hash, g_ptr_array_index(all, i + 1)))
            is_good =
                rp_db_run(store, error, "DELETE FROM forgotten WHERE hash = ?1", "s",
                          hash) &&
                rp_db_run(store, error, "DELETE FROM decision WHERE person_key = ?1",
                          "s", stand_in);
    }
    rp_intern_forget(store);
    return rp_db_end_write(store, is_good, error);
}
