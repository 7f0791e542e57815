/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page-figures.c - both sides' figures beside each other */
#include <glib/gi18n.h>

#include "report/figure.h"
#include "report/page.h"
#include "report/words.h"

enum { ROOM_FOR_BEFORE = 78, ROOM_FOR_NAMES = 58 };

/* How the rows are laid out, by the room there is. */
typedef struct {
    int name, cell;
    bool has_before;
} Layout;

/* Wide enough for what is not a number, in every language. */
static int
cell_columns(int least)
{
    int columns = rp_page_columns(least, _("not reached"));

    columns = rp_page_columns(columns, _("before"));
    columns = rp_page_columns(columns, rp_words_direction(RP_MINE));
    return rp_page_columns(columns, rp_words_direction(RP_THEIRS));
}

static int
name_columns(RpFigureGroup group, int least)
{
    for (size_t i = 0; i < RP_N_FIGURES; i++) {
        if (RP_FIGURES[i].group == group && RP_FIGURES[i].name != NULL)
            least = rp_page_columns(least, _(RP_FIGURES[i].name));
    }
    return least;
}

static Layout
layout_of(const RpPage *page, RpFigureGroup group)
{
    Layout full = {name_columns(group, 22), cell_columns(11), true};
    Layout plain = {name_columns(group, 24), cell_columns(14), false};

    if (page->report->has_before &&
        rp_page_has_room(page,
                         MAX(2 + full.name + 4 * (2 + full.cell), ROOM_FOR_BEFORE)))
        return full;
    if (rp_page_has_room(page,
                         MAX(2 + plain.name + 2 * (2 + plain.cell), ROOM_FOR_NAMES)))
        return plain;
    /* What has no room beside the figures stands above them. */
    return (Layout){CLAMP(page->style.width - 2 - 2 * (2 + full.cell), 0, 12),
                    MAX((page->style.width - 14) / 2 - 2, full.cell), false};
}

static void
put_head(RpPage *page, const Layout *layout)
{
    rp_page_name(page, "", layout->name);
    for (int i = 0; i < 2; i++) {
        rp_page_cell(page, rp_words_direction((RpDirection)i), layout->cell);
        if (layout->has_before)
            rp_page_cell(page, _("before"), layout->cell);
    }
    rp_page_end_row(page);
}

static void
put_row(RpPage *page, const Layout *layout, const RpFigure *figure)
{
    const RpReport *report = page->report;

    rp_page_name(page, _(figure->name), layout->name);
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

static bool
is_any(const RpFigures *mine, const RpFigures *theirs, const RpFigure *figure)
{
    return rp_figure_value(mine, figure) > 0 || rp_figure_value(theirs, figure) > 0;
}

/* What is nowhere, now or before, is left out, but for how many there were. */
static bool
is_shown(const RpReport *report, const RpFigure *figure)
{
    if (figure->name == NULL)
        return false;
    return figure->group != RP_GROUP_COUNTS || figure->offset == 0 ||
           is_any(&report->mine, &report->theirs, figure) ||
           (report->has_before &&
            is_any(&report->before[RP_MINE], &report->before[RP_THEIRS], figure));
}

void
rp_page_figures(RpPage *page, RpFigureGroup group)
{
    Layout layout = layout_of(page, group);

    rp_page_title(page, rp_figure_group_title(group));
    put_head(page, &layout);
    for (size_t i = 0; i < RP_N_FIGURES; i++) {
        const RpFigure *figure = &RP_FIGURES[i];

        if (figure->group == group && is_shown(page->report, figure))
            put_row(page, &layout, figure);
    }
}
