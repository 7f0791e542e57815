/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-report.c - riposte report: how long each side waited */
#include <config.h> /* the POSIX calls */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/whom.h"
#include "report/json.h"
#include "report/report.h"

static const RpOption OPTIONS[] = {
    RP_SCOPE_OPTIONS,
    {"format", "FORMAT", "text or json", 0, false},
    {"output", "FILE", "write to FILE, readable by you alone", 0, false},
    {NULL, NULL, NULL, 0, false},
};

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_HTML };

static bool
choose_format(RpCli *cli, size_t *format, GError **error)
{
    static const char *const formats[] = {"text", "json", "csv", "html"};

    if (!rp_args_choose(cli->args, "format", formats, G_N_ELEMENTS(formats),
                        cli->is_json ? FORMAT_JSON : FORMAT_TEXT, format, error))
        return false;
    if (*format == FORMAT_TEXT || *format == FORMAT_JSON)
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                "--format=%s is not there yet; text and json are", formats[*format]);
    return false;
}

static bool
write_into(const char *path, const char *text)
{
    int fd = g_open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY, 0);
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

/* A file, or that to which a link leads, is replaced whole; a device or pipe
 * (/dev/null) is written to and stays. */
static bool
write_file(const char *path, const char *text, GError **error)
{
    g_autofree char *target = realpath(path, NULL);

    if (is_device(path)) {
        if (write_into(path, text))
            return true;
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, "%s", g_strerror(errno));
        return false;
    }
    return g_file_set_contents_full(target != NULL ? target : path, text,
                                    (gssize)strlen(text),
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static RpExit
put_out(RpCli *cli, const char *path, const char *text, bool is_document,
        GError **error)
{
    if (path != NULL && write_file(path, text, error))
        return RP_EXIT_DONE;
    if (path != NULL) {
        g_prefix_error(error, "--output=%s: ", path);
        return RP_EXIT_FAILED;
    }
    if (is_document)
        rp_cli_write(cli, text);
    else
        rp_cli_print(cli, "%s", text);
    return RP_EXIT_DONE;
}

static RpExit
run(RpCli *cli, GError **error)
{
    const char *path = rp_args_get(cli->args, "output");
    g_autoptr(RpReport) report = NULL;
    g_autofree char *text = NULL;
    RpScope scope;
    size_t format;

    if (!choose_format(cli, &format, error) || !rp_cli_scope(cli, &scope, error))
        return RP_EXIT_FAILED;
    report = rp_report_new(cli->view, scope.from_at, scope.until_at, scope.person);
    if (format == FORMAT_JSON)
        text = rp_json_report(cli->view, report);
    else
        text =
            rp_report_text(cli->view, report, path != NULL ? 0 : rp_cli_text_width(cli),
                           path == NULL && cli->has_color);
    return put_out(cli, path, text, format == FORMAT_JSON, error);
}

static const RpChoice CHOICES[] = {
    {"format", "text|json"},
    {NULL, NULL},
};

const RpCommand rp_cmd_report = {
    .name = "report",
    .run = run,
    .summary = "tells how long you and the others let wait",
    .options = OPTIONS,
    .help = "Shares count the unanswered too (Kaplan-Meier); 'riposte explain report"
            "\nmine.estimate.within_48h' shows the waits that a figure is made of.",
    .choices = CHOICES,
};
