/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-sync.c - a source is run, fed, heard, and survived
 *
 * The source is tests/fake-source, which does what the account's path says; the
 * store is tests/fake-store.c. Nothing waits for a time to pass: each run lasts until
 * its end is told.
 */
#include "sync/mishap.h"
#include "sync/sync.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fake-store.h"

enum { PATIENT_MS = 60 * 1000 };

/* What one run told. */
typedef struct {
    GMainLoop *loop;
    guint *n_running; /* shared by runs that last together */
    RpSync *sync;
    guint n_changed, n_rounds, n_problems, n_ends;
    char *told, *error_text;
    GQuark error_domain;
    int problem_code;
    bool free_at_round, stop_at_round, poke_at_idle;
} Run;

static void
on_progress(RpSync *sync G_GNUC_UNUSED, const RpProgress *progress, gpointer data)
{
    Run *run = data;

    g_free(run->told);
    run->told = g_strdup(progress->folder);
}

static void
on_problem(RpSync *sync G_GNUC_UNUSED, const RpProblem *problem G_GNUC_UNUSED,
           gpointer data)
{
    ((Run *)data)->n_problems++;
}

static void
on_round(RpSync *sync, RpRoundPhase phase, gpointer data)
{
    Run *run = data;

    run->n_rounds += phase == RP_ROUND_END ? 1 : 0;
    if (phase == RP_ROUND_IDLE && run->poke_at_idle)
        rp_sync_poke(sync);
    if (phase == RP_ROUND_END && run->stop_at_round)
        rp_sync_stop(sync);
    if (phase == RP_ROUND_END && run->free_at_round) {
        g_clear_pointer(&run->sync, rp_sync_free);
        g_main_loop_quit(run->loop);
    }
}

static void
on_changed(RpSync *sync G_GNUC_UNUSED, gpointer data)
{
    ((Run *)data)->n_changed++;
}

static void
on_end(RpSync *sync G_GNUC_UNUSED, int problem_code, const GError *error, gpointer data)
{
    Run *run = data;

    run->n_ends++;
    run->problem_code = problem_code;
    run->error_text = g_strdup(error == NULL ? NULL : error->message);
    run->error_domain = error == NULL ? 0 : error->domain;
    if (--*run->n_running == 0)
        g_main_loop_quit(run->loop);
}

static const RpSyncEvents EVENTS = {on_progress, on_problem, NULL, on_round,
                                    on_changed,  on_end,     NULL};

static RpAccountConfig *
make_account(RpConfig *config, const char *path)
{
    RpAccountConfig *account = g_new0(RpAccountConfig, 1);

    account->name = g_strdup("work");
    account->type = RP_SOURCE_MAILDIR;
    account->host = g_strdup("");
    account->user = g_strdup("");
    account->ca_file = g_strdup("");
    account->pin = g_strdup("");
    account->path = g_strdup(path);
    account->password_command = g_strdup("");
    account->token_command = g_strdup("");
    account->folders = g_ptr_array_new_with_free_func(g_free);
    account->sent_folders = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(config->accounts, account);
    return account;
}

static void
start(Run *run, RpStore *store, const RpConfig *config, const RpAccountConfig *account,
      bool is_watch)
{
    RpJob *job = rp_config_job(config, account);

    job->watch = is_watch;
    run->sync = rp_sync_new(store, account, job, &EVENTS, run);
    rp_sync_set_patience(run->sync, PATIENT_MS, PATIENT_MS);
    ++*run->n_running;
    rp_sync_start(run->sync);
}

static void
clear_run(Run *run)
{
    rp_sync_free(run->sync);
    g_free(run->told);
    g_free(run->error_text);
}

/* One account from start to end; the caller clears the run. */
static void
run_one(Run *run, RpStore *store, const char *path, bool is_watch)
{
    g_autoptr(RpConfig) config = rp_config_new();
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    guint n_running = 0;

    run->loop = loop;
    run->n_running = &n_running;
    start(run, store, config, make_account(config, path), is_watch);
    g_main_loop_run(loop);
}

