/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-restore.c - riposte restore: a backup becomes the database again */
#include <glib/gi18n.h>

#include "cli/backup-name.h"
#include "cli/daemon.h"
#include "cli/json-out.h"
#include "report/json.h"
#include "store/backup.h"

static const RpOption OPTIONS[] = {
    {"dry-run", NULL, N_("check FILE, and change nothing"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

typedef struct {
    const char *path;   /* foreign */
    int64_t n_messages; /* in it */
    RpKept how;         /* what was there before was kept */
    const char *kept;   /* foreign; under which name */
    bool is_dry;
} Result;

static void
print_json(RpCli *cli, const Result *result)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autofree char *name = g_filename_display_name(result->path);
    g_autofree char *kept =
        result->how != RP_KEPT_NOTHING ? g_filename_display_name(result->kept) : NULL;

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.restore/1");
    rp_json_add_text(builder, "file", name);
    rp_json_add_int(builder, "size", rp_backup_size(result->path));
    rp_json_add_int(builder, "messages", result->n_messages);
    rp_json_add_bool(builder, "restored", !result->is_dry);
    rp_json_add_text(builder, "kept", kept);
    rp_json_add_bool(builder, "kept_is_damaged", result->how == RP_KEPT_DAMAGED);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}

static void
print_text(RpCli *cli, const Result *result)
{
    g_autofree char *name = g_filename_display_name(result->path);
    g_autofree char *what =
        rp_backup_describe(result->n_messages, rp_backup_size(result->path));
    g_autofree char *kept =
        result->how != RP_KEPT_NOTHING ? g_filename_display_name(result->kept) : NULL;

    if (result->is_dry) {
        rp_cli_print(cli, _("%s is sound: %s (nothing is changed: --dry-run)\n"), name,
                     what);
        return;
    }
    rp_cli_print(cli, _("Restored from %s: %s.\n"), name, what);
    if (result->how == RP_KEPT_BACKUP)
        rp_cli_print(cli, _("What was there before can be restored from %s.\n"), kept);
    if (result->how == RP_KEPT_DAMAGED)
        rp_cli_print(cli, _("What was there before is damaged, and is kept as %s.\n"),
                     kept);
}

/* A lock that riposted holds can be told what to do about. */
static bool
restore(RpCli *cli, RpStore *backup, Result *result, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autofree char *holder = NULL;

    if (rp_backup_restore(backup, cli->db_path, result->kept, &result->how, &local))
        return true;
    holder = g_error_matches(local, RP_STORE_ERROR, RP_STORE_ERROR_BUSY)
                 ? rp_cli_lock_holder(cli->db_path)
                 : NULL;
    if (holder != NULL && g_str_has_prefix(holder, "daemon"))
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_LATER,
                    _("riposted is running and writes into the database; stop it first:"
                      " systemctl --user stop riposte"));
    else
        g_propagate_error(error, g_steal_pointer(&local));
    return false;
}

static RpExit
run(RpCli *cli, GError **error)
{
    Result result = {
        .path = rp_args_word(cli->args, 0),
        .is_dry = rp_args_has(cli->args, "dry-run"),
    };
    g_autoptr(RpStore) backup = NULL;
    g_autofree char *folder = rp_backup_folder(cli);
    g_autofree char *kept = NULL;

    if (rp_backup_is_database(cli, result.path)) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("%s: is the database itself; name another file"), result.path);
        return RP_EXIT_FAILED;
    }
    backup = rp_backup_open(result.path, error);
    if (backup == NULL || !rp_backup_count_messages(backup, &result.n_messages, error))
        return RP_EXIT_FAILED;
    if (!result.is_dry) {
        kept = rp_backup_new_name(cli, folder, "before-restore-", error);
        result.kept = kept;
        if (kept == NULL || !restore(cli, backup, &result, error))
            return RP_EXIT_FAILED;
    }
    if (cli->is_json)
        print_json(cli, &result);
    else
        print_text(cli, &result);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_restore = {
    .name = "restore",
    .run = run,
    .summary = N_("makes the database what a backup is, and keeps what was there"),
    .options = OPTIONS,
    .words = "FILE",
    .min_words = 1,
    .max_words = 1,
    .help =
        N_("riposted and riposte sync must not run meanwhile. Mail that came since\n"
           "is read again by riposte sync."),
};
