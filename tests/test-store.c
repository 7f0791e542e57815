/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-store.c - opening: what is created, migrated, refused; who holds the lock */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "store-kit.h"
#include "store/facts.h"
#include "store/schema.h"

static void
assert_refused(const char *path, RpStoreError code, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RpStore) store = rp_store_open(path, &error);

    g_assert_null(store);
    g_assert_error(error, RP_STORE_ERROR, (gint)code);
    if (error == NULL)
        return;
    g_assert_nonnull(strstr(error->message, part));
    g_assert_null(strchr(error->message, '\n'));
}

/* Who wrote to whom is nobody else's business. */
static void
test_permissions(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) store = NULL;
    g_autofree char *folder = NULL;
    g_autofree char *wal = NULL;

    kit_init(&kit);
    folder = g_path_get_dirname(kit.path);
    store = kit_open(&kit);
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    kit_commit(store);
    wal = g_strconcat(kit.path, "-wal", NULL);
    g_assert_cmpuint(kit_mode_of(folder), ==, 0700);
    g_assert_cmpuint(kit_mode_of(kit.path), ==, 0600);
    g_assert_cmpuint(kit_mode_of(wal), ==, 0600);
    g_clear_pointer(&store, rp_store_close);
    g_chmod(kit.path, 0644); /* as a restored backup may be */
    store = kit_open(&kit);
    g_assert_cmpuint(kit_mode_of(kit.path), ==, 0600);
}

static void
test_reopen(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) store = NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    g_autofree char *complaint = NULL;

    kit_init(&kit);
    store = kit_open(&kit);
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0),
              kit_checkpoint("INBOX", 1, 1, 2, true));
    kit_commit(store);
    before = kit_dump(store);
    g_assert_true(rp_store_checkpoint_wal(store, NULL));
    rp_store_close(store);
    store = kit_open(&kit);
    after = kit_dump(store);
    g_assert_cmpstr(after, ==, before);
    complaint = rp_store_check(store, NULL);
    g_assert_null(complaint);
    g_assert_cmpstr(rp_store_path(store), ==, kit.path);
}

static void
test_not_a_database(void)
{
    g_auto(Kit) kit = {0};
    g_autofree char *folder = NULL;
    g_autofree char *contents = NULL;
    g_autofree char *below = NULL;

    kit_init(&kit);
    folder = g_path_get_dirname(kit.path);
    g_mkdir(folder, 0700);
    g_assert_true(g_file_set_contents(kit.path, "a shopping list", -1, NULL));
    assert_refused(kit.path, RP_STORE_ERROR_CORRUPT, kit.path);
    assert_refused(kit.path, RP_STORE_ERROR_CORRUPT, "move it away");
    g_assert_true(g_file_get_contents(kit.path, &contents, NULL, NULL));
    g_assert_cmpstr(contents, ==, "a shopping list"); /* never changed */

    assert_refused(folder, RP_STORE_ERROR_FAILED, folder);
    below = g_build_filename(kit.path, "riposte.db", NULL);
    assert_refused(below, RP_STORE_ERROR_FAILED, kit.path);
}

/* A folder that takes no files: as root, only the kernel has one. */
static void
test_read_only_folder(void)
{
    assert_refused("/proc/sys/riposte.db", RP_STORE_ERROR_FAILED,
                   "/proc/sys/riposte.db");
}

static void
run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;

    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close(db);
}

static void
test_other_programs_database(void)
{
    g_auto(Kit) kit = {0};
    g_autofree char *folder = NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    gsize n_before;
    gsize n_after;

    kit_init(&kit);
    folder = g_path_get_dirname(kit.path);
    g_mkdir(folder, 0700);
    run_sql(kit.path, "CREATE TABLE bookmarks (url TEXT)");
    g_assert_true(g_file_get_contents(kit.path, &before, &n_before, NULL));
    assert_refused(kit.path, RP_STORE_ERROR_CORRUPT, "another program");
    g_assert_true(g_file_get_contents(kit.path, &after, &n_after, NULL));
    g_assert_true(n_before == n_after && memcmp(before, after, n_after) == 0);
}

static void
test_newer(void)
{
    g_auto(Kit) kit = {0};

    kit_init(&kit);
    rp_store_close(kit_open(&kit));
    run_sql(kit.path, "PRAGMA user_version = 1000");
    assert_refused(kit.path, RP_STORE_ERROR_NEWER, "newer riposte");
    run_sql(kit.path, "PRAGMA user_version = -1");
    assert_refused(kit.path, RP_STORE_ERROR_NEWER, "newer riposte");
}

static int64_t
number(RpStore *store, const char *sql)
{
    int64_t value = -1;

    g_assert_true(rp_db_get_int(store, sql, -1, &value, NULL));
    return value;
}