static void
test_round(void)
{
    RpStore store = {0};
    Run run = {0};

    run_one(&run, &store, "begin mails=100 checkpoint end", false);
    g_assert_cmpstr(run.error_text, ==, NULL);
    g_assert_cmpint(run.problem_code, ==, -1);
    g_assert_cmpuint(rp_sync_counts(run.sync).n_messages, ==, 100);
    g_assert_cmpuint(store.n_committed, ==, 103);
    g_assert_cmpuint(store.n_batch, ==, 0);
    g_assert_cmpuint(store.n_wal_checkpoints, ==, 0);
    g_assert_cmpuint(run.n_rounds, ==, 1);
    g_assert_cmpuint(run.n_changed, >=, 1);
    clear_run(&run);
}

static void
test_batches(void)
{
    RpStore store = {0};
    Run run = {0};

    run_one(&run, &store, "begin mails=25000 checkpoint end", false);
    g_assert_cmpstr(run.error_text, ==, NULL);
    g_assert_cmpuint(store.n_committed, ==, 25003);
    g_assert_cmpuint(store.n_max_batch, <=, 10000);
    g_assert_cmpuint(store.n_commits, >=, 3);
    g_assert_cmpuint(store.n_wal_checkpoints, ==, 1);
    clear_run(&run);
}

/* 120,000 UIDs a folder are three KNOWN; the pipe holds far less than all. */
static void
test_told(void)
{
    RpStore store = {.n_states = 3, .n_known = 120000};
    Run run = {0};

    g_setenv("RIPOSTE_TEST_TOKEN", "hunter2", TRUE);
    run_one(&run, &store, "told", false);
    g_assert_cmpstr(run.error_text, ==, NULL);
    g_assert_nonnull(run.told);
    g_test_message("%s", run.told);
    g_assert_nonnull(strstr(run.told, "secret= states=3 lists=9 known=360000 "));
    g_assert_nonnull(strstr(run.told, "PATH"));
    g_assert_null(strstr(run.told, "TOKEN"));
    g_assert_null(strstr(run.told, "DBUS"));
    clear_run(&run);
}

static void
test_secret(void)
{
    RpStore store = {0};
    Run run = {0};
    g_autoptr(RpConfig) config = rp_config_new();
    RpAccountConfig *account = make_account(config, "told");
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    guint n_running = 0;

    account->type = RP_SOURCE_IMAP;
    g_free(account->password_command);
    account->password_command = g_strdup("printf 'open sesame\\n'");
    run.loop = loop;
    run.n_running = &n_running;
    start(&run, &store, config, account, false);
    g_main_loop_run(loop);
    g_assert_nonnull(run.told);
    g_assert_nonnull(strstr(run.told, "secret=open sesame "));
    clear_run(&run);
}

static void
test_secret_fails(void)
{
    RpStore store = {0};
    Run run = {0};
    g_autoptr(RpConfig) config = rp_config_new();
    RpAccountConfig *account = make_account(config, "told");
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    guint n_running = 0;

    account->type = RP_SOURCE_IMAP;
    g_free(account->password_command);
    account->password_command = g_strdup("exit 3");
    run.loop = loop;
    run.n_running = &n_running;
    start(&run, &store, config, account, false);
    g_main_loop_run(loop);
    g_assert_null(run.told);
    g_assert_cmpuint(run.error_domain, ==, RP_CONFIG_ERROR);
    clear_run(&run);
}

