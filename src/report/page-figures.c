/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page-figures.c - both sides' figures beside each other */
#include "report/figure.h"
#include "report/page.h"

enum { ROOM_FOR_BEFORE = 78, ROOM_FOR_NAMES = 58 };

/* How the rows are laid out, by the room there is. */
typedef struct {
    int name, cell;
    bool has_before;
} Layout;

static Layout
layout_of(const RpPage *page)
{
    if (page->report->has_before && rp_page_has_room(page, ROOM_FOR_BEFORE))
        return (Layout){22, 11, true};
    if (rp_page_has_room(page, ROOM_FOR_NAMES))
        return (Layout){24, 14, false};
    return (Layout){12, MAX((page->style.width - 14) / 2 - 2, 9), false};
}

static void
put_head(RpPage *page, const Layout *layout)
{
    static const char *const names[] = {"mine", "theirs"};

    rp_page_name(page, "", layout->name);
    for (int i = 0; i < 2; i++) {
        rp_page_cell(page, names[i], layout->cell);
        if (layout->has_before)
            rp_page_cell(page, "before", layout->cell);
    }
    rp_page_end_row(page);
}

static void
put_row(RpPage *page, const Layout *layout, const RpFigure *figure)
{
    const RpReport *report = page->report;

    rp_page_name(page, figure->name, layout->name);
    for (int i = 0; i < 2; i++) {
        g_autofree char *now =
            rp_figure_show(i == RP_MINE ? &report->mine : &report->theirs, figure);
        g_autofree char *before = rp_figure_show(&report->before[i], figure);

        rp_page_cell(page, now, layout->cell);
        if (layout->has_before)
            rp_page_cell(page, before, layout->cell);
    }
    rp_page_end_row(page);
}

/* What is nowhere is left out, but for how many there were. */
static bool
is_shown(const RpReport *report, const RpFigure *figure)
{
    if (figure->name == NULL)
        return false;
    return figure->group != RP_GROUP_COUNTS || figure->offset == 0 ||
           rp_figure_value(&report->mine, figure) > 0 ||
           rp_figure_value(&report->theirs, figure) > 0;
}

void
rp_page_figures(RpPage *page, RpFigureGroup group)
{
    Layout layout = layout_of(page);

    rp_page_title(page, rp_figure_group_title(group));
    put_head(page, &layout);
    for (size_t i = 0; i < RP_N_FIGURES; i++) {
        const RpFigure *figure = &RP_FIGURES[i];

        if (figure->group == group && is_shown(page->report, figure))
            put_row(page, &layout, figure);
    }
}
