/* SPDX-License-Identifier: GPL-3.0-or-later */
/* html-chart.c - charts as SVG: curves, weeks, waits by person
 *
 * All are 360 units wide, so that their text is readable on a phone as it is.
 */
#include <glib/gi18n.h>
#include <math.h>

#include "report/html.h"
#include "report/text.h"
#include "report/words.h"

enum { WIDTH = 360, TOP = 10, HEIGHT = 170, LEFT = 38, RIGHT = 10 };

static const char *
class_of(RpDirection direction)
{
    return rp_direction_name(direction);
}

/* Numbers as SVG wants them, whatever the locale. */
static void
put_number(RpHtml *html, const char *before, double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append_printf(html->out, "%s%s", before,
                           g_ascii_formatd(text, sizeof text, "%.1f", number));
}

static void
begin_chart(RpHtml *html, const char *id, int height, const char *title,
            const char *text)
{
    g_string_append_printf(
        html->out,
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t %s-d\">\n"
        "<title id=\"%s-t\">",
        WIDTH, height, id, id, id);
    rp_html_text(html, title);
    g_string_append_printf(html->out, "</title>\n<desc id=\"%s-d\">", id);
    rp_html_text(html, text);
    g_string_append(html->out, "</desc>\n");
}

static void
put_line(RpHtml *html, const char *classes, const double ends[4])
{
    static const char *const names[] = {"\" x1=\"", "\" y1=\"", "\" x2=\"", "\" y2=\""};

    g_string_append_printf(html->out, "<line class=\"%s", classes);
    for (int i = 0; i < 4; i++)
        put_number(html, names[i], ends[i]);
    g_string_append(html->out, "\"/>\n");
}

static void
put_label(RpHtml *html, const char *anchor, double x, double y, const char *text)
{
    g_string_append_printf(html->out, "<text text-anchor=\"%s\"", anchor);
    put_number(html, " x=\"", x);
    put_number(html, "\" y=\"", y);
    g_string_append(html->out, "\">");
    rp_html_text(html, text);
    g_string_append(html->out, "</text>\n");
}

static double
y_of(double share)
{
    return TOP + (1 - share) * HEIGHT;
}

/* Lines at each quarter, with their share. */
static void
put_quarters(RpHtml *html)
{
    for (int i = 0; i <= 4; i++) {
        double y = y_of(i / 4.0);
        g_autofree char *text = g_strdup_printf("%d %%", i * 25);

        put_line(html, "grid", (const double[]){LEFT, y, WIDTH - RIGHT, y});
        put_label(html, "end", LEFT - 4, y + 4, text);
    }
}

/* --- curves --- */

static double
x_of_hour(int hour)
{
    return LEFT + (double)hour / (RP_CURVE_POINTS - 1) * (WIDTH - LEFT - RIGHT);
}

typedef double (*Height)(const RpCurvePoint *point);

static double
height_answered(const RpCurvePoint *point)
{
    return point->answered;
}

static double
height_answered_only(const RpCurvePoint *point)
{
    return point->answered_only;
}

/* A step wherever the value changes; the line ends where nothing is known any more. */
static void
put_steps(RpHtml *html, const char *classes, const RpCurvePoint *points, Height height)
{
    int last = 0;

    if (isnan(height(&points[0])))
        return;
    g_string_append_printf(html->out, "<path class=\"%s\" d=\"", classes);
    put_number(html, "M", x_of_hour(0));
    put_number(html, " ", y_of(height(&points[0])));
    for (int hour = 1; hour < RP_CURVE_POINTS && !isnan(height(&points[hour]));
         hour++) {
        last = hour;
        if (height(&points[hour]) <= height(&points[hour - 1]))
            continue;
        put_number(html, "H", x_of_hour(hour));
        put_number(html, "V", y_of(height(&points[hour])));
    }
    put_number(html, "H", x_of_hour(last));
    g_string_append(html->out, "\"/>\n");
}

