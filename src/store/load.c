/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c - the corpus out of the database */
#include <glib/gi18n.h>
#include <string.h>

#include "core/instant.h"
#include "store/copies.h"
#include "store/db.h"
#include "store/facts.h"
#include "store/state.h"
#include "stream/wire.h"

/* Of a row's number: only a damaged file has larger ones. */
enum { MAX_ROW = 1 << 26 };

typedef struct {
    uint32_t address, name; /* indices in the corpus */
} Mailbox;

/* Where the rows of each table stand in the corpus, plus 1; 0: no such row. */
typedef struct {
    RpStore *store;                                            /* foreign */
    RpCorpus *corpus;                                          /* foreign */
    GArray *ids, *addresses, *mailbox_index, *lists, *folders; /* own, of uint32_t */
    GArray *mailboxes;                                         /* own, of Mailbox */
    GPtrArray *list_texts; /* own, of const char *, foreign: chunk */
    GHashTable *persons;   /* own; of index + 1 by id */
    uint32_t no_names;     /* where a run of RP_MAX_ADDRESSES empty names stands */
} Loader;

static GArray *
row_map(void)
{
    return g_array_new(FALSE, TRUE, sizeof(uint32_t));
}

static void
loader_init(Loader *loader, RpStore *store, RpCorpus *corpus)
{
    static const uint32_t none[RP_MAX_ADDRESSES];

    loader->store = store;
    loader->corpus = corpus;
    loader->ids = row_map();
    loader->addresses = row_map();
    loader->mailbox_index = row_map();
    loader->lists = row_map();
    loader->folders = row_map();
    loader->mailboxes = g_array_new(FALSE, FALSE, sizeof(Mailbox));
    loader->list_texts = g_ptr_array_new();
    loader->persons = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    loader->no_names = rp_corpus_add_slice(corpus, none, RP_MAX_ADDRESSES).first;
}

static void
loader_clear(Loader *loader)
{
    g_array_unref(loader->ids);
    g_array_unref(loader->addresses);
    g_array_unref(loader->mailbox_index);
    g_array_unref(loader->lists);
    g_array_unref(loader->folders);
    g_array_unref(loader->mailboxes);
    g_ptr_array_unref(loader->list_texts);
    g_hash_table_unref(loader->persons);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Loader, loader_clear)

static bool
map_row(Loader *loader, GArray *map, int64_t row, uint32_t index, GError **error)
{
    if (row <= 0 || row > MAX_ROW) {
        rp_db_set_corrupt(error, loader->store, _("a row's number"));
        return false;
    }
    if ((guint)row >= map->len)
        g_array_set_size(map, (guint)row + 1);
    g_array_index(map, uint32_t, row) = index + 1;
    return true;
}

static bool
find_row(const GArray *map, uint64_t row, uint32_t *index)
{
    if (row >= map->len || g_array_index(map, uint32_t, row) == 0)
        return false;
    *index = g_array_index(map, uint32_t, row) - 1;
    return true;
}

/* One row of a query into the corpus. */
typedef bool (*LoadRow)(Loader *loader, sqlite3_stmt *row, GError **error);

static bool
load_rows(Loader *loader, const char *sql, LoadRow load, GError **error)
{
    sqlite3_stmt *rows = rp_db_use(loader->store, sql, error);
    RpStep step;

    if (rows == NULL)
        return false;
    while ((step = rp_db_step(loader->store, rows, error)) == RP_STEP_ROW) {
        if (!load(loader, rows, error)) {
            sqlite3_reset(rows);
            return false;
        }
    }
    return step == RP_STEP_DONE;
}

static bool
load_id(Loader *loader, sqlite3_stmt *row, GError **error)
{
    const char *text = rp_db_column_text(loader->store, row, 1, error);

    return text != NULL && map_row(loader, loader->ids, sqlite3_column_int64(row, 0),
                                   rp_corpus_add_id(loader->corpus, text), error);
}

static bool
load_person(Loader *loader, sqlite3_stmt *row, GError **error)
{
    const char *key = rp_db_column_text(loader->store, row, 1, error);
    int64_t id = sqlite3_column_int64(row, 0);
    uint32_t index;

    if (key == NULL)
        return false;
    index = rp_corpus_add_person(loader->corpus, id, key,
                                 sqlite3_column_int64(row, 2) != 0);
    g_hash_table_insert(loader->persons, g_memdup2(&id, sizeof id),
                        GUINT_TO_POINTER(index + 1));
    return true;
}

static bool
load_address(Loader *loader, sqlite3_stmt *row, GError **error)
{
    const char *text = rp_db_column_text(loader->store, row, 1, error);
    int64_t id = sqlite3_column_int64(row, 2);
    guint person = GPOINTER_TO_UINT(g_hash_table_lookup(loader->persons, &id));

    if (text == NULL)
        return false;
    if (person == 0) {
        rp_db_set_corrupt(error, loader->store, _("an address without a person"));
        return false;
    }
    return map_row(loader, loader->addresses, sqlite3_column_int64(row, 0),
                   rp_corpus_add_address(loader->corpus, text, person - 1), error);
}

