/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-report.c - riposte.report/1 */
#include "report/json.h"

static void
plain_figures(JsonBuilder *builder, const RpPlainFigures *plain)
{
    json_builder_begin_object(builder);
    rp_json_add_int(builder, "n", plain->n);
    rp_json_add_int(builder, "n_24h", plain->n_24h);
    rp_json_add_int(builder, "n_48h", plain->n_48h);
    rp_json_add_duration(builder, "median_s", (int64_t)plain->median_s);
    rp_json_add_duration(builder, "mean_s", (int64_t)plain->mean_s);
    rp_json_add_duration(builder, "p90_s", (int64_t)plain->p90_s);
    rp_json_add_share(builder, "within_24h", plain->within_24h);
    rp_json_add_share(builder, "within_48h", plain->within_48h);
    json_builder_end_object(builder);
}

static void
estimate(JsonBuilder *builder, const RpEstimate *figures)
{
    json_builder_begin_object(builder);
    rp_json_add_int(builder, "n", figures->n);
    rp_json_add_int(builder, "events", figures->n_events);
    rp_json_add_duration(builder, "median_s", figures->median_s);
    rp_json_add_duration(builder, "p90_s", figures->p90_s);
    rp_json_add_share(builder, "within_24h", figures->within_24h);
    rp_json_add_share(builder, "within_48h", figures->within_48h);
    rp_json_add_share(builder, "within_7d", figures->within_7d);
    rp_json_add_share(builder, "se_24h", figures->se_24h);
    rp_json_add_share(builder, "se_48h", figures->se_48h);
    json_builder_end_object(builder);
}

void
rp_json_figures(JsonBuilder *builder, const RpFigures *figures)
{
    json_builder_begin_object(builder);
    rp_json_add_int(builder, "opened", figures->n_opened);
    rp_json_add_int(builder, "answered", figures->n_answered);
    rp_json_add_int(builder, "open", figures->n_open);
    rp_json_add_int(builder, "lapsed", figures->n_lapsed);
    rp_json_add_int(builder, "released", figures->n_released);
    rp_json_add_int(builder, "superseded", figures->n_superseded);
    rp_json_add_int(builder, "answered_elsewhere", figures->n_answered_elsewhere);
    rp_json_add_int(builder, "done", figures->n_done);
    rp_json_add_int(builder, "dismissed", figures->n_dismissed);
    rp_json_add_int(builder, "answers_sent", figures->n_answers_sent);
    rp_json_add_share(builder, "share_released", figures->share_released);
    json_builder_set_member_name(builder, "answered_only");
    plain_figures(builder, &figures->answered_only);
    json_builder_set_member_name(builder, "estimate");
    estimate(builder, &figures->estimate);
    json_builder_end_object(builder);
}

static void
figures_member(JsonBuilder *builder, const char *name, const RpFigures *figures)
{
    json_builder_set_member_name(builder, name);
    rp_json_figures(builder, figures);
}

/* --- the document, written part by part: a tree of it all would take ten times the
 * room of its text --- */

typedef struct {
    GString *text;            /* foreign */
    JsonBuilder *builder;     /* own */
    JsonGenerator *generator; /* own */
    const RpView *view;       /* foreign */
    const RpReport *report;   /* foreign */
} Document;

/* Members for the document's own object. */
static void
begin_members(Document *document)
{
    json_builder_begin_object(document->builder);
}

static void
end_members(Document *document)
{
    g_autoptr(GString) part = g_string_new(NULL);

    json_builder_end_object(document->builder);
    rp_json_flush(document->builder, document->generator, part);
    g_string_append_printf(document->text, "%s%.*s",
                           document->text->len > 1 ? ",\n" : "", (int)part->len - 2,
                           part->str + 1);
}

static void
begin_rows(Document *document, const char *name)
{
    g_string_append_printf(document->text, ",\n\"%s\":[", name);
    json_builder_begin_object(document->builder);
}

/* Ends a row; another one begins. */
static void
end_row(Document *document)
{
    bool is_first = document->text->str[document->text->len - 1] == '[';

    json_builder_end_object(document->builder);
    g_string_append(document->text, is_first ? "\n" : ",\n");
    rp_json_flush(document->builder, document->generator, document->text);
    json_builder_begin_object(document->builder);
}

static void
end_rows(Document *document)
{
    json_builder_reset(document->builder);
    g_string_append_c(document->text, ']');
}

/* --- its parts --- */

