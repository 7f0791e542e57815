/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-explain.c - the list for a terminal, and why each entry stands there */
#include <string.h>

#include "report-mail.h"
#include "report/contact.h"
#include "report/explain.h"
#include "report/list.h"
#include "report/steps.h"

enum { HOUR = RP_HOUR_S, DAY = RP_DAY_S };

/* 2026-11-09T09:00:00Z */
#define NINE ((int64_t)1794214800)
#define AS_OF (NINE + 3 * DAY)

#define ANN "Ann A. <ann@example.org>"
#define BOB "bob@example.org"
#define EVE "Eve \033[31m\342\200\256 <eve@example.net>"
#define ME "Me <me@example.org>"

/* t: I asked Ann and Bob; Bob answered, which released Ann; she then wrote by
 * herself, and I asked her again. q: Ann asked twice. v: a stranger, last hour. */
static const RpTestMail mails[] = {
    {NINE - 20 * DAY, "t1", ME, ANN "," BOB, NULL, "Which way?"},
    {NINE - 19 * DAY, "t2", BOB, ME, "t1", "Re: Which way?"},
    {NINE, "q1", ANN, ME, NULL, "Plan"},
    {NINE + DAY, "q2", ANN, ME, "q1", "Re: Plan"},
    {NINE + DAY + HOUR, "q3", "mailer-daemon@example.org", ME, "q2", "Undelivered"},
    {NINE + DAY + 2 * HOUR, "w1", ME, ANN, NULL, "Soon"},
    {NINE + DAY + 3 * HOUR, "w2", ANN, ME, "w1", "Out of office"},
    {NINE + 3 * DAY - HOUR, "v1", EVE, ME, NULL, "gnp\342\200\256.\033]0;x\a exe"},
};

typedef struct {
    RpConfig *config;
    RpView *view;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->config = rp_test_config("UTC");
    fixture->view =
        rp_test_view(fixture->config, mails, G_N_ELEMENTS(mails), AS_OF, false);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    rp_view_free(fixture->view);
    rp_config_free(fixture->config);
}

/* By R12's usual waits (F0) 3 d leave 5 % of 40 %.
 * Ann has waited for 3 d, Eve for 1 h; Ann's automatic reply stands beside my own
 * wait for her; Bob's answer asks something too. Nothing of a sender's escape sequences
 * is left. */
static const char list_expected[] =
    "Replies you owe (1)\n"
    "  1  Ann A.                  Plan\n"
    "     waits 3 d, overdue by 1 d (R4: wrote to you on 2026-11-09 09:00; R12: 40 %, "
    "by"
    " now 5 %)\n"
    "\n"
    "New people (1)\n"
    "  2  Eve [31m                gnp.]0;x exe\n"
    "     waits 1 h, due in 1 d 23 h (R4: wrote to you on 2026-11-12 08:00, a"
    " stranger; R12: 34 %, by now 28 %)\n"
    "\n"
    "People to chase (1)\n"
    "  3  Ann A.                  Soon\n"
    "     silent for 1 d 22 h, due in 2 h, away (automatic reply of 2026-11-10 12:00) "
    "(R6:"
    " you wrote on 2026-11-10 11:00; chase after 2 d; R12: 60 %, by now 14 %)\n"
    "\n"
    "Probably done (R12) (1)\n"
    "  4  bob@example.org         Re: Which way?\n"
    "     waits 22 d, overdue by 20 d (R4: wrote to you on 2026-10-21 09:00; R12: 50"
    " %, by now 0 %)\n";

static void
test_list(Fixture *fixture, gconstpointer data)
{
    RpListStyle style = {0, false, false, false, false};
    g_autoptr(GPtrArray) open =
        rp_view_open_followups(fixture->view, RP_VIEW_MINE | RP_VIEW_THEIRS);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = rp_list_text(fixture->view, open, &style, ids);

    (void)data;
    g_assert_cmpstr(text, ==, list_expected);
    g_assert_cmpuint(ids->len, ==, 4);
    g_assert_cmpstr(
        g_ptr_array_index(ids, 2), ==,
        rp_followup_id(rp_test_opened_by(fixture->view, "w1", "ann@example.org")));
}

static void
test_list_width(Fixture *fixture, gconstpointer data)
{
    RpListStyle style = {60, true, true, false, false};
    g_autoptr(GPtrArray) all =
        rp_view_all_followups(fixture->view, RP_VIEW_MINE | RP_VIEW_THEIRS);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = rp_list_text(fixture->view, all, &style, ids);
    g_autoptr(GRegex) colors = g_regex_new("\033\\[[0-9;]*m", 0, 0, NULL);
    g_autofree char *plain = g_regex_replace_literal(colors, text, -1, 0, "", 0, NULL);
    g_auto(GStrv) lines = g_strsplit(plain, "\n", -1);

    (void)data;
    g_assert_cmpstr(text, !=, plain);
    g_assert_cmpuint(ids->len, ==, fixture->view->derivation->followups->len);
    for (char **line = lines; *line != NULL; line++)
        g_assert_cmpint(g_utf8_strlen(*line, -1), <=, 60);
}

