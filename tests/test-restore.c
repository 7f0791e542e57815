/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-restore.c - a database is the old or the restored one, whatever happens */
#include <config.h> /* the POSIX calls */

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backup-kit.h"
#include "store/state.h"

enum { N_BACKUPS = 30, N_PAGES = 60, N_RACES = 10 };

/* --- not enough room --- */

/* Files of this process may have n pages at the most. */
static void
limit_pages(rlim_t n)
{
    struct rlimit limit;

    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &limit), ==, 0);
    limit.rlim_cur = n == 0 ? limit.rlim_max : n * 4096;
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
}

static void
check_full(const Pair *pair, Present present)
{
    guint n_failed = 0;

    for (rlim_t n = 1; n <= N_PAGES; n += 3) {
        g_autoptr(GError) error = NULL;
        RpKept how;
        bool is_good;

        put_back(pair, present);
        limit_pages(n);
        is_good = restore(pair, &how, &error);
        limit_pages(0);
        g_test_message("%s, %u pages: %s", PRESENT_NAMES[present], (unsigned)n,
                       error != NULL ? error->message : "good");
        if (error == NULL || !g_str_has_prefix(error->message, "restored, but"))
            g_assert_true(check_outcome(pair, present) == is_good);
        if (!is_good) {
            g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FULL);
            g_assert_false(g_file_test(pair->kept, G_FILE_TEST_EXISTS));
        }
        n_failed += !is_good;
    }
    g_assert_cmpuint(n_failed, >, 5);
    g_assert_cmpuint(n_failed, <, N_PAGES);
}

static void
test_full(void)
{
    g_auto(Pair) pair = {0};

    pair_init(&pair);
    for (Present present = SOUND; present <= ABSENT; present++)
        check_full(&pair, present);
}

/* --- others that read and write --- */

/* Two mails at a time, until it is ended. */
static void
write_pairs(const char *path)
{
    g_autoptr(RpStore) store = rp_store_open(path, NULL);

    for (uint64_t uid = 10001;; uid += 2) {
        g_autofree char *one = g_strdup_printf("%u@x.org", (unsigned)uid);
        g_autofree char *other = g_strdup_printf("%u@x.org", (unsigned)uid + 1);

        KIT_APPLY(store, 100, kit_copy("INBOX", 1, uid, one, 0),
                  kit_copy("INBOX", 1, uid + 1, other, 0));
        kit_commit(store);
    }
}

static void
test_while_written(void)
{
    g_auto(Pair) pair = {0};
    g_autoptr(RpStore) store = NULL;
    int64_t first = N_COPIES;
    int64_t last = first;
    pid_t writer;

    pair_init(&pair);
    writer = fork();
    if (writer == 0) {
        write_pairs(pair.kit.path);
        _exit(1);
    }
    store = kit_open(&pair.kit);
    for (int i = 0; i < N_BACKUPS || last == first; i++) {
        g_autoptr(GError) error = NULL;
        int64_t n;

        g_assert_true(rp_store_backup(store, pair.backup, true, &error));
        g_assert_no_error(error);
        n = count_of(pair.backup);
        g_assert_cmpint(n % 2, ==, 0);
        g_assert_cmpint(n, >=, last);
        last = n;
    }
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
}

static int64_t
count_in(RpStore *store)
{
    int64_t n = -1;

    return rp_backup_count_messages(store, &n, NULL) ? n : -1;
}

/* A reader goes on with what it began with, and then sees what was restored. */
static int
read_through(const Pair *pair, int told, int tells)
{
    g_autoptr(RpStore) store = rp_store_open(pair->kit.path, NULL);
    int64_t version = rp_store_data_version(store);
    bool is_good;
    char byte = 0;

    rp_store_begin_read(store, NULL);
    is_good = count_in(store) == N_COPIES;
    if (write(tells, &byte, 1) != 1 || read(told, &byte, 1) != 1)
        return 1;
    is_good = is_good && count_in(store) == N_COPIES;
    rp_store_end_read(store);
    is_good = is_good && count_in(store) == 2 * N_COPIES;
    return is_good && rp_store_data_version(store) != version ? 0 : 2;
}

static void
test_while_read(void)
{
    g_auto(Pair) pair = {0};
    g_autoptr(GError) error = NULL;
    int to_reader[2];
    int from_reader[2];
    char byte = 0;
    int status = -1;
    RpKept how;
    pid_t reader;

    pair_init(&pair);
    g_assert_cmpint(pipe(to_reader), ==, 0);
    g_assert_cmpint(pipe(from_reader), ==, 0);
    reader = fork();
    if (reader == 0)
        _exit(read_through(&pair, to_reader[0], from_reader[1]));
    close(to_reader[0]);
    close(from_reader[1]);
    g_assert_cmpint(read(from_reader[0], &byte, 1), ==, 1);
    g_assert_true(restore(&pair, &how, &error));
    g_assert_no_error(error);
    g_assert_cmpint(write(to_reader[1], &byte, 1), ==, 1);
    g_assert_cmpint(waitpid(reader, &status, 0), ==, reader);
    g_assert_cmpint(status, ==, 0);
    close(to_reader[1]);
    close(from_reader[0]);
}

/* One value after the other, and how many of them are committed. */
static void
write_values(const char *path, volatile int *n_written)
{
    g_autoptr(RpStore) store = rp_store_open(path, NULL);

    for (int n = 0;; n++) {
        g_autofree char *name = g_strdup_printf("value %d", n);

        if (rp_store_set_value(store, name, "x", NULL))
            *n_written = n + 1;
    }
}

static bool
has_value(RpStore *store, int n)
{
    g_autofree char *name = g_strdup_printf("value %d", n);
    g_autofree char *value = rp_store_get_value(store, name, NULL);

    return value != NULL;
}

