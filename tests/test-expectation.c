/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-expectation.c - R12: what is known at an opening, and what is made of it
 *
 * Mailboxes are drawn at random with fixed seeds: questions to me, which I answer
 * with a probability that the test knows, and questions of mine.
 */
#include "core/expectation.h"

#include <math.h>
#include <stdlib.h>

#include "core/history-counts.h"
#include "core/instant.h"
#include "report-mail.h"

enum { BEGIN = 1577836800 }; /* 2020-01-01 */

typedef struct {
    int n_questions, n_people, n_days;
    double p;        /* of an answer, if nothing speaks for or against it */
    bool has_signs;  /* whether it speaks that I stand first in To, and who asks */
    bool is_last_in; /* copies are added from the last to the first */
    /* Who was asked by 3 others and, 3 times, by me passes for a list's address (R3)
     * until they write; and conversations are joined. */
    bool has_silent;
} Drawing;

static double
probability(const Drawing *drawing, int person, bool is_first)
{
    double z = log(drawing->p / (1 - drawing->p));

    if (!drawing->has_signs)
        return drawing->p;
    return 1 / (1 + exp(-(z + (is_first ? 0.8 : -0.8) + (person % 2 ? 1 : -1))));
}

typedef struct {
    RpTestMail mail;
    char *id, *from, *to, *irt; /* own; what mail points to */
} Mail;

static void
clear_mail(gpointer data)
{
    Mail *mail = data;

    g_free(mail->id);
    g_free(mail->from);
    g_free(mail->to);
    g_free(mail->irt);
}

static void
add_mail(GArray *mails, int64_t at, char *id, char *from, char *to, char *irt)
{
    Mail mail = {{at, id, from, to, irt, "Matter"}, id, from, to, irt};

    g_array_append_val(mails, mail);
}

/* Asked by all; half of them are silent for long, the others for good. */
static void
draw_silent(GRand *rand, int i, const char *asker, int64_t at, GArray *mails)
{
    int who = g_rand_int_range(rand, 0, 60);
    char *silent = g_strdup_printf("s%d@example.net", who);
    char *id = g_strdup_printf("s%d", i);

    if (who % 2 == 0 && i > 450 && g_rand_boolean(rand))
        add_mail(mails, at + 7200, g_strdup_printf("sa%d", i), g_strdup(silent),
                 g_strdup("me@example.org"), g_strdup(id));
    add_mail(mails, at, id, g_strdup(asker), silent,
             i > 5 && g_rand_int_range(rand, 0, 3) == 0
                 ? g_strdup_printf("q%d", i - g_rand_int_range(rand, 1, 5))
                 : NULL);
}

/* A question, and perhaps its answer. */
static void
draw_question(const Drawing *drawing, GRand *rand, int i, GArray *mails)
{
    int person = g_rand_int_range(rand, 0, drawing->n_people);
    bool is_mine = g_rand_int_range(rand, 0, 4) == 0;
    bool is_first = g_rand_boolean(rand);
    int64_t at = BEGIN +
                 (int64_t)drawing->n_days * RP_DAY_S * i / drawing->n_questions +
                 g_rand_int_range(rand, 0, 3600);
    char *them = g_strdup_printf("p%d@example.net", person);
    char *id = g_strdup_printf("q%d", i);
    int64_t wait_s = (int64_t)(3600 * exp(g_rand_double_range(rand, -1, 4.5)));

    if (g_rand_double(rand) < probability(drawing, person, is_first))
        add_mail(mails, at + wait_s, g_strdup_printf("a%d", i),
                 g_strdup(is_mine ? them : "me@example.org"),
                 g_strdup(is_mine ? "me@example.org" : them), g_strdup(id));
    if (drawing->has_silent)
        draw_silent(rand, i, i % 2 ? "me@example.org" : them, at + 60, mails);
    if (is_mine)
        add_mail(mails, at, id, g_strdup("me@example.org"), them, NULL);
    else
        add_mail(mails, at, id, them,
                 g_strdup(is_first ? "me@example.org,other@example.com"
                                   : "other@example.com,me@example.org"),
                 NULL);
}

