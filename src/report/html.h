/* SPDX-License-Identifier: GPL-3.0-or-later */
/* html.h - the report as one HTML page, and what it is made of
 *
 * The page stands alone: no script, no request to anywhere (a content security policy
 * says so, too). Each figure stands in an element whose data-f is its path in
 * riposte.report/1; of curves, the wait in seconds stands for the index.
 */
#pragma once

#include "report/figure.h"

/* Owned by the caller. */
char *rp_html_report(const RpView *view, const RpReport *report);

/* --- for its parts --- */

typedef struct {
    GString *out;           /* foreign */
    const RpView *view;     /* foreign */
    const RpReport *report; /* foreign */
} RpHtml;

/* Text, escaped; what rp_words_isolate() made becomes <bdi>. */
void rp_html_text(RpHtml *html, const char *text);
/* Text from mail: cleaned, cut to columns, escaped; for where no element may stand. */
void rp_html_foreign(RpHtml *html, const char *text, int columns);

/* A paragraph that matters less. */
void rp_html_note(RpHtml *html, const char *text);
void rp_html_section(RpHtml *html, const char *id, const char *title);
void rp_html_end_section(RpHtml *html);

/* heads: of columns, ending in NULL; "<who" is one of words, "" has none. */
void rp_html_table(RpHtml *html, const char *caption, const char *const *heads);
void rp_html_end_table(RpHtml *html);
void rp_html_row(RpHtml *html, const char *head); /* head: as rp_html_text() */
void rp_html_end_row(RpHtml *html);

/* A cell with a figure; text is taken over. path may be NULL: no figure. */
void rp_html_cell(RpHtml *html, char *text, const char *path_format, ...)
    G_GNUC_PRINTF(3, 4);

/* Charts, each with its title and description; ids of different ones differ. */
void rp_html_curve(RpHtml *html, RpDirection direction);
void rp_html_weeks(RpHtml *html);
void rp_html_waits(RpHtml *html, guint n_people);

/* The sections with their tables. */
void rp_html_figures(RpHtml *html);
void rp_html_curves(RpHtml *html);
void rp_html_week_by_week(RpHtml *html);
void rp_html_people(RpHtml *html);
void rp_html_silences(RpHtml *html);
void rp_html_heatmaps(RpHtml *html);
void rp_html_open(RpHtml *html);
void rp_html_quiet(RpHtml *html);
void rp_html_coverage(RpHtml *html);

extern const char RP_HTML_STYLE[];
