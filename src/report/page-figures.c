/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page-figures.c - both sides' figures beside each other */
#include <math.h>

#include "report/page.h"

enum { FIGURE_COLUMNS = 24, CELL_COLUMNS = 16 };

static void
put_name(RpPage *page, const char *name)
{
    g_string_append_printf(page->text, "  %-*s", FIGURE_COLUMNS, name);
}

static void
put_share_row(RpPage *page, const char *name, double mine, double theirs)
{
    put_name(page, name);
    rp_page_share(page, mine, CELL_COLUMNS);
    rp_page_share(page, theirs, CELL_COLUMNS);
    g_string_append_c(page->text, '\n');
}

/* A share with its standard error, "82 % ± 6". */
static void
put_estimate(RpPage *page, double share, double se)
{
    g_autofree char *text = NULL;

    if (isnan(se) || se <= 0) {
        rp_page_share(page, share, CELL_COLUMNS);
        return;
    }
    text = g_strdup_printf("%.0f %% ± %.0f", share * 100, se * 100);
    rp_page_cell(page, text, CELL_COLUMNS);
}

static void
put_wait_row(RpPage *page, const char *name, const int64_t waits_s[2],
             const uint32_t counts[2])
{
    put_name(page, name);
    for (int i = 0; i < 2; i++)
        rp_page_wait(page, waits_s[i], counts[i], CELL_COLUMNS);
    g_string_append_c(page->text, '\n');
}

void
rp_page_estimates(RpPage *page)
{
    const RpEstimate *mine = &page->report->mine.estimate;
    const RpEstimate *theirs = &page->report->theirs.estimate;
    const uint32_t counts[] = {mine->n, theirs->n};

    rp_page_title(page, "How fast, the unanswered counted");
    put_name(page, "");
    rp_page_cell(page, "mine", CELL_COLUMNS);
    rp_page_cell(page, "theirs", CELL_COLUMNS);
    g_string_append_c(page->text, '\n');
    put_name(page, "within 24 h");
    put_estimate(page, mine->within_24h, mine->se_24h);
    put_estimate(page, theirs->within_24h, theirs->se_24h);
    g_string_append_c(page->text, '\n');
    put_name(page, "within 48 h");
    put_estimate(page, mine->within_48h, mine->se_48h);
    put_estimate(page, theirs->within_48h, theirs->se_48h);
    g_string_append_c(page->text, '\n');
    put_share_row(page, "within 7 d", mine->within_7d, theirs->within_7d);
    put_wait_row(page, "half of them in",
                 (const int64_t[]){mine->median_s, theirs->median_s}, counts);
    put_wait_row(page, "nine in ten in", (const int64_t[]){mine->p90_s, theirs->p90_s},
                 counts);
}

void
rp_page_plain(RpPage *page)
{
    const RpPlainFigures *mine = &page->report->mine.answered_only;
    const RpPlainFigures *theirs = &page->report->theirs.answered_only;
    const uint32_t counts[] = {mine->n, theirs->n};

    rp_page_title(page, "The answered alone, as other tools count");
    put_name(page, "answers");
    rp_page_number(page, mine->n, CELL_COLUMNS);
    rp_page_number(page, theirs->n, CELL_COLUMNS);
    g_string_append_c(page->text, '\n');
    put_share_row(page, "within 24 h", mine->within_24h, theirs->within_24h);
    put_share_row(page, "within 48 h", mine->within_48h, theirs->within_48h);
    put_wait_row(page, "median",
                 (const int64_t[]){(int64_t)mine->median_s, (int64_t)theirs->median_s},
                 counts);
    put_wait_row(page, "mean",
                 (const int64_t[]){(int64_t)mine->mean_s, (int64_t)theirs->mean_s},
                 counts);
    put_wait_row(page, "90th percentile",
                 (const int64_t[]){(int64_t)mine->p90_s, (int64_t)theirs->p90_s},
                 counts);
}