static RpCorpus *
draw(const Drawing *drawing, guint32 seed)
{
    RpCorpus *corpus = rp_corpus_new();
    g_autoptr(GArray) mails = g_array_new(FALSE, FALSE, sizeof(Mail));
    GRand *rand = g_rand_new_with_seed(seed);

    g_array_set_clear_func(mails, clear_mail);
    for (int i = 0; i < drawing->n_questions; i++)
        draw_question(drawing, rand, i, mails);
    for (guint i = 0; i < mails->len; i++) {
        guint at = drawing->is_last_in ? mails->len - 1 - i : i;

        rp_test_add_mail(corpus, &g_array_index(mails, Mail, at).mail, at + 1);
    }
    g_rand_free(rand);
    return corpus;
}

/* A mailbox with what is made of it. */
typedef struct {
    RpConfig *config;
    RpCorpus *corpus;
    RpDerivation *d;
    RpExpectations *expectations;
} Box;

static void
box_clear(Box *box)
{
    rp_expectations_free(box->expectations);
    rp_derivation_free(box->d);
    rp_corpus_free(box->corpus);
    rp_config_free(box->config);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Box, box_clear)

static void
box_init(Box *box, const Drawing *drawing, guint32 seed, int64_t as_of_at)
{
    box->config = rp_test_config("UTC");
    box->corpus = draw(drawing, seed);
    box->d = rp_derive(box->corpus, box->config->policy, NULL, as_of_at);
    box->expectations = rp_expectations_new(box->d);
}

static const RpFollowup *
nth(const Box *box, guint i)
{
    return &g_array_index(box->d->followups, RpFollowup, i);
}

static const RpFollowup *
find(const Box *box, const char *id)
{
    for (guint i = 0; i < box->d->followups->len; i++)
        if (g_str_equal(rp_followup_id(nth(box, i)), id))
            return nth(box, i);
    return NULL;
}

/* R12, R14: of later mail nothing shows in p0, to the last bit. */
static void
check_no_look_ahead(const Drawing *drawing, guint *n_gone, guint *n_came)
{
    g_auto(Box) all = {0};

    box_init(&all, drawing, 1, BEGIN + 500 * RP_DAY_S);
    for (int days = 5; days < 400; days += 79) {
        int64_t cut_at = BEGIN + days * (int64_t)RP_DAY_S;
        g_auto(Box) cut = {0};
        guint n = 0;

        box_init(&cut, drawing, 1, cut_at);
        for (guint i = 0; i < cut.d->followups->len; i++) {
            const RpFollowup *f = nth(&cut, i), *same = find(&all, rp_followup_id(f));

            if (same == NULL) {
                (*n_gone)++;
                continue;
            }
            g_assert_cmpfloat(rp_expectation_of(cut.expectations, f).p0, ==,
                              rp_expectation_of(all.expectations, same).p0);
            n++;
        }
        for (guint i = 0; i < all.d->followups->len; i++)
            if (nth(&all, i)->known_at <= cut_at &&
                find(&cut, rp_followup_id(nth(&all, i))) == NULL)
                (*n_came)++;
        g_assert_cmpuint(n, >, (guint)days);
    }
}

static void
test_no_look_ahead(void)
{
    static const Drawing drawing = {900, 15, 400, 0.6, true, false, false},
                         silent = {900, 15, 400, 0.6, true, false, true};
    guint n_gone = 0, n_came = 0;

    check_no_look_ahead(&drawing, &n_gone, &n_came);
    g_assert_cmpuint(n_gone + n_came, ==, 0);
    /* Later mail tells who is a list's address, and so which follow-ups there are, but
     * no p0 changes. */
    check_no_look_ahead(&silent, &n_gone, &n_came);
    g_assert_cmpuint(n_gone, >, 20);
    g_assert_cmpuint(n_came, >, 20);
}