/* Along the upper bound and back along the lower one. */
static void
put_band(RpHtml *html, const char *side, const RpCurvePoint *points)
{
    int first = 0, end;

    while (first < RP_CURVE_POINTS && isnan(points[first].low))
        first++;
    for (end = first; end < RP_CURVE_POINTS && !isnan(points[end].low);)
        end++;
    if (end - first < 2)
        return;
    g_string_append_printf(html->out, "<path class=\"%s band\" d=\"", side);
    put_number(html, "M", x_of_hour(first));
    put_number(html, " ", y_of(points[first].high));
    for (int hour = first + 1; hour < end; hour++) {
        put_number(html, "H", x_of_hour(hour));
        put_number(html, "V", y_of(points[hour].high));
    }
    for (int hour = end - 2; hour >= first; hour--) {
        put_number(html, "V", y_of(points[hour].low));
        put_number(html, "H", x_of_hour(hour));
    }
    g_string_append(html->out, "Z\"/>\n");
}

static void
put_hours(RpHtml *html)
{
    static const struct {
        int hour;
        const char *text;
    } marks[] = {{0, "0"},        {24, N_("24 h")}, {48, N_("48 h")},
                 {96, N_("4 d")}, {144, N_("6 d")}, {168, N_("7 d")}};

    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        double x = x_of_hour(marks[i].hour);

        put_line(html, marks[i].hour == 24 || marks[i].hour == 48 ? "limit" : "grid",
                 (const double[]){x, TOP, x, TOP + HEIGHT});
        put_label(html, marks[i].hour == 168 ? "end" : "middle",
                  marks[i].hour == 168 ? x + RIGHT : x, TOP + HEIGHT + 16,
                  _(marks[i].text));
    }
}

void
rp_html_curve(RpHtml *html, RpDirection direction)
{
    const RpCurvePoint *points = html->report->curves[direction];
    const char *side = class_of(direction);
    g_autofree char *id = g_strdup_printf("curve-%s", side);
    g_autofree char *only = g_strdup_printf("%s only", side);

    begin_chart(html, id, TOP + HEIGHT + 24,
                direction == RP_MINE ? _("Share that you answered, by time")
                                     : _("Share that they answered, by time"),
                /* xgettext:no-c-format */
                _("Steps that rise with the hours, within a band of 95 % confidence; "
                  "dashed above them the answered alone. The table has the figures."));
    put_quarters(html);
    put_hours(html);
    put_band(html, side, points);
    put_steps(html, only, points, height_answered_only);
    put_steps(html, side, points, height_answered);
    g_string_append(html->out, "</svg>\n");
}

/* --- weeks --- */

static void
put_bar(RpHtml *html, RpDirection direction, double x, double width, double share)
{
    if (isnan(share)) {
        put_label(html, "middle", x + width / 2, TOP + HEIGHT - 3, "–");
        return;
    }
    g_string_append_printf(html->out, "<rect class=\"%s bar\"", class_of(direction));
    put_number(html, " x=\"", x);
    put_number(html, "\" y=\"", y_of(share));
    put_number(html, "\" width=\"", width);
    put_number(html, "\" height=\"", share * HEIGHT);
    g_string_append(html->out, "\"/>\n");
}

void
rp_html_weeks(RpHtml *html)
{
    const double step = (double)(WIDTH - LEFT - RIGHT) / RP_REPORT_WEEKS;

    begin_chart(html, "chart-weeks", TOP + HEIGHT + 24,
                _("Shares answered within 48 h, week by week"),
                _("Two bars a week, mine filled, theirs hollow; the table has the "
                  "figures."));
    put_quarters(html);
    for (int i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpReportWeek *week = &html->report->weeks[i];
        double x = LEFT + i * step;

        if (*week->week.label == '\0')
            continue;
        put_bar(html, RP_MINE, x + 3, step / 2 - 4, week->mine.estimate.within_48h);
        put_bar(html, RP_THEIRS, x + step / 2 + 1, step / 2 - 4,
                week->theirs.estimate.within_48h);
        put_label(html, "middle", x + step / 2, TOP + HEIGHT + 16,
                  week->week.label + 6);
    }
    g_string_append(html->out, "</svg>\n");
}

