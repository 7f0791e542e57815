/* SPDX-License-Identifier: GPL-3.0-or-later */
/* delivered.c - the addresses that mail was delivered to */
#include <glib/gi18n.h>
#include <string.h>

#include "store/copies.h"
#include "store/db.h"
#include "stream/wire.h"

/* How many messages name an address, which the copies of one message count once. */
typedef struct {
    int64_t address;      /* row */
    int64_t last_message; /* row */
    uint32_t n;
    char *text; /* own; of the address, once all are counted */
} Count;

static void
count_free(gpointer data)
{
    Count *count = data;

    g_free(count->text);
    g_free(count);
}

static void
count_one(GHashTable *counts, int64_t address, int64_t message)
{
    Count *count = g_hash_table_lookup(counts, &address);

    if (count == NULL) {
        count = g_new0(Count, 1);
        count->address = address;
        g_hash_table_insert(counts, &count->address, count);
    }
    if (count->last_message != message)
        count->n++;
    count->last_message = message;
}

/* Passes over the lists before it. */
static void
count_lists(GHashTable *counts, const uint8_t *blob, int n, int64_t message)
{
    RpWire wire = {blob, blob != NULL ? blob + n : blob, blob == NULL};

    for (int list = 0; list < RP_N_LISTS; list++) {
        uint32_t n_members = rp_wire_count(&wire, RP_MAX_ADDRESSES, 1);

        for (uint32_t i = 0; i < n_members && !wire.is_broken; i++) {
            int64_t row = (int64_t)rp_wire_uint(&wire, INT64_MAX);

            if (list == RP_LIST_DELIVERED_TO && !wire.is_broken)
                count_one(counts, row, message);
        }
    }
}

static bool
count_copies(RpStore *store, GHashTable *counts, GError **error)
{
    sqlite3_stmt *rows =
        rp_db_use(store, "SELECT message, lists FROM copy ORDER BY message", error);
    RpStep step;

    if (rows == NULL)
        return false;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW)
        count_lists(counts, sqlite3_column_blob(rows, 1), sqlite3_column_bytes(rows, 1),
                    sqlite3_column_int64(rows, 0));
    return step == RP_STEP_DONE;
}

static char *
address_text(RpStore *store, int64_t row, GError **error)
{
    sqlite3_stmt *find =
        rp_db_use(store, "SELECT text FROM address WHERE id = ?1", error);
    char *text = NULL;
    RpStep step;

    if (find == NULL)
        return NULL;
    sqlite3_bind_int64(find, 1, row);
    step = rp_db_step(store, find, error);
    if (step == RP_STEP_ROW)
        text = g_strdup(rp_db_column_text(store, find, 0, error));
    else if (step == RP_STEP_DONE)
        rp_db_set_corrupt(error, store, _("a delivery to no address"));
    sqlite3_reset(find);
    return text;
}

static int
compare_counts(gconstpointer a, gconstpointer b)
{
    const Count *first = *(const Count *const *)a;
    const Count *second = *(const Count *const *)b;

    if (first->n != second->n)
        return first->n < second->n ? 1 : -1;
    return strcmp(first->text, second->text);
}

static GPtrArray *
sort_counts(RpStore *store, GHashTable *table, GError **error)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        Count *count = value;

        g_ptr_array_add(sorted, count);
        count->text = address_text(store, count->address, error);
        if (count->text == NULL)
            return NULL;
    }
    g_ptr_array_sort(sorted, compare_counts);
    return g_steal_pointer(&sorted);
}

bool
rp_store_load_delivered_to(RpStore *store, GPtrArray **addresses, GArray **counts,
                           GError **error)
{
    g_autoptr(GHashTable) table =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, count_free);
    g_autoptr(GPtrArray) sorted = NULL;

    if (count_copies(store, table, error))
        sorted = sort_counts(store, table, error);
    if (sorted == NULL)
        return false;
    *addresses = g_ptr_array_new_with_free_func(g_free);
    *counts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (guint i = 0; i < sorted->len; i++) {
        Count *count = g_ptr_array_index(sorted, i);

        g_ptr_array_add(*addresses, g_steal_pointer(&count->text));
        g_array_append_val(*counts, count->n);
    }
    return true;
}
