/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-steps.c - what happened to a follow-up beside questions and answers */
#include "report-mail.h"
#include "report/steps.h"
#include "view/absence.h"

enum { HOUR = RP_HOUR_S, DAY = RP_DAY_S };

/* 2026-11-09T09:00:00Z */
#define NINE ((int64_t)1794214800)
#define AS_OF (NINE + 3 * DAY)

#define ANN "Ann A. <ann@example.org>"
#define BOB "bob@example.org"
#define ME "Me <me@example.org>"

/* Ann asked me and Bob twice, Bob answered her first question: the second opens anew
 * (R8). Of Cy's three, one was flagged \Answered (R9), one snoozed and then done
 * (R10); the oldest lapsed and was followed by another (R11). */
static const RpTestMail events[] = {
    {NINE - 50 * DAY, "c0", "cy@example.org", ME, NULL, "Old"},
    {NINE - 10 * DAY, "c1", "cy@example.org", ME, "c0", "Re: Old"},
    {NINE, "a1", ANN, ME "," BOB, NULL, "Where?"},
    {NINE + HOUR, "a2", ANN, ME "," BOB, "a1", "Re: Where?"},
    {NINE + 2 * HOUR, "b1", BOB, ANN "," ME, "a1", "Re: Where?"},
    {NINE + 3 * HOUR, "c2", "cy@example.org", ME, NULL, "Flagged"},
    {NINE + 4 * HOUR, "c3", "cy@example.org", ME, NULL, "Called"},
    {NINE + 5 * HOUR, "d1", "dee@example.org", ME, "gone", "Two"},
    {NINE + 6 * HOUR, "d2", "dee@example.org", ME, "gone", "Two more"},
    {NINE + 7 * HOUR, "f1", ME, "fay@example.org", NULL, "There?"},
    {NINE + 8 * HOUR, "f2", "fay@example.org", ME, "f1", "Out of office: There?"},
    {NINE + 9 * HOUR, "f3", "fay@example.org", ME, "f1", "Re: There?"},
    {NINE + 10 * HOUR, "f4", ME, "fay@example.org", "f3", "Re: There?"},
};

static RpDecision
decision(RpDecisionKind kind, int64_t taken_at, int64_t at, char *detail)
{
    static char key[] = "cy@example.org", id[] = "c3", none[] = "";
    RpDecision result = {.kind = kind,
                         .direction = RP_MINE,
                         .person_key = key,
                         .message_id = id,
                         .taken_at = taken_at,
                         .undone_at = RP_NEVER,
                         .at = at,
                         .detail = detail,
                         .note = none};

    return result;
}

/* The view, which needs config and the decisions, all the caller's. */
static RpView *
view_of_events(const RpConfig *config, RpDecision decisions[2])
{
    RpCorpus *corpus = rp_corpus_new();
    GPtrArray *pointers = g_ptr_array_new();

    for (size_t i = 0; i < G_N_ELEMENTS(events); i++)
        rp_test_add_mail(corpus, &events[i], i + 1);
    g_array_index(corpus->copies, RpCopy, 5).answered_at = NINE + DAY;
    for (int i = 0; i < 2; i++)
        g_ptr_array_add(pointers, &decisions[i]);
    return rp_view_new(config, corpus, pointers, AS_OF);
}

static void
test_steps_of_events(void)
{
    static const struct {
        const char *opened_by, *person, *expected;
    } cases[] = {
        {"a1", "ann@example.org",
         "R4 opens it|R4 would open it|R8 releases it: somebody else answered;"},
        {"a2", "ann@example.org", "R8 opens it anew"},
        {"c0", "cy@example.org",
         "R4 opens it|R11 lapses, 30 d after|R11 opens a new one"},
        {"c2", "cy@example.org", "R4 opens it|R9 \\Answered is seen"},
        {"c3", "cy@example.org",
         "R4 opens it|R10 you snoozed it|R10 you said it is done: phone"},
    };
    char phone[] = "phone", none[] = "";
    RpDecision decisions[] = {
        decision(RP_DECISION_SNOOZE, NINE + 5 * HOUR, NINE + DAY, none),
        decision(RP_DECISION_DONE, NINE + 7 * HOUR, NINE + 6 * HOUR, phone),
    };
    RpConfig *config = rp_test_config("UTC");
    RpView *view = view_of_events(config, decisions);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) steps = rp_steps_of(
            view, rp_test_opened_by(view, cases[i].opened_by, cases[i].person));
        g_auto(GStrv) expected = g_strsplit(cases[i].expected, "|", -1);

        g_test_message("%s", cases[i].opened_by);
        g_assert_cmpuint(steps->len, ==, g_strv_length(expected));
        for (guint j = 0; j < MIN(steps->len, g_strv_length(expected)); j++) {
            const RpStep *step = &g_array_index(steps, RpStep, j);
            g_autofree char *got = g_strdup_printf("%s %s", step->rule, step->what);

            g_test_message("%s", got);
            g_assert_true(g_str_has_prefix(got, expected[j]));
        }
    }
    rp_view_free(view);
    rp_config_free(config);
}

/* An automatic reply belongs to what was open when it came, not to what came after. */
static void
test_absence(void)
{
    char none[] = "";
    RpDecision decisions[2] = {decision(RP_DECISION_SNOOZE, 0, 1, none),
                               decision(RP_DECISION_SNOOZE, 0, 1, none)};
    RpConfig *config = rp_test_config("UTC");
    RpView *view = view_of_events(config, decisions);

    g_assert_cmpint(
        rp_view_absence(view, rp_test_opened_by(view, "f1", "fay@example.org")).at, ==,
        NINE + 8 * HOUR);
    g_assert_cmpint(
        rp_view_absence(view, rp_test_opened_by(view, "f4", "fay@example.org")).at, ==,
        RP_NEVER);
    rp_view_free(view);
    rp_config_free(config);
}

/* Two answers to a message that is not here. */
static void
test_joined_by_unknown(void)
{
    char none[] = "";
    RpDecision decisions[2] = {decision(RP_DECISION_SNOOZE, 0, 1, none),
                               decision(RP_DECISION_SNOOZE, 0, 1, none)};
    RpConfig *config = rp_test_config("UTC");
    RpView *view = view_of_events(config, decisions);
    g_autofree char *joined =
        rp_steps_joined_by(view, rp_test_index_of(view->derivation, "d2"));

    g_assert_cmpstr(joined, ==,
                    "In-Reply-To <gone>, a message not here that others name too");
    rp_view_free(view);
    rp_config_free(config);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/steps/events", test_steps_of_events);
    g_test_add_func("/steps/absence", test_absence);
    g_test_add_func("/steps/joined-by-unknown", test_joined_by_unknown);
    return g_test_run();
}
