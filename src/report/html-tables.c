/* SPDX-License-Identifier: GPL-3.0-or-later */
/* html-tables.c - sections of the page: figures, curves, weeks, people, silence, hours
 */
#include <glib/gi18n.h>
#include <math.h>

#include "report/html.h"
#include "report/words.h"

enum { PEOPLE_MAX = 100, DOTS_MAX = 20 };

static const RpFigures *
side_of(const RpReport *report, int direction)
{
    return direction == RP_MINE ? &report->mine : &report->theirs;
}

/* --- figures --- */

static void
put_figure_row(RpHtml *html, const RpFigure *figure)
{
    const RpReport *report = html->report;

    rp_html_row(html, _(figure->name));
    for (int i = 0; i < 2; i++) {
        const char *side = rp_direction_name((RpDirection)i);

        rp_html_cell(html, rp_figure_show(side_of(report, i), figure), "%s.%s", side,
                     figure->path);
        if (report->has_before)
            rp_html_cell(html, rp_figure_show(&report->before[i], figure),
                         "before.%s.%s", side, figure->path);
    }
    rp_html_end_row(html);
}

static void
put_group(RpHtml *html, RpFigureGroup group)
{
    const char *mine = rp_words_direction(RP_MINE);
    const char *theirs = rp_words_direction(RP_THEIRS);
    const char *const both[] = {"", mine, _("before"), theirs, _("before"), NULL};
    const char *const alone[] = {"", mine, theirs, NULL};

    rp_html_table(html, rp_figure_group_title(group),
                  html->report->has_before ? both : alone);
    for (size_t i = 0; i < RP_N_FIGURES; i++) {
        if (RP_FIGURES[i].group == group && RP_FIGURES[i].name != NULL)
            put_figure_row(html, &RP_FIGURES[i]);
    }
    rp_html_end_table(html);
}

void
rp_html_figures(RpHtml *html)
{
    rp_html_section(html, "figures", _("Figures"));
    put_group(html, RP_GROUP_ESTIMATE);
    g_string_append(html->out, "<div class=\"pair\">\n");
    put_group(html, RP_GROUP_PLAIN);
    put_group(html, RP_GROUP_COUNTS);
    g_string_append(html->out, "</div>\n");
    rp_html_end_section(html);
}

/* --- curves --- */

static char *
band_text(const RpCurvePoint *point)
{
    if (isnan(point->low))
        return g_strdup("-");
    return g_strdup_printf(_("%.0f to %.0f %%"), point->low * 100, point->high * 100);
}

static void
put_curve_table(RpHtml *html, RpDirection direction)
{
    /* TRANSLATORS: of a survival curve. */
    const char *const heads[] = {C_("curve", "within"), _("share"),          "95 %",
                                 _("at risk"),          _("answered alone"), NULL};
    const char *side = rp_direction_name(direction);

    rp_html_table(html, direction == RP_MINE ? _("My curve") : _("Their curve"), heads);
    for (int i = 1; i < RP_N_MARKS; i++) {
        int hour = RP_REPORT_MARKS[i];
        const RpCurvePoint *point = &html->report->curves[direction][hour];
        g_autofree char *label = hour <= 48 ? g_strdup_printf(_("%d h"), hour)
                                            : g_strdup_printf(_("%d d"), hour / 24);
        int wait_s = hour * RP_HOUR_S;

        rp_html_row(html, label);
        rp_html_cell(html, rp_words_share(point->answered), "curves.%s.%d.answered",
                     side, wait_s);
        rp_html_cell(html, band_text(point), "curves.%s.%d.low", side, wait_s);
        rp_html_cell(html, g_strdup_printf("%u", point->n_at_risk),
                     "curves.%s.%d.at_risk", side, wait_s);
        rp_html_cell(html, rp_words_share(point->answered_only),
                     "curves.%s.%d.answered_only", side, wait_s);
        rp_html_end_row(html);
    }
    rp_html_end_table(html);
}

