/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-backup.c - riposte backup: the database as one file */
#include <glib/gi18n.h>

#include "cli/backup-name.h"
#include "cli/json-out.h"
#include "cli/report-file.h"
#include "report/json.h"
#include "store/backup.h"

static const RpOption OPTIONS[] = {
    {"force", NULL, N_("in the place of a FILE that is there"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

/* Nothing that is there is replaced unasked, and but a file never. */
static bool
check_free(RpCli *cli, const char *path, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return true;
    if (rp_backup_is_database(cli, path))
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("%s: is the database itself; name another file"), path);
    else if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("%s: is no file; name another"), path);
    else if (!rp_args_has(cli->args, "force"))
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("%s: exists; name another file, or --force replaces it"), path);
    else
        return true;
    return false;
}

/* The caller's; NULL with an error. */
static char *
choose_path(RpCli *cli, GError **error)
{
    const char *word = rp_args_word(cli->args, 0);
    g_autofree char *folder = word != NULL ? g_strdup(word) : rp_backup_folder(cli);

    if (word == NULL || rp_report_is_folder(word))
        return rp_backup_new_name(cli, folder, "", error);
    return check_free(cli, word, error) ? g_strdup(word) : NULL;
}

static void
print_result(RpCli *cli, const char *path, int64_t n_messages)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    g_autofree char *name = g_filename_display_name(whole);
    int64_t size = rp_backup_size(path);
    g_autofree char *what = rp_backup_describe(n_messages, size);

    if (!cli->is_json) {
        rp_cli_print(cli, _("Backed up into %s: %s.\n"), name, what);
        return;
    }
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.backup/1");
    rp_json_add_text(builder, "file", name);
    rp_json_add_int(builder, "size", size);
    rp_json_add_int(builder, "messages", n_messages);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}

static RpExit
run(RpCli *cli, GError **error)
{
    bool may_replace = rp_args_has(cli->args, "force");
    g_autofree char *path = NULL;
    int64_t n_messages;

    if (!g_file_test(cli->db_path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    _("%s: there is no database yet, so nothing to back up"),
                    cli->db_path);
        return RP_EXIT_NOT_FOUND;
    }
    path = choose_path(cli, error);
    if (path == NULL || rp_cli_store(cli, error) == NULL ||
        !rp_store_backup(cli->store, path, may_replace, error) ||
        !rp_backup_count_messages(cli->store, &n_messages, error))
        return RP_EXIT_FAILED;
    print_result(cli, path, n_messages);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_backup = {
    .name = "backup",
    .run = run,
    .summary = N_("copies the database into one file, whatever runs meanwhile"),
    .options = OPTIONS,
    .words = "[FILE]",
    .max_words = 1,
    .help = N_("FILE may be a folder. Without it: \"backups\" beside the database. In a"
               "\nfolder the file is named by the time. riposte restore puts it back."),
};