static void
test_list_empty(void)
{
    RpListStyle style = {0, false, false, false, false};
    RpConfig *config = rp_test_config("UTC");
    g_autoptr(RpView) unread = rp_test_view(config, mails, 0, AS_OF, false);
    g_autoptr(RpView) quiet = rp_test_view(config, mails, 2, NINE - 18 * DAY, false);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    g_autofree char *first = rp_list_text(unread, none, &style, ids);
    g_autofree char *later = rp_list_text(quiet, none, &style, ids);
    g_autoptr(RpView) past = rp_test_view(config, mails, 2, DAY, false);
    g_autofree char *too_early = rp_list_text(past, none, &style, ids);

    g_assert_nonnull(strstr(first, "riposte sync"));
    g_assert_cmpstr(
        too_early, ==,
        "All mail is later than 1970-01-02 00:00: set the clock, or --now.\n");
    g_assert_nonnull(strstr(later, "Nothing is due"));
    rp_config_free(config);
}

/* R12: Ann has waited for longer, but Bob's mail may still get an answer. */
static void
test_list_done(void)
{
    static const RpTestMail old[] = {
        {AS_OF - 12 * DAY, "a1", ANN, ME, NULL, "One"},
        {AS_OF - 8 * DAY, "b1", BOB, ME, NULL, "Two"},
    };
    RpListStyle style = {0, false, false, false, false};
    RpConfig *config = rp_test_config("UTC");
    g_autoptr(RpView) view = rp_test_view(config, old, G_N_ELEMENTS(old), AS_OF, false);
    g_autoptr(GPtrArray) open = rp_view_open_followups(view, RP_VIEW_MINE);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = rp_list_text(view, open, &style, ids);

    g_assert_true(g_str_has_prefix(text, "Probably done (R12) (2)\n"
                                         "  1  bob@example.org         Two\n"));
    g_assert_nonnull(strstr(text, "  2  Ann A.                  One\n"));
    rp_config_free(config);
}

/* Each follow-up's steps, as "RULE what-it-begins-with". */
static void
test_steps(Fixture *fixture, gconstpointer data)
{
    static const struct {
        const char *what, *opened_by, *person, *expected;
    } cases[] = {
        {"asked twice: the clock stays", "q1", "ann@example.org",
         "R4 q1 opens it|R4 q2 would open it"},
        {"released by another", "t1", "ann@example.org",
         "R6 t1 opens it|R8 t2 releases"},
        {"answered", "t1", "bob@example.org", "R6 t1 opens it|R7 t2 answers it"},
        {"an automatic reply", "w1", "ann@example.org",
         "R6 w1 opens it|R3 w2 changes nothing"},
    };

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) steps = rp_steps_of(
            fixture->view,
            rp_test_opened_by(fixture->view, cases[i].opened_by, cases[i].person));
        g_auto(GStrv) expected = g_strsplit(cases[i].expected, "|", -1);

        g_test_message("%s", cases[i].what);
        g_assert_cmpuint(steps->len, ==, g_strv_length(expected));
        for (guint j = 0; j < MIN(steps->len, g_strv_length(expected)); j++) {
            const RpStep *step = &g_array_index(steps, RpStep, j);
            g_autofree char *got = g_strdup_printf(
                "%s %s %s", step->rule,
                rp_message_id(fixture->view->derivation,
                              &g_array_index(fixture->view->derivation->messages,
                                             RpMessage, step->message)),
                step->what);

            g_assert_cmpint(strncmp(got, expected[j], strlen(expected[j])), ==, 0);
        }
    }
}

/* The first of two, as the two name it; the later one by what it names. */
static void
test_joined(Fixture *fixture, gconstpointer data)
{
    static const struct {
        const char *id, *expected;
    } cases[] = {
        {"q1", "its own id, which <q2> names"},
        {"q2", "In-Reply-To <q1>"},
        {"v1", NULL},
    };

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const RpDerivation *derivation = fixture->view->derivation;
        g_autofree char *joined = rp_steps_joined_by(
            fixture->view, rp_test_index_of(derivation, cases[i].id));

        g_test_message("%s", cases[i].id);
        g_assert_cmpstr(joined, ==, cases[i].expected);
    }
}

static void
test_explain(Fixture *fixture, gconstpointer data)
{
    static const char *const expected[] = {
        ": you owe Ann A. a reply\n",
        "  subject: Plan\n",
        "open, waits 3 d, overdue by 1 d (R4)",
        "limit 2 d (R11): warned of from 2026-11-10 09:00, overdue from 2026-11-11",
        "2026-11-09 09:00  Ann A. wrote: opens it (R4)",
        "<q1>, personal: ",
        "time from internaldate",
        "in this conversation by In-Reply-To <q1>",
    };
    const RpFollowup *followup =
        rp_test_opened_by(fixture->view, "q1", "ann@example.org");
    g_autofree char *text = rp_explain_text(fixture->view, followup, false);
    g_autofree char *json = rp_explain_json(fixture->view, followup);
    g_autoptr(JsonNode) root = json_from_string(json, NULL);

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_test_message("%s", expected[i]);
        g_assert_nonnull(strstr(text, expected[i]));
    }
    g_assert_nonnull(root);
    g_assert_cmpuint(json_array_get_length(json_object_get_array_member(
                         json_node_get_object(root), "steps")),
                     ==, 2);
}

