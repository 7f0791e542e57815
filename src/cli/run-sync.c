/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-sync.c - one round of several accounts, side by side, on the main loop */
#include "cli/run-sync.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#include "cli/progress.h"
#include "report/text.h"
#include "sync/sync.h"

typedef struct {
    GMainLoop *loop;          /* own */
    GPtrArray *runs;          /* own, of AccountRun * */
    RpProgressView *progress; /* own */
    int64_t since_at;
    guint n_running;
    int n_signals;
    bool is_verbose;
} Round;

typedef struct {
    Round *round;                   /* foreign */
    const RpAccountConfig *account; /* foreign */
    guint row;
    RpSync *sync;           /* own */
    RpSyncOutcome *outcome; /* own */
    GHashTable *names;      /* own; raw folder name to the name for people */
} AccountRun;

void
rp_sync_outcome_free(RpSyncOutcome *outcome)
{
    g_free(outcome->account);
    g_free(outcome->message);
    g_free(outcome);
}

void
rp_sync_result_free(RpSyncResult *result)
{
    if (result == NULL)
        return;
    g_ptr_array_unref(result->outcomes);
    g_free(result);
}

static void
account_run_free(AccountRun *run)
{
    rp_sync_free(run->sync);
    if (run->outcome != NULL)
        rp_sync_outcome_free(run->outcome);
    g_hash_table_unref(run->names);
    g_free(run);
}

/* --- what an account tells --- */

static const char *
folder_name(const AccountRun *run, const char *folder)
{
    const char *name = g_hash_table_lookup(run->names, folder);

    return name != NULL ? name : folder;
}

static void
on_progress(RpSync *sync, const RpProgress *progress, gpointer data)
{
    AccountRun *run = data;

    (void)sync;
    rp_progress_set(run->round->progress, run->row, folder_name(run, progress->folder),
                    progress->n_done, progress->n_total, g_get_monotonic_time());
}

static void
on_folder(RpSync *sync, const RpFolderInfo *folder, gpointer data)
{
    AccountRun *run = data;

    (void)sync;
    g_hash_table_insert(run->names, g_strdup(folder->folder), g_strdup(folder->name));
    run->outcome->n_folders += folder->is_read;
}

/* The account's own problem comes with on_end; unreadable messages are counted. */
static void
on_problem(RpSync *sync, const RpProblem *problem, gpointer data)
{
    AccountRun *run = data;
    g_autofree char *text = rp_text_clean(problem->text, 0);
    g_autofree char *name = rp_text_clean(folder_name(run, problem->folder), 0);

    if (*problem->folder == '\0' ||
        (problem->code == RP_PROBLEM_UNREADABLE && !run->round->is_verbose))
        return;
    rp_progress_say(run->round->progress, "%s: %s: %s", rp_sync_account(sync), name,
                    text);
}

/* Will it do better by itself later? A source that died told no problem. */
static bool
is_later(int problem_code, const GError *error)
{
    return problem_code == RP_PROBLEM_NETWORK ||
           (problem_code < 0 &&
            g_error_matches(error, RP_SYNC_ERROR, RP_SYNC_ERROR_RETRY)) ||
           g_error_matches(error, RP_STORE_ERROR, RP_STORE_ERROR_BUSY);
}

/* What to do about a login that was refused. */
static const char *
advice(int problem_code, const RpAccountConfig *account)
{
    if (problem_code != RP_PROBLEM_AUTH)
        return "";
    if (*account->token_command != '\0')
        return _(" (check user and token_command)");
    if (*account->password_command != '\0')
        return _(" (check user and password_command)");
    if (account->libsecret)
        return _(" (check user, and the password in the keyring)");
    return _(" (write password_command=, token_command= or libsecret=true into its"
             " section)");
}

static void
on_end(RpSync *sync, int problem_code, const GError *error, gpointer data)
{
    AccountRun *run = data;
    RpSyncCounts counts = rp_sync_counts(sync);

    run->outcome->n_messages = counts.n_messages;
    run->outcome->n_unreadable = counts.n_unreadable;
    if (error != NULL) {
        g_autofree char *text = rp_text_clean(error->message, 0);

        run->outcome->message =
            g_strconcat(text, advice(problem_code, run->account), NULL);
        run->outcome->is_later = is_later(problem_code, error);
        rp_progress_say(run->round->progress, "%s", run->outcome->message);
    }
    rp_progress_end(run->round->progress, run->row);
    if (--run->round->n_running == 0)
        g_main_loop_quit(run->round->loop);
}

static const RpSyncEvents EVENTS = {
    .on_progress = on_progress,
    .on_folder = on_folder,
    .on_problem = on_problem,
    .on_end = on_end,
};

/* --- the round --- */

static gboolean
on_signal(gpointer data)
{
    Round *round = data;

    if (++round->n_signals > 1) {
        g_main_loop_quit(round->loop);
        return G_SOURCE_CONTINUE;
    }
    rp_progress_say(round->progress,
                    _("stopping; what was read is kept, and the next run"
                      " goes on from there"));
    for (guint i = 0; i < round->runs->len; i++) {
        AccountRun *run = g_ptr_array_index(round->runs, i);

        rp_sync_stop(run->sync);
    }
    return G_SOURCE_CONTINUE;
}

