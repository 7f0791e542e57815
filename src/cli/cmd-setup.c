/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-setup.c - riposte setup: asks, tries the login, writes the configuration */
#include <config.h> /* the POSIX calls */

#include <glib/gstdio.h>
#include <string.h>

#include "cli/answers.h"
#include "cli/prompt.h"
#include "cli/run-sync.h"
#include "config/edit.h"
#include "report/text.h"

enum { FOLDER_COLUMNS = 32 };

/* What there is already; *config and *text NULL if there is nothing. */
static bool
read_old(const RpCli *cli, RpConfig **config, char **text, GError **error)
{
    g_autoptr(GError) local = NULL;

    *config = rp_config_load(cli->config_path, &local);
    if (*config != NULL)
        return g_file_get_contents(cli->config_path, text, NULL, error);
    if (g_error_matches(local, RP_CONFIG_ERROR, RP_CONFIG_ERROR_MISSING))
        return true;
    g_propagate_error(error, g_steal_pointer(&local));
    return false;
}

/* Reads what would be written, from a file that is gone again before anybody is
 * asked for anything: an interrupt then leaves none behind. */
static RpConfig *
check_text(const RpCli *cli, const char *text, GError **error)
{
    g_autofree char *staged = rp_config_stage(cli->config_path, text, error);
    g_autoptr(GError) local = NULL;
    RpConfig *config;
    const char *complaint;

    if (staged == NULL)
        return NULL;
    config = rp_config_load(staged, &local);
    g_unlink(staged);
    if (config != NULL)
        return config;
    complaint = local->message;
    if (g_str_has_prefix(complaint, staged) &&
        strstr(complaint + strlen(staged), ": ") != NULL)
        complaint = strstr(complaint + strlen(staged), ": ") + 2;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, "%s", complaint);
    return NULL;
}

/* --- the login --- */

static void
print_folders(RpCli *cli, const GPtrArray *folders)
{
    bool has_sent = false;

    rp_cli_print(cli, folders->len == 1 ? "1 folder:\n" : "%u folders:\n",
                 folders->len);
    for (guint i = 0; i < folders->len; i++) {
        const RpFolderInfo *folder = g_ptr_array_index(folders, i);
        g_autofree char *name = rp_text_pad(folder->name, FOLDER_COLUMNS);

        rp_cli_print(cli, "  %s %-8s %s\n", name, rp_role_name(folder->role),
                     folder->is_read ? "" : "left out");
        has_sent = has_sent || folder->role == RP_ROLE_SENT;
    }
    if (!has_sent)
        rp_cli_warn("no folder with sent mail was found, and without it no answer is"
                    " seen: name it with --sent-folder");
}

/* A failed login is no reason not to write, if somebody says so. */
static bool
try_login(RpCli *cli, const RpAnswers *answers, const RpConfig *config, GError **error)
{
    const RpAccountConfig *account = rp_config_find_account(config, answers->account);
    g_autoptr(GError) local = NULL;
    g_autoptr(GPtrArray) folders = NULL;

    if (rp_args_has(cli->args, "no-login"))
        return true;
    folders = rp_cli_list_folders(config, account, &local);
    if (folders != NULL) {
        print_folders(cli, folders);
        return true;
    }
    rp_cli_warn("%s", local->message);
    if (answers->is_asking && rp_prompt_confirm("Write it all the same?", false))
        return true;
    g_set_error(error, local->domain, local->code,
                "nothing was written; --no-login writes without trying");
    return false;
}

/* --- all of it --- */

/* The keyring first: without the password the account is of no use. */
static bool
keep(const RpCli *cli, const RpAnswers *answers, const RpConfig *config,
     const char *text, GError **error)
{
    const RpAccountConfig *account = rp_config_find_account(config, answers->account);

    if (answers->password != NULL &&
        !rp_config_store_secret(account, answers->password, error))
        return false;
    return rp_config_save(cli->config_path, text, error);
}

static RpExit
set_up(RpCli *cli, const RpAnswers *answers, const char *old, GError **error)
{
    g_autofree char *text = rp_answers_write(answers, old, error);
    g_autoptr(RpConfig) config = text != NULL ? check_text(cli, text, error) : NULL;

    if (config == NULL)
        return RP_EXIT_FAILED;
    if (answers->password != NULL)
        rp_config_set_password(config, answers->account, answers->password);
    if (!try_login(cli, answers, config, error) ||
        !keep(cli, answers, config, text, error))
        return RP_EXIT_FAILED;
    rp_cli_print(cli, "Written: account %s in %s\n", answers->account,
                 cli->config_path);
    rp_cli_print(cli, "Next: riposte sync, then riposte; and for reminders\n"
                      "      systemctl --user enable --now riposte\n");
    return RP_EXIT_DONE;
}

static RpExit
run(RpCli *cli, GError **error)
{
    g_autoptr(RpConfig) config = NULL;
    g_autoptr(RpAnswers) answers = NULL;
    g_autofree char *old = NULL;

    if (!read_old(cli, &config, &old, error))
        return RP_EXIT_FAILED;
    answers = rp_answers_new(cli, config, error);
    if (answers == NULL)
        return RP_EXIT_USAGE;
    return set_up(cli, answers, old, error);
}

static const RpChoice CHOICES[] = {
    {"type", "imap|maildir|mbox"},
    {"security", "tls|starttls|none"},
    {NULL, NULL},
};

const RpCommand rp_cmd_setup = {
    .name = "setup",
    .run = run,
    .summary = "asks for an account, tries it and writes the configuration",
    .options = RP_SETUP_OPTIONS,
    .words = "[ADDRESS]",
    .min_words = 0,
    .max_words = 1,
    .help =
        "Asks for what no option says. Run again for the same address it changes what\n"
        "is said, for another it adds an account; lines of your own stay. The "
        "password\n"
        "itself is never written: a command prints it, or the desktop's keyring keeps\n"
        "it.",
    .choices = CHOICES,
};
