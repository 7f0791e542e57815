/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure.c - the figures of one side, by the names that contract.md gives them */
#include "report/figure.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "report/words.h"

#define ROW(path, name, group, kind, type, member)                                     \
    {                                                                                  \
        path, name, RP_GROUP_##group, RP_FIGURE_##kind, RP_IS_##type,                  \
            offsetof(RpFigures, member)                                                \
    }

const RpFigure RP_FIGURES[] = {
    ROW("estimate.n", NULL, ESTIMATE, COUNT, UINT32, estimate.n),
    ROW("estimate.events", NULL, ESTIMATE, COUNT, UINT32, estimate.n_events),
    ROW("estimate.within_24h", N_("within 24 h"), ESTIMATE, SHARE, DOUBLE,
        estimate.within_24h),
    ROW("estimate.se_24h", NULL, ESTIMATE, SHARE, DOUBLE, estimate.se_24h),
    ROW("estimate.within_48h", N_("within 48 h"), ESTIMATE, SHARE, DOUBLE,
        estimate.within_48h),
    ROW("estimate.se_48h", NULL, ESTIMATE, SHARE, DOUBLE, estimate.se_48h),
    ROW("estimate.within_7d", N_("within 7 d"), ESTIMATE, SHARE, DOUBLE,
        estimate.within_7d),
    ROW("estimate.median_s", N_("half of them in"), ESTIMATE, WAIT, INT64,
        estimate.median_s),
    ROW("estimate.p90_s", N_("nine in ten in"), ESTIMATE, WAIT, INT64, estimate.p90_s),
    ROW("answered_only.n", N_("answers"), PLAIN, COUNT, UINT32, answered_only.n),
    ROW("answered_only.n_24h", NULL, PLAIN, COUNT, UINT32, answered_only.n_24h),
    ROW("answered_only.n_48h", NULL, PLAIN, COUNT, UINT32, answered_only.n_48h),
    ROW("answered_only.within_24h", N_("within 24 h"), PLAIN, SHARE, DOUBLE,
        answered_only.within_24h),
    ROW("answered_only.within_48h", N_("within 48 h"), PLAIN, SHARE, DOUBLE,
        answered_only.within_48h),
    ROW("answered_only.median_s", N_("median"), PLAIN, WAIT, DOUBLE,
        answered_only.median_s),
    ROW("answered_only.mean_s", N_("mean"), PLAIN, WAIT, DOUBLE, answered_only.mean_s),
    ROW("answered_only.p90_s", N_("90th percentile"), PLAIN, WAIT, DOUBLE,
        answered_only.p90_s),
    ROW("opened", N_("opened"), COUNTS, COUNT, UINT32, n_opened),
    ROW("answered", N_("answered"), COUNTS, COUNT, UINT32, n_answered),
    ROW("done", N_("done otherwise"), COUNTS, COUNT, UINT32, n_done),
    ROW("answered_elsewhere", N_("answered elsewhere"), COUNTS, COUNT, UINT32,
        n_answered_elsewhere),
    ROW("released", N_("answered by others"), COUNTS, COUNT, UINT32, n_released),
    ROW("share_released", N_("ever by others"), COUNTS, SHARE, DOUBLE, share_released),
    ROW("dismissed", N_("dismissed"), COUNTS, COUNT, UINT32, n_dismissed),
    ROW("superseded", N_("lapsed, then new"), COUNTS, COUNT, UINT32, n_superseded),
    ROW("open", N_("still open"), COUNTS, COUNT, UINT32, n_open),
    ROW("lapsed", N_("of them lapsed"), COUNTS, COUNT, UINT32, n_lapsed),
    ROW("answers_sent", N_("answers sent then"), COUNTS, COUNT, UINT32, n_answers_sent),
};
const size_t RP_N_FIGURES = G_N_ELEMENTS(RP_FIGURES);

const RpFigure *
rp_figure_find(const char *path)
{
    for (size_t i = 0; i < RP_N_FIGURES; i++) {
        if (strcmp(RP_FIGURES[i].path, path) == 0)
            return &RP_FIGURES[i];
    }
    return NULL;
}

static double
raw_value(const RpFigures *figures, const RpFigure *figure)
{
    const char *at = (const char *)figures + figure->offset;
    uint32_t count;
    int64_t wait_s;
    double value;

    switch (figure->type) {
    case RP_IS_UINT32:
        memcpy(&count, at, sizeof count);
        return count;
    case RP_IS_INT64:
        memcpy(&wait_s, at, sizeof wait_s);
        return (double)wait_s;
    case RP_IS_DOUBLE:
        break;
    }
    memcpy(&value, at, sizeof value);
    return value;
}

double
rp_figure_value(const RpFigures *figures, const RpFigure *figure)
{
    double value = raw_value(figures, figure);

    return value >= 0 ? value : (double)NAN;
}

/* A share of the estimate is shown with its standard error, which follows it. */
static double
error_of(const RpFigures *figures, const RpFigure *figure)
{
    const RpFigure *next = figure + 1;

    return next < RP_FIGURES + RP_N_FIGURES &&
                   g_str_has_prefix(next->path, "estimate.se_")
               ? rp_figure_value(figures, next)
               : (double)NAN;
}

char *
rp_figure_show(const RpFigures *figures, const RpFigure *figure)
{
    double value = rp_figure_value(figures, figure);
    uint32_t n = figure->group == RP_GROUP_ESTIMATE ? figures->estimate.n
                                                    : figures->answered_only.n;

    switch (figure->kind) {
    case RP_FIGURE_COUNT:
        return g_strdup_printf("%.0f", value);
    case RP_FIGURE_SHARE:
        return rp_words_estimate(value, error_of(figures, figure));
    case RP_FIGURE_WAIT:
        break;
    }
    return rp_words_wait(isnan(value) ? -1 : (int64_t)value, n);
}

const char *
rp_figure_group_title(RpFigureGroup group)
{
    static const char *const titles[] = {
        [RP_GROUP_ESTIMATE] = N_("How fast, the unanswered counted"),
        [RP_GROUP_PLAIN] = N_("The answered alone, as other tools count"),
        [RP_GROUP_COUNTS] = N_("How many"),
    };

    return _(titles[group]);
}
