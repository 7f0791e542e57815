/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page-tables.c - the report's tables as text: weeks, people, silence, hours */
#include <math.h>

#include "report/page.h"
#include "report/words.h"

enum { PEOPLE_MAX = 15, LABEL_COLUMNS = 10, NAME_COLUMNS = 18 };

/* How much of a side's figures there is room for, beside a label of 18 columns. */
typedef enum { SHARE, OPENED, MEDIAN } Depth;

static Depth
depth_of(const RpPage *page)
{
    if (rp_page_has_room(page, 80))
        return MEDIAN;
    return rp_page_has_room(page, 52) ? OPENED : SHARE;
}

/* Opened, within 48 h, median: the same columns in two tables. */
static void
put_figures(RpPage *page, const RpFigures *figures)
{
    Depth depth = depth_of(page);

    if (depth >= OPENED)
        rp_page_number(page, figures->n_opened, 6);
    rp_page_share(page, figures->estimate.within_48h, 6);
    if (depth >= MEDIAN)
        rp_page_wait(page, figures->estimate.median_s, figures->estimate.n, 12);
}

static void
put_figures_head(RpPage *page, const char *label, int columns)
{
    static const int widths[] = {[SHARE] = 6, [OPENED] = 14, [MEDIAN] = 28};
    Depth depth = depth_of(page);

    rp_page_label(page, "", columns);
    rp_page_cell(page, "mine", widths[depth]);
    rp_page_cell(page, "theirs", widths[depth]);
    rp_page_end_row(page);
    rp_page_label(page, label, columns);
    for (int i = 0; i < 2; i++) {
        if (depth >= OPENED)
            rp_page_cell(page, "opened", 6);
        rp_page_cell(page, "48 h", 6);
        if (depth >= MEDIAN)
            rp_page_cell(page, "median", 12);
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
put_sparkline(RpPage *page, const char *name, RpDirection direction)
{
    rp_page_label(page, name, LABEL_COLUMNS);
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
    rp_page_title(page, page->style.is_ascii
                            ? "Week by week (the line: tenths within 48 h)"
                            : "Week by week (the line: the share within 48 h)");
    put_sparkline(page, "mine", RP_MINE);
    put_sparkline(page, "theirs", RP_THEIRS);
    put_figures_head(page, "week", LABEL_COLUMNS);
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpReportWeek *week = &page->report->weeks[i];

        if (*week->week.label == '\0')
            continue;
        rp_page_label(page, week->week.label, LABEL_COLUMNS);
        put_figures(page, &week->mine);
        put_figures(page, &week->theirs);
        rp_page_end_row(page);
    }
}

/* --- people --- */

void
rp_page_people(RpPage *page)
{
    const GArray *people = page->report->people;

    if (people->len == 0)
        return;
    rp_page_title(page, "People");
    put_figures_head(page, "", NAME_COLUMNS);
    for (guint i = 0; i < MIN(people->len, PEOPLE_MAX); i++) {
        const RpReportPerson *row = &g_array_index(people, RpReportPerson, i);

        rp_page_label(page, rp_view_label_of(page->view, row->person, row->address),
                      NAME_COLUMNS);
        put_figures(page, &row->mine);
        put_figures(page, &row->theirs);
        rp_page_end_row(page);
    }
    if (people->len > PEOPLE_MAX) {
        guint n = people->len - PEOPLE_MAX;
        g_autofree char *more =
            g_strdup_printf(rp_words_plural(n, "and %u more (riposte report --json)",
                                            "and %u more (riposte report --json)"),
                            n);

        rp_page_wrap(page, more, 2);
    }
}

/* --- silence --- */

static void
put_silence(RpPage *page, const RpSilence *row, bool is_wide)
{
    rp_page_number(page, row->n, is_wide ? 8 : 6);
    if (is_wide)
        rp_page_number(page, row->n_answered_later, 8);
    rp_page_share(page, row->share, 6);
}

static void
put_silence_head(RpPage *page, bool is_wide)
{
    int columns = is_wide ? 8 : 6;

    rp_page_label(page, "", LABEL_COLUMNS - 4);
    rp_page_cell(page, "mine", is_wide ? 26 : 14);
    rp_page_cell(page, "theirs", is_wide ? 26 : 14);
    rp_page_end_row(page);
    rp_page_label(page, "silent", LABEL_COLUMNS - 4);
    for (int i = 0; i < 2; i++) {
        rp_page_cell(page, "n", columns);
        if (is_wide)
            rp_page_cell(page, "answered", columns);
        rp_page_cell(page, "share", 6);
    }
    rp_page_end_row(page);
}

void
rp_page_silences(RpPage *page)
{
    const RpReport *report = page->report;
    bool is_wide = rp_page_has_room(page, 64);

    if (report->silence[RP_MINE][0].n == 0 && report->silence[RP_THEIRS][0].n == 0)
        return;
    rp_page_title(page, "After a silence, how many were answered later");
    put_silence_head(page, is_wide);
    for (size_t i = 0; i < RP_N_SILENCES; i++) {
        g_autofree char *label =
            g_strdup_printf("%d d", (int)(report->silence[0][i].silent_s / RP_DAY_S));

        rp_page_label(page, label, LABEL_COLUMNS - 4);
        put_silence(page, &report->silence[RP_MINE][i], is_wide);
        put_silence(page, &report->silence[RP_THEIRS][i], is_wide);
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

/* Numbers, not shades: they are read the same on every terminal, and aloud. */
static void
put_week_by_hours(RpPage *page, const uint32_t hours[7][24])
{
    g_string_append(page->text, "     ");
    for (int hour = 0; hour < 24; hour++)
        g_string_append_printf(page->text, " %02d", hour);
    g_string_append_c(page->text, '\n');
    for (int day = 0; day < 7; day++) {
        g_string_append_printf(page->text, "  %s", rp_words_weekday(day));
        for (int hour = 0; hour < 24; hour++)
            put_hour(page, hours[day][hour], 3);
        g_string_append_c(page->text, '\n');
    }
}

/* The other way round, where a line has no room for 24 hours of such numbers. */
static void
put_hours_by_week(RpPage *page, const uint32_t hours[7][24])
{
    g_string_append(page->text, "    ");
    for (int day = 0; day < 7; day++)
        g_string_append_printf(page->text, "%5s", rp_words_weekday(day));
    g_string_append_c(page->text, '\n');
    for (int hour = 0; hour < 24; hour++) {
        g_string_append_printf(page->text, "  %02d", hour);
        for (int day = 0; day < 7; day++)
            put_hour(page, hours[day][hour], 5);
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
        rp_page_title(page, direction == RP_MINE ? "When you answered (local hour)"
                                                 : "When they answered (local hour)");
        if (most < 100 && rp_page_has_room(page, 77))
            put_week_by_hours(page, hours);
        else
            put_hours_by_week(page, hours);
    }
}
