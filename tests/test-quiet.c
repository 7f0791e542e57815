/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-quiet.c - with whom to be in touch again: who fell silent, and K3's cadences */
#include <string.h>

#include "report-mail.h"
#include "report/page.h"
#include "report/text.h"

enum { HOUR = RP_HOUR_S, DAY = RP_DAY_S };

/* 2026-11-09T00:00:00Z, a Monday. */
#define AS_OF ((int64_t)1794182400)

#define ME "me@example.org"

/* Three mails each way with each of them, the last so many hours ago. */
static const struct {
    const char *person, *account;
    int silent_h;
} people[] = {
    {"Ann <ann@example.org>", "home", 100 * 24},
    {"李小龍 陳大文 張三 李四 <li@example.org>", "home", 100 * 24 + 23},
    {"Bob <bob@example.org>", "work", 110 * 24},
};

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
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++) {
        for (int k = 0; k < 6; k++) {
            g_autofree char *id = g_strdup_printf("p%zu.%d", i, k);
            RpTestMail mail = {AS_OF - people[i].silent_h * (int64_t)HOUR - k * DAY,
                               id,
                               k % 2 == 0 ? people[i].person : ME,
                               k % 2 == 0 ? ME : people[i].person,
                               NULL,
                               id};

            rp_test_add_mail_of(corpus, people[i].account, &mail, (uint64_t)k + 1);
        }
    }
    fixture->view = rp_view_new(fixture->config, corpus, NULL, AS_OF);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    rp_view_free(fixture->view);
    rp_config_free(fixture->config);
}

/* "ann@example.org+ li@example.org", + by a cadence. */
static char *
keys_of(const RpView *view, const GArray *quiet)
{
    GString *keys = g_string_new(NULL);

    for (guint i = 0; i < quiet->len; i++) {
        const RpReportQuiet *row = &g_array_index(quiet, RpReportQuiet, i);

        g_string_append_printf(
            keys, "%s%s%s", i > 0 ? " " : "",
            g_array_index(view->corpus->persons, RpPerson, row->person).key,
            row->keep.cadence != NULL ? "+" : "");
    }
    return g_string_free(keys, FALSE);
}

static void
test_account(Fixture *fixture, gconstpointer data)
{
    static char home[] = "home", work[] = "work";
    static const struct {
        char *account;
        bool has_ann, has_li, has_bob;
    } cases[] = {
        {NULL, true, true, true},
        {home, true, true, false},
        {work, false, false, true},
    };

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const RpScope scope = {.person = RP_NONE, .account = cases[i].account};
        g_autoptr(GArray) quiet = rp_report_quiet(fixture->view, &scope);
        g_autofree char *keys = keys_of(fixture->view, quiet);

        g_test_message("%s", cases[i].account != NULL ? cases[i].account : "all");
        g_assert_true((strstr(keys, "ann@") != NULL) == cases[i].has_ann);
        g_assert_true((strstr(keys, "li@") != NULL) == cases[i].has_li);
        g_assert_true((strstr(keys, "bob@") != NULL) == cases[i].has_bob);
    }
}

/* K3: who has a cadence stands there by it alone: Bob, late, first; Ann, who may be
 * silent for a year, not at all. */
static void
test_cadence(Fixture *fixture, gconstpointer data)
{
    static char bob[] = "bob@example.org", ann[] = "ann@example.org";
    static RpCadenceRow rows[] = {
        {false, bob, 100 * DAY, 105 * DAY, 0},
        {false, ann, 365 * DAY, 400 * DAY, 0},
    };
    const RpScope scope = {.person = RP_NONE};
    g_autoptr(GArray) quiet = NULL;
    g_autofree char *keys = NULL;

    (void)data;
    fixture->view->cadences = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        g_ptr_array_add(fixture->view->cadences, &rows[i]);
    quiet = rp_report_quiet(fixture->view, &scope);
    keys = keys_of(fixture->view, quiet);
    g_assert_cmpstr(keys, ==, "bob@example.org+ li@example.org");
    g_assert_cmpuint(rp_report_n_keep(quiet), ==, 1);
    g_assert_cmpint(g_array_index(quiet, RpReportQuiet, 0).silent_s, ==, 110 * DAY);
    g_assert_cmpint(g_array_index(quiet, RpReportQuiet, 0).keep.late_at, ==,
                    AS_OF - 5 * DAY);
}

static char *
page_text(const RpView *view, const RpScope *scope, int width)
{
    RpReport report = {.scope = scope};
    RpPage page = {g_string_new(NULL), view, &report, {width, false, false}};
    char *text;

    report.quiet = rp_report_quiet(view, scope);
    rp_page_quiet(&page);
    text = rp_page_end(&page);
    g_array_unref(report.quiet);
    return text;
}

/* Columns hold, whatever the names and however long the silence: 100 d 23 h is wider
 * than 100 d. */
static void
test_columns(Fixture *fixture, gconstpointer data)
{
    const RpScope scope = {.person = RP_NONE};

    (void)data;
    for (int columns = 36; columns <= 80; columns += 44) {
        g_autofree char *text = page_text(fixture->view, &scope, columns);
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        guint n = g_strv_length(lines);
        int width = rp_text_width(lines[n - 2]);

        g_assert_nonnull(strstr(text, "  100 d 23 h  "));
        g_assert_cmpint(width, <=, columns);
        for (guint i = n - 5; i < n - 1; i++) { /* the head, and three people */
            g_test_message("%s", lines[i]);
            g_assert_cmpint(rp_text_width(lines[i]), ==, width);
        }
    }
}

#define ADD(path, function)                                                            \
    g_test_add("/quiet/" path, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    ADD("account", test_account);
    ADD("cadence", test_cadence);
    ADD("columns", test_columns);
    return g_test_run();
}
