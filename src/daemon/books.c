/* SPDX-License-Identifier: GPL-3.0-or-later */
/* books.c - the address books of the configuration, read anew when they change */
#include "daemon/books.h"

#include <gio/gio.h>

#include "daemon/journal.h"
#include "sync/contacts.h"
#include "sync/sync.h"

enum { SETTLE_MS = 2000 }; /* vdirsyncer writes a file after the other */

struct RpBooks {
    RpStore *store;         /* foreign */
    const RpConfig *config; /* foreign */
    void (*on_changed)(gpointer data);
    gpointer data;       /* foreign */
    GPtrArray *monitors; /* own, of GFileMonitor */
    guint timer;
};

static gboolean on_settled(gpointer data);

static void
on_file_changed(GFileMonitor *monitor G_GNUC_UNUSED, GFile *file G_GNUC_UNUSED,
                GFile *other G_GNUC_UNUSED, GFileMonitorEvent event, gpointer data)
{
    RpBooks *books = data;

    if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
        return;
    g_clear_handle_id(&books->timer, g_source_remove);
    books->timer = g_timeout_add(SETTLE_MS, on_settled, books);
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

/* A folder, and those in it: one a collection. */
static void
watch_book(RpBooks *books, const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;

    watch(books, path);
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *below = g_build_filename(path, name, NULL);

        if (*name != '.' && g_file_test(below, G_FILE_TEST_IS_DIR))
            watch(books, below);
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
           rp_contacts_apply(books->store, plan, error);
}

static gboolean
on_settled(gpointer data)
{
    RpBooks *books = data;
    bool is_changed = false;

    books->timer = 0;
    g_ptr_array_set_size(books->monitors, 0);
    for (guint i = 0; i < books->config->contacts->len; i++) {
        const char *path = g_ptr_array_index(books->config->contacts, i);
        g_autoptr(GError) error = NULL;

        watch_book(books, path);
        if (!read_book(books, path, &is_changed, &error))
            rp_journal(RP_EVENT_MISTAKE, NULL, error->message);
    }
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
    g_free(books);
}