static bool
load_mailbox(Loader *loader, sqlite3_stmt *row, GError **error)
{
    const char *name = rp_db_column_text(loader->store, row, 2, error);
    Mailbox mailbox;

    if (name == NULL)
        return false;
    mailbox.name = rp_corpus_intern_name(loader->corpus, name);
    if (!find_row(loader->addresses, (uint64_t)sqlite3_column_int64(row, 1),
                  &mailbox.address)) {
        rp_db_set_corrupt(error, loader->store, _("a mailbox without an address"));
        return false;
    }
    g_array_append_val(loader->mailboxes, mailbox);
    return map_row(loader, loader->mailbox_index, sqlite3_column_int64(row, 0),
                   loader->mailboxes->len - 1, error);
}

static bool
load_list(Loader *loader, sqlite3_stmt *row, GError **error)
{
    const char *text = rp_db_column_text(loader->store, row, 1, error);

    if (text == NULL)
        return false;
    g_ptr_array_add(loader->list_texts,
                    g_string_chunk_insert(loader->corpus->chunk, text));
    return map_row(loader, loader->lists, sqlite3_column_int64(row, 0),
                   loader->list_texts->len - 1, error);
}

/* Two raw names may read the same: each row is a folder of its own. */
static bool
load_folder(Loader *loader, sqlite3_stmt *row, GError **error)
{
    const char *account = rp_db_column_text(loader->store, row, 1, error);
    const char *name =
        account != NULL ? rp_db_column_text(loader->store, row, 2, error) : NULL;
    int64_t role = sqlite3_column_int64(row, 3);
    RpFolder folder = {0};

    if (name == NULL)
        return false;
    folder.account = g_strdup(account);
    folder.name = g_strdup(name);
    folder.role = role >= 0 && role < RP_N_ROLES ? (RpRole)role : RP_ROLE_OTHER;
    g_array_append_val(loader->corpus->folders, folder);
    return map_row(loader, loader->folders, sqlite3_column_int64(row, 0),
                   loader->corpus->folders->len - 1, error);
}

/* The next list of the blob into the pool. */
static RpSlice
take_list(Loader *loader, RpWire *wire, const GArray *map)
{
    uint32_t n = rp_wire_count(wire, RP_MAX_ADDRESSES, 1);
    GArray *pool = loader->corpus->pool;
    RpSlice slice = {pool->len, n};

    for (uint32_t i = 0; i < n && !wire->is_broken; i++) {
        uint32_t index = 0;

        if (!find_row(map, rp_wire_uint(wire, UINT32_MAX), &index))
            wire->is_broken = true;
        g_array_append_val(pool, index);
    }
    return slice;
}

/* A list of mailboxes as addresses, and beside them, if wanted, their names. */
static RpSlice
take_mailboxes(Loader *loader, RpWire *wire, RpSlice *names)
{
    RpSlice slice = take_list(loader, wire, loader->mailbox_index);
    GArray *pool = loader->corpus->pool;
    bool has_names = false;

    if (wire->is_broken)
        return slice;
    for (uint32_t i = 0; i < slice.n && names != NULL; i++) {
        uint32_t mailbox = g_array_index(pool, uint32_t, slice.first + i);
        uint32_t name = g_array_index(loader->mailboxes, Mailbox, mailbox).name;

        has_names = has_names || name != 0;
        g_array_append_val(pool, name);
    }
    for (uint32_t i = 0; i < slice.n; i++) {
        uint32_t *member = &g_array_index(pool, uint32_t, slice.first + i);

        *member = g_array_index(loader->mailboxes, Mailbox, *member).address;
    }
    if (names != NULL) {
        names->first = has_names ? slice.first + slice.n : loader->no_names;
        names->n = slice.n;
        if (!has_names)
            g_array_set_size(pool, slice.first + slice.n);
    }
    return slice;
}

/* Mostly In-Reply-To is the last of References: then both are one run. */
static void
share_in_reply_to(RpCorpus *corpus, RpCopy *copy)
{
    const uint32_t *pool = (const uint32_t *)(const void *)corpus->pool->data;
    uint32_t last = copy->references.first + copy->references.n - 1;

    if (copy->in_reply_to.n != 1 || copy->references.n == 0 ||
        pool[last] != pool[copy->in_reply_to.first])
        return;
    copy->in_reply_to.first = last;
    g_array_set_size(corpus->pool, corpus->pool->len - 1);
}

