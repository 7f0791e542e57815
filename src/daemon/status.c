/* SPDX-License-Identifier: GPL-3.0-or-later */
/* status.c - what the bus tells of the accounts and of the list */
#include "config.h"

#include "daemon/private.h"

#include <string.h>

#include "report/json.h"

/* --- accounts --- */

static const char *
state_name(RpWatchState state)
{
    static const char *const names[] = {
        [RP_WATCH_READING] = "reading",
        [RP_WATCH_WAITING] = "waiting",
        [RP_WATCH_RETRYING] = "retrying",
        [RP_WATCH_STOPPED] = "stopped",
    };

    return names[state];
}

static void
add_instant(GVariantDict *dict, const char *key, int64_t at)
{
    if (at != RP_NEVER)
        g_variant_dict_insert(dict, key, "x", at);
}

/* What is no UTF-8 would be no string on the bus. */
static void
add_text(GVariantDict *dict, const char *key, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    g_variant_dict_insert(dict, key, "s", valid);
}

static GVariant *
folder_status(const RpFolderRow *row)
{
    g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);

    add_text(&dict, "name", row->name);
    add_text(&dict, "role", rp_role_name(row->role));
    g_variant_dict_insert(&dict, "messages", "u", row->n_messages);
    add_instant(&dict, "last_sync_at", row->last_sync_at);
    return g_variant_dict_end(&dict);
}

static GVariant *
account_status(const RpWatch *watch, const GPtrArray *folders)
{
    const char *name = rp_watch_account(watch);
    g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);
    g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
    int64_t last_sync_at = RP_NEVER;

    for (guint i = 0; folders != NULL && i < folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(folders, i);

        if (!row->is_read || strcmp(row->account, name) != 0)
            continue;
        g_variant_builder_add_value(&rows, folder_status(row));
        if (row->last_sync_at != RP_NEVER &&
            (last_sync_at == RP_NEVER || row->last_sync_at > last_sync_at))
            last_sync_at = row->last_sync_at;
    }
    add_text(&dict, "name", name);
    add_text(&dict, "state", state_name(rp_watch_state(watch)));
    add_text(&dict, "problem", rp_watch_problem(watch));
    add_instant(&dict, "last_sync_at", last_sync_at);
    add_instant(&dict, "next_sync_at", rp_watch_next_at(watch));
    g_variant_dict_insert_value(&dict, "folders", g_variant_builder_end(&rows));
    return g_variant_dict_end(&dict);
}

GVariant *
rp_daemon_status(gpointer data)
{
    const RpDaemon *daemon = data;
    g_autoptr(GPtrArray) folders = rp_store_load_folders(daemon->store, NULL);
    g_auto(GVariantBuilder) accounts = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

    for (guint i = 0; i < daemon->watches->len; i++)
        g_variant_builder_add_value(
            &accounts, account_status(g_ptr_array_index(daemon->watches, i), folders));
    return g_variant_builder_end(&accounts);
}

void
rp_daemon_tell_problems(RpDaemon *daemon)
{
    g_auto(GVariantBuilder) problems = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(ss)"));

    for (guint i = 0; i < daemon->watches->len; i++) {
        const RpWatch *watch = g_ptr_array_index(daemon->watches, i);
        g_autofree char *text = g_utf8_make_valid(rp_watch_problem(watch), -1);

        if (*text != '\0')
            g_variant_builder_add(&problems, "(ss)", rp_watch_account(watch), text);
    }
    if (daemon->config_error != NULL) {
        g_autofree char *text = g_utf8_make_valid(daemon->config_error->message, -1);

        g_variant_builder_add(&problems, "(ss)", "", text);
    }
    rp_bus_set_problems(daemon->bus, g_variant_builder_end(&problems));
}

/* --- the list --- */

void
rp_daemon_tell_list(RpDaemon *daemon, const RpView *view)
{
    g_autoptr(GPtrArray) followups =
        rp_view_open_followups(view, RP_VIEW_MINE | RP_VIEW_THEIRS);
    g_autofree char *document = rp_json_list(view, followups);
    g_autoptr(GString) ids = g_string_new(NULL);
    g_auto(GVariantBuilder) counts = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a{su}"));
    guint n[RP_N_SECTIONS] = {0}, n_overdue = 0;

    for (guint i = 0; i < followups->len; i++) {
        const RpFollowup *followup = g_ptr_array_index(followups, i);
        RpSection section = rp_view_section(view, followup);

        n[section]++;
        n_overdue += section == RP_SECTION_OWED && followup->is_overdue;
        g_string_append_printf(ids, "%s %d %d\n", rp_followup_id(followup),
                               (int)section, followup->is_overdue);
    }
    for (RpSection section = 0; section < RP_N_SECTIONS; section++)
        g_variant_builder_add(&counts, "{su}", rp_view_section_name(section),
                              n[section]);
    rp_bus_set_list(daemon->bus, &(RpBusList){.n_owed = n[RP_SECTION_OWED],
                                              .n_overdue = n_overdue,
                                              .counts = g_variant_builder_end(&counts),
                                              .document = document,
                                              .ids = ids->str});
    daemon->list_next_at = rp_view_changes_at(view);
}
