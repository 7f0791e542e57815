/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.h - why a follow-up stands as it does, and what a figure is made of */
#pragma once

#include "report/json.h"

/* For a terminal. Owned by the caller, as all of these. */
char *rp_explain_text(const RpView *view, const RpFollowup *followup, bool has_color);
/* riposte.explain/1, with a newline. */
char *rp_explain_json(const RpView *view, const RpFollowup *followup);

typedef struct {
    const char *name; /* foreign; "mine.estimate.within_48h", as in riposte.report/1 */
    const RpScope *scope; /* foreign */
} RpFigureQuestion;

/* NULL if the report has no such figure. */
char *rp_explain_figure_text(const RpView *view, const RpFigureQuestion *question,
                             int width);
char *rp_explain_figure_json(const RpView *view, const RpFigureQuestion *question);
