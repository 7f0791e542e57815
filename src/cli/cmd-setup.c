/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-setup.c - riposte setup: asks, tries the login, writes the configuration */
#include <config.h> /* the POSIX calls */

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cli/answers.h"
#include "cli/first-look.h"
#include "cli/prompt.h"
#include "cli/run-sync.h"
#include "cli/status.h"
#include "config/edit.h"
#include "config/nearest.h"
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
    rp_cli_print(cli, ngettext("%u folder:\n", "%u folders:\n", folders->len),
                 folders->len);
    for (guint i = 0; i < folders->len; i++) {
        const RpFolderInfo *folder = g_ptr_array_index(folders, i);
        g_autofree char *name = rp_text_pad(folder->name, FOLDER_COLUMNS);

        g_autofree char *role = rp_cli_role_text(folder->role);

        rp_cli_print(cli, "  %s %s %s\n", name, role,
                     folder->is_read ? "" : _("left out"));
    }
}

/* Names with semicolons between; "" if there is none. The caller's. */
static char *
sent_names(const GPtrArray *folders)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < folders->len; i++) {
        const RpFolderInfo *folder = g_ptr_array_index(folders, i);

        if (folder->role == RP_ROLE_SENT)
            g_string_append_printf(names, "%s%s", names->len > 0 ? ";" : "",
                                   folder->name);
    }
    return g_strdup(names->str);
}

static bool
is_folder(const char *name, const GPtrArray *folders)
{
    for (guint i = 0; i < folders->len; i++) {
        const RpFolderInfo *folder = g_ptr_array_index(folders, i);

        if (strcmp(folder->name, name) == 0)
            return true;
    }
    return false;
}

/* What of the names is no folder, foreign; NULL if all are. */
static const char *
find_stray(char **names, const GPtrArray *folders)
{
    for (; *names != NULL; names++) {
        if (!is_folder(g_strstrip(*names), folders))
            return *names;
    }
    return NULL;
}

/* Fails with USAGE on what --sent-folder names and is none. */
static bool
check_sent(const GPtrArray *names, const GPtrArray *folders, GError **error)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();

    for (guint i = 0; i < folders->len; i++) {
        const RpFolderInfo *folder = g_ptr_array_index(folders, i);

        g_ptr_array_add(known, folder->name);
    }
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *guess = rp_args_guess(
            rp_nearest(name, (const char *const *)known->pdata, known->len));

        if (is_folder(name, folders))
            continue;
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("nothing was written; --sent-folder: there is no folder"
                      " \"%s\"%s"),
                    name, guess);
        return false;
    }
    return true;
}

/* Without sent mail no answer is seen, so that role is worth a question. False with
 * USAGE at the end of the input. */
static bool
ask_sent(RpAnswers *answers, const GPtrArray *folders, GError **error)
{
    g_autofree char *guessed = sent_names(folders);
    g_autofree char *preset = rp_text_clean(guessed, 0);

    if (answers->sent_folders->len > 0)
        return check_sent(answers->sent_folders, folders, error);
    if (*guessed == '\0')
        rp_cli_warn(_("no folder with sent mail was found, and without it no answer is"
                      " seen: name it with --sent-folder"));
    while (answers->is_asking && answers->sent_folders->len == 0) {
        g_autofree char *said =
            rp_prompt_ask(_("Folders with sent mail, parted by semicolons"), preset);
        g_auto(GStrv) names = g_strsplit(said != NULL ? said : "", ";", -1);
        const char *stray = find_stray(names, folders);

        if (said == NULL) {
            g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                        _("nothing was written; --sent-folder names the folders with"
                          " sent mail"));
            return false;
        }
        if (strcmp(said, preset) == 0)
            return true;
        if (stray != NULL)
            rp_cli_warn(_("there is no folder \"%s\""), stray);
        for (char **name = names; stray == NULL && *name != NULL; name++)
            g_ptr_array_add(answers->sent_folders, g_strdup(*name));
    }
    return true;
}

