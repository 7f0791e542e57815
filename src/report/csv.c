/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv.c - the report's tables as CSV (RFC 4180) */
#include "report/csv.h"

#include <math.h>

#include "report/figure.h"
#include "report/text.h"

typedef struct {
    GString *text;          /* foreign */
    const RpView *view;     /* foreign */
    const RpReport *report; /* foreign */
} Sheet;

/* --- fields --- */

static void
begin_field(Sheet *sheet)
{
    size_t n = sheet->text->len;

    if (n > 0 && sheet->text->str[n - 1] != '\n')
        g_string_append_c(sheet->text, ',');
}

static void
end_record(Sheet *sheet)
{
    g_string_append(sheet->text, "\r\n");
}

static bool
is_formula(const char *text)
{
    static const char *const signs[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};

    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        if (g_str_has_prefix(text, signs[i]))
            return true;
    }
    return false;
}

static void
put_text(Sheet *sheet, const char *text)
{
    g_autofree char *clean = rp_text_clean(text, 0);
    g_auto(GStrv) parts = g_strsplit(clean, "\"", -1);
    g_autofree char *quoted = g_strjoinv("\"\"", parts);

    begin_field(sheet);
    g_string_append_printf(sheet->text, "\"%s%s\"", is_formula(clean) ? "'" : "",
                           quoted);
}

/* Names of ours need no guard. */
static void
put_name(Sheet *sheet, const char *side, const char *name)
{
    begin_field(sheet);
    g_string_append_printf(sheet->text, "%s%s", side, name);
}

static void
put_int(Sheet *sheet, int64_t value)
{
    begin_field(sheet);
    g_string_append_printf(sheet->text, "%" G_GINT64_FORMAT, value);
}

/* Empty if < 0. */
static void
put_duration(Sheet *sheet, int64_t wait_s)
{
    if (wait_s >= 0)
        put_int(sheet, wait_s);
    else
        put_name(sheet, "", "");
}

/* With all digits that tell it from its neighbours; empty for NAN. */
static void
put_double(Sheet *sheet, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE] = "";

    if (!isnan(value))
        g_ascii_dtostr(text, sizeof text, value);
    put_name(sheet, "", text);
}

static void
put_instant(Sheet *sheet, int64_t at)
{
    g_autofree char *text = rp_instant_format(at);

    put_name(sheet, "", text != NULL ? text : "");
}

static void
put_heads(Sheet *sheet, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_name(sheet, "", names[i]);
}

static void
put_person(Sheet *sheet, uint32_t person, uint32_t address)
{
    const RpCorpus *corpus = sheet->view->corpus;

    put_int(sheet, g_array_index(corpus->persons, RpPerson, person).id);
    put_text(sheet, rp_person_name(sheet->view->derivation, person));
    put_text(sheet, address != RP_NONE
                        ? g_array_index(corpus->addresses, RpAddress, address).text
                        : "");
}

static void
put_value(Sheet *sheet, const RpFigures *figures, const RpFigure *figure)
{
    double value = rp_figure_value(figures, figure);

    if (figure->kind == RP_FIGURE_SHARE)
        put_double(sheet, value);
    else
        put_duration(sheet, isnan(value) ? -1 : (int64_t)value);
}

/* --- tables of figures --- */

static void
put_side_heads(Sheet *sheet)
{
    for (size_t i = 0; i < RP_N_FIGURES; i++)
        put_name(sheet, "mine.", RP_FIGURES[i].path);
    for (size_t i = 0; i < RP_N_FIGURES; i++)
        put_name(sheet, "theirs.", RP_FIGURES[i].path);
}

static void
put_sides(Sheet *sheet, const RpFigures *mine, const RpFigures *theirs)
{
    for (size_t i = 0; i < RP_N_FIGURES; i++)
        put_value(sheet, mine, &RP_FIGURES[i]);
    for (size_t i = 0; i < RP_N_FIGURES; i++)
        put_value(sheet, theirs, &RP_FIGURES[i]);
}