/* What is decided amid a restore is in what was kept, or in what was restored. */
static void
test_nothing_between(void)
{
    volatile int *n_written = mmap(NULL, sizeof *n_written, PROT_READ | PROT_WRITE,
                                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    for (int i = 0; i < N_RACES; i++) {
        g_auto(Pair) pair = {0};
        g_autoptr(RpStore) store = NULL;
        g_autoptr(RpStore) kept = NULL;
        g_autoptr(GError) error = NULL;
        RpKept how;
        pid_t writer;

        pair_init(&pair);
        *n_written = 0;
        writer = fork();
        if (writer == 0)
            write_values(pair.kit.path, n_written);
        while (*n_written < 3)
            g_usleep(100);
        g_assert_true(restore(&pair, &how, &error));
        g_assert_no_error(error);
        kill(writer, SIGKILL);
        waitpid(writer, NULL, 0);
        store = kit_open(&pair.kit);
        kept = rp_store_open(pair.kept, NULL);
        for (int n = 0; n < *n_written; n++)
            g_assert_true(has_value(kept, n) || has_value(store, n));
    }
    munmap((void *)(guintptr)n_written, sizeof *n_written);
}

/* --- killed --- */

static bool
is_among(uint64_t number, const long *numbers, size_t n)
{
    while (n > 0 && number != (uint64_t)numbers[n - 1])
        n--;
    return n > 0;
}

/* Of the calls that write a page, one in eight. */
static bool
changes_files(uint64_t number, guint *n_pages)
{
    static const long numbers[] = {
        SYS_write,     SYS_ftruncate, SYS_fsync,  SYS_fdatasync,
        SYS_renameat2, SYS_unlinkat,  SYS_linkat,
#ifdef SYS_unlink /* older machines' */
        SYS_unlink,    SYS_rename,    SYS_link,
#endif
    };

    return is_among(number, numbers, G_N_ELEMENTS(numbers)) ||
           (number == SYS_pwrite64 && ++*n_pages % 8 == 1);
}

/* Before the n-th call of the system that changes a file, from 0 on; false if it made
 * no n of them. */
static bool
kill_at(pid_t child, guint n)
{
    int status = 0;
    guint n_pages = 0;

    waitpid(child, &status, 0);
    ptrace(PTRACE_SETOPTIONS, child, 0L, PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD);
    for (;;) {
        struct __ptrace_syscall_info info = {0};

        ptrace(PTRACE_SYSCALL, child, 0L, 0L);
        if (waitpid(child, &status, 0) != child || WIFEXITED(status) ||
            WIFSIGNALED(status)) {
            g_assert_cmpint(status, ==, 0);
            return false;
        }
        ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info);
        if (info.op == PTRACE_SYSCALL_INFO_ENTRY &&
            changes_files(info.entry.nr, &n_pages) && n-- == 0)
            break;
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return true;
}

static bool
restore_killed(const Pair *pair, guint n)
{
    pid_t child = fork();
    RpKept how;

    g_assert_cmpint(child, >=, 0);
    if (child > 0)
        return kill_at(child, n);
    ptrace(PTRACE_TRACEME, 0, 0L, 0L);
    raise(SIGSTOP);
    _exit(restore(pair, &how, NULL) ? 0 : 1);
}

/* What was left lying about is in nobody's way. */
static void
restore_again(const Pair *pair)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dump = NULL;
    RpKept how;

    remove_beside(pair->kept);
    g_assert_true(restore(pair, &how, &error));
    g_assert_no_error(error);
    dump = dump_of(pair->kit.path);
    g_assert_cmpstr(dump, ==, pair->dump);
}

static void
test_killed_restore(void)
{
    g_auto(Pair) pair = {0};

    pair_init(&pair);
    for (Present present = SOUND; present <= ABSENT; present++) {
        guint n_new = 0;
        guint n = 0;

        put_back(&pair, present);
        for (; restore_killed(&pair, n); n++) {
            g_test_message("%s, before change %u", PRESENT_NAMES[present], n);
            n_new += check_outcome(&pair, present);
            if (n % 8 == 0)
                restore_again(&pair);
            put_back(&pair, present);
        }
        g_assert_cmpuint(n_new, >, 0);
        g_assert_cmpuint(n_new, <, n);
    }
}

static bool
backup_killed(const Pair *pair, guint n)
{
    pid_t child = fork();
    g_autoptr(RpStore) store = NULL;

    g_assert_cmpint(child, >=, 0);
    if (child > 0)
        return kill_at(child, n);
    store = kit_open(&pair->kit);
    ptrace(PTRACE_TRACEME, 0, 0L, 0L);
    raise(SIGSTOP);
    _exit(rp_store_backup(store, pair->backup, true, NULL) ? 0 : 1);
}

static void
test_killed_backup(void)
{
    g_auto(Pair) pair = {0};
    guint n_old = 0;

    pair_init(&pair);
    for (guint n = 0; backup_killed(&pair, n); n++) {
        int64_t found = count_of(pair.backup);

        g_test_message("before change %u: %d", n, (int)found);
        g_assert_true(found == N_COPIES || found == 2 * (int64_t)N_COPIES);
        n_old += found == 2 * (int64_t)N_COPIES;
    }
    g_assert_cmpuint(n_old, >, 5);
    g_assert_cmpint(count_of(pair.backup), ==, N_COPIES);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/restore/full", test_full);
    g_test_add_func("/restore/while-written", test_while_written);
    g_test_add_func("/restore/while-read", test_while_read);
    g_test_add_func("/restore/nothing-between", test_nothing_between);
    g_test_add_func("/restore/killed-restore", test_killed_restore);
    g_test_add_func("/restore/killed-backup", test_killed_backup);
    return g_test_run();
}
