/* SPDX-License-Identifier: GPL-3.0-or-later */
/* latency.c - how long answers take, the unanswered counted: R13 */
#include "core/latency.h"

#include <math.h>
#include <string.h>

/* Shares that no double holds exactly must not slip to the next answer. */
#define QUANTILE_SLACK 1e-9

static const int64_t silent_days[RP_N_SILENCES] = {1, 2, 4, 7, 14, 30};

static bool
is_answer(const RpFollowup *followup)
{
    return followup->state == RP_STATE_ANSWERED || followup->state == RP_STATE_DONE;
}

/* When the follow-up left the observation, answered or not. */
static int64_t
end_of(const RpFollowup *followup, int64_t as_of_at)
{
    if (followup->released_at != RP_NEVER)
        return followup->released_at;
    if (followup->closed_at != RP_NEVER)
        return followup->closed_at;
    return as_of_at;
}

bool
rp_latency_of(const RpFollowup *followup, int64_t as_of_at, RpLatency *sample)
{
    if (followup->state == RP_STATE_DISMISSED)
        return false;
    sample->wait_s = MAX(end_of(followup, as_of_at) - followup->opened_at, 0);
    sample->is_censored = !is_answer(followup) || followup->released_at != RP_NEVER;
    return true;
}

static int
compare_samples(const void *a, const void *b)
{
    const RpLatency *left = a, *right = b;

    return (left->wait_s > right->wait_s) - (left->wait_s < right->wait_s);
}

static RpLatency *
sorted_copy(const RpLatency *samples, size_t n)
{
    RpLatency *sorted = g_new(RpLatency, n + 1);

    if (n > 0) {
        memcpy(sorted, samples, n * sizeof *samples);
        qsort(sorted, n, sizeof *sorted, compare_samples);
    }
    return sorted;
}

/* The survival curve while it is walked from wait to wait. */
typedef struct {
    const RpLatency *sorted;
    size_t n, i;     /* i: the first sample not passed yet */
    double survival; /* S(t) */
    double spread;   /* Greenwood's sum of d / (r (r - d)) */
} Curve;

/* Passes all samples of one wait: whoever drops out at t still counts as at risk
 * when somebody is answered at t. */
static void
curve_step(Curve *curve)
{
    int64_t wait_s = curve->sorted[curve->i].wait_s;
    double n_at_risk = (double)(curve->n - curve->i), n_events = 0;

    for (; curve->i < curve->n && curve->sorted[curve->i].wait_s == wait_s; curve->i++)
        n_events += curve->sorted[curve->i].is_censored ? 0 : 1;
    curve->survival *= (n_at_risk - n_events) / n_at_risk;
    if (n_events < n_at_risk)
        curve->spread += n_events / (n_at_risk * (n_at_risk - n_events));
}

static int64_t
quantile(const RpLatency *sorted, size_t n, double p)
{
    Curve curve = {.sorted = sorted, .n = n, .survival = 1};

    while (curve.i < n) {
        int64_t wait_s = sorted[curve.i].wait_s;

        curve_step(&curve);
        if (1 - curve.survival >= p - QUANTILE_SLACK)
            return wait_s;
    }
    return -1;
}

static double
share(const RpLatency *sorted, size_t n, int64_t t_s, double *se)
{
    Curve curve = {.sorted = sorted, .n = n, .survival = 1};
    bool is_known = n > 0 && sorted[n - 1].wait_s >= t_s;
    double result;

    while (curve.i < n && sorted[curve.i].wait_s <= t_s)
        curve_step(&curve);
    if (!is_known && curve.survival > 0)
        result = NAN;
    else
        result = 1 - curve.survival;
    if (se != NULL)
        *se = isnan(result) || curve.survival <= 0
                  ? (double)NAN
                  : curve.survival * sqrt(curve.spread);
    return result;
}

int64_t
rp_latency_quantile(const RpLatency *samples, size_t n, double p)
{
    g_autofree RpLatency *sorted = sorted_copy(samples, n);

    return quantile(sorted, n, p);
}

double
rp_latency_share(const RpLatency *samples, size_t n, int64_t t_s, double *se)
{
    g_autofree RpLatency *sorted = sorted_copy(samples, n);

    return share(sorted, n, t_s, se);
}