/* R15: the order of arrival does not show. */
static void
test_any_order(void)
{
    static const Drawing forth = {600, 12, 300, 0.6, true, false, true},
                         back = {600, 12, 300, 0.6, true, true, true};
    g_auto(Box) one = {0};
    g_auto(Box) other = {0};

    box_init(&one, &forth, 2, BEGIN + 400 * RP_DAY_S);
    box_init(&other, &back, 2, BEGIN + 400 * RP_DAY_S);
    g_assert_cmpuint(one.d->followups->len, ==, other.d->followups->len);
    for (guint i = 0; i < one.d->followups->len; i++)
        g_assert_cmpfloat(rp_expectation_of(one.expectations, nth(&one, i)).p0, ==,
                          rp_expectation_of(other.expectations, nth(&other, i)).p0);
}

/* R12: p(0) is p0, p(t) never rises, and is 0 from 14 d on; all inside bounds, whatever
 * the mailbox. */
static void
test_bounds(void)
{
    static const struct {
        const char *what;
        Drawing drawing;
    } cases[] = {
        {"no mail", {0, 1, 10, 0.5, false, false, false}},
        {"one question", {1, 1, 10, 0.5, false, false, false}},
        {"nobody answers", {500, 5, 300, 1e-9, false, false, false}},
        {"everything is answered", {500, 5, 300, 1 - 1e-9, false, false, false}},
        {"one person", {500, 1, 300, 0.5, false, false, false}},
        {"all in one day", {300, 5, 1, 0.5, false, false, false}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Box) box = {0};

        g_test_message("%s", cases[i].what);
        box_init(&box, &cases[i].drawing, 3, BEGIN + 400 * RP_DAY_S);
        for (guint k = 0; k < box.d->followups->len; k++) {
            const RpFollowup *f = nth(&box, k);
            double p0 = rp_expectation_of(box.expectations, f).p0, last = p0;

            g_assert_true(last >= 0.01 && last <= 0.99);
            g_assert_cmpfloat(rp_expectation_after(box.expectations, f, last, 0), ==,
                              last);
            for (int64_t t_s = 1800; t_s < 14 * RP_DAY_S; t_s *= 2) {
                double p = rp_expectation_after(box.expectations, f, p0, t_s);

                g_assert_true(p >= 0 && p <= last);
                last = p;
            }
            g_assert_cmpfloat(
                rp_expectation_after(box.expectations, f, p0, 14 * RP_DAY_S), ==, 0);
        }
    }
}

/* By hand: of 4,500 that came just now, each as likely to be answered as all, 500 are
 * given up. One of those is answered all the same, then one that is not. */
static void
test_many_open(void)
{
    static const RpCountKeys keys;
    g_autoptr(RpCorpus) corpus = rp_corpus_new();
    g_autoptr(GArray) followups = g_array_new(FALSE, TRUE, sizeof(RpFollowup));
    RpDerivation d = {.corpus = corpus, .followups = followups};
    RpCounts *counts;

    rp_corpus_intern_id(corpus, "a");
    g_array_set_size(followups, 4500);
    counts = rp_counts_new(&d);
    for (uint32_t i = 0; i < followups->len; i++)
        rp_counts_enter(counts, i, &keys);
    for (uint32_t n_answered = 0; n_answered < 3; n_answered++) {
        uint32_t n_open = n_answered < 2 ? 4000 : 3999;
        double g = 0.5;
        RpCountsOf of;

        for (int round = 0; round < 5; round++)
            g = (2 + n_answered + n_open * g) / 4504;
        g_assert_cmpfloat_with_epsilon(rp_counts_rate(counts, 0), g, 1e-12);
        rp_counts_of(counts, &keys, &of);
        g_assert_cmpuint(of.n_all, ==, 4500);
        g_assert_cmpuint(of.k_all, ==, n_answered);
        g_assert_cmpfloat_with_epsilon(of.person.k, n_answered + n_open * g, 1e-9);
        rp_counts_settle(counts, n_answered == 0 ? 499 : 500, true);
    }
    rp_counts_free(counts);
}

/* --- how good it is --- */

typedef struct {
    double p, truth;
    int y;
} Guess;

static int
compare_guesses(gconstpointer a, gconstpointer b)
{
    double x = ((const Guess *)a)->p, y = ((const Guess *)b)->p;

    return (x > y) - (x < y);
}

/* The chance that an answered one is guessed higher than an unanswered one: the area
 * under the curve, by the ranks' sum. */