/* The words of a state are no names of it: there is no "answered_elsewhere". */
static void
test_closed(Fixture *fixture, gconstpointer data)
{
    static const struct {
        RpState state;
        int64_t latency_s;
        const char *said;
    } cases[] = {
        {RP_STATE_ANSWERED, 2 * DAY, "answered after 2 d"},
        {RP_STATE_DONE, 26 * 3600, "done after 1 d 2 h"},
        {RP_STATE_RELEASED, -1, "released on 1970-01-02 00:00"},
        {RP_STATE_ANSWERED_ELSEWHERE, -1, "answered elsewhere on 1970-01-02 00:00"},
    };

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const RpFollowup followup = {
            .state = cases[i].state, .latency_s = cases[i].latency_s, .closed_at = DAY};
        g_autofree char *said = rp_list_wait(fixture->view, &followup);

        g_assert_cmpstr(said, ==, cases[i].said);
    }
}

/* Of theirs: released after 1 d, answered after 1 d, silent for 1 d 22 h. */
static void
test_explain_figure(Fixture *fixture, gconstpointer data)
{
    static const struct {
        const char *name, *expected; /* NULL: no such figure */
    } cases[] = {
        {"theirs.estimate.n", "= 3,|n 3, events 1, censored 2"},
        {"report.theirs.estimate.within_24h", "= 33.33 %,|n 3, events 1"},
        {"theirs.answered_only.median_s", "= 1 d,|n 1, events 1, censored 0"},
        {"theirs.released", "= 1,|n 1, events 0, censored 1"},
        {"theirs.answers_sent", "= 1,|n 1, events 1"},
        {"theirs.answered_only.within_24h", "= 100 %,|n 1, events 1, censored 0"},
        {"mine.estimate.median_s", "= not reached,|n 3, events 0, censored 3"},
        /* The report has a dash where there is nothing to reach it. */
        {"mine.answered_only.median_s", "= -,|n 0, events 0"},
        {"mine.answered_only.within_24h", "= -,|n 0, events 0"},
        {"mine.estimate", NULL},
        {"mine.estimate.nothing", NULL},
        {"mine.", NULL},
        {"ours.opened", NULL},
        {".", NULL},
    };

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const RpScope scope = {
            .period = {.from_at = NINE - 30 * DAY, .until_at = AS_OF, .label = ""},
            .person = RP_NONE};
        RpFigureQuestion question = {cases[i].name, &scope};
        g_autofree char *text = rp_explain_figure_text(fixture->view, &question, 80);
        g_autofree char *json = rp_explain_figure_json(fixture->view, &question);
        g_auto(GStrv) parts =
            g_strsplit(cases[i].expected != NULL ? cases[i].expected : "", "|", -1);

        g_test_message("%s", cases[i].name);
        g_assert_true((text != NULL) == (cases[i].expected != NULL));
        g_assert_true((json != NULL) == (cases[i].expected != NULL));
        for (char **part = parts; text != NULL && *part != NULL; part++)
            g_assert_nonnull(strstr(text, *part));
    }
}

static void
test_contact(Fixture *fixture, gconstpointer data)
{
    static const char *const expected[] = {
        "Ann A.\n  ann@example.org\n",
        "last heard from  2026-11-10 09:00 (2 d ago)",
        "last written to  2026-11-10 11:00 (1 d 22 h ago)",
        "Replies you owe (1)",
        "People to chase (1)",
        "How fast, the unanswered counted",
    };
    RpListStyle style = {80, false, false, false, false};
    g_autoptr(GArray) ann = rp_view_find_persons(fixture->view, "ann@example.org");
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    uint32_t person = g_array_index(ann, uint32_t, 0);
    g_autofree char *text = rp_contact_text(fixture->view, person, &style, ids);
    g_autofree char *json = rp_contact_json(fixture->view, person);
    g_autoptr(JsonNode) root = json_from_string(json, NULL);

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_test_message("%s", expected[i]);
        g_assert_nonnull(strstr(text, expected[i]));
    }
    g_assert_cmpuint(ids->len, ==, 2);
    g_assert_nonnull(root);
}

#define ADD(path, function)                                                            \
    g_test_add("/explain/" path, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    ADD("list", test_list);
    ADD("list-width", test_list_width);
    g_test_add_func("/explain/list-empty", test_list_empty);
    g_test_add_func("/explain/R12-list-done", test_list_done);
    ADD("steps", test_steps);
    ADD("joined", test_joined);
    ADD("followup", test_explain);
    ADD("closed", test_closed);
    ADD("figure", test_explain_figure);
    ADD("contact", test_contact);
    return g_test_run();
}
