/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expectation.h - whether an answer is expected: R12
 *
 * A ridge logistic regression of twelve features, one a direction, learned from the
 * mailbox itself and fitted anew for each month of its mail, never by the wall clock:
 * the same mail gives the same numbers (R14, R15). Of a follow-up only what was known
 * when it was opened counts. doc/RULES.md has the sentences of each feature.
 */
#pragma once

#include "core/derive.h"

typedef enum {
    RP_FEATURE_HIER,
    RP_FEATURE_CONV,
    RP_FEATURE_NFROM,
    RP_FEATURE_NTO,
    RP_FEATURE_SINCE,
    RP_FEATURE_CONV_N,
    RP_FEATURE_PREFIX,
    RP_FEATURE_STARTER,
    RP_FEATURE_BURST,
    RP_FEATURE_FIRST,
    RP_FEATURE_TO_N,
    RP_FEATURE_CC_N,
    RP_N_FEATURES
} RpFeature;

/* Whose earlier follow-ups the user's line counts. */
typedef enum { RP_BASIS_PERSON_KIND, RP_BASIS_PERSON, RP_BASIS_ALL } RpBasis;

/* What was known of a follow-up when it was opened. */
typedef struct {
    double x[RP_N_FEATURES]; /* not standardised */
    double g, h;             /* everybody's rate, and the hierarchical one */
    RpBasis basis;           /* the narrowest that has members */
    uint32_t basis_n;        /* its members */
    uint32_t basis_k;        /* those of them answered within 14 d */
} RpHistory;

typedef struct {
    const RpHistory *history;     /* foreign */
    double p0;                    /* answered within 14 d? as of the opening */
    double still;                 /* p(t), as of the derivation; -1 if it is not open */
    double z[RP_N_FEATURES];      /* the standardised features, and ... */
    double effect[RP_N_FEATURES]; /* ... b_j z_j; all 0 where no model counts yet */
    uint32_t n_training;          /* labelled follow-ups known at the month's begin */
    bool knows_enough;            /* for p(t) to decide what is probably done */
} RpExpectation;

/* The expectations of all follow-ups; models are fitted when first asked for. */
typedef struct RpExpectations RpExpectations;

/* The derivation must outlive it. */
RpExpectations *rp_expectations_new(const RpDerivation *derivation);
void rp_expectations_free(RpExpectations *expectations);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpExpectations, rp_expectations_free)

/* How many models were fitted so far. */
uint32_t rp_expectations_n_models(const RpExpectations *expectations);

/* Of one of the derivation's follow-ups; p0 is NAN and history NULL of what is no
 * mail. */
RpExpectation rp_expectation_of(RpExpectations *expectations,
                                const RpFollowup *followup);

/* p(t) of that follow-up, shown or learned, t_s after its opening: p0 at 0, never more
 * later, 0 from 14 d on. */
double rp_expectation_after(RpExpectations *expectations, const RpFollowup *followup,
                            double p0, int64_t t_s);

/* Of RpFollowup, by opened_at and id: what it learns from, the follow-ups that were
 * there when they opened (rp_derive_as_then()). Some are shown no more, some shown now
 * were not there then. */
const GArray *rp_expectations_learned(RpExpectations *expectations);

/* p0 of the index-th of those. */
double rp_expectation_of_learned(RpExpectations *expectations, uint32_t index);

/* 1 answered within 14 d, 0 not; -1: not known at that instant, or left out (released
 * within 14 d, R9). */
int rp_expectation_label(const RpFollowup *followup, int64_t known_at);

/* The training set of the month in which at falls, as it is fitted: standardised x
 * (rows of RP_N_FEATURES), y and w in the arrays (of double, the caller's), and the
 * fitted intercept and coefficients. */
typedef struct {
    GArray *x, *y, *w; /* own */
    double b[RP_N_FEATURES + 1];
} RpTraining;
RpTraining *rp_expectations_training(RpExpectations *expectations,
                                     RpDirection direction, int64_t at);
void rp_training_free(RpTraining *training);

/* "f_hier", "nfrom" ... as expectation models name them. */
const char *rp_feature_name(RpFeature feature);
