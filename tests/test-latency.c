/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-latency.c - R13: how fast, the unanswered counted */
#include "core/latency.h"

#include <math.h>

enum { HOUR = RP_HOUR_S, DAY = RP_DAY_S };
#define AS_OF ((int64_t)100 * DAY)

/* A follow-up of mine as R13 sees it; released_at and closed_at may be RP_NEVER. */
static RpFollowup
followup(RpState state, int64_t opened_at, int64_t closed_at, int64_t released_at)
{
    RpFollowup result = {
        .direction = RP_MINE,
        .state = state,
        .opened_at = opened_at,
        .closed_at = closed_at,
        .released_at = released_at,
        .latency_s = -1,
    };

    if (state == RP_STATE_ANSWERED || state == RP_STATE_DONE)
        result.latency_s = closed_at - opened_at;
    return result;
}

static void
assert_share(double actual, double expected)
{
    if (isnan(expected))
        g_assert_true(isnan(actual));
    else
        g_assert_cmpfloat_with_epsilon(actual, expected, 1e-12);
}

static void
test_sample(void)
{
    static const struct {
        const char *what;
        RpState state;
        int64_t closed_at, released_at; /* opened at 0 */
        bool is_in;
        RpLatency expected;
    } cases[] = {
        {"answered", RP_STATE_ANSWERED, 5 * HOUR, RP_NEVER, true, {5 * HOUR, false}},
        {"done", RP_STATE_DONE, 6 * HOUR, RP_NEVER, true, {6 * HOUR, false}},
        {"open", RP_STATE_OPEN, RP_NEVER, RP_NEVER, true, {AS_OF, true}},
        {"superseded at its lapse",
         RP_STATE_SUPERSEDED,
         30 * DAY,
         RP_NEVER,
         true,
         {30 * DAY, true}},
        {"answered elsewhere",
         RP_STATE_ANSWERED_ELSEWHERE,
         3 * DAY,
         RP_NEVER,
         true,
         {3 * DAY, true}},
        {"released", RP_STATE_RELEASED, 2 * HOUR, 2 * HOUR, true, {2 * HOUR, true}},
        {"released, then answered",
         RP_STATE_ANSWERED,
         9 * HOUR,
         2 * HOUR,
         true,
         {2 * HOUR, true}},
        {"released, then done",
         RP_STATE_DONE,
         9 * HOUR,
         2 * HOUR,
         true,
         {2 * HOUR, true}},
        {"closed before it opened",
         RP_STATE_ANSWERED_ELSEWHERE,
         -HOUR,
         RP_NEVER,
         true,
         {0, true}},
        {"dismissed", RP_STATE_DISMISSED, HOUR, RP_NEVER, false, {0, false}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpFollowup one =
            followup(cases[i].state, 0, cases[i].closed_at, cases[i].released_at);
        RpLatency got = {0};

        g_test_message("%s", cases[i].what);
        g_assert_true(rp_latency_of(&one, AS_OF, &got) == cases[i].is_in);
        g_assert_cmpint(got.wait_s, ==, cases[i].expected.wait_s);
        g_assert_true(got.is_censored == cases[i].expected.is_censored);
    }
}

/* By hand: S(2h) = 4/5; the message waiting at 3h drops out;
 * S(6h) = 4/5 * 2/3 = 8/15; S(7h) = 8/15 * 1/2 = 4/15, the first below 1/2. */
static void
test_quantile_censored(void)
{
    static const RpLatency samples[] = {
        {7 * HOUR, false}, {2 * HOUR, false}, {3 * HOUR, true},
        {9 * HOUR, true},  {6 * HOUR, false},
    };

    g_assert_cmpint(rp_latency_quantile(samples, 5, 0.5), ==, 7 * HOUR);
    g_assert_cmpint(rp_latency_quantile(samples, 5, 0.9), ==, -1); /* 11/15 at most */
    g_assert_cmpint(samples[0].wait_s, ==, 7 * HOUR);              /* left as it was */
}

/* Shares that no double holds exactly must not slip to the next answer. */
static void
test_quantile_exact_share(void)
{
    for (int n = 1; n <= 200; n++) {
        g_autofree RpLatency *samples = g_new0(RpLatency, n);

        for (int i = 0; i < n; i++)
            samples[i].wait_s = (i + 1) * HOUR;
        for (int i = 1; i < n; i++)
            g_assert_cmpint(
                rp_latency_quantile(samples, (size_t)n, (double)i / (double)n), ==,
                i * HOUR);
    }
}

/* Expected values by hand; se is S * sqrt(sum d / (r (r - d))). */
static void
test_share(void)
{
    static const struct {
        const char *what;
        RpLatency samples[5];
        size_t n;
        double share, se; /* within 24 h */
    } cases[] = {
        {"nobody", {{0}}, 0, NAN, NAN},
        {"one answered before", {{HOUR, false}}, 1, 1, NAN},
        {"one answered at it", {{DAY, false}}, 1, 1, NAN},
        {"one answered after", {{DAY + 1, false}}, 1, 0, 0},
        {"one dropped out before", {{HOUR, true}}, 1, NAN, NAN},
        {"one dropped out at it", {{DAY, true}}, 1, 0, 0},
        /* S = 1/2; sqrt(1 / (2 * 1)) / 2 */
        {"one of two", {{HOUR, false}, {2 * DAY, true}}, 2, 0.5, 0.35355339059327379},
        {"known only until 2 h", {{HOUR, false}, {2 * HOUR, true}}, 2, NAN, NAN},
        {"all answered, so it is known", {{HOUR, false}, {2, false}}, 2, 1, NAN},
        /* The event at 1 h comes first: r = 2, S = 1/2, and nobody is left. */
        {"equal times, event first", {{HOUR, true}, {HOUR, false}}, 2, NAN, NAN},
        /* r = 3, d = 2 at 1 h: S = 1/3; se = 1/3 * sqrt(2 / (3 * 1)) */
        {"two at once",
         {{HOUR, false}, {DAY, true}, {HOUR, false}},
         3,
         2.0 / 3,
         0.2721655269759087},
        /* S(1h) = 4/5, one drops out, S(5h) = 4/5 * 2/3 = 8/15;
         * se = 8/15 * sqrt(1/20 + 1/6) = 8/15 * sqrt(13/60) */
        {"one dropped out between",
         {{HOUR, false},
          {5 * HOUR, false},
          {2 * HOUR, true},
          {3 * DAY, true},
          {2 * DAY, false}},
         5,
         7.0 / 15,
         0.24825315633367007},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double se = -1;

        g_test_message("%s", cases[i].what);
        assert_share(rp_latency_share(cases[i].samples, cases[i].n, DAY, &se),
                     cases[i].share);
        assert_share(se, cases[i].se);
    }
}

static RpFigures
figures_of(const RpFollowup *followups, size_t n, int64_t as_of_at)
{
    RpTally tally = RP_TALLY_INIT;
    RpFigures figures;

    for (size_t i = 0; i < n; i++)
        rp_tally_add(&tally, &followups[i], 0, as_of_at, as_of_at);
    rp_tally_end(&tally, &figures);
    return figures;
}

/* A question on Monday 09:00, answered by somebody else after 3 h and by me after
 * 24 h: nothing is known after the release. */
static void
test_released_then_answered(void)
{
    RpFollowup one = followup(RP_STATE_ANSWERED, 9 * HOUR, 33 * HOUR, 12 * HOUR);
    RpFigures figures = figures_of(&one, 1, 39 * HOUR);

    g_assert_cmpuint(figures.estimate.n, ==, 1);
    g_assert_cmpuint(figures.estimate.n_events, ==, 0);
    g_assert_cmpint(figures.estimate.median_s, ==, -1);
    assert_share(figures.estimate.within_24h, NAN);
    g_assert_cmpuint(figures.answered_only.n, ==, 1);
    assert_share(figures.answered_only.median_s, DAY);
    assert_share(figures.answered_only.within_24h, 1);
}

/* Two were asked; one answered after 2 h, which released the other at that very
 * moment: at equal times the answer comes first, of two at risk. */
static void
test_released_by_the_other(void)
{
    RpFollowup two[] = {
        followup(RP_STATE_ANSWERED, 0, 2 * HOUR, RP_NEVER),
        followup(RP_STATE_RELEASED, 0, 2 * HOUR, 2 * HOUR),
    };
    RpFigures figures = figures_of(two, 2, DAY);

    g_assert_cmpuint(figures.n_released, ==, 1);
    g_assert_cmpuint(figures.estimate.n, ==, 2);
    g_assert_cmpuint(figures.estimate.n_events, ==, 1);
    g_assert_cmpint(figures.estimate.median_s, ==, 2 * HOUR);
    g_assert_cmpint(figures.estimate.p90_s, ==, -1);
    assert_share(figures.estimate.within_24h, NAN);
}

/* One lapsed after 30 d and superseded, the next answered after 24 h. */
static void
test_superseded(void)
{
    RpFollowup two[] = {
        followup(RP_STATE_SUPERSEDED, 0, 30 * DAY, RP_NEVER),
        followup(RP_STATE_ANSWERED, 31 * DAY, 32 * DAY, RP_NEVER),
    };
    RpFigures figures = figures_of(two, 2, 33 * DAY);

    g_assert_cmpuint(figures.n_superseded, ==, 1);
    g_assert_cmpuint(figures.n_answered, ==, 1);
    g_assert_cmpuint(figures.estimate.n, ==, 2);
    g_assert_cmpuint(figures.estimate.n_events, ==, 1);
    g_assert_cmpint(figures.estimate.median_s, ==, DAY);
    g_assert_cmpint(figures.estimate.p90_s, ==, -1);
    assert_share(figures.estimate.within_24h, 0.5);
    assert_share(figures.estimate.within_7d, 0.5);
}

static void
test_plain(void)
{
    static const struct {
        const char *what;
        int64_t waits_s[10];
        size_t n;
        double median_s, mean_s, p90_s, within_24h, within_48h;
    } cases[] = {
        {"none", {0}, 0, -1, -1, -1, NAN, NAN},
        {"one", {DAY}, 1, DAY, DAY, DAY, 1, 1},
        {"half up", {4, 3}, 2, 4, 4, 4, 1, 1},              /* 3.5 */
        {"down", {3, 3, 4}, 3, 3, 3, 4, 1, 1},              /* mean 3.33 */
        {"up", {3, 4, 4}, 3, 4, 4, 4, 1, 1},                /* mean 3.67 */
        {"the middle two", {8, 1, 2, 4}, 4, 3, 4, 8, 1, 1}, /* mean 3.75 */
        /* ceil(0.9 * 10) = 9: the ninth, not the tenth */
        {"nearest rank", {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 10, 6, 6, 9, 1, 1},
        {"shares",
         {DAY, DAY + 1, 2 * DAY, 2 * DAY + 1},
         4,
         129601,
         129601,
         2 * DAY + 1,
         0.25,
         0.75},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpFollowup followups[10];
        RpPlainFigures got;

        for (size_t j = 0; j < cases[i].n; j++)
            followups[j] =
                followup(RP_STATE_ANSWERED, 0, cases[i].waits_s[j], RP_NEVER);
        got = figures_of(followups, cases[i].n, AS_OF).answered_only;
        g_test_message("%s", cases[i].what);
        g_assert_cmpuint(got.n, ==, cases[i].n);
        assert_share(got.median_s, cases[i].median_s);
        assert_share(got.mean_s, cases[i].mean_s);
        assert_share(got.p90_s, cases[i].p90_s);
        assert_share(got.within_24h, cases[i].within_24h);
        assert_share(got.within_48h, cases[i].within_48h);
    }
}

/* A derivation that holds follow-ups alone. */
/* The window [10 d, 20 d): who is opened in it, and which answers were sent. */
static void
test_window(void)
{
    RpFollowup rows[] = {
        followup(RP_STATE_ANSWERED, 9 * DAY, 10 * DAY, RP_NEVER),  /* sent in it */
        followup(RP_STATE_DONE, 10 * DAY, 20 * DAY, RP_NEVER),     /* opened in it */
        followup(RP_STATE_OPEN, 20 * DAY - 1, RP_NEVER, RP_NEVER), /* opened in it */
        followup(RP_STATE_OPEN, 20 * DAY, RP_NEVER, RP_NEVER),     /* neither */
        followup(RP_STATE_DISMISSED, 11 * DAY, 12 * DAY, RP_NEVER),
        followup(RP_STATE_RELEASED, 11 * DAY, 12 * DAY, 12 * DAY),
        followup(RP_STATE_ANSWERED_ELSEWHERE, 11 * DAY, 12 * DAY, RP_NEVER),
        followup(RP_STATE_ANSWERED, 11 * DAY, 12 * DAY, RP_NEVER), /* both */
    };
    RpTally tally = RP_TALLY_INIT;
    RpFigures all;

    rows[2].is_lapsed = true;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        rp_tally_add(&tally, &rows[i], 10 * DAY, 20 * DAY, AS_OF);
    rp_tally_end(&tally, &all);

    g_assert_cmpuint(all.n_opened, ==, 6);
    g_assert_cmpuint(all.n_answered, ==, 1);
    g_assert_cmpuint(all.n_open, ==, 1);
    g_assert_cmpuint(all.n_lapsed, ==, 1);
    g_assert_cmpuint(all.n_released, ==, 1);
    g_assert_cmpuint(all.n_superseded, ==, 0);
    g_assert_cmpuint(all.n_answered_elsewhere, ==, 1);
    g_assert_cmpuint(all.n_done, ==, 1);
    g_assert_cmpuint(all.n_dismissed, ==, 1);
    g_assert_cmpuint(all.n_answers_sent, ==, 2);
    g_assert_cmpuint(all.answered_only.n, ==, 2);
    g_assert_cmpuint(all.estimate.n, ==, 5);
    g_assert_cmpuint(all.estimate.n_events, ==, 2);
}

/* Waits 1 d (just at the limit: not silent for longer), 3 d, 100 d open, and 5 d
 * until released: n after 24 h is 3, of which one was answered. */
static void
test_silences(void)
{
    static const struct {
        int64_t silent_s;
        uint32_t n, n_answered_later;
    } expected[RP_N_SILENCES] = {
        {DAY, 3, 1},     {2 * DAY, 3, 1},  {4 * DAY, 2, 0},
        {7 * DAY, 1, 0}, {14 * DAY, 1, 0}, {30 * DAY, 1, 0},
    };
    const RpFollowup followups[] = {
        followup(RP_STATE_ANSWERED, 0, DAY, RP_NEVER),
        followup(RP_STATE_ANSWERED, 0, 3 * DAY, RP_NEVER),
        followup(RP_STATE_OPEN, 0, RP_NEVER, RP_NEVER),
        followup(RP_STATE_RELEASED, 0, 5 * DAY, 5 * DAY),
        followup(RP_STATE_DISMISSED, 0, 50 * DAY, RP_NEVER),
    };
    RpSilence rows[RP_N_SILENCES];

    rp_silence_begin(RP_MINE, rows);
    for (size_t i = 0; i < G_N_ELEMENTS(followups); i++)
        rp_silence_add(&followups[i], AS_OF, rows);
    rp_silence_end(rows);
    for (size_t i = 0; i < RP_N_SILENCES; i++) {
        g_assert_cmpint(rows[i].silent_s, ==, expected[i].silent_s);
        g_assert_cmpuint(rows[i].n, ==, expected[i].n);
        g_assert_cmpuint(rows[i].n_answered_later, ==, expected[i].n_answered_later);
        g_assert_cmpfloat_with_epsilon(
            rows[i].share, (double)expected[i].n_answered_later / expected[i].n, 1e-12);
    }
}

/* Answered after 2 h and 10 h, open ones seen for 5 h and 20 h. S is 3/4 from 2 h on,
 * 3/8 from 10 h on; nobody is at risk after 20 h. At 2 h Greenwood's sum is 1/(4 * 3):
 * sqrt(1/12) / log(3/4) = -1.003452, theta = exp(1.959964 * -1.003452) = 0.139914,
 * low 1 - 0.75^0.139914 = 0.039451, high 1 - 0.75^(1/0.139914) = 0.872053. */
static void
test_curve(void)
{
    const RpFollowup followups[] = {
        followup(RP_STATE_ANSWERED, 0, 2 * HOUR, RP_NEVER),
        followup(RP_STATE_ANSWERED, 0, 10 * HOUR, RP_NEVER),
        followup(RP_STATE_RELEASED, 0, 5 * HOUR, 5 * HOUR),
        followup(RP_STATE_RELEASED, 0, 20 * HOUR, 20 * HOUR),
    };
    RpTally tally = RP_TALLY_INIT;
    RpCurvePoint points[RP_CURVE_POINTS];
    RpFigures figures;

    for (size_t i = 0; i < G_N_ELEMENTS(followups); i++)
        rp_tally_add(&tally, &followups[i], 0, DAY, AS_OF);
    rp_tally_curve(&tally, points);
    rp_tally_end(&tally, &figures);
    g_assert_cmpfloat(points[1].answered, ==, 0);
    g_assert_true(isnan(points[1].low)); /* nothing to tell from */
    g_assert_cmpuint(points[2].n_at_risk, ==, 4);
    g_assert_cmpfloat_with_epsilon(points[2].answered, 0.25, 1e-12);
    g_assert_cmpfloat_with_epsilon(points[2].low, 0.039451, 1e-6);
    g_assert_cmpfloat_with_epsilon(points[2].high, 0.872053, 1e-6);
    g_assert_cmpfloat_with_epsilon(points[2].answered_only, 0.5, 1e-12);
    g_assert_cmpuint(points[3].n_at_risk, ==, 3);
    g_assert_cmpfloat_with_epsilon(points[20].answered, 0.625, 1e-12);
    g_assert_true(isnan(points[21].answered));
    g_assert_cmpfloat(points[21].answered_only, ==, 1);
    g_assert_true(isnan(figures.estimate.within_24h));
}

/* With all answered the curve ends at 1, without a band. */
static void
test_curve_of_all(void)
{
    const RpFollowup row = followup(RP_STATE_ANSWERED, 0, 2 * HOUR, RP_NEVER);
    RpTally tally = RP_TALLY_INIT;
    RpCurvePoint points[RP_CURVE_POINTS];
    RpFigures figures;

    rp_tally_add(&tally, &row, 0, DAY, AS_OF);
    rp_tally_curve(&tally, points);
    rp_tally_end(&tally, &figures);
    g_assert_cmpfloat(points[RP_CURVE_POINTS - 1].answered, ==, 1);
    g_assert_true(isnan(points[RP_CURVE_POINTS - 1].low));
    rp_tally_curve(&tally, points);
    g_assert_true(isnan(points[0].answered)); /* of nothing */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/latency/sample", test_sample);
    g_test_add_func("/latency/quantile-censored", test_quantile_censored);
    g_test_add_func("/latency/quantile-exact-share", test_quantile_exact_share);
    g_test_add_func("/latency/share", test_share);
    g_test_add_func("/latency/released-then-answered", test_released_then_answered);
    g_test_add_func("/latency/released-by-the-other", test_released_by_the_other);
    g_test_add_func("/latency/superseded", test_superseded);
    g_test_add_func("/latency/plain", test_plain);
    g_test_add_func("/latency/window", test_window);
    g_test_add_func("/latency/silences", test_silences);
    g_test_add_func("/latency/curve", test_curve);
    g_test_add_func("/latency/curve-of-all", test_curve_of_all);
    return g_test_run();
}
