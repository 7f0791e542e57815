/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-export.c - riposte export: everything, an object a line */
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "report/json.h"

static RpExit
run(RpCli *cli, GError **error)
{
    const RpView *view = rp_cli_view(cli, error);
    g_autoptr(GOutputStream) out = NULL;

    if (view == NULL)
        return RP_EXIT_FAILED;
    fflush(stdout);
    out = g_unix_output_stream_new(STDOUT_FILENO, FALSE);
    if (rp_json_export(view, out, error))
        return RP_EXIT_DONE;
    g_prefix_error(error, _("cannot write the export: "));
    return RP_EXIT_FAILED;
}

const RpCommand rp_cmd_export = {
    .name = "export",
    .run = run,
    .summary = N_("writes everything as JSON Lines"),
    .help = N_("Messages, follow-ups, people and decisions, for other programs and for"
               "\nmoving house; there is no other form, so --json changes nothing."),
};
