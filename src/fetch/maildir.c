/* SPDX-License-Identifier: GPL-3.0-or-later */
/* maildir.c - reads a Maildir folder: names first, then the headers of new files */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/instant.h"
#include "fetch/files.h"
#include "fetch/header.h"
#include "fetch/maildir-name.h"
#include "fetch/maildir.h"
#include "fetch/message-file.h"

typedef enum { IN_NEW, IN_CUR, N_PLACES } Place;
static const char *const PLACES[N_PLACES] = {"new", "cur"};

typedef struct {
    char *name; /* own */
    Place place;
    uint32_t pass; /* of reading the directories */
    uint64_t uid;
    RpMaildirName parts;
} Entry;

static void
entry_clear(gpointer data)
{
    g_free(((Entry *)data)->name);
}

static void
take_name(GArray *entries, Place place, const char *name)
{
    Entry entry = {.place = place,
                   .parts = rp_maildir_name_read(name, place == IN_NEW)};

    entry.uid = rp_file_uid(name, entry.parts.n_base);
    entry.name = g_strdup(name);
    g_array_append_val(entries, entry);
}

/* A place that is missing holds nothing: programs leave out what is empty. */
static bool
scan_place(RpSource *source, const char *path, Place place, GArray *entries)
{
    g_autofree char *full = g_build_filename(path, PLACES[place], NULL);
    DIR *directory = opendir(full);
    const struct dirent *item;

    if (directory == NULL)
        return errno == ENOENT || errno == ENOTDIR;
    while ((item = readdir(directory)) != NULL)
        if (item->d_name[0] != '.' && item->d_type != DT_DIR)
            take_name(entries, place, item->d_name);
    closedir(directory);
    return rp_source_go_on(source);
}

/* By uid; what was read last before what it was called until then. */
static gint
compare_entries(gconstpointer a, gconstpointer b)
{
    const Entry *left = a, *right = b;

    if (left->uid != right->uid)
        return left->uid < right->uid ? -1 : 1;
    if (left->pass != right->pass)
        return left->pass > right->pass ? -1 : 1;
    return (int)right->place - (int)left->place;
}

static void
drop_doubles(GArray *entries)
{
    guint n = 0;

    g_array_sort(entries, compare_entries);
    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = &g_array_index(entries, Entry, i);

        if (n > 0 && g_array_index(entries, Entry, n - 1).uid == entry->uid) {
            entry_clear(entry);
            continue;
        }
        g_array_index(entries, Entry, n++) = *entry;
    }
    /* what is behind n was moved or freed */
    entries->len = n;
}

static guint
count_known(const RpFileSync *sync, const GArray *entries)
{
    guint n = 0;

    for (guint i = 0; i < entries->len; i++)
        if (rp_file_sync_is_known(sync, g_array_index(entries, Entry, i).uid))
            n++;
    return n;
}

/* new before cur, the way that files go. A file renamed while its directory is read
 * can be missed, so before any is said to be gone all are looked for once more. */
static GArray *
scan(const RpFileSync *sync)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    guint n_known = sync->known != NULL ? sync->known->uids->len : 0;
    bool is_read = true;

    g_array_set_clear_func(entries, entry_clear);
    for (uint32_t pass = 0; pass < 2 && is_read; pass++) {
        guint first = entries->len;

        is_read = scan_place(sync->source, sync->folder->path, IN_NEW, entries) &&
                  scan_place(sync->source, sync->folder->path, IN_CUR, entries);
        for (guint i = first; i < entries->len; i++)
            g_array_index(entries, Entry, i).pass = pass;
        drop_doubles(entries);
        if (count_known(sync, entries) == n_known)
            break;
    }
    if (!is_read)
        g_clear_pointer(&entries, g_array_unref);
    return entries;
}

/* Newest first, as the name says. */
static gint
compare_ages(gconstpointer a, gconstpointer b)
{
    const Entry *left = *(Entry *const *)a, *right = *(Entry *const *)b;
    int64_t left_at = left->parts.delivered_at, right_at = right->parts.delivered_at;

    if (left_at != right_at && left_at != RP_NEVER && right_at != RP_NEVER)
        return left_at > right_at ? -1 : 1;
    if (left_at != right_at)
        return left_at == RP_NEVER ? 1 : -1;
    return strcmp(right->name, left->name);
}

/* What is known is done with; what is new is returned. */
static GPtrArray *
take_entries(RpFileSync *sync, GArray *entries)
{
    GPtrArray *new_ones = g_ptr_array_new();
    int64_t since_at = sync->source->job->since_at;

    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = &g_array_index(entries, Entry, i);
        bool is_old = since_at != RP_NEVER && entry->parts.delivered_at < since_at;

        if (!rp_file_sync_take_known(sync, entry->uid, entry->parts.flags) && !is_old)
            g_ptr_array_add(new_ones, entry);
    }
    g_ptr_array_sort(new_ones, compare_ages);
    return new_ones;
}

typedef struct {
    RpFileSync *sync;     /* foreign */
    int places[N_PLACES]; /* own; -1 if it is not there */
    RpMessageFile file;   /* its header is own */
    bool has_unread;      /* so it has to be looked at again */
} Reader;

