/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expectation.c - models by month, and what they say: R12 */
#include "core/expectation.h"

#include <math.h>
#include <string.h>

#include "core/derive-private.h"
#include "core/history.h"
#include "core/logistic.h"

enum {
    FEW = 20,          /* labelled follow-ups before the model counts at all */
    ENOUGH = 200,      /* before it counts alone */
    WAITS_ENOUGH = 30, /* answers before their own waits are taken */
};

static const double LAMBDA = 20;
static const double SPREAD_MIN = 1e-9;
static const double P_MIN = 0.01, P_MAX = 0.99;

/* Of one direction and month. */
typedef struct {
    RpDirection direction;
    int64_t begin_at; /* 00:00 UTC of the month's first day */
    uint32_t n;       /* of the training set */
    double mean[RP_N_FEATURES], spread[RP_N_FEATURES];
    double b[RP_N_FEATURES + 1];
    GArray *waits; /* own; of int64_t, of the training set's answers, ascending */
} Model;

struct RpExpectations {
    const RpDerivation *d; /* foreign */
    RpHistory *histories;  /* own */
    GArray *openings[2]; /* own; by RpDirection: of follow-up indices, in R1's order */
    GPtrArray *models;   /* own; of Model */
};

const char *
rp_feature_name(RpFeature feature)
{
    static const char *const names[RP_N_FEATURES] = {
        [RP_FEATURE_HIER] = "f_hier",   [RP_FEATURE_CONV] = "f_conv",
        [RP_FEATURE_NFROM] = "nfrom",   [RP_FEATURE_NTO] = "nto",
        [RP_FEATURE_SINCE] = "since",   [RP_FEATURE_CONV_N] = "conv_n",
        [RP_FEATURE_PREFIX] = "prefix", [RP_FEATURE_STARTER] = "starter",
        [RP_FEATURE_BURST] = "burst",   [RP_FEATURE_FIRST] = "first",
        [RP_FEATURE_TO_N] = "to_n",     [RP_FEATURE_CC_N] = "cc_n",
    };

    return names[feature];
}

/* --- the training set --- */

int
rp_expectation_label(const RpFollowup *f, int64_t known_at)
{
    bool is_answer = f->state == RP_STATE_ANSWERED || f->state == RP_STATE_DONE;
    bool is_known = f->state != RP_STATE_DONE || f->decision->taken_at <= known_at;

    if (f->opened_at + RP_HORIZON_S > known_at || f->known_at > known_at ||
        f->state == RP_STATE_ANSWERED_ELSEWHERE ||
        (f->released_at != RP_NEVER && f->released_at - f->opened_at <= RP_HORIZON_S))
        return -1;
    return is_answer && is_known && f->latency_s <= RP_HORIZON_S;
}

static const RpFollowup *
followup_at(const RpExpectations *e, uint32_t index)
{
    return &g_array_index(e->d->followups, RpFollowup, index);
}

/* Of uint32_t: the labelled follow-ups as of begin_at, in the order of openings. */
static GArray *
find_members(const RpExpectations *e, RpDirection direction, int64_t begin_at)
{
    GArray *members = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    const GArray *openings = e->openings[direction];

    for (guint i = 0; i < openings->len; i++) {
        uint32_t index = g_array_index(openings, uint32_t, i);

        if (rp_expectation_label(followup_at(e, index), begin_at) >= 0)
            g_array_append_val(members, index);
    }
    return members;
}

static int64_t
day_key(const RpFollowup *f)
{
    int64_t day = f->opened_at / RP_DAY_S - (f->opened_at % RP_DAY_S < 0 ? 1 : 0);

    return day * ((int64_t)UINT32_MAX + 1) + f->person;
}

/* Many of one person and UTC day weigh less: 1 / sqrt of their number. */
static GArray *
find_weights(const RpExpectations *e, const GArray *members)
{
    g_autoptr(GHashTable) numbers =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    GArray *weights = g_array_sized_new(FALSE, FALSE, sizeof(double), members->len);

    for (guint i = 0; i < members->len; i++) {
        int64_t key = day_key(followup_at(e, g_array_index(members, uint32_t, i)));
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, &key));

        g_hash_table_replace(numbers, g_memdup2(&key, sizeof key),
                             GUINT_TO_POINTER(n + 1));
    }
    for (guint i = 0; i < members->len; i++) {
        int64_t key = day_key(followup_at(e, g_array_index(members, uint32_t, i)));
        double weight = 1 / sqrt(GPOINTER_TO_UINT(g_hash_table_lookup(numbers, &key)));

        g_array_append_val(weights, weight);
    }
    return weights;
}