/* Every step there is, and those that later versions will take. */
static void
test_migrations(void)
{
    static const char *const later[] = {
        "CREATE TABLE later (a INTEGER)", "INSERT INTO later VALUES (3)",
        "INSERT INTO later VALUES (4); SELECT nonsense"};
    const size_t n = rp_schema_n_steps;
    g_autofree const char **steps = g_new(const char *, n + G_N_ELEMENTS(later));
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(GError) error = NULL;
    bool is_good;

    memcpy(steps, rp_schema_steps, n * sizeof *steps);
    memcpy(steps + n, later, sizeof later);
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    kit_commit(store);
    g_assert_true(rp_schema_migrate(store, steps, n + 2, &error));
    g_assert_no_error(error);
    g_assert_cmpint(number(store, "PRAGMA user_version"), ==, (int64_t)n + 2);
    g_assert_cmpint(number(store, "SELECT a FROM later"), ==, 3);
    g_assert_cmpint(number(store, "SELECT count(*) FROM copy"), ==, 1);

    /* A step that fails leaves nothing of itself behind. */
    is_good = rp_schema_migrate(store, steps, n + 3, &error);
    g_assert_false(is_good);
    g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED);
    g_assert_cmpint(number(store, "PRAGMA user_version"), ==, (int64_t)n + 2);
    g_assert_cmpint(number(store, "SELECT count(*) FROM later"), ==, 1);
}

/* What the user said of persons outlives the step that brings cards. */
static void
test_facts_of_version_2(void)
{
    g_auto(Kit) kit = {0};
    g_autofree char *folder = NULL;
    g_autoptr(RpStore) store = NULL;
    g_autoptr(GPtrArray) facts = NULL;
    g_autofree char *mark =
        g_strdup_printf("PRAGMA user_version = 2; PRAGMA application_id = %d;"
                        "INSERT INTO person_fact VALUES ('a@x.org', 'tag', 'vip')",
                        RP_APPLICATION_ID);

    kit_init(&kit);
    folder = g_path_get_dirname(kit.path);
    g_mkdir(folder, 0700);
    run_sql(kit.path, rp_schema_steps[0]);
    run_sql(kit.path, rp_schema_steps[1]);
    run_sql(kit.path, mark);
    store = kit_open(&kit);
    facts = rp_store_load_facts(store, NULL);
    g_assert_cmpuint(facts->len, ==, 1);
    g_assert_cmpstr(((const RpFactRow *)g_ptr_array_index(facts, 0))->value, ==, "vip");
    g_assert_cmpstr(((const RpFactRow *)g_ptr_array_index(facts, 0))->type, ==, "");
    g_assert_cmpint(number(store, "SELECT count(*) FROM card"), ==, 0);
}

static void
test_lock(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) first = NULL;
    g_autoptr(RpStore) second = NULL;
    g_autoptr(GError) error = NULL;

    kit_init(&kit);
    first = kit_open(&kit);
    second = kit_open(&kit);
    g_assert_true(rp_store_lock(first, "riposted", &error));
    g_assert_true(rp_store_lock(first, "riposted", &error)); /* has it already */
    g_assert_false(rp_store_lock(second, "riposte sync", &error));
    g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_BUSY);
    g_assert_nonnull(strstr(error->message, "riposted (process "));
    g_clear_error(&error);
    g_clear_pointer(&first, rp_store_close);
    g_assert_true(rp_store_lock(second, "riposte sync", &error));
    g_assert_no_error(error);
}

/* Two writers: the second is told, after a while, and loses nothing. */
static void
test_busy(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) first = NULL;
    g_autoptr(RpStore) second = NULL;
    g_autoptr(GError) error = NULL;
    g_auto(RpRecord) copy = kit_copy("INBOX", 1, 2, "b@x.org", 0);

    kit_init(&kit);
    first = kit_open(&kit);
    second = kit_open(&kit);
    sqlite3_busy_timeout(second->db, 1);
    KIT_APPLY(first, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    g_assert_false(rp_store_apply(second, "work", &copy, 100, &error));
    g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_BUSY);
    g_assert_nonnull(strstr(error->message, "try again"));
    g_clear_error(&error);
    kit_commit(first);
    g_assert_true(rp_store_apply(second, "work", &copy, 100, &error));
    kit_commit(second);
}