static void
put_figures(Sheet *sheet)
{
    static const char *const heads[] = {"figure", "mine", "theirs", "before.mine",
                                        "before.theirs"};
    const RpReport *report = sheet->report;

    put_heads(sheet, heads, report->has_before ? 5 : 3);
    end_record(sheet);
    for (size_t i = 0; i < RP_N_FIGURES; i++) {
        const RpFigure *figure = &RP_FIGURES[i];

        put_name(sheet, "", figure->path);
        put_value(sheet, &report->mine, figure);
        put_value(sheet, &report->theirs, figure);
        for (int side = 0; report->has_before && side < 2; side++)
            put_value(sheet, &report->before[side], figure);
        end_record(sheet);
    }
}

static void
put_people(Sheet *sheet)
{
    static const char *const heads[] = {"person.id", "person.name", "person.address",
                                        "ratio"};
    const GArray *people = sheet->report->people;

    put_heads(sheet, heads, G_N_ELEMENTS(heads));
    put_side_heads(sheet);
    end_record(sheet);
    for (guint i = 0; i < people->len; i++) {
        const RpReportPerson *row = &g_array_index(people, RpReportPerson, i);

        put_person(sheet, row->person, row->address);
        put_double(sheet, row->ratio);
        put_sides(sheet, &row->mine, &row->theirs);
        end_record(sheet);
    }
}

static void
put_weeks(Sheet *sheet)
{
    static const char *const heads[] = {"week", "from", "to"};

    put_heads(sheet, heads, G_N_ELEMENTS(heads));
    put_side_heads(sheet);
    end_record(sheet);
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpReportWeek *row = &sheet->report->weeks[i];

        if (*row->week.label == '\0')
            continue;
        put_name(sheet, "", row->week.label);
        put_instant(sheet, row->week.from_at);
        put_instant(sheet, row->week.until_at);
        put_sides(sheet, &row->mine, &row->theirs);
        end_record(sheet);
    }
}

/* --- the others --- */

static void
put_silences(Sheet *sheet)
{
    static const char *const heads[] = {"direction", "silent_s", "n", "answered_later",
                                        "share"};

    put_heads(sheet, heads, G_N_ELEMENTS(heads));
    end_record(sheet);
    for (int i = 0; i < 2 * RP_N_SILENCES; i++) {
        const RpSilence *row =
            &sheet->report->silence[i / RP_N_SILENCES][i % RP_N_SILENCES];

        put_name(sheet, "", rp_direction_name(row->direction));
        put_int(sheet, row->silent_s);
        put_int(sheet, row->n);
        put_int(sheet, row->n_answered_later);
        put_double(sheet, row->share);
        end_record(sheet);
    }
}

static void
put_heatmap(Sheet *sheet)
{
    static const char *const heads[] = {"side", "weekday", "hour", "answers"};
    static const char *const sides[] = {"mine_sent", "theirs_sent"};

    put_heads(sheet, heads, G_N_ELEMENTS(heads));
    end_record(sheet);
    for (int i = 0; i < 2 * 7 * 24; i++) {
        int side = i / (7 * 24), day = i / 24 % 7, hour = i % 24;

        put_name(sheet, "", sides[side]);
        put_int(sheet, day + 1); /* Monday 1, as ISO 8601 has it */
        put_int(sheet, hour);
        put_int(sheet, sheet->report->heatmap[side][day][hour]);
        end_record(sheet);
    }
}

static void
put_curves(Sheet *sheet)
{
    static const char *const heads[] = {"direction", "wait_s",  "answered",     "low",
                                        "high",      "at_risk", "answered_only"};

    put_heads(sheet, heads, G_N_ELEMENTS(heads));
    end_record(sheet);
    for (int i = 0; i < 2 * RP_CURVE_POINTS; i++) {
        int direction = i / RP_CURVE_POINTS, hour = i % RP_CURVE_POINTS;
        const RpCurvePoint *point = &sheet->report->curves[direction][hour];

        if (!rp_report_has_step(sheet->report->curves[direction], hour))
            continue;
        put_name(sheet, "", rp_direction_name((RpDirection)direction));
        put_int(sheet, hour * (int64_t)RP_HOUR_S);
        put_double(sheet, point->answered);
        put_double(sheet, point->low);
        put_double(sheet, point->high);
        put_int(sheet, point->n_at_risk);
        put_double(sheet, point->answered_only);
        end_record(sheet);
    }
}

