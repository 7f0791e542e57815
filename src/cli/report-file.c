/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-file.c - documents into files and folders of the user's choice */
#include <config.h> /* the POSIX calls */

#include "cli/report-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
write_into_device(const char *path, const char *text)
{
    int fd = g_open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY, 0);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    bool is_written = file != NULL && fputs(text, file) >= 0;

    if (file == NULL && fd >= 0)
        close(fd);
    return (file == NULL || fclose(file) == 0) && is_written;
}

/* /dev/stdout is a link to whatever that is. */
static bool
is_device(const char *path)
{
    GStatBuf info;

    return g_str_has_prefix(path, "/dev/") || g_str_has_prefix(path, "/proc/") ||
           (g_stat(path, &info) == 0 && !S_ISREG(info.st_mode));
}

static void
set_errno(GError **error)
{
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, "%s", g_strerror(errno));
}

static bool
write_file(const char *path, const char *text, GError **error)
{
    g_autofree char *target = realpath(path, NULL);

    if (!is_device(path))
        return g_file_set_contents_full(target != NULL ? target : path, text,
                                        (gssize)strlen(text),
                                        G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
    if (write_into_device(path, text))
        return true;
    set_errno(error);
    return false;
}

bool
rp_report_write(const char *path, const char *text, GError **error)
{
    if (write_file(path, text, error))
        return true;
    g_prefix_error(error, "--output=%s: ", path);
    return false;
}

bool
rp_report_is_folder(const char *path)
{
    return g_str_has_suffix(path, "/") || g_file_test(path, G_FILE_TEST_IS_DIR);
}

bool
rp_report_write_into(const char *folder, const char *name, const char *text,
                     GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);

    if (g_mkdir_with_parents(folder, 0700) == 0)
        return rp_report_write(path, text, error);
    set_errno(error);
    g_prefix_error(error, "--output=%s: ", folder);
    return false;
}
