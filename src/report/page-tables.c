/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page-tables.c - the report's tables as text: weeks, people, silence, hours */
#include <glib/gi18n.h>
#include <math.h>

#include "report/page.h"
#include "report/text.h"
#include "report/words.h"

enum { PEOPLE_MAX = 15, LABEL_COLUMNS = 10, NAME_COLUMNS = 18 };

/* How much of a side's figures there is room for, beside a label of 18 columns. */
typedef enum { SHARE, OPENED, MEDIAN } Depth;

/* Opened, within 48 h, median: the same columns in two tables. */
typedef struct {
    Depth depth;
    int opened, share, wait;
    int side; /* of all of them */
} Columns;

/* Of a side, whose name stands above it. */
static int
side_columns(int least)
{
    return rp_page_columns(rp_page_columns(least, rp_words_direction(RP_MINE)),
                           rp_words_direction(RP_THEIRS));
}

static Columns
columns_of(const RpPage *page)
{
    Columns c = {.depth = MEDIAN};

    c.opened = rp_page_columns(6, C_("head", "opened"));
    c.share = rp_page_columns(6, _("48 h"));
    c.wait = rp_page_columns(rp_page_columns(12, _("median")), _("not reached"));
    c.side = side_columns(c.opened + 2 + c.share + 2 + c.wait);
    if (rp_page_has_room(page, 2 + NAME_COLUMNS + 2 * (2 + c.side))) {
        c.wait = c.side - c.opened - 2 - c.share - 2;
        return c;
    }
    c.depth = OPENED;
    c.side = side_columns(c.opened + 2 + c.share);
    if (rp_page_has_room(page, 2 + NAME_COLUMNS + 2 * (2 + c.side))) {
        c.share = c.side - c.opened - 2;
        return c;
    }
    c.depth = SHARE;
    c.share = c.side = side_columns(c.share);
    return c;
}

static void
put_figures(RpPage *page, const Columns *columns, const RpFigures *figures)
{
    if (columns->depth >= OPENED)
        rp_page_number(page, figures->n_opened, columns->opened);
    rp_page_share(page, figures->estimate.within_48h, columns->share);
    if (columns->depth >= MEDIAN)
        rp_page_wait(page, figures->estimate.median_s, figures->estimate.n,
                     columns->wait);
}

static void
put_figures_head(RpPage *page, const Columns *columns, const char *label, int width)
{
    rp_page_label(page, "", width);
    rp_page_cell(page, rp_words_direction(RP_MINE), columns->side);
    rp_page_cell(page, rp_words_direction(RP_THEIRS), columns->side);
    rp_page_end_row(page);
    rp_page_label(page, label, width);
    for (int i = 0; i < 2; i++) {
        if (columns->depth >= OPENED)
            rp_page_cell(page, C_("head", "opened"), columns->opened);
        rp_page_cell(page, _("48 h"), columns->share);
        if (columns->depth >= MEDIAN)
            rp_page_cell(page, _("median"), columns->wait);
    }
    rp_page_end_row(page);
}

/* --- weeks --- */

/* Eight heights; in ASCII tenths. */
static const char *
bar_of(const RpPage *page, double share)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char *const digits[] = {"0", "1", "2", "3", "4",
                                         "5", "6", "7", "8", "9"};

    if (isnan(share))
        return "-";
    if (page->style.is_ascii)
        return digits[MIN((int)(share * 10 + 1e-9), 9)];
    return bars[MIN((int)(share * 8 + 1e-9), 7)];
}

static void
put_sparkline(RpPage *page, RpDirection direction)
{
    rp_page_label(page, rp_words_direction(direction), LABEL_COLUMNS);
    g_string_append(page->text, "  ");
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpReportWeek *week = &page->report->weeks[i];
        const RpFigures *figures = direction == RP_MINE ? &week->mine : &week->theirs;

        if (*week->week.label != '\0')
            g_string_append(page->text, bar_of(page, figures->estimate.within_48h));
    }
    rp_page_end_row(page);
}

void
rp_page_weeks(RpPage *page)
{
    Columns columns = columns_of(page);

    rp_page_title(page, page->style.is_ascii
                            ? _("Week by week (the line: tenths within 48 h)")
                            : _("Week by week (the line: the share within 48 h)"));
    put_sparkline(page, RP_MINE);
    put_sparkline(page, RP_THEIRS);
    put_figures_head(page, &columns, _("week"), LABEL_COLUMNS);
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpReportWeek *week = &page->report->weeks[i];

        if (*week->week.label == '\0')
            continue;
        rp_page_label(page, week->week.label, LABEL_COLUMNS);
        put_figures(page, &columns, &week->mine);
        put_figures(page, &columns, &week->theirs);
        rp_page_end_row(page);
    }
}

/* --- people --- */

void
rp_page_people(RpPage *page)
{
    const GArray *people = page->report->people;
    Columns columns = columns_of(page);

    if (people->len == 0)
        return;
    rp_page_title(page, _("People"));
    put_figures_head(page, &columns, "", NAME_COLUMNS);
    for (guint i = 0; i < MIN(people->len, PEOPLE_MAX); i++) {
        const RpReportPerson *row = &g_array_index(people, RpReportPerson, i);

        rp_page_label(page, rp_view_label_of(page->view, row->person, row->address),
                      NAME_COLUMNS);
        put_figures(page, &columns, &row->mine);
        put_figures(page, &columns, &row->theirs);
        rp_page_end_row(page);
    }
    rp_page_more(page, people->len, PEOPLE_MAX, "riposte report --json");
}

/* --- silence --- */

