/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-damaged.c - a damaged database is reported, or read: never a crash */
#include <glib/gstdio.h>
#include <string.h>

#include "store-kit.h"
#include "store/db.h"

enum { N_COPIES = 200, N_FLIPS = 100 };

typedef struct {
    char *bytes; /* own */
    gsize n;
} Image;

/* A sound database as a file's bytes. */
static void
make_image(const Kit *kit, Image *image)
{
    g_autoptr(RpStore) store = kit_open(kit);

    for (uint64_t uid = 1; uid <= N_COPIES; uid++) {
        g_autofree char *id = g_strdup_printf("%u@x.org", (unsigned)uid);

        KIT_APPLY(store, 100, kit_copy("INBOX", 1, uid, id, RP_FLAG_ANSWERED));
    }
    KIT_APPLY(store, 100, kit_checkpoint("INBOX", 1, 1, N_COPIES + 1, true));
    kit_commit(store);
    g_assert_true(rp_store_set_value(store, "a", "b", NULL));
    g_assert_true(rp_store_checkpoint_wal(store, NULL));
    g_clear_pointer(&store, rp_store_close);
    g_assert_true(g_file_get_contents(kit->path, &image->bytes, &image->n, NULL));
}

static void
put_image(const Kit *kit, const char *bytes, gsize n)
{
    g_autofree char *wal = g_strconcat(kit->path, "-wal", NULL);
    g_autofree char *shm = g_strconcat(kit->path, "-shm", NULL);

    g_remove(wal);
    g_remove(shm);
    g_remove(kit->path); /* GLib 2.74 does not always cut a longer file */
    g_assert_true(g_file_set_contents_full(kit->path, bytes, (gssize)n,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Either it is as it should be, or there is an error that a person can act on. */
static void
check_error(const GError *error)
{
    if (error == NULL)
        return;
    g_assert_true(error->domain == RP_STORE_ERROR);
    g_assert_nonnull(strstr(error->message, "riposte.db"));
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
}

static bool
read_all(RpStore *store)
{
    g_autoptr(GError) first = NULL;
    g_autoptr(GError) second = NULL;
    g_autoptr(GError) third = NULL;
    g_autoptr(RpCorpus) corpus = rp_store_load_corpus(store, &first);
    g_autoptr(GPtrArray) folders = rp_store_load_folders(store, &second);
    g_autoptr(GPtrArray) decisions = rp_store_load_decisions(store, &third);

    check_error(first);
    check_error(second);
    check_error(third);
    return corpus != NULL && folders != NULL && decisions != NULL;
}

static bool
write_some(RpStore *store)
{
    g_autoptr(GError) error = NULL;
    g_auto(RpRecord) copy = kit_copy("INBOX", 1, 3, "new@x.org", 0);
    bool is_good = rp_store_apply(store, "work", &copy, 100, &error) &&
                   rp_store_commit(store, &error);

    check_error(error);
    return is_good;
}

/* True if nothing wrong was noticed. */
static bool
use(const Kit *kit)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RpStore) store = rp_store_open(kit->path, &error);
    bool could_read;

    check_error(error);
    if (store == NULL)
        return false;
    could_read = read_all(store);
    return write_some(store) && could_read;
}

static void
test_truncated(void)
{
    g_auto(Kit) kit = {0};
    Image image;

    kit_init(&kit);
    make_image(&kit, &image);
    for (gsize n = 1; n < image.n; n += 3001) {
        put_image(&kit, image.bytes, n);
        g_test_message("%zu of %zu bytes", n, image.n);
        g_assert_false(use(&kit));
    }
    put_image(&kit, image.bytes, image.n);
    g_assert_true(use(&kit));
    g_free(image.bytes);
}

static void
test_flipped_bits(void)
{
    g_auto(Kit) kit = {0};
    Image image;
    guint n_noticed = 0;

    kit_init(&kit);
    make_image(&kit, &image);
    for (int i = 0; i < N_FLIPS; i++) {
        gsize at = (gsize)g_test_rand_int_range(0, (gint32)image.n);
        char before = image.bytes[at];

        image.bytes[at] = (char)(before ^ (1 << g_test_rand_int_range(0, 7)));
        put_image(&kit, image.bytes, image.n);
        n_noticed += use(&kit) ? 0 : 1;
        image.bytes[at] = before;
    }
    g_test_message("noticed %u of %d", n_noticed, N_FLIPS);
    g_free(image.bytes);
}

/* Sound for SQLite, but not what riposte writes. */
static void
test_nonsense(void)
{
    static const struct {
        const char *what, *sql;
    } cases[] = {
        {"subject is no text", "UPDATE copy SET subject = x'ff' WHERE uid = 2"},
        {"subject no UTF-8",
         "UPDATE copy SET subject = cast(x'e9' AS TEXT) WHERE uid = 2"},
        {"NUL in an id",
         "UPDATE message_id SET text = cast(x'610062' AS TEXT) WHERE id = 2"},
        {"lists empty", "UPDATE copy SET lists = x''"},
        {"lists cut", "UPDATE copy SET lists = substr(lists, 1, 4) WHERE uid = 2"},
        {"count of a million", "UPDATE copy SET lists = x'c0843d'"},
        {"row of no mailbox", "UPDATE copy SET lists = x'01ff0700000000000000'"},
        {"message of no id", "UPDATE copy SET message = 99999 WHERE uid = 2"},
        {"message of a negative id", "UPDATE copy SET message = -1 WHERE uid = 2"},
        {"list of no text", "UPDATE copy SET list = 77 WHERE uid = 2"},
        {"number beyond all", "INSERT INTO message_id VALUES (1 << 40, 0, 'x')"},
        {"folder gone", "DELETE FROM folder"},
        {"person gone", "DELETE FROM person"},
        {"address gone", "DELETE FROM address"},
        {"hash key gone", "DELETE FROM hash_key"},
        {"decision of no kind",
         "INSERT INTO decision VALUES (1, 9, 0, '', '', 0, NULL, 0, '', '')"},
        {"table gone", "DROP TABLE mailbox"},
    };
    g_auto(Kit) kit = {0};
    Image image;

    kit_init(&kit);
    make_image(&kit, &image);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        sqlite3 *db = NULL;

        put_image(&kit, image.bytes, image.n);
        g_assert_cmpint(sqlite3_open(kit.path, &db), ==, SQLITE_OK);
        g_assert_cmpint(sqlite3_exec(db, cases[i].sql, NULL, NULL, NULL), ==,
                        SQLITE_OK);
        sqlite3_close(db);
        g_test_message("%s", cases[i].what);
        g_assert_false(use(&kit));
    }
    g_free(image.bytes);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/damaged/truncated", test_truncated);
    g_test_add_func("/damaged/flipped-bits", test_flipped_bits);
    g_test_add_func("/damaged/nonsense", test_nonsense);
    return g_test_run();
}