static bool
report(Reader *reader, const Entry *entry)
{
    g_autofree char *text = NULL;

    if (errno == ENOENT) /* moved or deleted meanwhile: the next round sees */
        return true;
    text = g_strdup_printf(
        _("cannot read %s/%s: %s"), PLACES[entry->place], entry->name,
        errno == EINVAL ? _("it is no regular file") : g_strerror(errno));
    reader->has_unread = true;
    return rp_file_sync_problem(reader->sync, entry->uid, text);
}

static void
fill(RpEnvelope *envelope, const Entry *entry, const RpMessageFile *file)
{
    uint64_t size = entry->parts.size > 0 ? entry->parts.size : file->size;

    envelope->uid = entry->uid;
    envelope->flags = entry->parts.flags;
    envelope->size = (uint32_t)MIN(size, UINT32_MAX);
    envelope->internal_at = entry->parts.delivered_at != RP_NEVER
                                ? entry->parts.delivered_at
                                : file->modified_at;
    if (file->is_header_cut)
        envelope->cuts |= RP_CUT_VALUE;
}

static bool
read_entry(Reader *reader, const Entry *entry)
{
    RpMessageFile *file = &reader->file;
    int64_t since_at = reader->sync->source->job->since_at;
    g_autoptr(RpEnvelope) envelope = NULL;

    if (!rp_file_sync_begin_message(reader->sync, entry->uid))
        return rp_file_sync_problem(reader->sync, entry->uid, RP_SOURCE_PASSED);
    if (!rp_message_file_read(reader->places[entry->place], entry->name,
                              entry->parts.size == 0, file))
        return report(reader, entry);
    if (since_at != RP_NEVER && entry->parts.delivered_at == RP_NEVER &&
        file->modified_at < since_at)
        return true;
    envelope = rp_envelope_new();
    rp_header_parse((const char *)file->header->data, file->header->len, envelope);
    fill(envelope, entry, file);
    return rp_file_sync_add(reader->sync, envelope, (const char *)file->header->data,
                            file->header->len);
}

/* False if the source is stopped. */
static bool
read_entries(RpFileSync *sync, const GPtrArray *entries, bool *has_unread)
{
    Reader reader = {.sync = sync, .file.header = g_byte_array_new()};
    bool goes_on = true;

    for (int place = 0; place < N_PLACES; place++) {
        g_autofree char *path =
            g_build_filename(sync->folder->path, PLACES[place], NULL);

        reader.places[place] = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    sync->n_to_read = entries->len;
    for (guint i = 0; i < entries->len && goes_on; i++)
        goes_on = read_entry(&reader, g_ptr_array_index(entries, i));
    for (int place = 0; place < N_PLACES; place++)
        if (reader.places[place] >= 0)
            close(reader.places[place]);
    g_byte_array_unref(reader.file.header);
    *has_unread = reader.has_unread;
    return goes_on;
}

/* Every message that comes, goes or changes its flags changes a directory. */
static char *
make_token(const RpFileSync *sync)
{
    g_autoptr(GString) text = g_string_new(NULL);
    int64_t changed_at = 0;

    g_string_append_printf(text, "%" G_GINT64_FORMAT, sync->source->job->since_at);
    for (int place = 0; place < N_PLACES; place++) {
        g_autofree char *path =
            g_build_filename(sync->folder->path, PLACES[place], NULL);
        struct stat status = {0};

        if (stat(path, &status) != 0)
            memset(&status, 0, sizeof status);
        changed_at = MAX(changed_at, status.st_mtim.tv_sec);
        g_string_append_printf(text,
                               ":%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT ".%09ld",
                               (guint64)status.st_ino, (gint64)status.st_mtim.tv_sec,
                               status.st_mtim.tv_nsec);
    }
    return rp_file_token(text->str, changed_at);
}

static char *
maildir_read(RpFileSync *sync, const char *token, GError **error)
{
    g_autofree char *new_token = make_token(sync);
    g_autoptr(GArray) entries = NULL;
    g_autoptr(GPtrArray) new_ones = NULL;
    bool has_unread = false;

    if (*new_token != '\0' && strcmp(token, new_token) == 0)
        return NULL;
    entries = scan(sync);
    if (sync->source->is_stopped) {
        rp_source_set_stopped(error);
        return NULL;
    }
    if (entries == NULL) {
        g_set_error(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER,
                    _("cannot read folder %s: %s"), sync->folder->info->name,
                    g_strerror(errno));
        return NULL;
    }
    new_ones = take_entries(sync, entries);
    if (!read_entries(sync, new_ones, &has_unread)) {
        rp_source_set_stopped(error);
        return NULL;
    }
    return has_unread ? g_strdup("") : g_steal_pointer(&new_token);
}

static void
maildir_watch(const RpFileFolder *folder, GPtrArray *paths)
{
    g_ptr_array_add(paths, g_strdup(folder->path));
    for (int place = 0; place < N_PLACES; place++)
        g_ptr_array_add(paths, g_build_filename(folder->path, PLACES[place], NULL));
}

bool
rp_maildir_run(RpSource *source, GError **error)
{
    static const RpFileBackend backend = {rp_maildir_find_folders, maildir_read,
                                          maildir_watch};

    return rp_files_run(source, &backend, error);
}
