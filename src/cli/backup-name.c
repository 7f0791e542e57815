/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup-name.c - where backups are, and what they are called */
#include "cli/backup-name.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

static void
set_errno(GError **error, const char *path)
{
    const char *text = g_strerror(errno);

    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, "%s: %s", path, text);
}

char *
rp_backup_folder(const RpCli *cli)
{
    g_autofree char *folder = g_path_get_dirname(cli->db_path);

    return g_build_filename(folder, "backups", NULL);
}

/* "riposte-" of riposte.db: databases in one folder share their backups'. */
static char *
prefix_of(const RpCli *cli)
{
    g_autofree char *base = g_path_get_basename(cli->db_path);

    if (g_str_has_suffix(base, ".db"))
        base[strlen(base) - strlen(".db")] = '\0';
    return g_strconcat(base, "-", NULL);
}

char *
rp_backup_new_name(const RpCli *cli, const char *folder, const char *what,
                   GError **error)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H%M%SZ");
    g_autofree char *prefix = prefix_of(cli);
    g_autofree char *name = g_strconcat(prefix, what, time, NULL);
    char *path = g_strdup_printf("%s/%s.db", folder, name);

    for (guint i = 2; g_file_test(path, G_FILE_TEST_EXISTS); i++) {
        g_free(path);
        path = g_strdup_printf("%s/%s-%u.db", folder, name, i);
    }
    if (g_mkdir_with_parents(folder, 0700) == 0)
        return path;
    set_errno(error, folder);
    g_free(path);
    return NULL;
}

bool
rp_backup_is_database(const RpCli *cli, const char *path)
{
    GStatBuf one;
    GStatBuf other;

    return g_stat(path, &one) == 0 && g_stat(cli->db_path, &other) == 0 &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

char *
rp_backup_describe(int64_t n_messages, int64_t size)
{
    g_autofree char *text = g_format_size((guint64)size);

    /* TRANSLATORS: what a backup holds, and its size. */
    return g_strdup_printf(
        ngettext("%lld message, %s", "%lld messages, %s", (gulong)n_messages),
        (long long)n_messages, text);
}

int64_t
rp_backup_size(const char *path)
{
    GStatBuf info;

    return g_stat(path, &info) == 0 ? (int64_t)info.st_size : 0;
}
