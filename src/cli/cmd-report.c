/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-report.c - riposte report: how long each side waited */
#include <string.h>

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

static RpExit
put_out(RpCli *cli, const char *path, const char *text, bool is_document,
        GError **error)
{
    if (path != NULL)
        return g_file_set_contents_full(path, text, (gssize)strlen(text),
                                        G_FILE_SET_CONTENTS_CONSISTENT, 0600, error)
                   ? RP_EXIT_DONE
                   : RP_EXIT_FAILED;
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

const RpCommand rp_cmd_report = {
    .name = "report",
    .run = run,
    .summary = "tells how long you and the others let wait",
    .options = OPTIONS,
    .help = "Shares count the unanswered too (Kaplan-Meier); 'riposte explain report"
            "\nmine.estimate.within_48h' shows the waits that a figure is made of.",
};
