/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expectation.c - models by month, and what they say: R12 */
#include "core/expectation.h"

#include <math.h>
#include <string.h>

#include "core/expectation-private.h"
#include "core/logistic.h"

enum {
    ENOUGH = 200,      /* before it counts alone */
    WAITS_ENOUGH = 30, /* answers before their own waits are taken */
};

static const double P_MIN = 0.01, P_MAX = 0.99;

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

/* --- models --- */

static void
free_model(gpointer model)
{
    rp_model_free(model);
}

static const RpModel *
model_of(RpExpectations *e, RpDirection direction, int64_t at)
{
    int64_t begin_at = rp_model_month(at);
    RpModel *model;

    for (guint i = e->models->len; i > 0; i--) {
        model = g_ptr_array_index(e->models, i - 1);
        if (model->direction == direction && model->begin_at == begin_at)
            return model;
    }
    model = rp_model_new(e, direction, at);
    g_ptr_array_add(e->models, model);
    return model;
}

/* --- what they say --- */

static double
predict(const RpModel *model, const RpHistory *history, RpExpectation *expectation)
{
    double sum = model->b[0];

    for (RpFeature j = 0; j < RP_N_FEATURES; j++) {
        expectation->z[j] = rp_model_standardise(model, history, j);
        expectation->effect[j] = model->b[j + 1] * expectation->z[j];
        sum += expectation->effect[j];
    }
    return rp_logistic(sum);
}

static void
set_p0(const RpModel *model, RpExpectation *expectation)
{
    const RpHistory *history = expectation->history;
    double share = fmin(1, (double)model->n / ENOUGH), p = history->g;

    if (model->n >= RP_MODEL_FEW)
        p = share * predict(model, history, expectation) + (1 - share) * history->h;
    expectation->p0 = fmax(P_MIN, fmin(P_MAX, p));
}

/* F: the share of the answers that came within t_s. */
static double
share_within(const RpModel *model, int64_t t_s)
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
still_expected(const RpModel *model, double p0, int64_t t_s)
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
    const RpModel *model = model_of(e, f->direction, f->opened_at);
    RpExpectation expectation = {.history = &e->histories[index_of(e, f)]};

    set_p0(model, &expectation);
    expectation.n_training = model->n;
    expectation.knows_enough = model->n >= RP_MODEL_FEW;
    expectation.still =
        f->state == RP_STATE_OPEN
            ? still_expected(model, expectation.p0, e->d->as_of_at - f->opened_at)
            : -1;
    return expectation;
}

double
rp_expectation_after(RpExpectations *e, const RpFollowup *f, int64_t t_s)
{
    return still_expected(model_of(e, f->direction, f->opened_at),
                          rp_expectation_of(e, f).p0, t_s);
}

/* --- the whole --- */

static int
compare_openings(gconstpointer a, gconstpointer b, gpointer data)
{
    const RpExpectations *e = data;
    const RpFollowup *x = rp_expectations_followup(e, *(const uint32_t *)a);
    const RpFollowup *y = rp_expectations_followup(e, *(const uint32_t *)b);

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
    e->days = rp_number_days(d);
    e->models = g_ptr_array_new_with_free_func(free_model);
    for (int i = 0; i < 2; i++)
        e->openings[i] = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < d->followups->len; i++)
        g_array_append_val(e->openings[rp_expectations_followup(e, i)->direction], i);
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
    g_free(e->days);
    g_ptr_array_unref(e->models);
    for (int i = 0; i < 2; i++)
        g_array_unref(e->openings[i]);
    g_free(e);
}
