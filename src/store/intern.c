/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intern.c - finding and adding the rows of texts */
#include "store/intern.h"

#include <string.h>

#include "core/address.h"
#include "store/forget.h"

/* Enough for the threads that a first sync is amid; some 10 MB at the most. */
enum { MAX_CACHED = 50000 };

static void
cache_init(RpTextCache *cache)
{
    cache->rows = g_hash_table_new(rp_hash_text, g_str_equal);
    cache->keys = g_string_chunk_new(1 << 16);
}

static void
cache_forget(RpTextCache *cache)
{
    g_hash_table_remove_all(cache->rows);
    g_string_chunk_clear(cache->keys);
}

static void
cache_clear(RpTextCache *cache)
{
    g_hash_table_unref(cache->rows);
    g_string_chunk_free(cache->keys);
}

static int64_t
cache_find(const RpTextCache *cache, const char *text)
{
    return (int64_t)(gintptr)g_hash_table_lookup(cache->rows, text);
}

static void
cache_add(RpTextCache *cache, const char *text, int64_t row)
{
    if (g_hash_table_size(cache->rows) >= MAX_CACHED)
        cache_forget(cache);
    g_hash_table_insert(cache->rows, g_string_chunk_insert(cache->keys, text),
                        (gpointer)(gintptr)row);
}

void
rp_intern_init(RpStore *store)
{
    cache_init(&store->ids);
    cache_init(&store->addresses);
    cache_init(&store->mailboxes);
    cache_init(&store->lists);
    cache_init(&store->folders);
}

void
rp_intern_forget(RpStore *store)
{
    cache_forget(&store->ids);
    cache_forget(&store->addresses);
    cache_forget(&store->mailboxes);
    cache_forget(&store->lists);
    cache_forget(&store->folders);
}

void
rp_intern_clear(RpStore *store)
{
    cache_clear(&store->ids);
    cache_clear(&store->addresses);
    cache_clear(&store->mailboxes);
    cache_clear(&store->lists);
    cache_clear(&store->folders);
}

/* Steps to the first row: *row is its number, 0 if there is none. */
static bool
find_row(RpStore *store, sqlite3_stmt *statement, int64_t *row, GError **error)
{
    RpStep step = rp_db_step(store, statement, error);

    *row = step == RP_STEP_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return step != RP_STEP_ERROR;
}

static bool
find_text(RpStore *store, const char *sql, const char *text, int64_t *row,
          GError **error)
{
    sqlite3_stmt *find = rp_db_use(store, sql, error);

    if (find == NULL)
        return false;
    rp_db_bind_text(find, 1, text);
    return find_row(store, find, row, error);
}

/* The number of the row that has just been added, 0 if it could not be. */
static int64_t
added(const RpStore *store, bool is_good)
{
    return is_good ? sqlite3_last_insert_rowid(store->db) : 0;
}

/* Several ids may share a hash: the text decides. */
static bool
find_id(RpStore *store, int64_t hash, const char *text, int64_t *row, GError **error)
{
    sqlite3_stmt *find =
        rp_db_use(store, "SELECT id, text FROM message_id WHERE hash = ?1", error);
    RpStep step = RP_STEP_ERROR;

    *row = 0;
    if (find == NULL)
        return false;
    sqlite3_bind_int64(find, 1, hash);
    while (*row == 0 && (step = rp_db_step(store, find, error)) == RP_STEP_ROW)
        if (g_strcmp0((const char *)sqlite3_column_text(find, 1), text) == 0)
            *row = sqlite3_column_int64(find, 0);
    sqlite3_reset(find);
    return step != RP_STEP_ERROR;
}

static int64_t
add_id(RpStore *store, int64_t hash, const char *text, GError **error)
{
    static const char ADD[] = "INSERT INTO message_id (hash, text) VALUES (?1, ?2)";

    return added(store, rp_db_run(store, error, ADD, "is", hash, text));
}

int64_t
rp_intern_id(RpStore *store, const char *message_id, GError **error)
{
    int64_t row = cache_find(&store->ids, message_id);
    int64_t hash;

    if (row != 0)
        return row;
    hash = (int64_t)rp_hash_bytes(store->id_key, message_id, strlen(message_id));
    if (!find_id(store, hash, message_id, &row, error))
        return 0;
    if (row == 0)
        row = add_id(store, hash, message_id, error);
    if (row != 0)
        cache_add(&store->ids, message_id, row);
    return row;
}

/* Two keys may share a number (48 bits of a hash): the second takes the next. */
static int64_t
intern_person(RpStore *store, const char *address, GError **error)
{
    g_autofree char *key = rp_address_person_key(address);
    sqlite3_stmt *find =
        rp_db_use(store, "SELECT key FROM person WHERE id = ?1", error);
    int64_t id = rp_person_id(key);
    RpStep step;

    if (find == NULL)
        return 0;
    for (;; id++) {
        sqlite3_reset(find);
        sqlite3_bind_int64(find, 1, id);
        step = rp_db_step(store, find, error);
        if (step != RP_STEP_ROW ||
            g_strcmp0((const char *)sqlite3_column_text(find, 0), key) == 0)
            break;
    }
    sqlite3_reset(find);
    if (step == RP_STEP_DONE &&
        !rp_db_run(store, error, "INSERT INTO person (id, key) VALUES (?1, ?2)", "is",
                   id, key))
        return 0;
    return step != RP_STEP_ERROR ? id : 0;
}