static double
auc(GArray *guesses)
{
    double n_answered = 0, sum = 0;

    g_array_sort(guesses, compare_guesses);
    for (guint i = 0; i < guesses->len; i++) {
        const Guess *guess = &g_array_index(guesses, Guess, i);

        n_answered += guess->y;
        sum += guess->y * (i + 1.0);
    }
    return (sum - n_answered * (n_answered + 1) / 2) /
           (n_answered * (guesses->len - n_answered));
}

/* The mean distance between guessed and observed in ten bins of equal size. */
static double
calibration_error(GArray *guesses)
{
    double error = 0;

    g_array_sort(guesses, compare_guesses);
    for (guint bin = 0; bin < 10; bin++) {
        double p = 0, y = 0;

        for (guint i = guesses->len * bin / 10; i < guesses->len * (bin + 1) / 10;
             i++) {
            p += g_array_index(guesses, Guess, i).p;
            y += g_array_index(guesses, Guess, i).y;
        }
        error += fabs(p - y);
    }
    return error / guesses->len;
}

/* Of the last three tenths, the questions to me: their answers open follow-ups too, of
 * which it is soon learned that I never answer them. */
static GArray *
guess(const Box *box, const Drawing *drawing)
{
    GArray *guesses = g_array_new(FALSE, FALSE, sizeof(Guess));

    for (guint i = box->d->followups->len * 7 / 10; i < box->d->followups->len; i++) {
        const RpFollowup *f = nth(box, i);
        const char *who =
            g_array_index(box->corpus->addresses, RpAddress, f->address).text;
        RpExpectation e = rp_expectation_of(box->expectations, f);
        Guess row = {.p = e.p0, .y = rp_expectation_label(f, box->d->as_of_at)};

        if (f->direction != RP_MINE || row.y < 0 ||
            e.history->x[RP_FEATURE_STARTER] == 0)
            continue;
        row.truth =
            probability(drawing, atoi(who + 1), e.history->x[RP_FEATURE_FIRST] > 0);
        g_array_append_val(guesses, row);
    }
    return guesses;
}

/* Where nothing tells the answered ones from the others, it does not either. */
static void
test_nothing_to_learn(void)
{
    static const Drawing drawing = {14000, 40, 1500, 0.5, false, false, false};
    g_auto(Box) box = {0};
    g_autoptr(GArray) guesses = NULL;

    box_init(&box, &drawing, 4, BEGIN + 1600 * (int64_t)RP_DAY_S);
    guesses = guess(&box, &drawing);
    g_assert_cmpuint(guesses->len, >, 2500);
    g_assert_cmpfloat(fabs(auc(guesses) - 0.5), <, 0.03);
}

/* Where the truth is a logistic one, it gets near to it. */
static void
test_known_truth(void)
{
    static const Drawing drawing = {27000, 40, 1500, 0.5, true, false, false};
    g_auto(Box) box = {0};
    g_autoptr(GArray) guesses = NULL;
    double learned;

    box_init(&box, &drawing, 5, BEGIN + 1600 * (int64_t)RP_DAY_S);
    guesses = guess(&box, &drawing);
    g_assert_cmpuint(guesses->len, >, 5000);
    g_assert_cmpfloat(calibration_error(guesses), <, 0.02);
    learned = auc(guesses);
    for (guint i = 0; i < guesses->len; i++) {
        Guess *row = &g_array_index(guesses, Guess, i);

        row->p = row->truth;
    }
    g_test_message("AUC %.3f, of the truth %.3f", learned, auc(guesses));
    g_assert_cmpfloat(learned, >, 0.6);
    g_assert_cmpfloat(learned, >, auc(guesses) - 0.01);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/expectation/no-look-ahead", test_no_look_ahead);
    g_test_add_func("/expectation/any-order", test_any_order);
    g_test_add_func("/expectation/bounds", test_bounds);
    g_test_add_func("/expectation/many-open", test_many_open);
    g_test_add_func("/expectation/nothing-to-learn", test_nothing_to_learn);
    g_test_add_func("/expectation/known-truth", test_known_truth);
    return g_test_run();
}