static AccountRun *
account_run_new(Round *round, RpCli *cli, const RpAccountConfig *account)
{
    AccountRun *run = g_new0(AccountRun, 1);
    RpJob *job = rp_config_job(cli->config, account);

    job->since_at = round->since_at;
    run->round = round;
    run->account = account;
    run->outcome = g_new0(RpSyncOutcome, 1);
    run->outcome->account = g_strdup(account->name);
    run->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    run->sync = rp_sync_new(cli->store, account, job, &EVENTS, run);
    run->row = rp_progress_add(round->progress, account->name);
    return run;
}

static void
start(Round *round, RpCli *cli, const GPtrArray *accounts)
{
    for (guint i = 0; i < accounts->len; i++) {
        const RpAccountConfig *account = g_ptr_array_index(accounts, i);

        g_ptr_array_add(round->runs, account_run_new(round, cli, account));
    }
    round->n_running = accounts->len;
    for (guint i = 0; i < round->runs->len; i++) {
        AccountRun *run = g_ptr_array_index(round->runs, i);

        rp_sync_start(run->sync);
    }
}

static RpSyncResult *
make_result(Round *round)
{
    RpSyncResult *result = g_new0(RpSyncResult, 1);

    result->is_interrupted = round->n_signals > 0;
    result->outcomes =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_sync_outcome_free);
    for (guint i = 0; i < round->runs->len; i++) {
        AccountRun *run = g_ptr_array_index(round->runs, i);

        g_ptr_array_add(result->outcomes, g_steal_pointer(&run->outcome));
    }
    return result;
}

RpSyncResult *
rp_cli_run_sync(RpCli *cli, const GPtrArray *accounts, int64_t since_at)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(GPtrArray) runs =
        g_ptr_array_new_with_free_func((GDestroyNotify)account_run_free);
    g_autoptr(RpProgressView) progress =
        rp_progress_new(isatty(STDERR_FILENO), cli->width);
    Round round = {.loop = loop,
                   .runs = runs,
                   .progress = progress,
                   .since_at = since_at,
                   .is_verbose = cli->is_verbose};
    guint interrupt = g_unix_signal_add(SIGINT, on_signal, &round);
    guint terminate = g_unix_signal_add(SIGTERM, on_signal, &round);

    start(&round, cli, accounts);
    if (round.n_running > 0)
        g_main_loop_run(loop);
    g_source_remove(interrupt);
    g_source_remove(terminate);
    return make_result(&round);
}

/* --- folders alone --- */

typedef struct {
    GMainLoop *loop;    /* foreign */
    GPtrArray *folders; /* own, of RpFolderInfo * */
    GError *error;      /* own */
    RpLogin login;
} Listing;

static void
on_listed_folder(RpSync *sync, const RpFolderInfo *folder, gpointer data)
{
    Listing *listing = data;
    RpFolderInfo *copy = rp_folder_info_new(folder->folder, folder->name, folder->role);

    (void)sync;
    copy->is_read = folder->is_read;
    copy->delimiter = folder->delimiter;
    g_ptr_array_add(listing->folders, copy);
}

static void
on_listed_certificate(RpSync *sync, int64_t expires_at, gpointer data)
{
    Listing *listing = data;

    (void)sync;
    listing->login.certificate_ends_at = expires_at;
}

static void
on_listing_end(RpSync *sync, int problem_code, const GError *error, gpointer data)
{
    Listing *listing = data;

    (void)sync;
    listing->login.problem_code = problem_code;
    if (error != NULL) {
        g_autofree char *text = rp_text_clean(error->message, 0);

        listing->error =
            g_error_new(RP_CLI_ERROR,
                        problem_code == RP_PROBLEM_NETWORK ? RP_CLI_ERROR_LATER
                                                           : RP_CLI_ERROR_FAILED,
                        "%s", text);
    }
    g_main_loop_quit(listing->loop);
}

GPtrArray *
rp_cli_list_folders(const RpConfig *config, const RpAccountConfig *account,
                    RpLogin *login, GError **error)
{
    static const RpSyncEvents events = {
        .on_folder = on_listed_folder,
        .on_certificate = on_listed_certificate,
        .on_end = on_listing_end,
    };
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(GPtrArray) folders =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_folder_info_free);
    Listing listing = {loop, folders, NULL, {-1, RP_NEVER}};
    RpJob *job = rp_config_job(config, account);
    g_autoptr(RpSync) sync = NULL;

    job->only_list = true;
    sync = rp_sync_new(NULL, account, job, &events, &listing);
    rp_sync_start(sync);
    g_main_loop_run(loop);
    if (login != NULL)
        *login = listing.login;
    if (listing.error != NULL) {
        g_propagate_error(error, listing.error);
        return NULL;
    }
    return g_steal_pointer(&folders);
}