static void
put_people(Document *document)
{
    JsonBuilder *builder = document->builder;

    begin_rows(document, "people");
    for (guint i = 0; i < document->report->people->len; i++) {
        const RpReportPerson *row =
            &g_array_index(document->report->people, RpReportPerson, i);

        json_builder_set_member_name(builder, "person");
        rp_json_person(builder, document->view, row->person, row->address);
        figures_member(builder, "mine", &row->mine);
        figures_member(builder, "theirs", &row->theirs);
        rp_json_add_share(builder, "ratio", row->ratio);
        end_row(document);
    }
    end_rows(document);
}

static void
put_weeks(Document *document)
{
    begin_rows(document, "weeks");
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpReportWeek *row = &document->report->weeks[i];

        if (row->week.label[0] == '\0')
            continue; /* before the calendar begins */
        rp_json_add_text(document->builder, "week", row->week.label);
        rp_json_add_instant(document->builder, "from", row->week.from_at);
        rp_json_add_instant(document->builder, "to", row->week.until_at);
        figures_member(document->builder, "mine", &row->mine);
        figures_member(document->builder, "theirs", &row->theirs);
        end_row(document);
    }
    end_rows(document);
}

static void
put_silence(Document *document, const RpSilence *row)
{
    JsonBuilder *builder = document->builder;

    rp_json_add_text(builder, "direction", rp_direction_name(row->direction));
    rp_json_add_duration(builder, "silent_s", row->silent_s);
    rp_json_add_int(builder, "n", row->n);
    rp_json_add_int(builder, "answered_later", row->n_answered_later);
    rp_json_add_share(builder, "share", row->share);
    end_row(document);
}

static void
put_silences(Document *document)
{
    begin_rows(document, "silence");
    for (int direction = RP_MINE; direction <= RP_THEIRS; direction++) {
        for (size_t i = 0; i < RP_N_SILENCES; i++)
            put_silence(document, &document->report->silence[direction][i]);
    }
    end_rows(document);
}

static void
hours_member(JsonBuilder *builder, const char *name, const uint32_t hours[7][24])
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_array(builder);
    for (int day = 0; day < 7; day++) {
        json_builder_begin_array(builder);
        for (int hour = 0; hour < 24; hour++)
            json_builder_add_int_value(builder, hours[day][hour]);
        json_builder_end_array(builder);
    }
    json_builder_end_array(builder);
}

static void
put_open(Document *document)
{
    const GPtrArray *open = document->report->open;

    begin_rows(document, "open");
    for (guint i = 0; i < open->len; i++) {
        rp_json_followup_members(document->builder, document->view,
                                 g_ptr_array_index(open, i));
        end_row(document);
    }
    end_rows(document);
}

static void
put_quiet(Document *document)
{
    JsonBuilder *builder = document->builder;

    begin_rows(document, "quiet");
    for (guint i = 0; i < document->report->quiet->len; i++) {
        const RpReportQuiet *row =
            &g_array_index(document->report->quiet, RpReportQuiet, i);
        const RpKeep *keep = &row->keep;

        json_builder_set_member_name(builder, "person");
        rp_json_person(builder, document->view, row->person, row->address);
        rp_json_add_int(builder, "messages_in", row->n_in);
        rp_json_add_int(builder, "messages_out", row->n_out);
        rp_json_add_instant(builder, "last_in_at", row->last_in_at);
        rp_json_add_instant(builder, "last_out_at", row->last_out_at);
        rp_json_add_duration(builder, "silent_s", row->silent_s);
        rp_json_add_duration(builder, "every_s",
                             keep->cadence != NULL ? keep->cadence->ideal_s : -1);
        rp_json_add_instant(builder, "due_at",
                            keep->cadence != NULL ? keep->due_at : RP_NEVER);
        rp_json_add_instant(builder, "late_at",
                            keep->cadence != NULL ? keep->late_at : RP_NEVER);
        end_row(document);
    }
    end_rows(document);
}

/* --- head, both sides, curves --- */

static void
head_members(JsonBuilder *builder, const RpView *view, const RpReport *report)
{
    const RpScope *scope = report->scope;

    rp_json_add_text(builder, "schema", "riposte.report/1");
    rp_json_add_instant(builder, "as_of", view->as_of_at);
    rp_json_add_instant(builder, "from", scope->period.from_at);
    rp_json_add_instant(builder, "to", scope->period.until_at);
    rp_json_add_text(builder, "period", scope->period.label);
    rp_json_add_text(builder, "zone", report->zone);
    json_builder_set_member_name(builder, "person");
    if (scope->person != RP_NONE)
        rp_json_person(builder, view, scope->person,
                       rp_view_person_address(view, scope->person));
    else
        json_builder_add_null_value(builder);
    rp_json_add_text(builder, "tag", scope->tag);
    rp_json_add_text(builder, "account", scope->account);
}

