/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.h - a page of text for a terminal, and the tables of the report on it */
#pragma once

#include "report/report.h"

typedef struct {
    GString *text;          /* own */
    const RpView *view;     /* foreign */
    const RpReport *report; /* foreign */
    int width;              /* 0: as wide as it gets */
    bool has_color;
} RpPage;

/* A blank line, then a title in bold. */
void rp_page_title(RpPage *page, const char *title);

/* Right-aligned in so many columns, after two spaces; too wide ones as they are. */
void rp_page_cell(RpPage *page, const char *text, int columns);
void rp_page_number(RpPage *page, uint32_t number, int columns);
/* "82 %", "-" if it is not known. */
void rp_page_share(RpPage *page, double share, int columns);
/* "5 h 12 min"; if < 0, "not reached", or "-" where nothing was counted (n 0). */
void rp_page_wait(RpPage *page, int64_t wait_s, uint32_t n, int columns);

/* Both sides' shares and waits, the unanswered counted; and of the answered alone. */
void rp_page_estimates(RpPage *page);
void rp_page_plain(RpPage *page);

/* The report's tables; each is left out if there is nothing in it. */
void rp_page_weeks(RpPage *page);
void rp_page_people(RpPage *page);
void rp_page_silences(RpPage *page);
void rp_page_heatmaps(RpPage *page);