static int
compare_waits(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

static uint32_t
count_within(const int64_t *sorted, size_t n, int64_t limit_s)
{
    uint32_t n_within = 0;

    while (n_within < n && sorted[n_within] <= limit_s)
        n_within++;
    return n_within;
}

static void
plain_figures(const GArray *waits, RpPlainFigures *plain)
{
    size_t n = waits != NULL ? waits->len : 0;
    int64_t *sorted;
    int64_t sum_s = 0, median_s, mean_s;
    size_t rank;

    *plain = (RpPlainFigures){(uint32_t)n, 0, 0, -1, -1, -1, (double)NAN, (double)NAN};
    if (n == 0)
        return;
    sorted = &g_array_index(waits, int64_t, 0);
    qsort(sorted, n, sizeof *sorted, compare_waits);
    for (size_t i = 0; i < n; i++)
        sum_s += sorted[i];
    /* Whole seconds, half up: nothing here is negative. */
    median_s = (sorted[(n - 1) / 2] + sorted[n / 2] + 1) / 2;
    mean_s = (2 * sum_s + (int64_t)n) / (2 * (int64_t)n);
    plain->median_s = (double)median_s;
    plain->mean_s = (double)mean_s;
    rank = (9 * n + 9) / 10;
    plain->p90_s = (double)sorted[rank - 1];
    plain->n_24h = count_within(sorted, n, RP_DAY_S);
    plain->n_48h = count_within(sorted, n, 2 * RP_DAY_S);
    plain->within_24h = (double)plain->n_24h / (double)n;
    plain->within_48h = (double)plain->n_48h / (double)n;
}

static void
estimate(GArray *samples, RpEstimate *result)
{
    size_t n = samples != NULL ? samples->len : 0;
    RpLatency *sorted = n > 0 ? &g_array_index(samples, RpLatency, 0) : NULL;

    if (n > 0)
        qsort(sorted, n, sizeof *sorted, compare_samples);
    result->n = (uint32_t)n;
    result->n_events = 0;
    for (size_t i = 0; i < n; i++)
        result->n_events += sorted[i].is_censored ? 0 : 1;
    result->median_s = quantile(sorted, n, 0.5);
    result->p90_s = quantile(sorted, n, 0.9);
    result->within_24h = share(sorted, n, RP_DAY_S, &result->se_24h);
    result->within_48h = share(sorted, n, 2 * RP_DAY_S, &result->se_48h);
    result->within_7d = share(sorted, n, RP_WEEK_S, NULL);
}

static void
count_state(RpFigures *figures, const RpFollowup *followup)
{
    figures->n_opened++;
    switch (followup->state) {
    case RP_STATE_OPEN:
        figures->n_open++;
        figures->n_lapsed += followup->is_lapsed ? 1 : 0;
        break;
    case RP_STATE_ANSWERED:
        figures->n_answered++;
        break;
    case RP_STATE_RELEASED:
        figures->n_released++;
        break;
    case RP_STATE_SUPERSEDED:
        figures->n_superseded++;
        break;
    case RP_STATE_ANSWERED_ELSEWHERE:
        figures->n_answered_elsewhere++;
        break;
    case RP_STATE_DONE:
        figures->n_done++;
        break;
    case RP_STATE_DISMISSED:
        figures->n_dismissed++;
        break;
    }
}

static void
append_sample(RpTally *tally, const RpLatency *sample)
{
    if (tally->samples == NULL)
        tally->samples = g_array_new(FALSE, FALSE, sizeof(RpLatency));
    g_array_append_vals(tally->samples, sample, 1);
}

static void
append_wait(RpTally *tally, int64_t wait_s)
{
    if (tally->waits == NULL)
        tally->waits = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_array_append_vals(tally->waits, &wait_s, 1);
}

static bool
is_in(int64_t at, int64_t from_at, int64_t until_at)
{
    return at >= from_at && at < until_at;
}

void
rp_tally_add(RpTally *tally, const RpFollowup *followup, int64_t from_at,
             int64_t until_at, int64_t as_of_at)
{
    RpLatency sample;

    if (is_answer(followup) && is_in(followup->closed_at, from_at, until_at))
        tally->figures.n_answers_sent++;
    if (!is_in(followup->opened_at, from_at, until_at))
        return;
    count_state(&tally->figures, followup);
    tally->n_ever_released += followup->released_at != RP_NEVER ? 1 : 0;
    if (rp_latency_of(followup, as_of_at, &sample))
        append_sample(tally, &sample);
    if (is_answer(followup))
        append_wait(tally, MAX(followup->latency_s, 0));
}

void
rp_tally_end(RpTally *tally, RpFigures *figures)
{
    uint32_t n = tally->figures.n_opened;

    *figures = tally->figures;
    figures->share_released =
        n > 0 ? (double)tally->n_ever_released / (double)n : (double)NAN;
    plain_figures(tally->waits, &figures->answered_only);
    estimate(tally->samples, &figures->estimate);
    g_clear_pointer(&tally->samples, g_array_unref);
    g_clear_pointer(&tally->waits, g_array_unref);
    *tally = (RpTally)RP_TALLY_INIT;
}

double
rp_latency_ratio(const RpFigures *mine, const RpFigures *theirs)
{
    int64_t mine_s = mine->estimate.median_s, theirs_s = theirs->estimate.median_s;

    return mine_s >= 0 && theirs_s > 0 ? (double)mine_s / (double)theirs_s
                                       : (double)NAN;
}

/* --- the curve --- */

/* 1.96: of the normal distribution, 2.5 % lie above. */
#define Z_95 1.959963984540054

static void
set_band(RpCurvePoint *point, double se)
{
    double survival = 1 - point->answered, theta;

    point->low = point->high = (double)NAN;
    if (isnan(se) || survival <= 0 || survival >= 1)
        return;
    theta = exp(Z_95 * se / (survival * log(survival)));
    point->low = 1 - pow(survival, theta);
    point->high = 1 - pow(survival, 1 / theta);
}

void
rp_tally_curve(RpTally *tally, RpCurvePoint points[RP_CURVE_POINTS])
{
    size_t n = tally->samples != NULL ? tally->samples->len : 0, i = 0;
    size_t n_waits = tally->waits != NULL ? tally->waits->len : 0;
    RpLatency *sorted = n > 0 ? &g_array_index(tally->samples, RpLatency, 0) : NULL;
    int64_t *waits = n_waits > 0 ? &g_array_index(tally->waits, int64_t, 0) : NULL;

    if (n > 0)
        qsort(sorted, n, sizeof *sorted, compare_samples);
    if (n_waits > 0)
        qsort(waits, n_waits, sizeof *waits, compare_waits);
    for (int hour = 0; hour < RP_CURVE_POINTS; hour++) {
        int64_t t_s = (int64_t)hour * RP_HOUR_S;
        RpCurvePoint *point = &points[hour];
        double se;

        while (i < n && sorted[i].wait_s < t_s)
            i++;
        point->n_at_risk = (uint32_t)(n - i);
        point->answered = share(sorted, n, t_s, &se);
        set_band(point, se);
        point->answered_only =
            n_waits > 0 ? (double)count_within(waits, n_waits, t_s) / (double)n_waits
                        : (double)NAN;
    }
}

/* --- silence --- */

void
rp_silence_begin(RpDirection direction, RpSilence rows[RP_N_SILENCES])
{
    for (size_t i = 0; i < RP_N_SILENCES; i++)
        rows[i] = (RpSilence){direction, silent_days[i] * RP_DAY_S, 0, 0, (double)NAN};
}

void
rp_silence_add(const RpFollowup *followup, int64_t as_of_at,
               RpSilence rows[RP_N_SILENCES])
{
    RpLatency sample;

    if (!rp_latency_of(followup, as_of_at, &sample))
        return;
    for (size_t i = 0; i < RP_N_SILENCES; i++) {
        if (sample.wait_s <= rows[i].silent_s)
            return; /* the rows grow longer */
        rows[i].n++;
        rows[i].n_answered_later += sample.is_censored ? 0 : 1;
    }
}

void
rp_silence_end(RpSilence rows[RP_N_SILENCES])
{
    for (size_t i = 0; i < RP_N_SILENCES; i++) {
        if (rows[i].n > 0)
            rows[i].share = (double)rows[i].n_answered_later / (double)rows[i].n;
    }
}