static void
put_open(Sheet *sheet)
{
    static const char *const heads[] = {
        "id",      "direction", "channel", "person.id", "person.name", "person.address",
        "subject", "opened_at", "due_at",  "overdue",   "waiting_s",   "working_s"};
    const GPtrArray *open = sheet->report->open;

    put_heads(sheet, heads, G_N_ELEMENTS(heads));
    end_record(sheet);
    for (guint i = 0; i < open->len; i++) {
        const RpFollowup *row = g_ptr_array_index(open, i);

        put_name(sheet, "", rp_followup_id(row));
        put_name(sheet, "", rp_direction_name(row->direction));
        put_name(sheet, "", rp_channel_name(row->channel));
        put_person(sheet, row->person, row->address);
        put_text(sheet, rp_view_subject(sheet->view, row));
        put_instant(sheet, row->opened_at);
        put_instant(sheet, row->due_at);
        put_name(sheet, "", row->is_overdue ? "true" : "false");
        put_duration(sheet, row->waiting_s);
        put_duration(sheet, row->working_s);
        end_record(sheet);
    }
}

static void
put_quiet(Sheet *sheet)
{
    static const char *const heads[] = {"person.id",   "person.name",  "person.address",
                                        "messages_in", "messages_out", "last_in_at",
                                        "last_out_at", "silent_s",     "every_s",
                                        "due_at",      "late_at"};
    const GArray *quiet = sheet->report->quiet;

    put_heads(sheet, heads, G_N_ELEMENTS(heads));
    end_record(sheet);
    for (guint i = 0; i < quiet->len; i++) {
        const RpReportQuiet *row = &g_array_index(quiet, RpReportQuiet, i);
        const RpKeep *keep = &row->keep;

        put_person(sheet, row->person, row->address);
        put_int(sheet, row->n_in);
        put_int(sheet, row->n_out);
        put_instant(sheet, row->last_in_at);
        put_instant(sheet, row->last_out_at);
        put_duration(sheet, row->silent_s);
        put_duration(sheet, keep->cadence != NULL ? keep->cadence->ideal_s : -1);
        put_instant(sheet, keep->cadence != NULL ? keep->due_at : RP_NEVER);
        put_instant(sheet, keep->cadence != NULL ? keep->late_at : RP_NEVER);
        end_record(sheet);
    }
}

static void
put_coverage(Sheet *sheet)
{
    static const char *const heads[] = {"account",  "name",         "role",
                                        "messages", "last_sync_at", "unreadable",
                                        "read",     "complete"};
    const GPtrArray *folders = sheet->report->coverage.folders;

    put_heads(sheet, heads, G_N_ELEMENTS(heads));
    end_record(sheet);
    for (guint i = 0; i < folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(folders, i);

        put_text(sheet, row->account);
        put_text(sheet, row->name);
        put_name(sheet, "", rp_role_name(row->role));
        put_int(sheet, row->n_messages);
        put_instant(sheet, row->last_sync_at);
        put_int(sheet, row->n_unreadable);
        put_name(sheet, "", row->is_read ? "true" : "false");
        put_name(sheet, "", row->is_complete ? "true" : "false");
        end_record(sheet);
    }
}

const char *const RP_CSV_TABLES[RP_CSV_N_TABLES] = {"figures", "people",  "weeks",
                                                    "silence", "heatmap", "curves",
                                                    "open",    "quiet",   "coverage"};

char *
rp_csv_table(const RpView *view, const RpReport *report, size_t table)
{
    static void (*const writers[RP_CSV_N_TABLES])(Sheet *) = {
        put_figures, put_people, put_weeks, put_silences, put_heatmap,
        put_curves,  put_open,   put_quiet, put_coverage};
    GString *text = g_string_new(NULL);
    Sheet sheet = {text, view, report};

    writers[table](&sheet);
    return g_string_free(text, FALSE);
}
