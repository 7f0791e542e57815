/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fetch-kit.c - runs a backend of riposte-fetch over files that a test makes */
#include "config.h"

#include "fetch-kit.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
record_free(gpointer data)
{
    RpRecord *record = data;

    rp_record_clear(record);
    g_free(record);
}

void
fetch_kit_init(FetchKit *kit, RpSourceType type)
{
    kit->directory = g_dir_make_tmp("riposte-XXXXXX", NULL);
    g_assert_nonnull(kit->directory);
    g_assert_cmpint(pipe(kit->wake_fds), ==, 0);
    kit->source = rp_source_new(kit->wake_fds[0], -1);
    kit->source->job = rp_job_new();
    kit->source->job->source = type;
    g_free(kit->source->job->account);
    kit->source->job->account = g_strdup("test");
    g_free(kit->source->job->path);
    kit->source->job->path = g_strdup(kit->directory);
    kit->records = g_ptr_array_new_with_free_func(record_free);
}

static void
remove_tree(const char *path)
{
    g_autoptr(GDir) directory = g_dir_open(path, 0, NULL);
    const char *name;

    g_chmod(path, 0700);
    while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
        g_autofree char *child = g_build_filename(path, name, NULL);

        if (g_file_test(child, G_FILE_TEST_IS_DIR) &&
            !g_file_test(child, G_FILE_TEST_IS_SYMLINK))
            remove_tree(child);
        else
            g_unlink(child);
    }
    g_rmdir(path);
}

void
fetch_kit_clear(FetchKit *kit)
{
    remove_tree(kit->directory);
    g_free(kit->directory);
    rp_source_free(kit->source);
    close(kit->wake_fds[0]);
    close(kit->wake_fds[1]);
    g_ptr_array_unref(kit->records);
}

char *
fetch_kit_path(const FetchKit *kit, const char *name)
{
    return g_build_filename(kit->directory, name, NULL);
}

void
fetch_kit_touch(FetchKit *kit, const char *name, int64_t at)
{
    g_autofree char *path = fetch_kit_path(kit, name);
    struct timespec times[2] = {{.tv_sec = at}, {.tv_sec = at}};

    g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
}

/* A new time each, and none that is too young to be trusted. */
static void
set_back(const char *path)
{
    static int64_t at = 1700000000;
    g_autofree char *directory = g_path_get_dirname(path);
    struct timespec times[2] = {{.tv_sec = at + 1}, {.tv_sec = at + 1}};

    at++;
    g_assert_cmpint(utimensat(AT_FDCWD, directory, times, 0), ==, 0);
}

void
fetch_kit_write(FetchKit *kit, const char *name, const char *text)
{
    g_autofree char *path = fetch_kit_path(kit, name);
    g_autofree char *directory = g_path_get_dirname(path);

    g_assert_cmpint(g_mkdir_with_parents(directory, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    set_back(path);
}

void
fetch_kit_rename(FetchKit *kit, const char *from, const char *to)
{
    g_autofree char *from_path = fetch_kit_path(kit, from);
    g_autofree char *to_path = fetch_kit_path(kit, to);

    g_assert_cmpint(g_rename(from_path, to_path), ==, 0);
    set_back(from_path);
    set_back(to_path);
}

void
fetch_kit_remove(FetchKit *kit, const char *name)
{
    g_autofree char *path = fetch_kit_path(kit, name);

    g_assert_cmpint(g_unlink(path), ==, 0);
    set_back(path);
}

static void
read_records(FetchKit *kit, int fd)
{
    g_autoptr(RpRecordReader) reader = rp_record_reader_new();
    char bytes[4096];
    ssize_t n;
    RpReadResult result;

    g_ptr_array_set_size(kit->records, 0);
    while ((n = read(fd, bytes, sizeof bytes)) > 0)
        rp_record_reader_push(reader, bytes, (size_t)n);
    do {
        RpRecord *record = g_new0(RpRecord, 1);

        result = rp_record_reader_next(reader, record);
        g_assert_cmpint(result, !=, RP_READ_BROKEN);
        if (result == RP_READ_RECORD)
            g_ptr_array_add(kit->records, record);
        else
            g_free(record);
    } while (result == RP_READ_RECORD);
}

GError *
fetch_kit_run(FetchKit *kit)
{
    RpBackend run =
        kit->source->job->source == RP_SOURCE_MBOX ? rp_mbox_run : rp_maildir_run;
    g_autofree char *path = NULL;
    GError *error = NULL;
    int fd = g_file_open_tmp("riposte-XXXXXX", &path, NULL);

    g_assert_cmpint(fd, >=, 0);
    g_unlink(path);
    kit->source->out_fd = fd;
    run(kit->source, &error);
    rp_source_flush(kit->source);
    lseek(fd, 0, SEEK_SET);
    read_records(kit, fd);
    close(fd);
    return error;
}

const RpRecord *
fetch_kit_nth(const FetchKit *kit, RpRecordType type, guint n)
{
    for (guint i = 0; i < kit->records->len; i++) {
        const RpRecord *record = g_ptr_array_index(kit->records, i);

        if (record->type == type && n-- == 0)
            return record;
    }
    return NULL;
}

guint
fetch_kit_count(const FetchKit *kit, RpRecordType type)
{
    guint n = 0;

    while (fetch_kit_nth(kit, type, n) != NULL)
        n++;
    return n;
}

const RpEnvelope *
fetch_kit_envelope(const FetchKit *kit, const char *subject)
{
    const RpRecord *record;

    for (guint n = 0; (record = fetch_kit_nth(kit, RP_RECORD_ENVELOPE, n)) != NULL; n++)
        if (strcmp(record->u.copy.envelope->subject, subject) == 0)
            return record->u.copy.envelope;
    return NULL;
}
