/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expectation-private.h - models of one direction and month, and their training */
#pragma once

#include "core/derive-private.h"
#include "core/history.h"

enum { RP_MODEL_FEW = 20 }; /* labelled follow-ups before the model counts at all */

/* Of one direction and month. */
typedef struct {
    RpDirection direction;
    int64_t begin_at; /* 00:00 UTC of the month's first day */
    uint32_t n;       /* of the training set */
    double mean[RP_N_FEATURES], spread[RP_N_FEATURES];
    double b[RP_N_FEATURES + 1];
    GArray *waits; /* own; of int64_t, of the training set's answers, ascending */
} RpModel;

/* Of a follow-up, what models ask about. */
typedef struct {
    int64_t opened_at, known_at, released_at, latency_s; /* as in RpFollowup */
    int64_t said_at; /* when the user said that it is done; RP_NEVER: did not */
    RpDirection direction;
    RpState state;
} RpExample;

/* Plain data but for d and learned (image.c). */
struct RpExpectations {
    const RpDerivation *d; /* foreign */
    RpDerivation *learned; /* own; as then; NULL until asked for */
    GArray *rows; /* own; of RpExample: the learned, then those of d that were not there
                     when they opened */
    uint32_t n_learned;
    GArray *row_of;      /* own; of uint32_t, by index in d->followups */
    GArray *histories;   /* own; of RpHistory, by row */
    GArray *days;        /* own; of uint32_t, by learned: the number of its person and
                            UTC day */
    GArray *openings[2]; /* own; by RpDirection: of learned, in R1's order */
    GPtrArray *models;   /* own; of RpModel */
};

/* One without rows; histories and days are NULL. */
RpExpectations *rp_expectations_empty(const RpDerivation *derivation);

static inline const RpExample *
rp_expectations_row(const RpExpectations *e, uint32_t row)
{
    return &g_array_index(e->rows, RpExample, row);
}

static inline const RpHistory *
rp_expectations_history(const RpExpectations *e, uint32_t row)
{
    return &g_array_index(e->histories, RpHistory, row);
}

RpExample rp_example_of(const RpFollowup *followup);

static inline double
rp_model_standardise(const RpModel *model, const RpHistory *history, RpFeature j)
{
    return (history->x[j] - model->mean[j]) / model->spread[j];
}

/* The model of the month in which at falls; free with rp_model_free. */
RpModel *rp_model_new(const RpExpectations *e, RpDirection direction, int64_t at);
void rp_model_free(RpModel *model);

/* Of uint32_t, one for each follow-up: the same number for the same person and UTC day
 * of opening, less than there are follow-ups. The caller's. */
GArray *rp_number_days(const RpDerivation *derivation);

/* 00:00 UTC of the first day of the month in which at falls. */
int64_t rp_model_month(int64_t at);
