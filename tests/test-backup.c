/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-backup.c - what a backup holds, what can be restored, and in whose place */
#include <config.h> /* the POSIX calls */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup-kit.h"
#include "store/db.h"
#include "store/schema.h"
#include "store/state.h"

/* --- one after the other --- */

static void
test_there_and_back(void)
{
    g_auto(Pair) pair = {0};
    g_autofree char *restored = NULL;
    g_autofree char *kept = NULL;
    g_autoptr(GError) error = NULL;
    RpKept how = RP_KEPT_NOTHING;

    pair_init(&pair);
    g_assert_cmpuint(kit_mode_of(pair.backup), ==, 0600);
    g_assert_true(restore(&pair, &how, &error));
    g_assert_no_error(error);
    restored = dump_of(pair.kit.path);
    kept = dump_of(pair.kept);
    g_assert_cmpstr(restored, ==, pair.dump);
    g_assert_cmpstr(kept, ==, pair.old_dump);
    g_assert_cmpint(how, ==, RP_KEPT_BACKUP);
    g_assert_cmpuint(kit_mode_of(pair.kit.path), ==, 0600);
    g_assert_cmpuint(kit_mode_of(pair.kept), ==, 0600);
}

static char *
state_of(const char *path)
{
    g_autoptr(RpStore) store = rp_store_open(path, NULL);

    return rp_store_state(store, NULL);
}

/* A view that was kept of it, and whoever looks for news, see that it is another. */
static void
test_new_state(void)
{
    g_auto(Pair) pair = {0};
    g_autofree char *view = NULL;
    g_autofree char *before = NULL;
    g_autofree char *of_backup = NULL;
    g_autofree char *after = NULL;
    RpKept how;

    pair_init(&pair);
    view = g_strconcat(pair.kit.path, ".view", NULL);
    before = state_of(pair.kit.path);
    of_backup = state_of(pair.backup);
    g_assert_true(g_file_set_contents(view, "kept", -1, NULL));
    g_assert_true(restore(&pair, &how, NULL));
    after = state_of(pair.kit.path);
    g_assert_cmpstr(after, !=, before);
    g_assert_cmpstr(after, !=, of_backup);
    g_assert_false(g_file_test(view, G_FILE_TEST_EXISTS));
}

/* A file that is there is only replaced by a whole one, and only if asked. */
static void
test_never_unasked(void)
{
    g_auto(Pair) pair = {0};
    g_autoptr(RpStore) store = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *dump = NULL;

    pair_init(&pair);
    store = kit_open(&pair.kit);
    g_assert_false(rp_store_backup(store, pair.backup, false, &error));
    g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED);
    g_clear_error(&error);
    g_assert_true(rp_store_backup(store, pair.backup, true, &error));
    g_assert_no_error(error);
    dump = dump_of(pair.backup);
    g_assert_cmpstr(dump, ==, pair.old_dump);
}

/* What was deleted is not carried along in free pages. */
static void
test_no_remains(void)
{
    g_auto(Pair) pair = {0};
    g_autoptr(RpStore) store = NULL;
    g_autofree char *bytes = NULL;
    gsize n = 0;

    pair_init(&pair);
    store = kit_open(&pair.kit);
    g_assert_true(rp_store_drop_fetched(store, NULL));
    g_assert_true(rp_store_backup(store, pair.kept, false, NULL));
    g_assert_true(g_file_get_contents(pair.kept, &bytes, &n, NULL));
    g_assert_null(memmem(bytes, n, "7@x.org", strlen("7@x.org")));
}

static void
run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;

    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close(db);
}

/* Of the first version there was; it is brought up to date. */
static void
test_older(void)
{
    g_auto(Pair) pair = {0};
    g_autoptr(RpStore) store = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *mark =
        g_strdup_printf("PRAGMA user_version = 1; PRAGMA application_id = %d;"
                        "INSERT INTO value VALUES ('of', 'version 1')",
                        RP_APPLICATION_ID);
    g_autofree char *value = NULL;
    RpKept how;

    pair_init(&pair);
    g_remove(pair.backup);
    run_sql(pair.backup, rp_schema_steps[0]);
    run_sql(pair.backup, mark);
    g_assert_true(restore(&pair, &how, &error));
    g_assert_no_error(error);
    store = kit_open(&pair.kit);
    value = rp_store_get_value(store, "of", NULL);
    g_assert_cmpstr(value, ==, "version 1");
}

