/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expectation-train.c - labels, training sets and models by month: R12 */
#include <math.h>
#include <string.h>

#include "core/expectation-private.h"
#include "core/hash.h"
#include "core/logistic.h"

static const double LAMBDA = 20;
static const double SPREAD_MIN = 1e-9;

RpExample
rp_example_of(const RpFollowup *f)
{
    bool is_said = f->state == RP_STATE_DONE;

    return (RpExample){.opened_at = f->opened_at,
                       .known_at = f->known_at,
                       .released_at = f->released_at,
                       .latency_s = f->latency_s,
                       .said_at = is_said ? f->decision->taken_at : RP_NEVER,
                       .direction = f->direction,
                       .state = f->state};
}

static int
label_of(const RpExample *x, int64_t known_at)
{
    bool is_answer = x->state == RP_STATE_ANSWERED || x->state == RP_STATE_DONE;
    bool is_known = x->state != RP_STATE_DONE || x->said_at <= known_at;

    if (x->opened_at + RP_HORIZON_S > known_at || x->known_at > known_at ||
        x->state == RP_STATE_ANSWERED_ELSEWHERE ||
        (x->released_at != RP_NEVER && x->released_at - x->opened_at <= RP_HORIZON_S))
        return -1;
    return is_answer && is_known && x->latency_s <= RP_HORIZON_S;
}

int
rp_expectation_label(const RpFollowup *f, int64_t known_at)
{
    RpExample example = rp_example_of(f);

    return label_of(&example, known_at);
}

/* Of uint32_t: the labelled follow-ups as of begin_at, in the order of openings. */
static GArray *
find_members(const RpExpectations *e, RpDirection direction, int64_t begin_at)
{
    GArray *members = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    const GArray *openings = e->openings[direction];

    for (guint i = 0; i < openings->len; i++) {
        uint32_t index = g_array_index(openings, uint32_t, i);

        if (label_of(rp_expectations_row(e, index), begin_at) >= 0)
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

GArray *
rp_number_days(const RpDerivation *d)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(rp_hash_pair, g_int64_equal);
    g_autofree int64_t *keys = g_new(int64_t, d->followups->len + 1);
    GArray *days = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (guint i = 0; i < d->followups->len; i++) {
        guint number;

        keys[i] = day_key(&g_array_index(d->followups, RpFollowup, i));
        number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, &keys[i]));
        if (number == 0) {
            number = g_hash_table_size(numbers) + 1;
            g_hash_table_insert(numbers, &keys[i], GUINT_TO_POINTER(number));
        }
        number--;
        g_array_append_val(days, number);
    }
    return days;
}

/* Many of one person and UTC day weigh less: 1 / sqrt of their number. */
static GArray *
find_weights(const RpExpectations *e, const GArray *members)
{
    const uint32_t *days = (const uint32_t *)(gpointer)e->days->data;
    g_autofree uint32_t *n_of_day = g_new0(uint32_t, e->n_learned + 1);
    GArray *weights = g_array_sized_new(FALSE, FALSE, sizeof(double), members->len);

    for (guint i = 0; i < members->len; i++)
        n_of_day[days[g_array_index(members, uint32_t, i)]]++;
    for (guint i = 0; i < members->len; i++) {
        uint32_t day = days[g_array_index(members, uint32_t, i)];
        double weight = 1 / sqrt(n_of_day[day]);

        g_array_append_val(weights, weight);
    }
    return weights;
}

/* The column's mean and standard deviation (n - 1). */
static void
find_scale(const RpExpectations *e, const GArray *members, RpFeature j, RpModel *model)
{
    double sum = 0, squares = 0;

    for (guint i = 0; i < members->len; i++)
        sum += rp_expectations_history(e, g_array_index(members, uint32_t, i))->x[j];
    model->mean[j] = sum / members->len;
    for (guint i = 0; i < members->len; i++) {
        double x =
            rp_expectations_history(e, g_array_index(members, uint32_t, i))->x[j];

        squares += (x - model->mean[j]) * (x - model->mean[j]);
    }
    model->spread[j] = members->len > 1 ? sqrt(squares / (members->len - 1)) : 0;
    if (model->spread[j] < SPREAD_MIN)
        model->spread[j] = 1;
}

static double *
doubles_of(const GArray *array)
{
    return (double *)(gpointer)array->data;
}

static void
fill_rows(const RpExpectations *e, const GArray *members, const RpModel *model,
          const RpTraining *training)
{
    double *x = doubles_of(training->x), *y = doubles_of(training->y);

    for (guint i = 0; i < members->len; i++) {
        uint32_t index = g_array_index(members, uint32_t, i);

        *y++ = label_of(rp_expectations_row(e, index), model->begin_at);
        for (RpFeature j = 0; j < RP_N_FEATURES; j++)
            *x++ = rp_model_standardise(model, rp_expectations_history(e, index), j);
    }
}

/* Fits the model; the training set is the caller's. */
static RpTraining *
train(const RpExpectations *e, const GArray *members, RpModel *model)
{
    RpTraining *training = g_new0(RpTraining, 1);
    RpDesign design;

    training->x = g_array_new(FALSE, FALSE, sizeof(double));
    training->y = g_array_new(FALSE, FALSE, sizeof(double));
    training->w = find_weights(e, members);
    g_array_set_size(training->x, members->len * RP_N_FEATURES);
    g_array_set_size(training->y, members->len);
    for (RpFeature j = 0; members->len > 0 && j < RP_N_FEATURES; j++)
        find_scale(e, members, j, model);
    fill_rows(e, members, model, training);
    design = (RpDesign){doubles_of(training->x), doubles_of(training->y),
                        doubles_of(training->w), members->len, RP_N_FEATURES};
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
        const RpExample *x =
            rp_expectations_row(e, g_array_index(members, uint32_t, i));

        if (label_of(x, begin_at) == 1)
            g_array_append_val(waits, x->latency_s);
    }
    g_array_sort(waits, compare_waits);
    return waits;
}

/* --- models --- */

int64_t
rp_model_month(int64_t at)
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

RpModel *
rp_model_new(const RpExpectations *e, RpDirection direction, int64_t at)
{
    RpModel *model = g_new0(RpModel, 1);
    g_autoptr(GArray) members = NULL;

    model->direction = direction;
    model->begin_at = rp_model_month(at);
    members = find_members(e, direction, model->begin_at);
    model->n = members->len;
    model->waits = find_waits(e, members, model->begin_at);
    if (members->len >= RP_MODEL_FEW)
        rp_training_free(train(e, members, model));
    return model;
}

void
rp_model_free(RpModel *model)
{
    if (model == NULL)
        return;
    g_array_unref(model->waits);
    g_free(model);
}

RpTraining *
rp_expectations_training(RpExpectations *e, RpDirection direction, int64_t at)
{
    RpModel model = {.direction = direction, .begin_at = rp_model_month(at)};
    g_autoptr(GArray) members = find_members(e, direction, model.begin_at);

    return train(e, members, &model);
}