typedef struct {
    bool is_wide;
    int label, n, answered, share;
    int side; /* of all but the label */
} SilenceColumns;

static SilenceColumns
silence_columns(const RpPage *page)
{
    SilenceColumns c = {.is_wide = true};

    c.label = rp_page_columns(LABEL_COLUMNS - 4, _("silent"));
    c.n = rp_page_columns(8, C_("count", "n"));
    c.answered = rp_page_columns(8, _("answered"));
    c.share = rp_page_columns(6, _("share"));
    c.side = c.n + 2 + c.answered + 2 + c.share;
    c.is_wide = rp_page_has_room(page, 2 + c.label + 2 * (2 + c.side));
    if (c.is_wide)
        return c;
    c.n = rp_page_columns(6, C_("count", "n"));
    if (!rp_page_has_room(page, 2 + c.label + 2 * (2 + c.n + 2 + c.share)))
        c.n = rp_page_columns(4, C_("count", "n"));
    c.side = c.n + 2 + c.share;
    return c;
}

static void
put_silence(RpPage *page, const SilenceColumns *columns, const RpSilence *row)
{
    rp_page_number(page, row->n, columns->n);
    if (columns->is_wide)
        rp_page_number(page, row->n_answered_later, columns->answered);
    rp_page_share(page, row->share, columns->share);
}

static void
put_silence_head(RpPage *page, const SilenceColumns *columns)
{
    rp_page_label(page, "", columns->label);
    rp_page_cell(page, rp_words_direction(RP_MINE), columns->side);
    rp_page_cell(page, rp_words_direction(RP_THEIRS), columns->side);
    rp_page_end_row(page);
    rp_page_label(page, _("silent"), columns->label);
    for (int i = 0; i < 2; i++) {
        rp_page_cell(page, C_("count", "n"), columns->n);
        if (columns->is_wide)
            rp_page_cell(page, _("answered"), columns->answered);
        rp_page_cell(page, _("share"), columns->share);
    }
    rp_page_end_row(page);
}

void
rp_page_silences(RpPage *page)
{
    const RpReport *report = page->report;
    SilenceColumns columns = silence_columns(page);

    if (report->silence[RP_MINE][0].n == 0 && report->silence[RP_THEIRS][0].n == 0)
        return;
    rp_page_title(page, _("After a silence, how many were answered later"));
    put_silence_head(page, &columns);
    for (size_t i = 0; i < RP_N_SILENCES; i++) {
        g_autofree char *label = rp_duration_format(report->silence[0][i].silent_s);

        rp_page_label(page, label, columns.label);
        put_silence(page, &columns, &report->silence[RP_MINE][i]);
        put_silence(page, &columns, &report->silence[RP_THEIRS][i]);
        rp_page_end_row(page);
    }
}

/* --- hours --- */

static void
put_hour(RpPage *page, uint32_t n, int columns)
{
    g_autofree char *text = n == 0 ? g_strdup(".") : g_strdup_printf("%u", n);

    g_string_append_printf(page->text, "%*s", columns, text);
}

/* The columns of the widest weekday. */
static int
day_columns(void)
{
    int columns = 0;

    for (int day = 0; day < 7; day++)
        columns = rp_page_columns(columns, rp_words_weekday(day));
    return columns;
}

/* Numbers, not shades: they are read the same on every terminal, and aloud. */
static void
put_week_by_hours(RpPage *page, const uint32_t hours[7][24])
{
    int columns = day_columns();

    g_string_append_printf(page->text, "  %*s", columns, "");
    for (int hour = 0; hour < 24; hour++)
        g_string_append_printf(page->text, " %02d", hour);
    g_string_append_c(page->text, '\n');
    for (int day = 0; day < 7; day++) {
        rp_page_label(page, rp_words_weekday(day), columns);
        for (int hour = 0; hour < 24; hour++)
            put_hour(page, hours[day][hour], 3);
        g_string_append_c(page->text, '\n');
    }
}

/* The other way round, where a line has no room for 24 hours of such numbers. */
static void
put_hours_by_week(RpPage *page, const uint32_t hours[7][24])
{
    int columns = MAX(day_columns(), 3) + 2;

    if (!rp_page_has_room(page, 4 + 7 * columns))
        columns--;
    g_string_append(page->text, "    ");
    for (int day = 0; day < 7; day++)
        g_string_append_printf(page->text, "%*s%s",
                               columns - rp_text_width(rp_words_weekday(day)), "",
                               rp_words_weekday(day));
    g_string_append_c(page->text, '\n');
    for (int hour = 0; hour < 24; hour++) {
        g_string_append_printf(page->text, "  %02d", hour);
        for (int day = 0; day < 7; day++)
            put_hour(page, hours[day][hour], columns);
        g_string_append_c(page->text, '\n');
    }
}

static uint32_t
most_of(const uint32_t hours[7][24])
{
    uint32_t most = 0;

    for (int day = 0; day < 7; day++) {
        for (int hour = 0; hour < 24; hour++)
            most = MAX(most, hours[day][hour]);
    }
    return most;
}

void
rp_page_heatmaps(RpPage *page)
{
    for (int direction = RP_MINE; direction <= RP_THEIRS; direction++) {
        const uint32_t(*hours)[24] = page->report->heatmap[direction];
        uint32_t most = most_of(hours);

        if (most == 0)
            continue;
        rp_page_title(page, direction == RP_MINE
                                ? _("When you answered (local hour)")
                                : _("When they answered (local hour)"));
        if (most < 100 && rp_page_has_room(page, 2 + day_columns() + 24 * 3))
            put_week_by_hours(page, hours);
        else
            put_hours_by_week(page, hours);
    }
}
