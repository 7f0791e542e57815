/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-coverage.c - what a report rests on, as JSON */
#include "report/json.h"

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
    for (guint i = 0; i < folders->len; i++) {
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
    for (guint i = 0; i < rows->len; i++) {
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
gaps(JsonBuilder *builder, const GArray *rows)
{
    json_builder_begin_array(builder);
    for (guint i = 0; i < rows->len; i++) {
        const RpGap *gap = &g_array_index(rows, RpGap, i);

        json_builder_begin_object(builder);
        rp_json_add_text(builder, "gap", rp_report_gap_name(gap->kind));
        rp_json_add_text(builder, "account", gap->account);
        rp_json_add_text(builder, "folder", gap->folder);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void
counts(JsonBuilder *builder, const RpCoverage *coverage)
{
    rp_json_add_int(builder, "n_accounts", coverage->n_accounts);
    rp_json_add_int(builder, "n_folders", coverage->n_folders);
    rp_json_add_instant(builder, "read_at", coverage->read_at);
    rp_json_add_int(builder, "messages", coverage->n_messages);
    rp_json_add_int(builder, "unreadable", coverage->n_unreadable);
    rp_json_add_int(builder, "guessed_times", coverage->n_guessed_times);
    rp_json_add_int(builder, "clock_anomalies", coverage->n_clock_anomalies);
    json_builder_set_member_name(builder, "kinds");
    json_builder_begin_object(builder);
    for (int kind = 0; kind < RP_N_KINDS; kind++)
        rp_json_add_int(builder, rp_kind_name((RpKind)kind), coverage->n_kinds[kind]);
    json_builder_end_object(builder);
}

void
rp_json_coverage(JsonBuilder *builder, const RpCoverage *coverage)
{
    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "accounts");
    accounts(builder, coverage->folders);
    counts(builder, coverage);
    json_builder_set_member_name(builder, "gaps");
    gaps(builder, coverage->gaps);
    json_builder_set_member_name(builder, "unread_problems");
    problems(builder, coverage->problems);
    json_builder_end_object(builder);
}
