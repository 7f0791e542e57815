/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure.h - the figures of one side, by the names that contract.md gives them
 *
 * One table, from which text, CSV and HTML take their rows.
 */
#pragma once

#include "report/report.h"

typedef enum { RP_FIGURE_COUNT, RP_FIGURE_SHARE, RP_FIGURE_WAIT } RpFigureKind;
typedef enum { RP_GROUP_ESTIMATE, RP_GROUP_PLAIN, RP_GROUP_COUNTS } RpFigureGroup;

typedef struct {
    const char *path; /* "estimate.within_48h" */
    const char *name; /* in words; NULL: of no row of its own */
    RpFigureGroup group;
    RpFigureKind kind;
    enum {
        RP_IS_UINT32,
        RP_IS_INT64,
        RP_IS_DOUBLE
    } type;        /* of what stands at offset */
    size_t offset; /* in RpFigures */
} RpFigure;

extern const RpFigure RP_FIGURES[];
extern const size_t RP_N_FIGURES;

/* NULL if there is none of that path. */
const RpFigure *rp_figure_find(const char *path);

/* Seconds, a share or a count; NAN if it is not known or not reached. */
double rp_figure_value(const RpFigures *figures, const RpFigure *figure);

/* As it is shown: "82 % ± 6", "5 h 12 min", "not reached", "7". The caller's. */
char *rp_figure_show(const RpFigures *figures, const RpFigure *figure);

/* "How fast, the unanswered counted". */
const char *rp_figure_group_title(RpFigureGroup group);