/* The column's mean and standard deviation (n - 1). */
static void
find_scale(const RpExpectations *e, const GArray *members, RpFeature j, Model *model)
{
    double sum = 0, squares = 0;

    for (guint i = 0; i < members->len; i++)
        sum += e->histories[g_array_index(members, uint32_t, i)].x[j];
    model->mean[j] = sum / members->len;
    for (guint i = 0; i < members->len; i++) {
        double x = e->histories[g_array_index(members, uint32_t, i)].x[j];

        squares += (x - model->mean[j]) * (x - model->mean[j]);
    }
    model->spread[j] = members->len > 1 ? sqrt(squares / (members->len - 1)) : 0;
    if (model->spread[j] < SPREAD_MIN)
        model->spread[j] = 1;
}

static double
standardise(const Model *model, const RpHistory *history, RpFeature j)
{
    return (history->x[j] - model->mean[j]) / model->spread[j];
}

/* Fits the model; the training set is the caller's. */
static RpTraining *
train(const RpExpectations *e, const GArray *members, Model *model)
{
    RpTraining *training = g_new0(RpTraining, 1);
    RpDesign design;

    training->x = g_array_new(FALSE, FALSE, sizeof(double));
    training->y = g_array_new(FALSE, FALSE, sizeof(double));
    training->w = find_weights(e, members);
    for (RpFeature j = 0; members->len > 0 && j < RP_N_FEATURES; j++)
        find_scale(e, members, j, model);
    for (guint i = 0; i < members->len; i++) {
        uint32_t index = g_array_index(members, uint32_t, i);
        double y = rp_expectation_label(followup_at(e, index), model->begin_at);

        g_array_append_val(training->y, y);
        for (RpFeature j = 0; j < RP_N_FEATURES; j++) {
            double x = standardise(model, &e->histories[index], j);

            g_array_append_val(training->x, x);
        }
    }
    design = (RpDesign){(const double *)(gpointer)training->x->data,
                        (const double *)(gpointer)training->y->data,
                        (const double *)(gpointer)training->w->data, members->len,
                        RP_N_FEATURES};
    rp_logistic_fit(&design, LAMBDA, model->b);
    memcpy(training->b, model->b, sizeof training->b);
    return training;
}

void
rp_training_free(RpTraining *training)
{
    if (training == NULL)
        return;
    g_array_unref(training->x);
    g_array_unref(training->y);
    g_array_unref(training->w);
    g_free(training);
}

static int
compare_waits(gconstpointer a, gconstpointer b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static GArray *
find_waits(const RpExpectations *e, const GArray *members, int64_t begin_at)
{
    GArray *waits = g_array_new(FALSE, FALSE, sizeof(int64_t));

    for (guint i = 0; i < members->len; i++) {
        const RpFollowup *f = followup_at(e, g_array_index(members, uint32_t, i));

        if (rp_expectation_label(f, begin_at) == 1)
            g_array_append_val(waits, f->latency_s);
    }
    g_array_sort(waits, compare_waits);
    return waits;
}

/* --- models --- */

static void
model_free(gpointer data)
{
    Model *model = data;

    g_array_unref(model->waits);
    g_free(model);
}

/* 00:00 UTC of the first day of the month. */
static int64_t
month_of(int64_t at)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);
    RpCivil civil = {.day = 1};
    int64_t begin_at = at;

    if (time == NULL)
        return at;
    civil.year = g_date_time_get_year(time);
    civil.month = g_date_time_get_month(time);
    rp_instant_from_civil(&civil, &begin_at);
    return begin_at;
}

static void
fit(const RpExpectations *e, Model *model)
{
    g_autoptr(GArray) members = find_members(e, model->direction, model->begin_at);

    model->n = members->len;
    model->waits = find_waits(e, members, model->begin_at);
    if (members->len >= FEW)
        rp_training_free(train(e, members, model));
}

static Model *
model_of(RpExpectations *e, RpDirection direction, int64_t at)
{
    int64_t begin_at = month_of(at);
    Model *model;

    for (guint i = e->models->len; i > 0; i--) {
        model = g_ptr_array_index(e->models, i - 1);
        if (model->direction == direction && model->begin_at == begin_at)
            return model;
    }
    model = g_new0(Model, 1);
    model->direction = direction;
    model->begin_at = begin_at;
    fit(e, model);
    g_ptr_array_add(e->models, model);
    return model;
}

