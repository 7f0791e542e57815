/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.h - a page of text for a terminal, and the tables of the report on it
 *
 * Nothing that is put is wider than the page, if that has 36 columns or more.
 */
#pragma once

#include "report/figure.h"

typedef struct {
    int width; /* 0: as wide as it gets */
    bool has_color;
    bool is_ascii; /* nothing but ASCII is shown */
} RpPageStyle;

typedef struct {
    GString *text;          /* own */
    const RpView *view;     /* foreign */
    const RpReport *report; /* foreign */
    RpPageStyle style;
} RpPage;

/* Ends the page: what isolates text becomes what a terminal takes for it, and ASCII
 * is made of it where it must. The caller's. */
char *rp_page_end(RpPage *page);

/* A blank line, then a title in bold. */
void rp_page_title(RpPage *page, const char *title);

/* A text in as many lines as it takes, each behind so many spaces. */
void rp_page_wrap(RpPage *page, const char *text, int indent);

/* A row's label, after two spaces: text from mail, cut to columns; or a name of ours,
 * on a line of its own if it is longer. */
void rp_page_label(RpPage *page, const char *label, int columns);
void rp_page_name(RpPage *page, const char *name, int columns);

/* Right-aligned in so many columns, after two spaces; too wide ones as they are. */
void rp_page_cell(RpPage *page, const char *text, int columns);
void rp_page_number(RpPage *page, uint32_t number, int columns);
void rp_page_share(RpPage *page, double share, int columns);
void rp_page_wait(RpPage *page, int64_t wait_s, uint32_t n, int columns);
void rp_page_end_row(RpPage *page);

/* The columns that a text takes, least at least: heads are wider in other languages. */
int rp_page_columns(int least, const char *text);

/* "and 3 more (riposte list)", if not all were shown. */
void rp_page_more(RpPage *page, guint n_all, guint n_shown, const char *where);

/* Is there room for columns? */
bool rp_page_has_room(const RpPage *page, int columns);

/* A group of both sides' figures, with the period before if there is room. */
void rp_page_figures(RpPage *page, RpFigureGroup group);

/* The report's tables; each is left out if there is nothing in it. */
void rp_page_weeks(RpPage *page);
void rp_page_people(RpPage *page);
void rp_page_silences(RpPage *page);
void rp_page_heatmaps(RpPage *page);
void rp_page_open(RpPage *page);
void rp_page_quiet(RpPage *page);
void rp_page_coverage(RpPage *page);