/* What another process interned while this one remembered rows is found again. */
static void
test_two_writers(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) first = NULL;
    g_autoptr(RpStore) second = NULL;
    g_autofree char *uids = NULL;
    int64_t version;

    kit_init(&kit);
    first = kit_open(&kit);
    second = kit_open(&kit);
    KIT_APPLY(first, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    kit_commit(first);
    version = rp_store_data_version(first);
    g_assert_true(rp_store_drop_fetched(second, NULL));
    g_assert_cmpint(rp_store_data_version(first), !=, version);
    KIT_APPLY(first, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    kit_commit(first);
    uids = kit_uids_text(first);
    g_assert_cmpstr(uids, ==, "INBOX:1");
}

/* A database that somebody removes meanwhile: the end of a sync tells it. */
static void
test_removed(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) store = NULL;
    g_autoptr(GError) error = NULL;

    kit_init(&kit);
    store = kit_open(&kit);
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    kit_commit(store);
    g_assert_true(rp_store_checkpoint_wal(store, &error));
    g_assert_cmpint(g_remove(kit.path), ==, 0);
    g_assert_false(rp_store_checkpoint_wal(store, &error));
    g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED);
    g_assert_nonnull(strstr(error->message, "removed"));
}

/* A backup that is moved over it: no log of the old file is left beside it. */
static void
test_replaced(void)
{
    g_auto(Kit) kit = {0};
    RpStore *store;
    g_autoptr(RpStore) again = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *backup = NULL, *log = NULL, *uids = NULL, *bytes = NULL;
    GStatBuf info;
    gsize n;

    kit_init(&kit);
    backup = g_strconcat(kit.path, ".backup", NULL);
    log = g_strconcat(kit.path, "-wal", NULL);
    store = kit_open(&kit);
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    kit_commit(store);
    g_assert_true(rp_store_checkpoint_wal(store, NULL));
    g_assert_true(g_file_get_contents(kit.path, &bytes, &n, NULL));
    g_assert_true(g_file_set_contents(backup, bytes, (gssize)n, NULL));
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 2, "b@x.org", 0));
    kit_commit(store);
    g_assert_true(rp_store_is_in_place(store, NULL));
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 3, "c@x.org", 0));

    g_assert_cmpint(g_rename(backup, kit.path), ==, 0);
    g_assert_false(rp_store_is_in_place(store, &error));
    g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED);
    g_assert_cmpint(g_stat(log, &info), ==, 0);
    g_assert_cmpint(info.st_size, ==, 0);
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 4, "d@x.org", 0));
    kit_commit(store);
    rp_store_close(store);
    again = kit_open(&kit);
    uids = kit_uids_text(again);
    g_assert_cmpstr(uids, ==, "INBOX:1");
    g_assert_null(rp_store_check(again, NULL));
}

/* Neither a full disk nor what it leaves behind loses what was committed. */
static void
test_full(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) store = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *uids = NULL;
    bool is_good = true;

    kit_init(&kit);
    store = kit_open(&kit);
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    kit_commit(store);
    number(store, "PRAGMA max_page_count = 60");
    for (uint64_t uid = 2; is_good && uid < 5000; uid++) {
        g_autofree char *id = g_strdup_printf("%u@x.org", (unsigned)uid);
        g_auto(RpRecord) copy = kit_copy("INBOX", 1, uid, id, 0);

        is_good = rp_store_apply(store, "work", &copy, 100, &error);
    }
    g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FULL);
    g_assert_nonnull(strstr(error->message, "cannot write"));
    g_assert_nonnull(strstr(error->message, "make room"));
    uids = kit_uids_text(store);
    g_assert_cmpstr(uids, ==, "INBOX:1");
}

static void
limit_bytes(rlim_t n)
{
    struct rlimit limit;

    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &limit), ==, 0);
    limit.rlim_cur = n == 0 ? limit.rlim_max : n;
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
}

/* A limit on the size of files (ulimit -f): told each time it is met, and lived
 * through. */
static void
test_limit(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) store = NULL;

    kit_init(&kit);
    store = kit_open(&kit);
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    kit_commit(store);
    for (int i = 0; i < 3; i++) {
        g_autoptr(GError) error = NULL;
        bool is_good;

        limit_bytes(4096);
        is_good = rp_store_set_value(store, "a", "b", &error);
        limit_bytes(0);
        g_assert_false(is_good);
        g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FULL);
        g_assert_nonnull(strstr(error->message, "ulimit -f"));
    }
    g_assert_true(rp_store_set_value(store, "a", "b", NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/store/permissions", test_permissions);
    g_test_add_func("/store/reopen", test_reopen);
    g_test_add_func("/store/not-a-database", test_not_a_database);
    g_test_add_func("/store/read-only-folder", test_read_only_folder);
    g_test_add_func("/store/other-programs-database", test_other_programs_database);
    g_test_add_func("/store/newer", test_newer);
    g_test_add_func("/store/migrations", test_migrations);
    g_test_add_func("/store/facts-of-version-2", test_facts_of_version_2);
    g_test_add_func("/store/lock", test_lock);
    g_test_add_func("/store/busy", test_busy);
    g_test_add_func("/store/two-writers", test_two_writers);
    g_test_add_func("/store/removed", test_removed);
    g_test_add_func("/store/replaced", test_replaced);
    g_test_add_func("/store/full", test_full);
    g_test_add_func("/store/limit", test_limit);
    return g_test_run();
}