/* A failed login is no reason not to write, if somebody says so. */
static bool
try_login(RpCli *cli, RpAnswers *answers, const RpConfig *config, GError **error)
{
    const RpAccountConfig *account = rp_config_find_account(config, answers->account);
    g_autoptr(GError) local = NULL;
    g_autoptr(GPtrArray) folders = NULL;

    if (rp_args_has(cli->args, "no-login"))
        return true;
    folders = rp_cli_list_folders(config, account, NULL, &local);
    if (folders != NULL) {
        print_folders(cli, folders);
        return ask_sent(answers, folders, error);
    }
    rp_cli_warn("%s", local->message);
    if (answers->is_asking && rp_prompt_confirm(_("Write it all the same?"), false))
        return true;
    g_set_error(error, local->domain, local->code,
                _("nothing was written; --no-login writes without trying"));
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
set_up(RpCli *cli, RpAnswers *answers, const char *old, GError **error)
{
    g_autofree char *asked = rp_answers_write(answers, old, error);
    g_autofree char *text = NULL;
    g_autoptr(RpConfig) config = asked != NULL ? check_text(cli, asked, error) : NULL;

    if (config == NULL)
        return RP_EXIT_FAILED;
    if (answers->password != NULL)
        rp_config_set_password(config, answers->account, answers->password);
    if (!try_login(cli, answers, config, error))
        return RP_EXIT_FAILED;
    text = rp_answers_write(answers, old, error); /* the login may have taught us */
    if (text == NULL || !keep(cli, answers, config, text, error))
        return RP_EXIT_FAILED;
    rp_cli_print(cli, _("Written: account %s in %s\n"), answers->account,
                 cli->config_path);
    return rp_first_look(cli, answers, error);
}

static RpExit
run(RpCli *cli, GError **error)
{
    g_autoptr(RpConfig) config = NULL;
    g_autoptr(RpAnswers) answers = NULL;
    g_autofree char *old = NULL;

    if (!rp_first_look_check(cli, error))
        return RP_EXIT_USAGE;
    if (!read_old(cli, &config, &old, error))
        return RP_EXIT_FAILED;
    answers = rp_answers_new(cli, config, error);
    if (answers == NULL)
        return RP_EXIT_USAGE;
    return set_up(cli, answers, old, error);
}

static const RpOption OPTIONS[] = {
    {"account", "NAME",
     N_("what the account is called here (default: from the address)"), 0, false},
    {"address", "ADDRESS", N_("mine; the first is the account's"), 0, true},
    {"name", "NAME", N_("my name"), 0, false},
    {"timezone", "ZONE", N_("of weeks and days: Europe/Berlin (default: the system's)"),
     0, false},
    {"type", "TYPE", N_("imap (the default), maildir or mbox"), 0, false},
    {"host", "HOST", N_("the IMAP server"), 0, false},
    {"port", "PORT", N_("its port (default: 993, or 143)"), 0, false},
    {"security", "HOW", N_("tls (the default), starttls, or none (this machine only)"),
     0, false},
    {"user", "USER", N_("the login (default: the address)"), 0, false},
    {"password-command", "COMMAND", N_("prints the password: 'pass show mail/work'"), 0,
     false},
    {"token-command", "COMMAND", N_("prints an OAuth2 access token"), 0, false},
    {"libsecret", NULL, N_("keep the password in the desktop's keyring; asks for it"),
     0, false},
    {"ca-file", "FILE", N_("trust these certificate authorities instead"), 0, false},
    {"pin", "PIN", N_("trust this certificate alone: sha256:..."), 0, false},
    {"path", "PATH", N_("the Maildir's folder, or the mbox file or folder"), 0, false},
    {"folder", "PATTERN", N_("read these: *, NAME, !NAME"), 0, true},
    {"sent-folder", "NAME", N_("a folder with sent mail"), 0, true},
    {"replace", NULL, N_("begin anew with an account that is there"), 0, false},
    {"no-learn", NULL, N_("take no more addresses of mine from sent mail"), 0, false},
    {"no-login", NULL, N_("write without trying the login"), 0, false},
    {"no-lookup", NULL, N_("neither ask DNS for the server nor try usual names"), 0,
     false},
    {"read", "HOW", N_("read the last 30 days, and show who waits: yes or no"), 0,
     false},
    {"notice", "HOW", N_("show a test notice on the desktop: yes or no"), 0, false},
    {"enable", "HOW", N_("let systemd start riposted, now and at login: yes or no"), 0,
     false},
    {"yes", NULL, N_("ask nothing, take what is usual, and only write"), 'y', false},
    {"non-interactive", NULL, N_("the same"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

static const RpChoice CHOICES[] = {
    {"type", "imap|maildir|mbox"},
    {"security", "tls|starttls|none"},
    {"read", "yes|no"},
    {"notice", "yes|no"},
    {"enable", "yes|no"},
    {NULL, NULL},
};

const RpCommand rp_cmd_setup = {
    .name = "setup",
    .run = run,
    .summary = N_("asks for an account, tries it and writes the configuration"),
    .options = OPTIONS,
    .words = "[ADDRESS]",
    .min_words = 0,
    .max_words = 1,
    .help = N_(
        "Asks for what no option says. Run again for the same address it changes what\n"
        "is said, for another it adds an account; lines of your own stay. The "
        "password\n"
        "itself is never written: a command prints it, or the desktop's keyring keeps\n"
        "it."),
    .choices = CHOICES,
};