/* Whatever it does, it is told of once, and what came whole is kept. */
static void
test_misbehaving(void)
{
    static const struct {
        const char *what, *path, *error; /* a part of it */
        bool is_watch;
        int problem_code;
        uint32_t n_kept;
    } cases[] = {
        {"no stream", "begin mails=3 garbage wait", "broke the stream", false, -1, 4},
        {"a record cut off", "begin mails=3 half", "broke the stream", false, -1, 4},
        {"cut off and failed", "mails=3 half exit=4", "status 4", false, -1, 3},
        {"failed with words", "begin words=line words=out_of_cheese exit=1",
         "status 1: out_of_cheese", false, -1, 1},
        {"killed", "begin mails=3 kill", "signal 9", false, -1, 4},
        {"too much memory", "begin huge", "needed more memory than it may have", false,
         -1, 1},
        {"too much time", "begin signal=24", "used more processor time than it may",
         false, -1, 1},
        {"too large a file", "begin signal=25", "wrote more into a file than it may",
         false, -1, 1},
        {"wrong password", "begin problem=3 exit=1", "the fake one said so", false,
         RP_PROBLEM_AUTH, 2},
        {"a problem though all was well", "problem=2", "the fake one said so", false,
         RP_PROBLEM_NETWORK, 1},
        {"a problem before the round", "problem=2 begin end", NULL, false, -1, 3},
        {"one message", "begin problem=0 end", NULL, false, -1, 3},
        {"watching, it must not end", "begin mails=3 end", "ended unasked", true, -1,
         5},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpStore store = {0};
        Run run = {0};

        g_test_message("%s", cases[i].what);
        run_one(&run, &store, cases[i].path, cases[i].is_watch);
        if (cases[i].error == NULL)
            g_assert_cmpstr(run.error_text, ==, NULL);
        else if (run.error_text == NULL || !strstr(run.error_text, cases[i].error))
            g_assert_cmpstr(run.error_text, ==, cases[i].error);
        g_assert_cmpint(run.problem_code, ==, cases[i].problem_code);
        g_assert_cmpuint(store.n_committed, ==, cases[i].n_kept);
        g_assert_cmpuint(run.n_ends, ==, 1);
        clear_run(&run);
    }
}

/* The source dies with messages 7 and 9 as long as it meets them. */
static void
test_fatal_message(void)
{
    RpStore store = {0};
    guint n_runs = 0, n_problems = 0;
    bool is_well = false;

    for (; !is_well && n_runs < 20; n_runs++) {
        Run run = {0};

        run_one(&run, &store, "begin mails=3 fatal=9 mails=1 fatal=7 end", false);
        is_well = run.error_text == NULL;
        n_problems = run.n_problems;
        clear_run(&run);
    }
    /* 9: unseen, seen once, seen again: passed over from then on; 7: seen, again. */
    g_assert_cmpuint(n_runs, ==, 6);
    g_assert_cmpuint(n_problems, ==, 2);
    g_assert_nonnull(strstr(store.value, "\npassed 1 7 INBOX\npassed 1 9 INBOX\n"));
    g_assert_null(strstr(store.value, "careful"));
}

/* Only the same one twice in a row is to blame; and another version tries anew. */
static void
test_fatal_chance(void)
{
    RpStore store = {0};
    const char *const paths[] = {"begin fatal=1", "begin fatal=1", "begin fatal=2",
                                 "begin fatal=1", "begin kill",    "begin fatal=1"};

    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        Run run = {0};

        run_one(&run, &store, paths[i], false);
        g_assert_nonnull(run.error_text);
        clear_run(&run);
    }
    g_assert_null(strstr(store.value, "passed"));
    g_assert_nonnull(strstr(store.value, "suspect 1 1 INBOX"));
    store.value[0] = 'x';
    {
        Run run = {0};

        run_one(&run, &store, "begin fatal=1", false);
        clear_run(&run);
    }
    g_assert_nonnull(strstr(store.value, "careful"));
    g_assert_null(strstr(store.value, "passed"));
}

static void
test_watch(void)
{
    RpStore store = {0};
    Run run = {.poke_at_idle = true};

    run_one(&run, &store, "begin end idle pokes=1 begin mails=2 end exit=2", true);
    g_assert_cmpuint(run.n_rounds, ==, 2);
    g_assert_cmpuint(store.n_committed, ==, 6); /* all but what only waits */
    clear_run(&run);
}

