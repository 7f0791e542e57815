/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-coverage.c - what a report rests on: of an account, of a time that still runs,
 * of what was never read */
#include "report-mail.h"
#include "report/words.h"

enum { HOUR = RP_HOUR_S, DAY = RP_DAY_S };

/* 2026-11-09T00:00:00Z, a Monday. */
#define MONDAY ((int64_t)1794182400)
#define AS_OF (MONDAY + 3 * DAY)

#define ANN "ann@example.org"
#define ME "me@example.org"

static const RpTestMail home_mails[] = {
    {MONDAY, "h1", ANN, ME, NULL, "One"},
    {MONDAY + HOUR, "h2", ME, ANN, "h1", "Re: One"},
};
static const RpTestMail work_mail = {MONDAY, "w1", ANN, ME, NULL, "Two"};

static char home[] = "home", work[] = "work", inbox[] = "INBOX", sent[] = "Sent",
            text[] = "no answer";
static RpFolderRow rows[] = {
    {home, inbox, inbox, RP_ROLE_INBOX, true, true, 1, 0, AS_OF},
    {home, sent, sent, RP_ROLE_SENT, true, true, 1, 0, AS_OF},
    {work, inbox, inbox, RP_ROLE_INBOX, true, true, 1, 2, AS_OF},
};
static RpProblemRow problem = {work, inbox, text, RP_PROBLEM_NETWORK, 0, AS_OF};

typedef struct {
    RpConfig *config;
    RpView *view;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
    RpCorpus *corpus = rp_corpus_new();

    (void)data;
    fixture->config = rp_test_config("UTC");
    for (size_t i = 0; i < G_N_ELEMENTS(home_mails); i++)
        rp_test_add_mail(corpus, &home_mails[i], i + 1);
    rp_test_add_mail_of(corpus, "work", &work_mail, 1);
    fixture->view = rp_view_new(fixture->config, corpus, NULL, AS_OF);
    fixture->view->folders = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        rows[i].last_sync_at = AS_OF;
        g_ptr_array_add(fixture->view->folders, &rows[i]);
    }
    fixture->view->problems = g_ptr_array_new();
    g_ptr_array_add(fixture->view->problems, &problem);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    rp_view_free(fixture->view);
    rp_config_free(fixture->config);
}

/* "no_sent:work: problem:work:INBOX", in their order. */
static char *
gaps_text(const RpCoverage *coverage)
{
    GString *all = g_string_new(NULL);

    for (guint i = 0; i < coverage->gaps->len; i++) {
        const RpGap *gap = &g_array_index(coverage->gaps, RpGap, i);

        g_string_append_printf(all, "%s%s:%s:%s", i > 0 ? " " : "",
                               rp_report_gap_name(gap->kind), gap->account,
                               gap->folder);
    }
    return g_string_free(all, FALSE);
}

static void
test_account(Fixture *fixture, gconstpointer data)
{
    static const struct {
        char *account;
        uint32_t n_accounts, n_folders, n_messages, n_unreadable;
        const char *gaps;
    } cases[] = {
        {NULL, 2, 3, 3, 2, "no_sent:work: problem:work:INBOX"},
        {home, 1, 2, 2, 0, ""},
        {work, 1, 1, 1, 2, "no_sent:work: problem:work:INBOX"},
    };

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const RpScope scope = {.person = RP_NONE,
                               .account = cases[i].account,
                               .period = {.from_at = MONDAY, .until_at = AS_OF}};
        RpCoverage coverage;
        g_autofree char *gaps = NULL;

        rp_report_cover(fixture->view, &scope, &coverage);
        gaps = gaps_text(&coverage);
        g_test_message("%s", cases[i].account != NULL ? cases[i].account : "all");
        g_assert_cmpuint(coverage.n_accounts, ==, cases[i].n_accounts);
        g_assert_cmpuint(coverage.n_folders, ==, cases[i].n_folders);
        g_assert_cmpuint(coverage.folders->len, ==, cases[i].n_folders);
        g_assert_cmpuint(coverage.n_messages, ==, cases[i].n_messages);
        g_assert_cmpuint(coverage.n_unreadable, ==, cases[i].n_unreadable);
        g_assert_cmpstr(gaps, ==, cases[i].gaps);
        rp_report_coverage_clear(&coverage);
    }
}

