/* SPDX-License-Identifier: GPL-3.0-or-later */
/* checks.c - doctor's look at files, database, programs and the desktop */
#include "cli/checks.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cli/daemon.h"
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
    text = g_strdup_printf("%s can be %s by others (mode %04o)", path,
                           (status.st_mode & 022) != 0 ? "changed" : "read",
                           (unsigned)status.st_mode & 07777);
    advice =
        g_strdup_printf("chmod %s %s", S_ISDIR(status.st_mode) ? "700" : "600", path);
    rp_find(findings, what, RP_LEVEL_WRONG, text, advice);
}

static void
check_config(RpCli *cli, GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    const RpConfig *config = rp_cli_config(cli, &error);
    bool is_missing = g_error_matches(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_MISSING);

    check_mode("configuration", cli->config_path, 022, findings);
    if (config == NULL) {
        rp_find(findings, "configuration", RP_LEVEL_WRONG, error->message,
                is_missing ? "run riposte setup"
                           : "mend the line; see riposte.conf(5)");
        return;
    }
    rp_find(findings, "configuration", RP_LEVEL_OK, cli->config_path, "");
    if (config->policy->me->len == 0)
        rp_find(findings, "my addresses", RP_LEVEL_WRONG, "none is configured",
                "write addresses= into [me], or run riposte setup");
    if (config->accounts->len == 0)
        rp_find(findings, "accounts", RP_LEVEL_WRONG, "there is none",
                "run riposte setup");
}

static void
check_zone(RpCli *cli, GPtrArray *findings)
{
    const char *zone = g_time_zone_get_identifier(rp_cli_zone(cli));
    bool is_guessed = cli->config == NULL || *cli->config->timezone == '\0';

    if (is_guessed && (strcmp(zone, "UTC") == 0 || strcmp(zone, "Etc/UTC") == 0))
        rp_find(findings, "time zone", RP_LEVEL_NOTE, "UTC, as the system says",
                "if that is not yours, write timezone= into [me]: weeks and days depend"
                " on it");
    else
        rp_find(findings, "time zone", RP_LEVEL_OK, zone, "");
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
    rp_find(findings, "free disk space",
            bytes < LEAST_BYTES ? RP_LEVEL_WRONG : RP_LEVEL_OK, size,
            bytes < LEAST_BYTES ? "make room before the next sync" : "");
}

static void
check_database(RpCli *cli, GPtrArray *findings)
{
    g_autofree char *folder = g_path_get_dirname(cli->db_path);
    g_autoptr(GError) error = NULL;
    g_autofree char *complaint = NULL;

    check_room(cli, findings);
    if (!g_file_test(cli->db_path, G_FILE_TEST_EXISTS)) {
        rp_find(findings, "database", RP_LEVEL_NOTE, "there is none yet",
                "run riposte sync");
        return;
    }
    if (rp_cli_store(cli, &error) != NULL)
        complaint = rp_store_check(cli->store, &error);
    if (error == NULL && complaint == NULL)
        rp_find(findings, "database", RP_LEVEL_OK, cli->db_path, "");
    else
        rp_find(findings, "database", RP_LEVEL_WRONG,
                error != NULL ? error->message : complaint,
                "move the file away and run riposte sync; riposte import-export takes"
                " decisions back from an export");
    check_mode("database", cli->db_path, 077, findings);
    check_mode("database", folder, 022, findings);
}

static void
check_program(const char *name, GPtrArray *findings)
{
    g_autofree char *path = rp_sync_find_program(name);

    if (!g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
        rp_find(findings, "programs", RP_LEVEL_WRONG, path,
                "it is not there; install riposte again, or set RIPOSTE_LIBEXECDIR");
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
                "install riposte again, or set RIPOSTE_LIBEXECDIR");
        return;
    }
    text = rp_sync_confinement_text(&c);
    if (!c.holds)
        rp_find(findings, "riposte-fetch", RP_LEVEL_WRONG, text,
                "please report it, with the versions of kernel and libseccomp");
    else if (c.landlock_abi == 0)
        rp_find(findings, "riposte-fetch", RP_LEVEL_NOTE, text,
                "Linux 5.13 or later has it, if landlock stands among lsm=");
    else
        rp_find(findings, "riposte-fetch", c.has_seccomp ? RP_LEVEL_OK : RP_LEVEL_NOTE,
                text, c.has_seccomp ? "" : "build riposte with libseccomp");
}

static void
check_desktop(RpCli *cli, GPtrArray *findings)
{
    g_autofree char *holder = rp_cli_lock_holder(cli->db_path);

    if (holder != NULL && g_str_has_prefix(holder, "daemon"))
        rp_find(findings, "riposted", RP_LEVEL_OK, "is running", "");
    else
        rp_find(findings, "riposted", RP_LEVEL_NOTE,
                "is not running: nothing reminds you",
                "systemctl --user enable --now riposte");
    if (rp_cli_bus_name("org.freedesktop.Notifications") != RP_NAME_ABSENT)
        rp_find(findings, "notifications", RP_LEVEL_OK, "the desktop shows them", "");
    else
        rp_find(findings, "notifications", RP_LEVEL_NOTE,
                "no program shows them in this session",
                "start a desktop session, or a notification daemon such as dunst");
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
    check_desktop(cli, findings);
}
