/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expectation.c - models by month, and what they say: R12 */
#include "core/expectation.h"

#include <math.h>
#include <string.h>

#include "core/expectation-private.h"
#include "core/hash.h"
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

uint32_t
rp_expectations_n_models(const RpExpectations *e)
{
    return e->models->len;
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

static RpExpectation
expectation_of_row(RpExpectations *e, uint32_t row)
{
    const RpExample *x = rp_expectations_row(e, row);
    const RpModel *model = model_of(e, x->direction, x->opened_at);
    RpExpectation expectation = {.history = rp_expectations_history(e, row)};

    set_p0(model, &expectation);
    expectation.n_training = model->n;
    expectation.knows_enough = model->n >= RP_MODEL_FEW;
    expectation.still = -1;
    return expectation;
}

RpExpectation
rp_expectation_of(RpExpectations *e, const RpFollowup *f)
{
    guint index = (guint)(f - &g_array_index(e->d->followups, RpFollowup, 0));
    uint32_t row = g_array_index(e->row_of, uint32_t, index);
    RpExpectation expectation = {.p0 = (double)NAN, .still = -1};

    if (row == RP_NONE)
        return expectation;
    expectation = expectation_of_row(e, row);
    if (f->state == RP_STATE_OPEN)
        expectation.still =
            rp_expectation_after(e, f, expectation.p0, e->d->as_of_at - f->opened_at);
    return expectation;
}

const GArray *
rp_expectations_learned(RpExpectations *e)
{
    if (e->learned == NULL)
        e->learned = rp_derive_as_then(e->d);
    return e->learned->followups;
}

double
rp_expectation_of_learned(RpExpectations *e, uint32_t index)
{
    return expectation_of_row(e, index).p0;
}

double
rp_expectation_after(RpExpectations *e, const RpFollowup *f, double p0, int64_t t_s)
{
    return still_expected(model_of(e, f->direction, f->opened_at), p0, t_s);
}

/* --- the whole --- */

static int
compare_openings(gconstpointer a, gconstpointer b, gpointer data)
{
    const GArray *learned = data;
    const RpFollowup *x = &g_array_index(learned, RpFollowup, *(const uint32_t *)a);
    const RpFollowup *y = &g_array_index(learned, RpFollowup, *(const uint32_t *)b);

    if (x->message != y->message)
        return x->message < y->message ? -1 : 1;
    return strcmp(rp_followup_id(x), rp_followup_id(y));
}

/* The same for two follow-ups of mail if and only if their ids are, which cost more. */
static int64_t
row_key(const RpExpectations *e, const RpFollowup *f)
{
    uint32_t own = rp_corpus_address(e->d->corpus, f->address)->own;

    return (int64_t)((uint64_t)f->message << 32 | own << 1 | f->direction);
}

/* The follow-ups of the rows (of RpFollowup, the caller's); fills row_of. */
static GArray *
find_rows(const RpExpectations *e, const GArray *learned)
{
    const GArray *shown = e->d->followups;
    g_autofree int64_t *keys = g_new(int64_t, learned->len + 1);
    g_autoptr(GHashTable) row_of_key = g_hash_table_new(rp_hash_pair, g_int64_equal);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(RpFollowup));

    for (guint i = 0; i < learned->len; i++) {
        const RpFollowup *f = &g_array_index(learned, RpFollowup, i);

        keys[i] = row_key(e, f);
        g_hash_table_insert(row_of_key, &keys[i], GUINT_TO_POINTER(i + 1));
        g_array_append_vals(rows, f, 1);
    }
    for (guint i = 0; i < shown->len; i++) {
        const RpFollowup *f = &g_array_index(shown, RpFollowup, i);
        bool is_mail = f->channel == RP_CHANNEL_MAIL;
        int64_t key = is_mail ? row_key(e, f) : 0;
        guint known = GPOINTER_TO_UINT(g_hash_table_lookup(row_of_key, &key));
        uint32_t row = known > 0 ? known - 1 : rows->len;

        if (!is_mail)
            row = RP_NONE;
        else if (known == 0)
            g_array_append_vals(rows, f, 1);
        g_array_append_val(e->row_of, row);
    }
    return rows;
}

RpExpectations *
rp_expectations_empty(const RpDerivation *d)
{
    RpExpectations *e = g_new0(RpExpectations, 1);

    e->d = d;
    e->rows = g_array_new(FALSE, FALSE, sizeof(RpExample));
    e->row_of = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (int i = 0; i < 2; i++)
        e->openings[i] = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    e->models = g_ptr_array_new_with_free_func(free_model);
    return e;
}

RpExpectations *
rp_expectations_new(const RpDerivation *d)
{
    RpExpectations *e = rp_expectations_empty(d);
    g_autoptr(RpDerivation) then = rp_derive_as_then(d);
    GArray *learned = then->followups;
    g_autoptr(GArray) rows = find_rows(e, learned);

    e->n_learned = learned->len;
    for (guint i = 0; i < rows->len; i++) {
        RpExample example = rp_example_of(&g_array_index(rows, RpFollowup, i));

        g_array_append_val(e->rows, example);
    }
    e->histories = rp_histories(then, rows);
    e->days = rp_number_days(then);
    for (uint32_t i = 0; i < learned->len; i++)
        g_array_append_val(e->openings[rp_expectations_row(e, i)->direction], i);
    for (int i = 0; i < 2; i++)
        g_array_sort_with_data(e->openings[i], compare_openings, learned);
    return e;
}

void
rp_expectations_free(RpExpectations *e)
{
    if (e == NULL)
        return;
    rp_derivation_free(e->learned);
    g_array_unref(e->rows);
    g_array_unref(e->row_of);
    g_clear_pointer(&e->histories, g_array_unref);
    g_clear_pointer(&e->days, g_array_unref);
    g_ptr_array_unref(e->models);
    for (int i = 0; i < 2; i++)
        g_array_unref(e->openings[i]);
    g_free(e);
}