/* --- what they say --- */

static double
predict(const Model *model, const RpHistory *history, double effect[RP_N_FEATURES])
{
    double z = model->b[0];

    for (RpFeature j = 0; j < RP_N_FEATURES; j++) {
        effect[j] = model->b[j + 1] * standardise(model, history, j);
        z += effect[j];
    }
    return rp_logistic(z);
}

static double
find_p0(const Model *model, const RpHistory *history, double effect[RP_N_FEATURES])
{
    double share = fmin(1, (double)model->n / ENOUGH), p = history->g;

    memset(effect, 0, sizeof(double) * RP_N_FEATURES);
    if (model->n >= FEW)
        p = share * predict(model, history, effect) + (1 - share) * history->h;
    return fmax(P_MIN, fmin(P_MAX, p));
}

/* F: the share of the answers that came within t_s. */
static double
share_within(const Model *model, int64_t t_s)
{
    guint low = 0, high = model->waits->len;

    if (model->waits->len < WAITS_ENOUGH)
        return rp_usual_share((double)t_s);
    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (g_array_index(model->waits, int64_t, middle) <= t_s)
            low = middle + 1;
        else
            high = middle;
    }
    return (double)low / model->waits->len;
}

static double
still_expected(const Model *model, double p0, int64_t t_s)
{
    double share;

    if (t_s <= 0)
        return p0;
    if (t_s >= RP_HORIZON_S)
        return 0;
    share = share_within(model, t_s);
    return p0 * (1 - share) / (1 - p0 * share);
}

static uint32_t
index_of(const RpExpectations *e, const RpFollowup *f)
{
    return (uint32_t)(f - &g_array_index(e->d->followups, RpFollowup, 0));
}

RpExpectation
rp_expectation_of(RpExpectations *e, const RpFollowup *f)
{
    const Model *model = model_of(e, f->direction, f->opened_at);
    RpExpectation expectation = {.history = &e->histories[index_of(e, f)]};

    expectation.p0 = find_p0(model, expectation.history, expectation.effect);
    expectation.n_training = model->n;
    expectation.knows_enough = model->n >= FEW;
    expectation.still =
        f->state == RP_STATE_OPEN
            ? still_expected(model, expectation.p0, e->d->as_of_at - f->opened_at)
            : -1;
    return expectation;
}

double
rp_expectation_after(RpExpectations *e, const RpFollowup *f, int64_t t_s)
{
    const Model *model = model_of(e, f->direction, f->opened_at);
    double effect[RP_N_FEATURES];

    return still_expected(model, find_p0(model, &e->histories[index_of(e, f)], effect),
                          t_s);
}

RpTraining *
rp_expectations_training(RpExpectations *e, RpDirection direction, int64_t at)
{
    Model model = {.direction = direction, .begin_at = month_of(at)};
    g_autoptr(GArray) members = find_members(e, direction, model.begin_at);

    return train(e, members, &model);
}

/* --- the whole --- */

static int
compare_openings(gconstpointer a, gconstpointer b, gpointer data)
{
    const RpExpectations *e = data;
    const RpFollowup *x = followup_at(e, *(const uint32_t *)a);
    const RpFollowup *y = followup_at(e, *(const uint32_t *)b);

    if (x->message != y->message)
        return x->message < y->message ? -1 : 1;
    return strcmp(x->id, y->id);
}

RpExpectations *
rp_expectations_new(const RpDerivation *d)
{
    RpExpectations *e = g_new0(RpExpectations, 1);

    e->d = d;
    e->histories = rp_histories(d);
    e->models = g_ptr_array_new_with_free_func(model_free);
    for (int i = 0; i < 2; i++)
        e->openings[i] = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < d->followups->len; i++)
        g_array_append_val(e->openings[followup_at(e, i)->direction], i);
    for (int i = 0; i < 2; i++)
        g_array_sort_with_data(e->openings[i], compare_openings, e);
    return e;
}

void
rp_expectations_free(RpExpectations *e)
{
    if (e == NULL)
        return;
    g_free(e->histories);
    g_ptr_array_unref(e->models);
    for (int i = 0; i < 2; i++)
        g_array_unref(e->openings[i]);
    g_free(e);
}