static void
test_stop(void)
{
    RpStore store = {0};
    Run run = {.stop_at_round = true};

    run_one(&run, &store, "begin end wait", true);
    g_assert_cmpstr(run.error_text, ==, NULL);
    clear_run(&run);
}

/* It does not look at its standard input any more: killed after the grace. */
static void
test_stop_hanging(void)
{
    RpStore store = {0};
    g_autoptr(RpConfig) config = rp_config_new();
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    guint n_running = 0;
    Run run = {.loop = loop, .n_running = &n_running, .stop_at_round = true};

    start(&run, &store, config, make_account(config, "begin mails=1 end hang"), true);
    rp_sync_set_patience(run.sync, PATIENT_MS, 1);
    g_main_loop_run(loop);
    g_assert_cmpstr(run.error_text, ==, NULL);
    g_assert_cmpuint(store.n_committed, ==, 3);
    clear_run(&run);
}

static void
test_silent(void)
{
    RpStore store = {0};
    g_autoptr(RpConfig) config = rp_config_new();
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    guint n_running = 0;
    Run run = {.loop = loop, .n_running = &n_running};

    start(&run, &store, config, make_account(config, "hang"), false);
    rp_sync_set_patience(run.sync, 1, PATIENT_MS);
    g_main_loop_run(loop);
    g_assert_nonnull(run.error_text);
    g_assert_nonnull(strstr(run.error_text, "no sign of life"));
    clear_run(&run);
}

static void
test_free_in_callback(void)
{
    RpStore store = {0};
    Run run = {.free_at_round = true};

    run_one(&run, &store, "begin mails=5 end mails=5 end wait", true);
    g_assert_cmpuint(run.n_ends, ==, 0);
    g_assert_cmpuint(run.n_rounds, ==, 1);
    g_assert_cmpuint(store.n_batch, ==, 0);
    clear_run(&run);
}

static void
test_store_fails(void)
{
    RpStore store = {.fail_apply_at = 50};
    Run run = {0};

    run_one(&run, &store, "begin mails=100 checkpoint end wait", false);
    g_assert_cmpuint(run.error_domain, ==, RP_STORE_ERROR);
    g_assert_cmpstr(run.error_text, ==, "the disk is full");
    g_assert_cmpuint(store.n_committed, ==, 0);
    clear_run(&run);
}

static void
test_commit_fails(void)
{
    RpStore store = {.fail_commit = true};
    Run run = {0};

    run_one(&run, &store, "begin mails=5 end wait", false);
    g_assert_cmpstr(run.error_text, ==, "no commit today");
    g_assert_cmpuint(run.n_rounds, ==, 0);
    clear_run(&run);
}

/* A batch is rolled back as a whole: an account whose records were in it must
 * not go on as if they were kept. Both wait after them, so that only the failure
 * can end them. */
static void
test_two_accounts(void)
{
    RpStore store = {.fail_apply_at = 7};
    g_autoptr(RpConfig) config = rp_config_new();
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    guint n_running = 0;
    Run one = {.loop = loop, .n_running = &n_running};
    Run other = {.loop = loop, .n_running = &n_running};

    start(&one, &store, config, make_account(config, "mails=4 wait"), false);
    start(&other, &store, config, make_account(config, "mails=4 wait"), false);
    g_main_loop_run(loop);
    g_assert_cmpuint(store.n_rollbacks, >=, 1);
    g_assert_true(one.error_domain == RP_STORE_ERROR ||
                  other.error_domain == RP_STORE_ERROR);
    if (store.n_committed == 0) { /* not the timer in between */
        g_assert_cmpstr(one.error_text, ==, "the disk is full");
        g_assert_cmpstr(other.error_text, ==, "the disk is full");
    }
    clear_run(&one);
    clear_run(&other);
}

