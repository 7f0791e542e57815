/* SPDX-License-Identifier: GPL-3.0-or-later */
/* books.c - the address books of the configuration, read anew when they change */
#include "daemon/books.h"

#include <gio/gio.h>

#include "daemon/backoff.h"
#include "daemon/journal.h"
#include "sync/contacts.h"
#include "sync/sync.h"

enum {
    SETTLE_MS = 2000, /* vdirsyncer writes a file after the other */
    MOST_MS = 30000,  /* what changes all the time is read then */
};

struct RpBooks {
    RpStore *store;         /* foreign */
    const RpConfig *config; /* foreign */
    void (*on_changed)(gpointer data);
    gpointer data;       /* foreign */
    GPtrArray *monitors; /* own, of GFileMonitor */
    GHashTable *told;    /* own; by path: what went wrong with it last */
    guint timer, n_failures;
    int64_t changed_us; /* monotonic: first since they were read; 0: not */
};

static gboolean on_settled(gpointer data);

static void
on_file_changed(GFileMonitor *monitor G_GNUC_UNUSED, GFile *file G_GNUC_UNUSED,
                GFile *other G_GNUC_UNUSED, GFileMonitorEvent event, gpointer data)
{
    RpBooks *books = data;
    int64_t now_us = g_get_monotonic_time(), left_ms;

    if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
        return;
    if (books->changed_us == 0)
        books->changed_us = now_us;
    left_ms = MOST_MS - (now_us - books->changed_us) / 1000;
    g_clear_handle_id(&books->timer, g_source_remove);
    books->timer =
        g_timeout_add((guint)CLAMP(left_ms, 0, SETTLE_MS), on_settled, books);
}

static void
watch(RpBooks *books, const char *path)
{
    g_autoptr(GFile) file = g_file_new_for_path(path);
    GFileMonitor *monitor =
        g_file_monitor(file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

    if (monitor == NULL)
        return;
    g_signal_connect(monitor, "changed", G_CALLBACK(on_file_changed), books);
    g_ptr_array_add(books->monitors, monitor);
}

/* A folder, and those in it that are read: one a collection. */
static void
watch_book(RpBooks *books, const char *path, int depth)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;

    watch(books, path);
    while (folder != NULL && depth < RP_CONTACTS_MAX_DEPTH &&
           (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *below = g_build_filename(path, name, NULL);

        if (*name != '.' && g_file_test(below, G_FILE_TEST_IS_DIR))
            watch_book(books, below, depth + 1);
    }
}

static bool
read_book(RpBooks *books, const char *path, bool *is_changed, GError **error)
{
    g_autoptr(RpCards) cards = rp_contacts_read(path, error);
    g_autoptr(RpContactsPlan) plan = NULL;

    if (cards == NULL)
        return false;
    /* An empty folder is one that is not mounted yet: nobody is gone for that. */
    plan = rp_contacts_plan(books->store, path, cards, cards->cards->len == 0, error);
    if (plan == NULL)
        return false;
    *is_changed = *is_changed || plan->changes->len > 0;
    return rp_sync_flush(books->store, error) &&
           rp_contacts_apply(books->store, plan, g_get_real_time() / G_USEC_PER_SEC,
                             error);
}

/* Of what stays wrong a person is told once. True if another try may help: what is not
 * there, or is no address book, comes by a change. */
static bool
tell(RpBooks *books, const char *path, const GError *error)
{
    if (g_strcmp0(g_hash_table_lookup(books->told, path), error->message) != 0) {
        g_hash_table_insert(books->told, g_strdup(path), g_strdup(error->message));
        rp_journal(RP_EVENT_MISTAKE, NULL, error->message);
    }
    return !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) &&
           !g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT) &&
           !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static gboolean
on_settled(gpointer data)
{
    RpBooks *books = data;
    bool is_changed = false, is_failed = false;

    books->timer = 0;
    books->changed_us = 0;
    g_ptr_array_set_size(books->monitors, 0);
    for (guint i = 0; i < books->config->contacts->len; i++) {
        const char *path = g_ptr_array_index(books->config->contacts, i);
        g_autoptr(GError) error = NULL;

        watch_book(books, path, 0);
        if (read_book(books, path, &is_changed, &error))
            g_hash_table_remove(books->told, path);
        else
            is_failed = tell(books, path, error) || is_failed;
    }
    books->n_failures = is_failed ? books->n_failures + 1 : 0;
    if (is_failed)
        books->timer = g_timeout_add(
            SETTLE_MS + rp_backoff_ms(books->n_failures, g_random_double()), on_settled,
            books);
    if (is_changed)
        books->on_changed(books->data);
    return G_SOURCE_REMOVE;
}

RpBooks *
rp_books_new(RpStore *store, const RpConfig *config, void (*on_changed)(gpointer data),
             gpointer data)
{
    RpBooks *books = g_new0(RpBooks, 1);

    books->store = store;
    books->config = config;
    books->on_changed = on_changed;
    books->data = data;
    books->monitors = g_ptr_array_new_with_free_func(g_object_unref);
    books->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (config->contacts->len > 0)
        books->timer = g_idle_add(on_settled, books);
    return books;
}

void
rp_books_free(RpBooks *books)
{
    if (books == NULL)
        return;
    g_clear_handle_id(&books->timer, g_source_remove);
    g_ptr_array_unref(books->monitors);
    g_hash_table_unref(books->told);
    g_free(books);
}