/* --- waits by person --- */

enum { NAME_WIDTH = 112, NAME_COLUMNS = 16, ROW = 20, HEAD = 24 };

/* From a minute to 30 days, each tenfold as wide. */
static double
x_of_wait(int64_t wait_s)
{
    const double shortest = log(RP_MINUTE_S), longest = log(30.0 * RP_DAY_S);
    double at = log((double)CLAMP(wait_s, RP_MINUTE_S, 30 * (int64_t)RP_DAY_S));

    return NAME_WIDTH + 8 +
           (at - shortest) / (longest - shortest) * (WIDTH - NAME_WIDTH - 34);
}

/* Where a median stands; not reached: at the right edge. NAN if nothing was counted. */
static double
x_of_median(const RpEstimate *estimate)
{
    if (estimate->n == 0)
        return (double)NAN;
    return estimate->median_s >= 0 ? x_of_wait(estimate->median_s) : WIDTH - 8;
}

static void
put_mine(RpHtml *html, double x, double y)
{
    put_number(html, "<circle class=\"mine dot\" r=\"3\" cx=\"", x);
    put_number(html, "\" cy=\"", y);
    g_string_append(html->out, "\"/>\n");
}

static void
put_theirs(RpHtml *html, double x, double y)
{
    put_number(html, "<path class=\"theirs\" d=\"M", x - 7);
    put_number(html, " ", y);
    g_string_append(html->out, "l7-7 7 7-7 7Z\"/>\n");
}

static void
put_person(RpHtml *html, const RpReportPerson *row, double y)
{
    double mine = x_of_median(&row->mine.estimate);
    double theirs = x_of_median(&row->theirs.estimate);

    put_number(html, "<text class=\"name\" x=\"0\" y=\"", y + 4);
    g_string_append(html->out, "\">");
    rp_html_foreign(html, rp_view_label_of(html->view, row->person, row->address),
                    NAME_COLUMNS);
    g_string_append(html->out, "</text>\n");
    if (!isnan(mine) && !isnan(theirs))
        put_line(html, "link", (const double[]){mine, y, theirs, y});
    if (!isnan(theirs))
        put_theirs(html, theirs, y);
    if (!isnan(mine))
        put_mine(html, mine, y);
}

static void
put_scale(RpHtml *html, double bottom)
{
    static const struct {
        int64_t wait_s;
        const char *text;
    } marks[] = {{RP_MINUTE_S, N_("1 min")},
                 {RP_HOUR_S, N_("1 h")},
                 {RP_DAY_S, N_("24 h")},
                 {2 * RP_DAY_S, NULL},
                 {RP_WEEK_S, N_("7 d")}};

    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        double x = x_of_wait(marks[i].wait_s);
        bool is_limit =
            marks[i].wait_s / RP_DAY_S == 1 || marks[i].wait_s / RP_DAY_S == 2;

        put_line(html, is_limit ? "limit" : "grid",
                 (const double[]){x, HEAD - 6, x, bottom});
        if (marks[i].text != NULL)
            put_label(html, "middle", x, HEAD - 10, _(marks[i].text));
    }
    put_label(html, "end", WIDTH, HEAD - 10, C_("time", "never"));
}

void
rp_html_waits(RpHtml *html, guint n_people)
{
    int height = HEAD + (int)n_people * ROW + 6;

    begin_chart(
        html, "chart-people", height, _("Half of the waits, person by person"),
        _("For each person two marks from a minute to 30 days: a filled circle "
          "for mine, a hollow diamond for theirs; at the right edge what is not "
          "reached. The table has the figures."));
    put_scale(html, height);
    for (guint i = 0; i < n_people; i++)
        put_person(html, &g_array_index(html->report->people, RpReportPerson, i),
                   HEAD + i * ROW + ROW / 2.0);
    g_string_append(html->out, "</svg>\n");
}