static bool
load_lists(Loader *loader, sqlite3_stmt *row, int column, RpCopy *copy, GError **error)
{
    const uint8_t *blob = sqlite3_column_blob(row, column);
    int n = sqlite3_column_bytes(row, column);
    RpWire wire = {blob, blob != NULL ? blob + n : blob, blob == NULL};

    copy->from = take_mailboxes(loader, &wire, &copy->from_names);
    copy->reply_to = take_mailboxes(loader, &wire, NULL);
    copy->to = take_mailboxes(loader, &wire, &copy->to_names);
    copy->cc = take_mailboxes(loader, &wire, &copy->cc_names);
    copy->references = take_list(loader, &wire, loader->ids);
    copy->in_reply_to = take_list(loader, &wire, loader->ids);
    if (!wire.is_broken)
        share_in_reply_to(loader->corpus, copy);
    copy->list_posts = take_list(loader, &wire, loader->addresses);
    if (wire.is_broken)
        rp_db_set_corrupt(error, loader->store, _("the lists of a message"));
    return !wire.is_broken;
}

static bool
load_places(Loader *loader, sqlite3_stmt *row, RpCopy *copy, GError **error)
{
    uint32_t list = 0;
    bool has_list = sqlite3_column_type(row, 9) != SQLITE_NULL;

    if (!find_row(loader->folders, (uint64_t)sqlite3_column_int64(row, 0),
                  &copy->folder) ||
        !find_row(loader->ids, (uint64_t)sqlite3_column_int64(row, 2), &copy->id) ||
        (has_list &&
         !find_row(loader->lists, (uint64_t)sqlite3_column_int64(row, 9), &list))) {
        rp_db_set_corrupt(error, loader->store,
                          _("a message without its folder or id"));
        return false;
    }
    copy->list_id = has_list ? g_ptr_array_index(loader->list_texts, list)
                             : g_ptr_array_index(loader->corpus->names, 0);
    return true;
}

static void
load_thread_index(Loader *loader, sqlite3_stmt *row, int column, RpCopy *copy)
{
    const char *blob = sqlite3_column_blob(row, column);

    if (blob != NULL && sqlite3_column_bytes(row, column) == RP_THREAD_INDEX_LEN)
        copy->thread_index = (const uint8_t *)g_string_chunk_insert_len(
            loader->corpus->chunk, blob, RP_THREAD_INDEX_LEN);
}

static const char COPIES[] =
    "SELECT folder, uid, message, internal_at, date_at, size, flags, signs,"
    " CASE WHEN flags & 2 THEN (SELECT seen_at FROM answered_seen a"
    "  WHERE a.message = copy.message) END,"
    " list, subject, thread_index, lists FROM copy ORDER BY id";
G_STATIC_ASSERT(RP_FLAG_ANSWERED == 2);

static bool
load_copy(Loader *loader, sqlite3_stmt *row, GError **error)
{
    const char *subject = rp_db_column_text(loader->store, row, 10, error);
    RpCopy copy = {0};

    if (subject == NULL || !load_places(loader, row, &copy, error))
        return false;
    copy.uid = (uint64_t)sqlite3_column_int64(row, 1);
    copy.internal_at = rp_db_column_instant(row, 3);
    copy.date_at = rp_db_column_instant(row, 4);
    copy.size = (uint32_t)sqlite3_column_int64(row, 5);
    copy.flags = (uint32_t)sqlite3_column_int64(row, 6);
    copy.signs = (uint32_t)sqlite3_column_int64(row, 7);
    copy.answered_at = rp_db_column_instant(row, 8);
    copy.subject = *subject != '\0'
                       ? g_string_chunk_insert(loader->corpus->chunk, subject)
                       : g_ptr_array_index(loader->corpus->names, 0);
    load_thread_index(loader, row, 11, &copy);
    if (!load_lists(loader, row, 12, &copy, error))
        return false;
    rp_corpus_append_copy(loader->corpus, &copy);
    return true;
}

static bool
load_all(Loader *loader, GError **error)
{
    static const struct {
        const char *sql;
        LoadRow load;
    } tables[] = {
        {"SELECT id, text FROM message_id ORDER BY id", load_id},
        {"SELECT id, key, is_curated FROM person", load_person},
        {"SELECT id, text, person FROM address ORDER BY id", load_address},
        {"SELECT id, address, name FROM mailbox ORDER BY id", load_mailbox},
        {"SELECT id, text FROM list ORDER BY id", load_list},
        {"SELECT id, account, name, role FROM folder ORDER BY id", load_folder},
        {COPIES, load_copy},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        if (!load_rows(loader, tables[i].sql, tables[i].load, error))
            return false;
    return rp_store_load_limits(loader->store, loader->corpus, error);
}

RpCorpus *
rp_store_load_corpus(RpStore *store, GError **error)
{
    g_autoptr(RpCorpus) corpus = rp_corpus_new();
    g_auto(Loader) loader = {0};
    bool is_good;

    loader_init(&loader, store, corpus);
    if (!rp_store_begin_read(store, error))
        return NULL;
    is_good = load_all(&loader, error);
    rp_store_end_read(store);
    return is_good ? g_steal_pointer(&corpus) : NULL;
}
