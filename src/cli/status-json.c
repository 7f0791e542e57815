/* SPDX-License-Identifier: GPL-3.0-or-later */
/* status-json.c - riposte status for programs */
#include "cli/json-out.h"
#include "cli/status.h"
#include "report/json.h"
#include "sync/confinement.h"

static void
add_folder(JsonBuilder *builder, const RpFolderRow *row)
{
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "name", row->name);
    rp_json_add_text(builder, "role", rp_role_name(row->role));
    rp_json_add_bool(builder, "read", row->is_read);
    rp_json_add_bool(builder, "complete", row->is_complete);
    rp_json_add_int(builder, "messages", row->n_messages);
    rp_json_add_int(builder, "unreadable", row->n_unreadable);
    rp_json_add_instant(builder, "last_sync_at", row->last_sync_at);
    json_builder_end_object(builder);
}

static void
add_account(JsonBuilder *builder, const RpStatus *status,
            const RpAccountConfig *account)
{
    const RpView *view = status->view;
    g_autoptr(GVariant) live = rp_live_account(&status->live, account->name);

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "name", account->name);
    rp_json_add_text(builder, "type", RP_STATUS_TYPES[account->type]);
    rp_json_add_text(builder, "state", rp_live_text(live, "state"));
    rp_json_add_text(builder, "problem", rp_live_text(live, "problem"));
    rp_json_add_instant(builder, "next_sync_at", rp_live_instant(live, "next_sync_at"));
    json_builder_set_member_name(builder, "folders");
    json_builder_begin_array(builder);
    for (guint i = 0; i < view->folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(view->folders, i);

        if (rp_status_is_of(row, account))
            add_folder(builder, row);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
}

static void
add_problem(JsonBuilder *builder, const RpProblemRow *row)
{
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "account", row->account);
    rp_json_add_text(builder, "folder", row->folder);
    rp_json_add_text(builder, "text", row->text);
    if (row->uid != 0)
        rp_json_add_int(builder, "uid", (int64_t)row->uid);
    rp_json_add_instant(builder, "at", row->at);
    json_builder_end_object(builder);
}

static void
add_texts(JsonBuilder *builder, const char *name, const GPtrArray *texts)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_array(builder);
    for (guint i = 0; i < texts->len; i++)
        rp_json_text(builder, g_ptr_array_index(texts, i));
    json_builder_end_array(builder);
}

/* null if riposte-fetch does not tell. */
static void
add_confinement(JsonBuilder *builder)
{
    RpSyncConfinement confinement;

    json_builder_set_member_name(builder, "confinement");
    if (!rp_sync_confinement(&confinement, NULL)) {
        json_builder_add_null_value(builder);
        return;
    }
    json_builder_begin_object(builder);
    rp_json_add_int(builder, "landlock_abi", confinement.landlock_abi);
    rp_json_add_bool(builder, "seccomp", confinement.has_seccomp);
    rp_json_add_bool(builder, "holds", confinement.holds);
    json_builder_end_object(builder);
}

void
rp_status_print_json(RpCli *cli, const RpStatus *status)
{
    const RpView *view = status->view;
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autoptr(GPtrArray) learned = rp_status_learned(view);

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.status/1");
    rp_json_add_instant(builder, "as_of", view->as_of_at);
    rp_json_add_text(builder, "config", cli->config_path);
    rp_json_add_text(builder, "database", cli->db_path);
    rp_json_add_int(builder, "database_bytes", rp_status_database_bytes(cli));
    rp_json_add_text(builder, "in_use_by", status->live.holder);
    rp_json_add_text(builder, "daemon", rp_live_daemon(&status->live));
    add_confinement(builder);
    add_texts(builder, "addresses", view->config->policy->me);
    add_texts(builder, "learned_addresses", learned);
    json_builder_set_member_name(builder, "accounts");
    json_builder_begin_array(builder);
    for (guint i = 0; i < view->config->accounts->len; i++)
        add_account(builder, status, g_ptr_array_index(view->config->accounts, i));
    json_builder_end_array(builder);
    json_builder_set_member_name(builder, "problems");
    json_builder_begin_array(builder);
    for (guint i = 0; i < view->problems->len; i++)
        add_problem(builder, g_ptr_array_index(view->problems, i));
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}
