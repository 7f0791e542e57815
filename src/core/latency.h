/* SPDX-License-Identifier: GPL-3.0-or-later */
/* latency.h - how long answers take, the unanswered counted: R13
 *
 * Pure. Kaplan & Meier 1958, J. Am. Stat. Assoc. 53(282):457-481; Greenwood 1926
 * for the standard error.
 */
#pragma once

#include "core/derive.h"

/* One wait. Until the answer is sent its true length is only bounded from
 * below: the sample is then censored and wait_s is that bound. */
typedef struct {
    int64_t wait_s; /* >= 0 */
    bool is_censored;
} RpLatency;

/* Unknown or not reached: < 0 (durations), NAN (shares). */
typedef struct {
    uint32_t n, n_24h, n_48h;       /* answers; those of them within 24 h, 48 h */
    double median_s, mean_s, p90_s; /* whole seconds, but for -1 */
    double within_24h, within_48h;
} RpPlainFigures;

typedef struct {
    uint32_t n, n_events;
    int64_t median_s, p90_s; /* -1: not reached */
    double within_24h, within_48h, within_7d, se_24h, se_48h;
} RpEstimate;

typedef struct {
    uint32_t n_opened, n_answered, n_open, n_lapsed, n_released, n_superseded;
    uint32_t n_answered_elsewhere, n_done, n_dismissed, n_answers_sent;
    double share_released; /* of the opened: ever released, answered after all or not */
    RpPlainFigures answered_only;
    RpEstimate estimate;
} RpFigures;

typedef struct {
    RpDirection direction;
    int64_t silent_s;
    uint32_t n, n_answered_later;
    double share; /* answered later, of n */
} RpSilence;

/* The curve of shares answered within t, of every full hour of a week. low and high
 * bound it with 95 %: Greenwood's variance of log(-log S(t)) (Kalbfleisch & Prentice
 * 1980, The Statistical Analysis of Failure Time Data, 1.3), so they stay in 0..1; NAN
 * until somebody has been answered and where all have. */
enum { RP_CURVE_POINTS = 7 * 24 + 1 };
typedef struct {
    double answered, low, high;
    double answered_only; /* of the answered alone */
    uint32_t n_at_risk;   /* waits >= t */
} RpCurvePoint;

/* The sample that a follow-up is for R13; false if it is left out (dismissed). */
bool rp_latency_of(const RpFollowup *followup, int64_t as_of_at, RpLatency *sample);

/* The shortest wait t with 1 - S(t) >= p, 0 < p < 1 (slack 1e-9), or -1 if it is
 * not reached. Order does not matter; samples stay as they are. */
int64_t rp_latency_quantile(const RpLatency *samples, size_t n, double p);

/* 1 - S(t): the share answered within t, and its Greenwood standard error (may
 * be NULL). NAN if nobody is at risk at t (wait >= t) and S(t) > 0; the error is
 * NAN where the share is NAN or 1. */
double rp_latency_share(const RpLatency *samples, size_t n, int64_t t_s, double *se);

/* Gathers the figures of one window in one pass over any follow-ups. Begin with
 * RP_TALLY_INIT. */
typedef struct {
    RpFigures figures; /* counts so far */
    uint32_t n_ever_released;
    GArray *samples; /* own, of RpLatency; NULL if none */
    GArray *waits;   /* own, of int64_t: latencies of the answered; NULL if none */
} RpTally;
#define RP_TALLY_INIT                                                                  \
    {                                                                                  \
        .samples = NULL                                                                \
    }

/* Counts it if it was opened, and its answer if that was sent, in
 * [from_at, until_at). */
void rp_tally_add(RpTally *tally, const RpFollowup *followup, int64_t from_at,
                  int64_t until_at, int64_t as_of_at);
/* Works the figures out, and leaves the tally empty for another window. */
void rp_tally_end(RpTally *tally, RpFigures *figures);

/* How my waits stand to theirs: the median of the one by that of the other; NAN if
 * either is not reached, or theirs is 0. */
double rp_latency_ratio(const RpFigures *mine, const RpFigures *theirs);

/* The curve of the window so far, a point each full hour from 0 on; before
 * rp_tally_end(). */
void rp_tally_curve(RpTally *tally, RpCurvePoint points[RP_CURVE_POINTS]);

/* The six rows (1, 2, 4, 7, 14, 30 d) of a silence table: empty, with one follow-up
 * more, and with their shares. */
enum { RP_N_SILENCES = 6 };
void rp_silence_begin(RpDirection direction, RpSilence rows[RP_N_SILENCES]);
void rp_silence_add(const RpFollowup *followup, int64_t as_of_at,
                    RpSilence rows[RP_N_SILENCES]);
void rp_silence_end(RpSilence rows[RP_N_SILENCES]);
