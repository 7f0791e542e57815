/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-report.c - riposte.report/1 */
#include "report/json.h"

#include <string.h>

static void
plain_figures(JsonBuilder *builder, const RpPlainFigures *plain)
{
    json_builder_begin_object(builder);
    rp_json_add_int(builder, "n", plain->n);
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

static void
people(JsonBuilder *builder, const RpView *view, const RpReport *report)
{
    json_builder_begin_array(builder);
    for (guint i = 0; i < report->people->len; i++) {
        const RpReportPerson *row = &g_array_index(report->people, RpReportPerson, i);

        json_builder_begin_object(builder);
        json_builder_set_member_name(builder, "person");
        rp_json_person(builder, view, row->person, row->address);
        figures_member(builder, "mine", &row->mine);
        figures_member(builder, "theirs", &row->theirs);
        rp_json_add_share(builder, "ratio", rp_latency_ratio(&row->mine, &row->theirs));
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void
weeks(JsonBuilder *builder, const RpReport *report)
{
    json_builder_begin_array(builder);
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpReportWeek *week = &report->weeks[i];

        if (week->label[0] == '\0')
            continue; /* before the calendar begins */
        json_builder_begin_object(builder);
        rp_json_add_text(builder, "week", week->label);
        rp_json_add_instant(builder, "from", week->from_at);
        rp_json_add_instant(builder, "to", week->until_at);
        figures_member(builder, "mine", &week->mine);
        figures_member(builder, "theirs", &week->theirs);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void
silence(JsonBuilder *builder, const RpSilence *row)
{
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "direction", rp_direction_name(row->direction));
    rp_json_add_duration(builder, "silent_s", row->silent_s);
    rp_json_add_int(builder, "n", row->n);
    rp_json_add_int(builder, "answered_later", row->n_answered_later);
    json_builder_set_member_name(builder, "share");
    if (row->n > 0)
        json_builder_add_double_value(builder,
                                      (double)row->n_answered_later / (double)row->n);
    else
        json_builder_add_null_value(builder);
    json_builder_end_object(builder);
}

static void
silences(JsonBuilder *builder, const RpReport *report)
{
    json_builder_begin_array(builder);
    for (int direction = RP_MINE; direction <= RP_THEIRS; direction++) {
        for (size_t i = 0; i < RP_N_SILENCES; i++)
            silence(builder, &report->silence[direction][i]);
    }
    json_builder_end_array(builder);
}

static void
hours_member(JsonBuilder *builder, const char *name, uint32_t hours[7][24])
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

/* --- coverage --- */

static void
folder(JsonBuilder *builder, const RpFolderRow *row)
{
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "name", row->name);
    rp_json_add_text(builder, "role", rp_role_name(row->role));
    rp_json_add_int(builder, "messages", row->n_messages);
    rp_json_add_instant(builder, "last_sync_at", row->last_sync_at);
    rp_json_add_int(builder, "unreadable", row->n_unreadable);
    rp_json_add_bool(builder, "read", row->is_read);
    rp_json_add_bool(builder, "complete", row->is_complete);
    json_builder_end_object(builder);
}

/* The folders come by account. */
static void
accounts(JsonBuilder *builder, const GPtrArray *folders)
{
    const char *account = NULL;

    json_builder_begin_array(builder);
    for (guint i = 0; folders != NULL && i < folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(folders, i);

        if (g_strcmp0(row->account, account) != 0) {
            if (account != NULL) {
                json_builder_end_array(builder);
                json_builder_end_object(builder);
            }
            account = row->account;
            json_builder_begin_object(builder);
            rp_json_add_text(builder, "name", account);
            json_builder_set_member_name(builder, "folders");
            json_builder_begin_array(builder);
        }
        folder(builder, row);
    }
    if (account != NULL) {
        json_builder_end_array(builder);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static const char *
problem_name(RpProblemCode code)
{
    static const char *const names[] = {
        [RP_PROBLEM_UNREADABLE] = "unreadable",
        [RP_PROBLEM_FOLDER] = "folder",
        [RP_PROBLEM_NETWORK] = "network",
        [RP_PROBLEM_AUTH] = "auth",
        [RP_PROBLEM_TLS] = "tls",
        [RP_PROBLEM_PROTOCOL] = "protocol",
        [RP_PROBLEM_CONFIG] = "config",
    };

    return (size_t)code < G_N_ELEMENTS(names) ? names[code] : NULL;
}

static void
problems(JsonBuilder *builder, const GPtrArray *rows)
{
    json_builder_begin_array(builder);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        const RpProblemRow *row = g_ptr_array_index(rows, i);

        json_builder_begin_object(builder);
        rp_json_add_text(builder, "account", row->account);
        rp_json_add_text(builder, "folder", row->folder);
        json_builder_set_member_name(builder, "uid");
        if (row->uid != 0)
            json_builder_add_int_value(builder, (gint64)row->uid);
        else
            json_builder_add_null_value(builder);
        rp_json_add_text(builder, "code", problem_name(row->code));
        rp_json_add_text(builder, "text", row->text);
        rp_json_add_instant(builder, "at", row->at);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void
coverage(JsonBuilder *builder, const RpView *view, const RpReport *report)
{
    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "accounts");
    accounts(builder, view->folders);
    rp_json_add_int(builder, "guessed_times", report->n_guessed_times);
    rp_json_add_int(builder, "clock_anomalies", report->n_clock_anomalies);
    json_builder_set_member_name(builder, "kinds");
    json_builder_begin_object(builder);
    for (int kind = 0; kind < RP_N_KINDS; kind++)
        rp_json_add_int(builder, rp_kind_name((RpKind)kind), report->n_kinds[kind]);
    json_builder_end_object(builder);
    json_builder_set_member_name(builder, "unread_problems");
    problems(builder, view->problems);
    json_builder_end_object(builder);
}

/* --- the document --- */

static void
head_members(JsonBuilder *builder, const RpView *view, const RpReport *report)
{
    rp_json_add_text(builder, "schema", "riposte.report/1");
    rp_json_add_instant(builder, "as_of", view->as_of_at);
    rp_json_add_instant(builder, "from", report->from_at);
    rp_json_add_instant(builder, "to", report->until_at);
    rp_json_add_text(builder, "zone", report->zone);
    json_builder_set_member_name(builder, "person");
    if (report->person != RP_NONE)
        rp_json_person(builder, view, report->person,
                       rp_view_person_address(view, report->person));
    else
        json_builder_add_null_value(builder);
}

static void
table_members(JsonBuilder *builder, const RpView *view, const RpReport *report)
{
    json_builder_set_member_name(builder, "people");
    people(builder, view, report);
    json_builder_set_member_name(builder, "weeks");
    weeks(builder, report);
    json_builder_set_member_name(builder, "silence");
    silences(builder, report);
}

static void
heatmap(JsonBuilder *builder, const RpReport *report)
{
    uint32_t hours[2][7][24];

    memcpy(hours, report->heatmap, sizeof hours);
    json_builder_begin_object(builder);
    hours_member(builder, "mine_sent", hours[RP_MINE]);
    hours_member(builder, "theirs_sent", hours[RP_THEIRS]);
    json_builder_end_object(builder);
}

static void
open_followups(JsonBuilder *builder, const RpView *view, const RpReport *report)
{
    json_builder_begin_array(builder);
    for (guint i = 0; i < report->open->len; i++)
        rp_json_followup(builder, view, g_ptr_array_index(report->open, i));
    json_builder_end_array(builder);
}

char *
rp_json_report(const RpView *view, const RpReport *report)
{
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();
    g_autoptr(JsonGenerator) generator = json_generator_new();
    GString *text = g_string_new(NULL);

    json_builder_begin_object(builder);
    head_members(builder, view, report);
    figures_member(builder, "mine", &report->mine);
    figures_member(builder, "theirs", &report->theirs);
    table_members(builder, view, report);
    json_builder_set_member_name(builder, "heatmap");
    heatmap(builder, report);
    json_builder_set_member_name(builder, "open");
    open_followups(builder, view, report);
    json_builder_set_member_name(builder, "coverage");
    coverage(builder, view, report);
    json_builder_end_object(builder);
    rp_json_flush(builder, generator, text);
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}