/* A copy made by hand, with the log beside it, which holds all the mail. */
static void
test_with_log(void)
{
    g_auto(Pair) pair = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *command = NULL;
    g_autofree char *restored = NULL;
    RpKept how;

    pair_init(&pair);
    put_back(&pair, ABSENT);
    {
        g_autoptr(RpStore) store = kit_open(&pair.kit);

        add_copies(store, 1, N_COPIES);
        command = g_strdup_printf("sh -c 'cp %s %s; cp %s-wal %s-wal'", pair.kit.path,
                                  pair.backup, pair.kit.path, pair.backup);
        g_assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
    }
    put_back(&pair, ABSENT);
    g_assert_true(restore(&pair, &how, &error));
    g_assert_no_error(error);
    restored = dump_of(pair.kit.path);
    g_assert_cmpstr(restored, ==, pair.old_dump);
}

/* --- what is there before --- */

/* A log that belongs to a database that is gone: SQLite would apply it. */
static void
test_stale_log(void)
{
    for (Present present = DAMAGED; present <= ABSENT; present++) {
        g_auto(Pair) pair = {0};
        g_autofree char *wal = NULL;
        g_autofree char *bytes = NULL;
        g_autofree char *restored = NULL;
        g_autoptr(GError) error = NULL;
        RpKept how = RP_KEPT_BACKUP;
        gsize n = 0;

        pair_init(&pair);
        wal = g_strconcat(pair.kit.path, "-wal", NULL);
        {
            g_autoptr(RpStore) store = kit_open(&pair.kit);

            add_copies(store, 1000, 1100);
            g_assert_true(g_file_get_contents(wal, &bytes, &n, NULL));
        }
        put_back(&pair, present);
        g_assert_true(g_file_set_contents(wal, bytes, (gssize)n, NULL));
        g_assert_true(restore(&pair, &how, &error));
        g_assert_no_error(error);
        restored = dump_of(pair.kit.path);
        g_assert_cmpstr(restored, ==, pair.dump);
        g_assert_cmpint(how, ==, present == ABSENT ? RP_KEPT_NOTHING : RP_KEPT_DAMAGED);
    }
}

static void
test_damaged_is_kept(void)
{
    g_auto(Pair) pair = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = NULL;
    gsize n = 0;
    RpKept how;

    pair_init(&pair);
    put_back(&pair, DAMAGED);
    g_assert_true(restore(&pair, &how, &error));
    g_assert_no_error(error);
    g_assert_true(g_file_get_contents(pair.kept, &bytes, &n, NULL));
    g_assert_cmpuint(n, ==, pair.n_bytes);
    g_assert_cmpint(memcmp(bytes + 6, pair.bytes + 6, n - 6), ==, 0);
}

/* Not one page after the other may decide what is damaged. */
static void
test_damaged_anywhere(void)
{
    g_auto(Pair) pair = {0};

    pair_init(&pair);
    for (gsize at = 4096; at < pair.n_bytes; at += 3 * 4096) {
        g_autofree char *restored = NULL;
        g_autoptr(GError) error = NULL;
        RpKept how;

        put_back(&pair, SOUND);
        overwrite(pair.kit.path, (long)at, 4096);
        g_test_message("the page at %zu", at);
        g_assert_true(restore(&pair, &how, &error));
        g_assert_no_error(error);
        restored = dump_of(pair.kit.path);
        g_assert_cmpstr(restored, ==, pair.dump);
    }
}

static void
assert_untouched(const Pair *pair)
{
    g_autofree char *dump = dump_of(pair->kit.path);

    g_assert_cmpstr(dump, ==, pair->old_dump);
    g_assert_false(g_file_test(pair->kept, G_FILE_TEST_EXISTS));
}

/* A newer riposte's, after going back to this one, is no reason to lose it. */
static void
test_newer_is_kept(void)
{
    g_auto(Pair) pair = {0};
    g_autofree char *restored = NULL;
    g_autoptr(GError) error = NULL;
    RpKept how;

    pair_init(&pair);
    run_sql(pair.kit.path, "PRAGMA user_version = 1000");
    g_assert_true(restore(&pair, &how, &error));
    g_assert_no_error(error);
    restored = dump_of(pair.kit.path);
    g_assert_cmpstr(restored, ==, pair.dump);
    g_assert_cmpint(how, ==, RP_KEPT_BACKUP);
}

static void
test_other_programs_database(void)
{
    g_auto(Pair) pair = {0};
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    g_autoptr(GError) error = NULL;
    gsize n_before;
    gsize n_after;
    RpKept how;

    pair_init(&pair);
    put_back(&pair, ABSENT);
    run_sql(pair.kit.path, "CREATE TABLE bookmarks (url TEXT)");
    g_assert_true(g_file_get_contents(pair.kit.path, &before, &n_before, NULL));
    g_assert_false(restore(&pair, &how, &error));
    g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED);
    g_assert_nonnull(strstr(error->message, "another program"));
    g_assert_true(g_file_get_contents(pair.kit.path, &after, &n_after, NULL));
    g_assert_true(n_before == n_after && memcmp(before, after, n_after) == 0);
}

