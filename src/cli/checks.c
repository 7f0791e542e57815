/* SPDX-License-Identifier: GPL-3.0-or-later */
/* checks.c - doctor's look at files, database, programs and the desktop */
#include <config.h> /* the POSIX calls */

#include "cli/checks.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sync/confinement.h"

/* Less room than this and a sync may fail half way. */
#define LEAST_BYTES (100 * G_GUINT64_CONSTANT(1000000))

void
rp_finding_free(RpFinding *finding)
{
    g_free(finding->text);
    g_free(finding->advice);
    g_free(finding);
}

void
rp_find(GPtrArray *findings, const char *what, RpLevel level, const char *text,
        const char *advice)
{
    RpFinding *finding = g_new0(RpFinding, 1);

    finding->what = what;
    finding->level = level;
    finding->text = g_strdup(text);
    finding->advice = g_strdup(advice);
    g_ptr_array_add(findings, finding);
}

/* Files that others could write could make us run a command of theirs, and the
 * database tells who writes to whom. */
static void
check_mode(const char *what, const char *path, mode_t forbidden, GPtrArray *findings)
{
    g_autofree char *text = NULL;
    g_autofree char *advice = NULL;
    GStatBuf status;

    if (g_stat(path, &status) != 0 || (status.st_mode & forbidden) == 0)
        return;
    text = g_strdup_printf((status.st_mode & 022) != 0
                               ? _("%s can be changed by others (mode %04o)")
                               : _("%s can be read by others (mode %04o)"),
                           path, (unsigned)status.st_mode & 07777);
    advice =
        g_strdup_printf("chmod %s %s", S_ISDIR(status.st_mode) ? "700" : "600", path);
    rp_find(findings, what, RP_LEVEL_WRONG, text, advice);
}

/* A folder's names tell little, but who may write in it may put another database
 * there; not where the sticky bit stands, as in /tmp. */
static void
check_folder(const char *path, GPtrArray *findings)
{
    g_autofree char *text = NULL;
    g_autofree char *advice = NULL;
    GStatBuf status;

    if (g_stat(path, &status) != 0)
        return;
    if ((status.st_mode & 022) != 0 && (status.st_mode & S_ISVTX) == 0) {
        check_mode(N_("database"), path, 022, findings);
    } else if ((status.st_mode & 077) != 0) {
        text = g_strdup_printf(_("others may look into %s (mode %04o)"), path,
                               (unsigned)status.st_mode & 07777);
        advice =
            g_strdup_printf(_("chmod 700 %s, or keep it in a folder of its own"), path);
        rp_find(findings, N_("database"), RP_LEVEL_NOTE, text, advice);
    }
}

/* Does the command hold the secret itself? */
static bool
is_literal(const char *command)
{
    command += strspn(command, " ");
    return g_str_has_prefix(command, "echo ") || g_str_has_prefix(command, "printf ");
}

/* One that others could read is known to them now. The caller's. */
static char *
secret_advice(const RpCli *cli, const RpAccountConfig *account, bool is_open)
{
    g_autofree char *setup = rp_check_setup_of(cli, account);

    /* TRANSLATORS: the last one is a command. */
    if (is_open)
        return g_strdup_printf(_("chmod 600 %s, change the password, and keep it where"
                                 " %s --libsecret puts it"),
                               cli->config_path, setup);
    return g_strdup_printf(_("%s --libsecret keeps it in the keyring; pass and its like"
                             " print one that is encrypted"),
                           setup);
}

static void
check_secrets(const RpCli *cli, GPtrArray *findings)
{
    const RpConfig *config = cli->config;
    GStatBuf status;
    bool is_open = g_stat(config->path, &status) == 0 && (status.st_mode & 077) != 0;

    for (guint i = 0; i < config->accounts->len; i++) {
        const RpAccountConfig *account = g_ptr_array_index(config->accounts, i);
        g_autofree char *advice = secret_advice(cli, account, is_open);
        g_autofree char *text = g_strdup_printf(
            is_open ? _("%s: a command in the configuration holds the password itself,"
                        " and others can read it")
                    : _("%s: a command in the configuration holds the password itself"),
            account->name);

        if (is_literal(account->password_command) || is_literal(account->token_command))
            rp_find(findings, N_("password"), is_open ? RP_LEVEL_WRONG : RP_LEVEL_NOTE,
                    text, advice);
    }
}

static void
check_config(RpCli *cli, GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    const RpConfig *config = rp_cli_config(cli, &error);
    bool is_missing = g_error_matches(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_MISSING);

    check_mode(N_("configuration"), cli->config_path, 022, findings);
    if (config == NULL) {
        rp_find(findings, N_("configuration"), RP_LEVEL_WRONG, error->message,
                is_missing ? _("run riposte setup")
                           : _("mend the line; see riposte.conf(5)"));
        return;
    }
    rp_find(findings, N_("configuration"), RP_LEVEL_OK, cli->config_path, "");
    check_secrets(cli, findings);
    if (config->policy->me->len == 0)
        rp_find(findings, N_("my addresses"), RP_LEVEL_WRONG, _("none is configured"),
                _("write addresses= into [me], or run riposte setup"));
    if (config->accounts->len == 0)
        rp_find(findings, N_("accounts"), RP_LEVEL_WRONG, _("there is none"),
                _("run riposte setup"));
}