static int64_t
add_address(RpStore *store, const char *address, GError **error)
{
    static const char ADD[] = "INSERT INTO address (person, text) VALUES (?1, ?2)";
    int64_t person = intern_person(store, address, error);

    if (person == 0)
        return 0;
    return added(store, rp_db_run(store, error, ADD, "is", person, address));
}

/* Who stands for whoever is to be forgotten; NULL for all others. */
static bool
find_stand_in(RpStore *store, const char *address, char **stand_in, GError **error)
{
    g_autofree char *key = rp_address_person_key(address);

    return rp_store_find_forgotten(store, key, stand_in, error);
}

int64_t
rp_intern_address(RpStore *store, const char *address, GError **error)
{
    static const char FIND[] = "SELECT id FROM address WHERE text = ?1";
    int64_t row = cache_find(&store->addresses, address);
    g_autofree char *stand_in = NULL;
    const char *text;

    if (row != 0)
        return row;
    if (!find_stand_in(store, address, &stand_in, error))
        return 0;
    text = stand_in != NULL ? stand_in : address;
    if (!find_text(store, FIND, text, &row, error))
        return 0;
    if (row == 0)
        row = add_address(store, text, error);
    if (row != 0)
        cache_add(&store->addresses, address, row);
    return row;
}

static int64_t
add_mailbox(RpStore *store, int64_t address, const char *name, GError **error)
{
    static const char ADD[] = "INSERT INTO mailbox (address, name) VALUES (?1, ?2)";

    return added(store, rp_db_run(store, error, ADD, "is", address, name));
}

static int64_t
find_mailbox(RpStore *store, const RpMailbox *mailbox, GError **error)
{
    int64_t address = rp_intern_address(store, mailbox->address, error);
    sqlite3_stmt *find = rp_db_use(
        store, "SELECT id FROM mailbox WHERE address = ?1 AND name = ?2", error);
    g_autofree char *stand_in = NULL;
    const char *name;
    int64_t row;

    if (address == 0 || find == NULL ||
        !find_stand_in(store, mailbox->address, &stand_in, error))
        return 0;
    name = stand_in != NULL ? "" : mailbox->name;
    sqlite3_bind_int64(find, 1, address);
    rp_db_bind_text(find, 2, name);
    if (!find_row(store, find, &row, error))
        return 0;
    return row != 0 ? row : add_mailbox(store, address, name, error);
}

/* Neither text holds a newline. */
static const char *
pair_key(RpStore *store, const char *first, const char *second)
{
    g_string_assign(store->key, first);
    g_string_append_c(store->key, '\n');
    g_string_append(store->key, second);
    return store->key->str;
}

int64_t
rp_intern_mailbox(RpStore *store, const RpMailbox *mailbox, GError **error)
{
    const char *key = pair_key(store, mailbox->address, mailbox->name);
    int64_t row = cache_find(&store->mailboxes, key);

    if (row != 0)
        return row;
    row = find_mailbox(store, mailbox, error);
    if (row != 0)
        cache_add(&store->mailboxes, key, row);
    return row;
}

int64_t
rp_intern_list(RpStore *store, const char *list_id, GError **error)
{
    static const char ADD[] = "INSERT INTO list (text) VALUES (?1)";
    int64_t row = cache_find(&store->lists, list_id);

    if (row != 0)
        return row;
    if (!find_text(store, "SELECT id FROM list WHERE text = ?1", list_id, &row, error))
        return 0;
    if (row == 0)
        row = added(store, rp_db_run(store, error, ADD, "s", list_id));
    if (row != 0)
        cache_add(&store->lists, list_id, row);
    return row;
}

static int64_t
find_folder(RpStore *store, const char *account, const char *raw, GError **error)
{
    sqlite3_stmt *find = rp_db_use(
        store, "SELECT id FROM folder WHERE account = ?1 AND raw = ?2", error);
    int64_t row = 0;

    if (find == NULL)
        return 0;
    rp_db_bind_text(find, 1, account);
    rp_db_bind_text(find, 2, raw);
    find_row(store, find, &row, error);
    return row;
}

int64_t
rp_intern_folder(RpStore *store, const char *account, const char *raw, GError **error)
{
    static const char ADD[] =
        "INSERT OR IGNORE INTO folder (account, raw, name) VALUES (?1, ?2, ?3)";
    g_autofree char *key = g_strconcat(account, "\n", raw, NULL);
    g_autofree char *name = NULL;
    int64_t row = cache_find(&store->folders, key);

    if (row != 0)
        return row;
    name = rp_record_clean_text(raw);
    if (!rp_db_run(store, error, ADD, "sss", account, raw, name))
        return 0;
    row = find_folder(store, account, raw, error);
    if (row != 0)
        cache_add(&store->folders, key, row);
    return row;
}
