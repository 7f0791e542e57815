/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mbox.c - reads an mbox file: what it holds against what is known of it */
#include "config.h"

#include "fetch/mbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/instant.h"
#include "fetch/header-field.h"
#include "fetch/header.h"
#include "fetch/mbox-flags.h"
#include "fetch/mbox-reader.h"

/* 1990: some programs write the epoch where they know no time of delivery. */
static const int64_t EARLIEST_AT = INT64_C(631152000);

typedef struct {
    RpFileSync *sync;    /* foreign */
    uint64_t n_bytes;    /* of the file */
    GHashTable *met;     /* own; how often a message was met, by its first uid */
    int64_t modified_at; /* of the file */
} Reading;

/* A message is known by its From_ line and by its header without what programs change
 * in it. The same one twice in a file counts as two. */
static uint64_t
uid_of(Reading *reading, const RpMboxMessage *message)
{
    g_autoptr(GString) key = g_string_sized_new(message->header->len + 1024);
    uint64_t first, *stored;
    guint n_before;

    g_string_append_len(key, (const char *)message->from_line->data,
                        (gssize)message->from_line->len);
    rp_mbox_append_stable(
        key, (RpSpan){(const char *)message->header->data, message->header->len});
    first = rp_file_uid(key->str, key->len);
    n_before = GPOINTER_TO_UINT(g_hash_table_lookup(reading->met, &first));
    stored = g_new(uint64_t, 1);
    *stored = first;
    g_hash_table_replace(reading->met, stored, GUINT_TO_POINTER(n_before + 1));
    if (n_before == 0)
        return first;
    g_string_append_printf(key, "\n%u", n_before);
    return rp_file_uid(key->str, key->len);
}

/* The From_ line's time, else the Date, else when the file was last written. */
static int64_t
delivered_at(const Reading *reading, const RpMboxMessage *message, int64_t date_at)
{
    int64_t at;

    if (rp_mbox_is_from_line((const char *)message->from_line->data,
                             message->from_line->len, &at) &&
        at >= EARLIEST_AT)
        return at;
    return date_at != RP_NEVER ? date_at : reading->modified_at;
}

static bool
add(Reading *reading, const RpMboxMessage *message, uint64_t uid, uint32_t flags)
{
    const char *header = (const char *)message->header->data;
    int64_t since_at = reading->sync->source->job->since_at;
    g_autoptr(RpEnvelope) envelope = rp_envelope_new();

    rp_header_parse(header, message->header->len, envelope);
    envelope->uid = uid;
    envelope->flags = flags;
    envelope->size = (uint32_t)MIN(message->size, UINT32_MAX);
    envelope->internal_at = delivered_at(reading, message, envelope->date_at);
    if (message->is_header_cut)
        envelope->cuts |= RP_CUT_VALUE;
    if (since_at != RP_NEVER && envelope->internal_at < since_at)
        return true;
    return rp_file_sync_add(reading->sync, envelope, header, message->header->len);
}

/* False if the source is stopped. */
static bool
take(Reading *reading, const RpMboxMessage *message)
{
    RpSpan header = {(const char *)message->header->data, message->header->len};
    RpMboxStatus status = rp_mbox_status_read(header);
    uint64_t uid;

    if (status.is_absent)
        return true;
    uid = uid_of(reading, message);
    if (rp_file_sync_take_known(reading->sync, uid, status.flags))
        return rp_source_go_on(reading->sync->source);
    if (!rp_file_sync_begin_message(reading->sync, uid))
        return rp_file_sync_problem(reading->sync, uid, RP_SOURCE_PASSED);
    return add(reading, message, uid, status.flags);
}

static bool
is_same(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* How many messages the file holds, if all are as long as those so far. */
static uint64_t
estimate(const Reading *reading, const RpMboxReader *messages)
{
    uint64_t share = rp_mbox_reader_offset(messages) * 1000 / reading->n_bytes;

    return (reading->sync->n_new + 1) * UINT64_C(1000) / MAX(share, 1);
}

/* If the file has changed while it was read, whatever is missing may be there, and a
 * header that does not end may be half of one. */
static bool
take_all(Reading *reading, RpMboxReader *messages, int fd, const struct stat *before,
         int *failure)
{
    const RpMboxMessage *message;
    struct stat after;

    while ((message = rp_mbox_reader_next(messages, failure)) != NULL) {
        bool is_changed = fstat(fd, &after) != 0 || !is_same(before, &after);

        reading->sync->is_unsure = reading->sync->is_unsure || is_changed;
        reading->sync->n_to_read = estimate(reading, messages);
        if (is_changed && !message->is_header_whole)
            break;
        if (!take(reading, message))
            return false;
    }
    return true;
}

static char *
set_error(const RpFileSync *sync, int failure, GError **error)
{
    g_set_error(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER,
                _("cannot read folder %s: %s"), sync->folder->info->name,
                g_strerror(failure));
    return NULL;
}

static char *
make_token(const RpFileSync *sync, const struct stat *status)
{
    g_autofree char *text = g_strdup_printf(
        "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ".%09ld",
        sync->source->job->since_at, (gint64)status->st_size,
        (gint64)status->st_mtim.tv_sec, status->st_mtim.tv_nsec);

    return rp_file_token(text, status->st_mtim.tv_sec);
}

static bool
read_messages(RpFileSync *sync, int fd, const struct stat *status, int *failure)
{
    g_autoptr(RpMboxReader) messages =
        rp_mbox_reader_new(fd, (uint64_t)status->st_size);
    g_autoptr(GHashTable) met =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    Reading reading = {.sync = sync,
                       .n_bytes = (uint64_t)status->st_size,
                       .met = met,
                       .modified_at = status->st_mtim.tv_sec};

    return take_all(&reading, messages, fd, status, failure);
}

static char *
read_open_file(RpFileSync *sync, int fd, const char *token, GError **error)
{
    struct stat status;
    g_autofree char *new_token = NULL;
    int failure = 0;

    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        return set_error(sync, EINVAL, error);
    new_token = make_token(sync, &status);
    if (*new_token != '\0' && strcmp(token, new_token) == 0)
        return NULL;
    if (!read_messages(sync, fd, &status, &failure)) {
        rp_source_set_stopped(error);
        return NULL;
    }
    if (failure != 0)
        return set_error(sync, failure, error);
    return g_steal_pointer(&new_token);
}

static char *
mbox_read(RpFileSync *sync, const char *token, GError **error)
{
    int fd = open(sync->folder->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    char *new_token;

    if (fd < 0)
        return set_error(sync, errno, error);
    new_token = read_open_file(sync, fd, token, error);
    close(fd);
    return new_token;
}

/* Its directory too, as many programs write a new file and rename it. */
static void
mbox_watch(const RpFileFolder *folder, GPtrArray *paths)
{
    g_ptr_array_add(paths, g_strdup(folder->path));
    g_ptr_array_add(paths, g_path_get_dirname(folder->path));
}

bool
rp_mbox_run(RpSource *source, GError **error)
{
    static const RpFileBackend backend = {rp_mbox_find_folders, mbox_read, mbox_watch};

    return rp_files_run(source, &backend, error);
}