static void
test_cannot_run(void)
{
    g_autofree char *folder = g_dir_make_tmp("riposte-XXXXXX", NULL);
    g_autofree char *program = g_build_filename(folder, "riposte-fetch", NULL);
    g_autofree char *usual = g_strdup(g_getenv("RIPOSTE_LIBEXECDIR"));
    RpStore store = {0};
    Run run = {0};

    g_file_set_contents_full(program, "#!/nonexistent\n", -1, G_FILE_SET_CONTENTS_NONE,
                             0700, NULL);
    g_setenv("RIPOSTE_LIBEXECDIR", folder, TRUE);
    run_one(&run, &store, "begin end", false);
    g_assert_cmpuint(run.error_domain, ==, RP_SYNC_ERROR);
    g_assert_nonnull(strstr(run.error_text, program));
    clear_run(&run);
    g_setenv("RIPOSTE_LIBEXECDIR", usual, TRUE);
    g_unlink(program);
    g_rmdir(folder);
}

/* $RIPOSTE_LIBEXECDIR with the fake source as riposte-fetch; the caller's. */
static char *
install_fake(void)
{
    char *folder = g_dir_make_tmp("riposte-XXXXXX", NULL);
    g_autofree char *link = g_build_filename(folder, "riposte-fetch", NULL);
    g_autofree char *fake = g_test_build_filename(G_TEST_BUILT, "fake-source", NULL);
    g_autoptr(GFile) file = g_file_new_for_path(link);

    g_file_make_symbolic_link(file, fake, NULL, NULL);
    g_setenv("RIPOSTE_LIBEXECDIR", folder, TRUE);
    return folder;
}

/* A source that dies with whatever it reads must not cost all mail: three are passed
 * over, and more only after one was read well. */
static void
test_fatal_in_a_row(void)
{
    static const struct {
        uint64_t uid;
        bool is_read;
        guint n_passed;
    } steps[] = {{9, false, 1}, {8, false, 2}, {7, false, 3},
                 {6, false, 3}, {5, true, 3},  {4, false, 4}};
    g_autoptr(RpMishap) mishap = rp_mishap_load(NULL, "work");

    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        g_autoptr(RpUidList) uids = rp_uid_list_new("INBOX", 1);
        const RpUidList *passed;

        g_array_append_val(uids->uids, steps[i].uid);
        for (int k = 0; k < 2; k++) {
            rp_mishap_begin(mishap, uids);
            if (steps[i].is_read)
                rp_mishap_end(mishap);
            else
                rp_mishap_died(mishap);
        }
        passed = g_ptr_array_index(rp_mishap_passed(mishap), 0);
        g_assert_cmpuint(passed->uids->len, ==, steps[i].n_passed);
    }
}

int
main(int argc, char **argv)
{
    g_autofree char *folder = NULL;
    g_autofree char *link = NULL;
    int status;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    folder = install_fake();
    g_test_add_func("/sync/round", test_round);
    g_test_add_func("/sync/batches", test_batches);
    g_test_add_func("/sync/told", test_told);
    g_test_add_func("/sync/secret", test_secret);
    g_test_add_func("/sync/secret-fails", test_secret_fails);
    g_test_add_func("/sync/misbehaving", test_misbehaving);
    g_test_add_func("/sync/fatal-message", test_fatal_message);
    g_test_add_func("/sync/fatal-chance", test_fatal_chance);
    g_test_add_func("/sync/watch", test_watch);
    g_test_add_func("/sync/stop", test_stop);
    g_test_add_func("/sync/stop-hanging", test_stop_hanging);
    g_test_add_func("/sync/silent", test_silent);
    g_test_add_func("/sync/free-in-callback", test_free_in_callback);
    g_test_add_func("/sync/store-fails", test_store_fails);
    g_test_add_func("/sync/commit-fails", test_commit_fails);
    g_test_add_func("/sync/two-accounts", test_two_accounts);
    g_test_add_func("/sync/cannot-run", test_cannot_run);
    g_test_add_func("/sync/fatal-in-a-row", test_fatal_in_a_row);
    status = g_test_run();
    link = g_build_filename(folder, "riposte-fetch", NULL);
    g_unlink(link);
    g_rmdir(folder);
    return status;
}