static void
before_member(JsonBuilder *builder, const RpReport *report)
{
    json_builder_set_member_name(builder, "before");
    if (!report->has_before) {
        json_builder_add_null_value(builder);
        return;
    }
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "period", report->scope->period.before);
    rp_json_add_instant(builder, "from", report->scope->period.before_at);
    rp_json_add_instant(builder, "to", report->scope->period.from_at);
    figures_member(builder, "mine", &report->before[RP_MINE]);
    figures_member(builder, "theirs", &report->before[RP_THEIRS]);
    json_builder_end_object(builder);
}

static void
waiting_member(JsonBuilder *builder, const RpReport *report)
{
    json_builder_set_member_name(builder, "waiting");
    json_builder_begin_object(builder);
    for (int direction = RP_MINE; direction <= RP_THEIRS; direction++) {
        const RpReportWaiting *row = &report->waiting[direction];

        json_builder_set_member_name(builder,
                                     rp_direction_name((RpDirection)direction));
        json_builder_begin_object(builder);
        rp_json_add_int(builder, "n", row->n);
        rp_json_add_int(builder, "overdue", row->n_overdue);
        rp_json_add_int(builder, "new", row->n_new);
        rp_json_add_text(builder, "oldest",
                         row->oldest != NULL ? rp_followup_id(row->oldest) : NULL);
        rp_json_add_duration(builder, "oldest_waiting_s",
                             row->oldest != NULL ? row->oldest->waiting_s : -1);
        json_builder_end_object(builder);
    }
    json_builder_end_object(builder);
}

static void
curve(JsonBuilder *builder, const RpCurvePoint points[RP_CURVE_POINTS])
{
    json_builder_begin_array(builder);
    for (int hour = 0; hour < RP_CURVE_POINTS; hour++) {
        const RpCurvePoint *point = &points[hour];

        if (!rp_report_has_step(points, hour))
            continue;
        json_builder_begin_object(builder);
        rp_json_add_duration(builder, "wait_s", hour * (int64_t)RP_HOUR_S);
        rp_json_add_share(builder, "answered", point->answered);
        rp_json_add_share(builder, "low", point->low);
        rp_json_add_share(builder, "high", point->high);
        rp_json_add_int(builder, "at_risk", point->n_at_risk);
        rp_json_add_share(builder, "answered_only", point->answered_only);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void
put_sides(Document *document)
{
    JsonBuilder *builder = document->builder;
    const RpReport *report = document->report;

    begin_members(document);
    head_members(builder, document->view, report);
    figures_member(builder, "mine", &report->mine);
    figures_member(builder, "theirs", &report->theirs);
    before_member(builder, report);
    waiting_member(builder, report);
    json_builder_set_member_name(builder, "curves");
    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "mine");
    curve(builder, report->curves[RP_MINE]);
    json_builder_set_member_name(builder, "theirs");
    curve(builder, report->curves[RP_THEIRS]);
    json_builder_end_object(builder);
    end_members(document);
}

static void
put_rest(Document *document)
{
    JsonBuilder *builder = document->builder;

    begin_members(document);
    json_builder_set_member_name(builder, "heatmap");
    json_builder_begin_object(builder);
    hours_member(builder, "mine_sent", document->report->heatmap[RP_MINE]);
    hours_member(builder, "theirs_sent", document->report->heatmap[RP_THEIRS]);
    json_builder_end_object(builder);
    json_builder_set_member_name(builder, "coverage");
    rp_json_coverage(builder, &document->report->coverage);
    end_members(document);
}

char *
rp_json_report(const RpView *view, const RpReport *report)
{
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();
    g_autoptr(JsonGenerator) generator = json_generator_new();
    GString *text = g_string_new("{");
    Document document = {text, builder, generator, view, report};

    put_sides(&document);
    put_people(&document);
    put_weeks(&document);
    put_silences(&document);
    put_open(&document);
    put_quiet(&document);
    put_rest(&document);
    g_string_append(text, "}\n");
    return g_string_free(text, FALSE);
}