static void
put_curve(RpHtml *html, RpDirection direction)
{
    g_string_append(html->out, "<div>\n<h3>");
    rp_html_text(html, direction == RP_MINE ? C_("curve", "You") : C_("curve", "They"));
    g_string_append(html->out, "</h3>\n<figure>\n");
    rp_html_curve(html, direction);
    g_string_append(html->out, "<figcaption>");
    /* xgettext:no-c-format */
    rp_html_text(html, _("Solid: the unanswered counted, with 95 % bounds (Greenwood, "
                         "log-log). Dashed: the answered alone, as other tools "
                         "count."));
    g_string_append(html->out, "</figcaption>\n</figure>\n");
    put_curve_table(html, direction);
    g_string_append(html->out, "</div>\n");
}

void
rp_html_curves(RpHtml *html)
{
    rp_html_section(html, "curves", _("How soon an answer comes"));
    g_string_append(html->out, "<div class=\"pair\">\n");
    put_curve(html, RP_MINE);
    put_curve(html, RP_THEIRS);
    g_string_append(html->out, "</div>\n");
    rp_html_end_section(html);
}

/* --- weeks and people: the same columns --- */

static void
begin_sides(RpHtml *html, const char *caption)
{
    const char *const heads[] = {"",
                                 rp_words_direction(RP_MINE),
                                 _("in 48 h"),
                                 _("half in"),
                                 rp_words_direction(RP_THEIRS),
                                 _("in 48 h"),
                                 _("half in"),
                                 NULL};

    rp_html_table(html, caption, heads);
}

/* path: of the row, "weeks.3". */
static void
put_side(RpHtml *html, const RpFigures *figures, const char *path, const char *side)
{
    static const char *const names[] = {"opened", "estimate.within_48h",
                                        "estimate.median_s"};

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const RpFigure *figure = rp_figure_find(names[i]);

        rp_html_cell(html, rp_figure_show(figures, figure), "%s.%s.%s", path, side,
                     names[i]);
    }
}

static void
put_weeks_table(RpHtml *html)
{
    int n = 0;

    begin_sides(html, _("By week: of mine, and of theirs"));
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpReportWeek *week = &html->report->weeks[i];
        g_autofree char *path = NULL;

        if (*week->week.label == '\0')
            continue;
        path = g_strdup_printf("weeks.%d", n++);
        rp_html_row(html, week->week.label);
        put_side(html, &week->mine, path, "mine");
        put_side(html, &week->theirs, path, "theirs");
        rp_html_end_row(html);
    }
    rp_html_end_table(html);
}

void
rp_html_week_by_week(RpHtml *html)
{
    rp_html_section(html, "weeks", _("Week by week"));
    g_string_append(html->out, "<div class=\"beside\">\n<figure>\n");
    rp_html_weeks(html);
    g_string_append(html->out, "<figcaption>");
    rp_html_text(
        html,
        _("Shares answered within 48 h, by ISO week; filled: mine, hollow: theirs."));
    g_string_append(html->out, "</figcaption>\n</figure>\n");
    put_weeks_table(html);
    g_string_append(html->out, "</div>\n");
    rp_html_end_section(html);
}

static void
put_people_table(RpHtml *html)
{
    const GArray *people = html->report->people;

    begin_sides(html, _("By person: of mine, and of theirs"));
    for (guint i = 0; i < MIN(people->len, PEOPLE_MAX); i++) {
        const RpReportPerson *row = &g_array_index(people, RpReportPerson, i);
        g_autofree char *who = rp_words_name(html->view, row->person, row->address, 30);
        g_autofree char *path = g_strdup_printf("people.%u", i);

        rp_html_row(html, who);
        put_side(html, &row->mine, path, "mine");
        put_side(html, &row->theirs, path, "theirs");
        rp_html_end_row(html);
    }
    rp_html_end_table(html);
}

