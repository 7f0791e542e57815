/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forget.c - persons who are to be forgotten: only a hash of them is kept */
#include "store/forget.h"

#include <string.h>

#include "core/address.h"
#include "core/corpus.h"
#include "core/phone.h"
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

/* The hash of that key among all; NULL if there is none. */
static const char *
find_hash(const GPtrArray *all, const char *key)
{
    g_autofree char *hash = NULL;

    for (guint i = 0; i < all->len; i += 2) {
        const char *salt = g_ptr_array_index(all, i);

        if (i == 0 || !g_str_equal(salt, g_ptr_array_index(all, i - 2))) {
            g_free(hash);
            hash = hash_of(salt, key);
        }
        if (g_str_equal(hash, g_ptr_array_index(all, i + 1)))
            return g_ptr_array_index(all, i + 1);
    }
    return NULL;
}

/* A number may have been forgotten as it is written elsewhere. */
static const char *
find_any_hash(const GPtrArray *all, const char *key)
{
    g_autoptr(GPtrArray) spellings = NULL;
    const char *found = NULL;

    if (!g_str_has_prefix(key, RP_TEL_PREFIX) || all->len == 0)
        return find_hash(all, key);
    spellings = rp_phone_spellings(key + strlen(RP_TEL_PREFIX));
    for (guint i = 0; found == NULL && i < spellings->len; i++) {
        g_autofree char *tel =
            g_strconcat(RP_TEL_PREFIX, g_ptr_array_index(spellings, i), NULL);

        found = find_hash(all, tel);
    }
    return found;
}

bool
rp_store_find_forgotten(RpStore *store, const char *person_key, char **stand_in,
                        GError **error)
{
    g_autoptr(GPtrArray) all = rp_store_load_forgotten(store, error);
    const char *hash = all != NULL ? find_any_hash(all, person_key) : NULL;

    *stand_in = hash != NULL ? stand_in_of(hash) : NULL;
    return all != NULL;
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

/* ?1 is the key. */
static const char *const REMOVE[] = {
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

/* In what was read. Names of one address must differ, as rows of copies name them. */
static bool
put_stand_in(RpStore *store, const char *key, const char *stand_in, int64_t at,
             GError **error)
{
    static const char ADD[] = "INSERT OR IGNORE INTO person (id, key) VALUES (?1, ?2)";
    static const char UNNAME[] =
        "UPDATE mailbox SET name = 'forgotten ' || id WHERE address IN (SELECT a.id"
        " FROM address a JOIN person p ON p.id = a.person WHERE p.key = ?1)";
    static const char REPLACE[] =
        "UPDATE address SET text = CASE WHEN id = (SELECT MIN(b.id) FROM address b"
        " WHERE b.person = address.person) THEN ?2 ELSE id || '.' || ?2 END,"
        " person = ?3 WHERE person IN (SELECT id FROM person WHERE key = ?1)";
    int64_t id = rp_person_id(stand_in);

    return rp_db_run(store, error, ADD, "is", id, stand_in) &&
           rp_db_run(store, error, UNNAME, "s", key) &&
           rp_db_run(store, error, REPLACE, "ssi", key, stand_in, id) &&
           ignore(store, stand_in, at, error);
}

/* Nothing that was read bears a number: it needs no stand-in. */
static bool
forget(RpStore *store, const char *salt, const char *key, int64_t at, GError **error)
{
    g_autofree char *hash = hash_of(salt, key);
    g_autofree char *stand_in = stand_in_of(hash);

    if (!add(store, salt, hash, error) ||
        (!g_str_has_prefix(key, RP_TEL_PREFIX) &&
         !put_stand_in(store, key, stand_in, at, error)))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(REMOVE); i++)
        if (!rp_db_run(store, error, REMOVE[i], "s", key))
            return false;
    return true;
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
    const char *hash;

    if (!is_good || !rp_db_begin_write(store, error))
        return false;
    while (is_good && (hash = find_any_hash(all, person_key)) != NULL) {
        g_autofree char *stand_in = stand_in_of(hash);
        guint i = 0;

        is_good = rp_db_run(store, error, "DELETE FROM forgotten WHERE hash = ?1", "s",
                            hash) &&
                  rp_db_run(store, error, "DELETE FROM decision WHERE person_key = ?1",
                            "s", stand_in);
        g_ptr_array_find(all, hash, &i);
        g_ptr_array_remove_range(all, i - 1, 2);
    }
    rp_intern_forget(store);
    return rp_db_end_write(store, is_good, error);
}