static void
check_zone(RpCli *cli, GPtrArray *findings)
{
    const char *zone = g_time_zone_get_identifier(rp_cli_zone(cli));
    bool is_guessed = cli->config == NULL || *cli->config->timezone == '\0';

    if (is_guessed && (strcmp(zone, "UTC") == 0 || strcmp(zone, "Etc/UTC") == 0))
        rp_find(
            findings, N_("time zone"), RP_LEVEL_NOTE, _("UTC, as the system says"),
            _("if that is not yours, write timezone= into [me]: weeks and days depend"
              " on it"));
    else
        rp_find(findings, N_("time zone"), RP_LEVEL_OK, zone, "");
}

static void
check_room(const RpCli *cli, GPtrArray *findings)
{
    g_autofree char *folder = g_path_get_dirname(cli->db_path);
    g_autoptr(GFile) file = g_file_new_for_path(folder);
    g_autoptr(GFileInfo) info = g_file_query_filesystem_info(
        file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
    g_autofree char *size = NULL;
    guint64 bytes;

    if (info == NULL)
        return;
    bytes = g_file_info_get_attribute_uint64(info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
    size = g_format_size(bytes);
    rp_find(findings, N_("free disk space"),
            bytes < LEAST_BYTES ? RP_LEVEL_WRONG : RP_LEVEL_OK, size,
            bytes < LEAST_BYTES ? _("make room before the next sync") : "");
}

static void
find_sound(const RpCli *cli, GPtrArray *findings)
{
    g_autofree char *size = NULL;
    g_autofree char *text = NULL;
    GStatBuf status;

    if (g_stat(cli->db_path, &status) == 0)
        size = g_format_size((guint64)status.st_size);
    text = g_strdup_printf(_("%s, sound, %s"), cli->db_path, size != NULL ? size : "?");
    rp_find(findings, N_("database"), RP_LEVEL_OK, text, "");
}

static void
check_database(RpCli *cli, GPtrArray *findings)
{
    g_autofree char *folder = g_path_get_dirname(cli->db_path);
    g_autoptr(GError) error = NULL;
    g_autofree char *complaint = NULL;

    check_room(cli, findings);
    if (!g_file_test(cli->db_path, G_FILE_TEST_EXISTS)) {
        rp_find(findings, N_("database"), RP_LEVEL_NOTE, _("there is none yet"),
                _("run riposte sync"));
        return;
    }
    if (rp_cli_store(cli, &error) != NULL)
        complaint = rp_store_check(cli->store, &error);
    if (error == NULL && complaint == NULL)
        find_sound(cli, findings);
    else if (g_error_matches(error, RP_STORE_ERROR, RP_STORE_ERROR_NEWER))
        rp_find(findings, N_("database"), RP_LEVEL_WRONG, error->message,
                _("install the newer riposte that wrote it"));
    else
        rp_find(findings, N_("database"), RP_LEVEL_WRONG,
                error != NULL ? error->message : complaint,
                _("riposte restore FILE puts a backup in its place; without one move"
                  " the file away and run riposte sync; riposte import-export takes"
                  " decisions back from an export"));
    check_mode(N_("database"), cli->db_path, 077, findings);
    check_folder(folder, findings);
}

static void
check_program(const char *name, GPtrArray *findings)
{
    g_autofree char *path = rp_sync_find_program(name);

    if (!g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
        rp_find(findings, N_("programs"), RP_LEVEL_WRONG, path,
                _("it is not there; install riposte again, or set RIPOSTE_LIBEXECDIR"));
}

/* What is missing is worth a note: the guard and the parsers stand before it. */
static void
check_confinement(GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    RpSyncConfinement c;
    g_autofree char *text = NULL;

    if (!rp_sync_confinement(&c, &error)) {
        rp_find(findings, "riposte-fetch", RP_LEVEL_WRONG, error->message,
                _("install riposte again, or set RIPOSTE_LIBEXECDIR"));
        return;
    }
    text = rp_sync_confinement_text(&c);
    if (!c.holds)
        rp_find(findings, "riposte-fetch", RP_LEVEL_WRONG, text,
                _("please report it, with the versions of kernel and libseccomp"));
    else if (c.landlock_abi == 0)
        rp_find(findings, "riposte-fetch", RP_LEVEL_NOTE, text,
                _("Linux 5.13 or later has it, if landlock stands among lsm="));
    else
        rp_find(findings, "riposte-fetch", c.has_seccomp ? RP_LEVEL_OK : RP_LEVEL_NOTE,
                text, c.has_seccomp ? "" : _("build riposte with libseccomp"));
}

void
rp_check_everything(RpCli *cli, bool is_online, GPtrArray *findings)
{
    check_config(cli, findings);
    check_zone(cli, findings);
    check_database(cli, findings);
    check_confinement(findings);
    check_program("riposte-notify", findings);
    if (cli->config != NULL) {
        rp_check_accounts(cli, is_online, findings);
        rp_check_aliases(cli, findings);
    }
    rp_check_desktop(cli, findings);
}