static void
test_lock(void)
{
    g_auto(Pair) pair = {0};
    g_autoptr(RpStore) store = NULL;
    g_autoptr(GError) error = NULL;
    RpKept how;

    pair_init(&pair);
    store = kit_open(&pair.kit);
    g_assert_true(rp_store_lock(store, "daemon", NULL));
    g_assert_false(restore(&pair, &how, &error));
    g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_BUSY);
    g_assert_nonnull(strstr(error->message, "in use by daemon (process "));
    g_clear_pointer(&store, rp_store_close);
    assert_untouched(&pair);
}

/* --- what is no backup --- */

static void
make_damaged(const char *path)
{
    overwrite(path, 3 * 4096, 6);
}

static void
make_cut(const char *path)
{
    g_assert_cmpint(truncate(path, 5 * 4096), ==, 0);
}

static void
make_empty(const char *path)
{
    g_assert_cmpint(truncate(path, 0), ==, 0);
}

static void
make_text(const char *path)
{
    g_assert_true(g_file_set_contents(path, "a shopping list", -1, NULL));
}

static void
make_missing(const char *path)
{
    g_assert_cmpint(g_remove(path), ==, 0);
}

static void
make_folder(const char *path)
{
    make_missing(path);
    g_assert_cmpint(g_mkdir(path, 0700), ==, 0);
}

static void
make_pipe(const char *path)
{
    make_missing(path);
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
}

static void
make_newer(const char *path)
{
    run_sql(path, "PRAGMA user_version = 1000");
}

static void
make_foreign(const char *path)
{
    make_missing(path);
    run_sql(path, "CREATE TABLE bookmarks (url TEXT)");
}

static void
make_bare(const char *path)
{
    make_missing(path);
    run_sql(path, "PRAGMA application_id = 1382641775; PRAGMA user_version = 0");
}

static void
test_refused(void)
{
    static const struct {
        const char *what;
        void (*make)(const char *path);
        RpStoreError code;
        const char *part;
    } cases[] = {
        {"damaged", make_damaged, RP_STORE_ERROR_CORRUPT, "damaged"},
        {"cut", make_cut, RP_STORE_ERROR_CORRUPT, "malformed"},
        {"empty", make_empty, RP_STORE_ERROR_CORRUPT, "empty"},
        {"text", make_text, RP_STORE_ERROR_CORRUPT, "no database"},
        {"missing", make_missing, RP_STORE_ERROR_FAILED, "No such file"},
        {"folder", make_folder, RP_STORE_ERROR_FAILED, "Is a directory"},
        {"pipe", make_pipe, RP_STORE_ERROR_CORRUPT, "not a file"},
        {"newer", make_newer, RP_STORE_ERROR_NEWER, "newer riposte"},
        {"foreign", make_foreign, RP_STORE_ERROR_CORRUPT, "another program"},
        {"without tables", make_bare, RP_STORE_ERROR_CORRUPT, "empty"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Pair) pair = {0};
        g_autoptr(GError) error = NULL;
        RpKept how;

        g_test_message("%s", cases[i].what);
        pair_init(&pair);
        cases[i].make(pair.backup);
        g_assert_false(restore(&pair, &how, &error));
        g_assert_error(error, RP_STORE_ERROR, (gint)cases[i].code);
        if (error == NULL)
            continue;
        g_assert_nonnull(strstr(error->message, cases[i].part));
        g_assert_nonnull(strstr(error->message, pair.backup));
        g_assert_null(strstr(error->message, "riposte restore"));
        assert_untouched(&pair);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/backup/there-and-back", test_there_and_back);
    g_test_add_func("/backup/new-state", test_new_state);
    g_test_add_func("/backup/never-unasked", test_never_unasked);
    g_test_add_func("/backup/no-remains", test_no_remains);
    g_test_add_func("/backup/older", test_older);
    g_test_add_func("/backup/with-log", test_with_log);
    g_test_add_func("/backup/stale-log", test_stale_log);
    g_test_add_func("/backup/damaged-is-kept", test_damaged_is_kept);
    g_test_add_func("/backup/damaged-anywhere", test_damaged_anywhere);
    g_test_add_func("/backup/newer-is-kept", test_newer_is_kept);
    g_test_add_func("/backup/other-programs-database", test_other_programs_database);
    g_test_add_func("/backup/lock", test_lock);
    g_test_add_func("/backup/refused", test_refused);
    return g_test_run();
}