/* What is over must have been read since; what runs, within a day. */
static void
test_stale(Fixture *fixture, gconstpointer data)
{
    static const struct {
        const char *what;
        int64_t until_at, read_at;
        const char *gaps, *said;
    } cases[] = {
        {"over, read at its end", AS_OF - DAY, AS_OF - DAY, "", NULL},
        {"over, read before its end", AS_OF - DAY, AS_OF - DAY - 1, "stale:home:INBOX",
         "before this period ended."},
        {"over just now", AS_OF, AS_OF - 1, "stale:home:INBOX",
         "before this period ended."},
        {"running, read today", AS_OF + DAY, AS_OF - HOUR, "", NULL},
        {"running, read a day ago", AS_OF + DAY, AS_OF - DAY, "", NULL},
        {"running, read before that", AS_OF + DAY, AS_OF - DAY - 1, "stale:home:INBOX",
         "more than a day ago."},
    };

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const RpScope scope = {
            .person = RP_NONE,
            .account = home,
            .period = {.from_at = MONDAY, .until_at = cases[i].until_at}};
        RpCoverage coverage;
        g_autofree char *gaps = NULL;

        rows[0].last_sync_at = cases[i].read_at;
        rp_report_cover(fixture->view, &scope, &coverage);
        gaps = gaps_text(&coverage);
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(gaps, ==, cases[i].gaps);
        if (cases[i].said != NULL && coverage.gaps->len > 0) {
            g_autofree char *said =
                rp_words_gap(&g_array_index(coverage.gaps, RpGap, 0));

            g_assert_true(g_str_has_suffix(said, cases[i].said));
        }
        rp_report_coverage_clear(&coverage);
    }
}

/* An account of which nothing was ever listed: no time by which all was read. */
static void
test_never_read(Fixture *fixture, gconstpointer data)
{
    RpScope scope = {.person = RP_NONE,
                     .period = {.from_at = MONDAY, .until_at = AS_OF}};
    RpAccountConfig *account = g_new0(RpAccountConfig, 1);
    RpReport report = {.scope = &scope};
    g_autofree char *said = NULL;

    (void)data;
    account->name = g_strdup("new");
    account->folders = g_ptr_array_new();
    account->sent_folders = g_ptr_array_new();
    g_ptr_array_add(fixture->config->accounts, account);
    rp_report_cover(fixture->view, &scope, &report.coverage);
    said = rp_words_ground(fixture->view, &report);
    g_assert_true(report.coverage.read_at == RP_NEVER);
    g_assert_cmpstr(
        said, ==,
        "This rests on 3 messages in 3 folders of 2 accounts, not all of it "
        "read yet: 3 gaps, 2 unreadable, 0 guessed times.");
    rp_report_coverage_clear(&report.coverage);

    scope.account = home;
    rp_report_cover(fixture->view, &scope, &report.coverage);
    g_assert_cmpint(report.coverage.read_at, ==, AS_OF);
    rp_report_coverage_clear(&report.coverage);
}

static void
test_ground(Fixture *fixture, gconstpointer data)
{
    RpScope scope = {.person = RP_NONE};
    RpReport report = {.scope = &scope,
                       .coverage = {.n_accounts = 1,
                                    .n_folders = 1,
                                    .n_messages = 1,
                                    .n_guessed_times = 1,
                                    .read_at = AS_OF}};
    g_autofree char *said = NULL;

    (void)data;
    report.coverage.gaps = g_array_new(FALSE, FALSE, sizeof(RpGap));
    said = rp_words_ground(fixture->view, &report);
    g_assert_cmpstr(said, ==,
                    "This rests on 1 message in 1 folder of 1 account, all read by "
                    "2026-11-12 00:00: 0 gaps, 0 unreadable, 1 guessed time.");
    rp_report_coverage_clear(&report.coverage);
}

#define ADD(path, function)                                                            \
    g_test_add("/coverage/" path, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    ADD("account", test_account);
    ADD("stale", test_stale);
    ADD("never-read", test_never_read);
    ADD("ground", test_ground);
    return g_test_run();
}