void
rp_html_people(RpHtml *html)
{
    guint n = html->report->people->len;

    if (n == 0)
        return;
    rp_html_section(html, "people", _("People"));
    g_string_append(html->out, "<div class=\"beside\">\n<figure>\n");
    rp_html_waits(html, MIN(n, DOTS_MAX));
    g_string_append(html->out, "<figcaption>");
    rp_html_text(html,
                 _("Half of the answers came by then, the unanswered counted; filled "
                   "circle: mine, hollow diamond: theirs."));
    g_string_append(html->out, "</figcaption>\n</figure>\n");
    put_people_table(html);
    g_string_append(html->out, "</div>\n");
    if (n > PEOPLE_MAX)
        rp_html_note(html,
                     _("Those with most mail; riposte report --format csv --table "
                       "people has them all."));
    rp_html_end_section(html);
}

/* --- silence --- */

void
rp_html_silences(RpHtml *html)
{
    const char *const heads[] = {_("silent for"),
                                 rp_words_direction(RP_MINE),
                                 _("answered later"),
                                 _("share"),
                                 rp_words_direction(RP_THEIRS),
                                 _("answered later"),
                                 _("share"),
                                 NULL};
    const RpReport *report = html->report;

    rp_html_section(html, "silence", _("After a silence"));
    rp_html_table(html, _("How many were answered later"), heads);
    for (int i = 0; i < RP_N_SILENCES; i++) {
        g_autofree char *label = rp_duration_format(report->silence[0][i].silent_s);

        rp_html_row(html, label);
        for (int side = 0; side < 2; side++) {
            const RpSilence *row = &report->silence[side][i];
            int index = side * RP_N_SILENCES + i;

            rp_html_cell(html, g_strdup_printf("%u", row->n), "silence.%d.n", index);
            rp_html_cell(html, g_strdup_printf("%u", row->n_answered_later),
                         "silence.%d.answered_later", index);
            rp_html_cell(html, rp_words_share(row->share), "silence.%d.share", index);
        }
        rp_html_end_row(html);
    }
    rp_html_end_table(html);
    rp_html_end_section(html);
}

/* --- hours --- */

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

/* Five shades; a number stands in each. */
static void
put_hour(RpHtml *html, uint32_t n, uint32_t most, const char *path)
{
    g_string_append_printf(html->out, "<td class=\"l%u\" data-f=\"%s\">%u</td>",
                           n == 0 ? 0 : (n * 5 - 1) / most + 1, path, n);
}

static void
put_heatmap(RpHtml *html, RpDirection direction, const char *caption)
{
    static const char *const heads[] = {
        "",   "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11",
        "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", NULL};
    const uint32_t(*hours)[24] = html->report->heatmap[direction];
    uint32_t most = most_of(hours);

    if (most == 0)
        return;
    g_string_append(html->out, "<div class=\"heat\">\n");
    rp_html_table(html, caption, heads);
    for (int day = 0; day < 7; day++) {
        rp_html_row(html, rp_words_weekday(day));
        for (int hour = 0; hour < 24; hour++) {
            g_autofree char *path = g_strdup_printf(
                "heatmap.%s_sent.%d.%d", rp_direction_name(direction), day, hour);

            put_hour(html, hours[day][hour], most, path);
        }
        rp_html_end_row(html);
    }
    rp_html_end_table(html);
    g_string_append(html->out, "</div>\n");
}

void
rp_html_heatmaps(RpHtml *html)
{
    rp_html_section(html, "hours", _("When answers are sent"));
    put_heatmap(html, RP_MINE, _("My answers, by local hour"));
    put_heatmap(html, RP_THEIRS, _("Their answers, by local hour"));
    if (most_of(html->report->heatmap[RP_MINE]) == 0 &&
        most_of(html->report->heatmap[RP_THEIRS]) == 0)
        rp_html_note(html, _("No answer was sent in this time."));
    rp_html_end_section(html);
}
