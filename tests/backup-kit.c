/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup-kit.c - a database and a backup of it, for the tests of both */
#include "backup-kit.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

char *
dump_of(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RpStore) store = rp_store_open(path, &error);

    g_assert_no_error(error);
    return store != NULL ? kit_dump(store) : NULL;
}

void
add_copies(RpStore *store, uint64_t first, uint64_t last)
{
    for (uint64_t uid = first; uid <= last; uid++) {
        g_autofree char *id = g_strdup_printf("%u@x.org", (unsigned)uid);

        KIT_APPLY(store, 100, kit_copy("INBOX", 1, uid, id, 0));
    }
    KIT_APPLY(store, 100, kit_checkpoint("INBOX", 1, 1, last + 1, true));
    kit_commit(store);
}

void
pair_clear(Pair *pair)
{
    kit_clear(&pair->kit);
    g_free(pair->backup);
    g_free(pair->kept);
    g_free(pair->old_dump);
    g_free(pair->dump);
    g_free(pair->bytes);
}

void
remove_beside(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal", ".new"};

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *name = g_strconcat(path, endings[i], NULL);

        g_remove(name);
    }
}

void
overwrite(const char *path, long at, size_t n)
{
    FILE *file = g_fopen(path, "r+");

    g_assert_cmpint(fseek(file, at, SEEK_SET), ==, 0);
    while (n-- > 0)
        fputc(0xa5, file);
    g_assert_cmpint(fclose(file), ==, 0);
}

const char *const PRESENT_NAMES[] = {"sound", "damaged", "absent"};

void
put_back(const Pair *pair, Present present)
{
    remove_beside(pair->kit.path);
    remove_beside(pair->kept);
    if (present == ABSENT)
        return;
    g_assert_true(g_file_set_contents_full(pair->kit.path, pair->bytes,
                                           (gssize)pair->n_bytes,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    if (present == DAMAGED)
        overwrite(pair->kit.path, 0, 6);
}

void
pair_init(Pair *pair)
{
    g_autoptr(RpStore) store = NULL;
    g_autoptr(GError) error = NULL;

    *pair = (Pair){0};
    kit_init(&pair->kit);
    pair->backup = g_build_filename(pair->kit.folder, "backup.db", NULL);
    pair->kept = g_build_filename(pair->kit.folder, "kept.db", NULL);
    store = kit_open(&pair->kit);
    add_copies(store, 1, N_COPIES);
    pair->old_dump = kit_dump(store);
    g_assert_true(rp_store_checkpoint_wal(store, NULL));
    g_assert_true(
        g_file_get_contents(pair->kit.path, &pair->bytes, &pair->n_bytes, NULL));
    add_copies(store, N_COPIES + 1, 2 * N_COPIES);
    pair->dump = kit_dump(store);
    g_assert_true(rp_store_backup(store, pair->backup, false, &error));
    g_assert_no_error(error);
    g_clear_pointer(&store, rp_store_close);
    put_back(pair, SOUND);
}

bool
restore(const Pair *pair, RpKept *how, GError **error)
{
    g_autoptr(RpStore) backup = rp_backup_open(pair->backup, error);

    return backup != NULL &&
           rp_backup_restore(backup, pair->kit.path, pair->kept, how, error);
}

bool
check_outcome(const Pair *pair, Present present)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RpStore) store = rp_store_open(pair->kit.path, &error);
    g_autofree char *dump = store != NULL ? kit_dump(store) : NULL;
    g_autofree char *none = g_strdup("");
    g_autofree char *kept = NULL;

    if (g_strcmp0(dump, pair->dump) == 0) {
        g_assert_true(present == ABSENT || g_file_test(pair->kept, G_FILE_TEST_EXISTS));
        if (present == SOUND)
            kept = dump_of(pair->kept);
        g_assert_cmpstr(kept, ==, present == SOUND ? pair->old_dump : NULL);
        return true;
    }
    if (present == DAMAGED)
        g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_CORRUPT);
    else
        g_assert_cmpstr(dump, ==, present == SOUND ? pair->old_dump : none);
    return false;
}

int64_t
count_of(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RpStore) backup = rp_backup_open(path, &error);
    int64_t n = -1;

    g_assert_no_error(error);
    if (backup != NULL)
        g_assert_true(rp_backup_count_messages(backup, &n, &error));
    return n;
}
