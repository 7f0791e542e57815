/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.c - the report's tables as text */
#include "report/page.h"

#include <math.h>

#include "report/text.h"

/* NAME_COLUMNS and the figures beside it are the usual 80 columns. */
enum { PEOPLE_MAX = 15, NAME_COLUMNS = 18, LABEL_COLUMNS = 10 };

void
rp_page_title(RpPage *page, const char *title)
{
    g_string_append_printf(page->text, "\n%s%s%s\n", page->has_color ? "\033[1m" : "",
                           title, page->has_color ? "\033[0m" : "");
}

void
rp_page_cell(RpPage *page, const char *text, int columns)
{
    int n_missing = MAX(columns - rp_text_width(text), 0);

    g_string_append_printf(page->text, "  %*s%s", n_missing, "", text);
}

void
rp_page_number(RpPage *page, uint32_t number, int columns)
{
    g_autofree char *text = g_strdup_printf("%u", number);

    rp_page_cell(page, text, columns);
}

void
rp_page_share(RpPage *page, double share, int columns)
{
    g_autofree char *text =
        isnan(share) ? g_strdup("-") : g_strdup_printf("%.0f %%", share * 100);

    rp_page_cell(page, text, columns);
}

void
rp_page_wait(RpPage *page, int64_t wait_s, uint32_t n, int columns)
{
    g_autofree char *text = wait_s >= 0 ? rp_duration_format(wait_s)
                                        : g_strdup(n > 0 ? "not reached" : "-");

    rp_page_cell(page, text, columns);
}

/* A row's label in columns, cut if it must. */
static void
put_label(RpPage *page, const char *label, int columns)
{
    g_autofree char *padded = rp_text_pad(label, columns);

    g_string_append_printf(page->text, "  %s", padded);
}

/* Opened, within 48 h, median: the same columns in two tables. */
static void
put_figures(RpPage *page, const RpFigures *figures)
{
    rp_page_number(page, figures->n_opened, 6);
    rp_page_share(page, figures->estimate.within_48h, 6);
    rp_page_wait(page, figures->estimate.median_s, figures->estimate.n, 12);
}

static void
put_figures_head(RpPage *page, const char *label, int columns)
{
    put_label(page, "", columns);
    g_string_append_printf(page->text, "  %-26s  %s\n", "  mine", "    theirs");
    put_label(page, label, columns);
    for (int i = 0; i < 2; i++) {
        rp_page_cell(page, "opened", 6);
        rp_page_cell(page, "48 h", 6);
        rp_page_cell(page, "median", 12);
    }
    g_string_append_c(page->text, '\n');
}

void
rp_page_weeks(RpPage *page)
{
    rp_page_title(page, "Week by week");
    put_figures_head(page, "week", LABEL_COLUMNS);
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpReportWeek *week = &page->report->weeks[i];

        if (week->label[0] == '\0')
            continue;
        put_label(page, week->label, LABEL_COLUMNS);
        put_figures(page, &week->mine);
        put_figures(page, &week->theirs);
        g_string_append_c(page->text, '\n');
    }
}

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

        put_label(page, rp_view_label_of(page->view, row->person, row->address),
                  NAME_COLUMNS);
        put_figures(page, &row->mine);
        put_figures(page, &row->theirs);
        g_string_append_c(page->text, '\n');
    }
    if (people->len > PEOPLE_MAX)
        g_string_append_printf(page->text, "  and %u more (riposte report --json)\n",
                               people->len - PEOPLE_MAX);
}

static void
put_silence(RpPage *page, const RpSilence *row)
{
    g_autofree char *later = g_strdup_printf("%u", row->n_answered_later);

    rp_page_number(page, row->n, 8);
    rp_page_cell(page, later, 8);
    rp_page_share(page,
                  row->n > 0 ? (double)row->n_answered_later / row->n : (double)NAN, 6);
}

void
rp_page_silences(RpPage *page)
{
    const RpReport *report = page->report;

    if (report->silence[RP_MINE][0].n == 0 && report->silence[RP_THEIRS][0].n == 0)
        return;
    rp_page_title(page, "After a silence, how many were answered later");
    put_label(page, "", LABEL_COLUMNS);
    g_string_append_printf(page->text, "  %-26s  %s\n", "    mine", "      theirs");
    put_label(page, "silent for", LABEL_COLUMNS);
    for (int i = 0; i < 2; i++) {
        rp_page_cell(page, "n", 8);
        rp_page_cell(page, "answered", 8);
        rp_page_cell(page, "share", 6);
    }
    g_string_append_c(page->text, '\n');
    for (size_t i = 0; i < RP_N_SILENCES; i++) {
        g_autofree char *label =
            g_strdup_printf("%d d", (int)(report->silence[0][i].silent_s / RP_DAY_S));

        put_label(page, label, LABEL_COLUMNS);
        put_silence(page, &report->silence[RP_MINE][i]);
        put_silence(page, &report->silence[RP_THEIRS][i]);
        g_string_append_c(page->text, '\n');
    }
}

static uint32_t
count_hours(uint32_t hours[7][24])
{
    uint32_t n = 0;

    for (int day = 0; day < 7; day++)
        for (int hour = 0; hour < 24; hour++)
            n += hours[day][hour];
    return n;
}

static void
put_hour(RpPage *page, uint32_t n)
{
    if (n == 0)
        g_string_append(page->text, "  .");
    else
        g_string_append_printf(page->text, n < 100 ? "%3u" : " 99+", n);
}

/* Numbers, not shades: they are read the same on every terminal, and aloud. */
static void
put_heatmap(RpPage *page, const char *title, uint32_t hours[7][24])
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

    if (count_hours(hours) == 0)
        return;
    rp_page_title(page, title);
    g_string_append(page->text, "     ");
    for (int hour = 0; hour < 24; hour++)
        g_string_append_printf(page->text, " %02d", hour);
    g_string_append_c(page->text, '\n');
    for (int day = 0; day < 7; day++) {
        g_string_append_printf(page->text, "  %s", days[day]);
        for (int hour = 0; hour < 24; hour++)
            put_hour(page, hours[day][hour]);
        g_string_append_c(page->text, '\n');
    }
}

void
rp_page_heatmaps(RpPage *page)
{
    RpReport copy = *page->report;

    put_heatmap(page, "When you answered (local hour)", copy.heatmap[RP_MINE]);
    put_heatmap(page, "When they answered (local hour)", copy.heatmap[RP_THEIRS]);
}
