/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-export.c - riposte export: everything, an object a line */
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "report/json.h"
#include "store/state.h"

/* With the flags of now, which a view that was kept does not follow. */
static const RpView *
load(RpCli *cli, GError **error)
{
    const RpView *view = NULL;

    if (rp_cli_config(cli, error) == NULL || rp_cli_store(cli, error) == NULL ||
        !rp_store_begin_read(cli->store, error))
        return NULL;
    view = rp_cli_view(cli, error);
    if (view != NULL && !rp_store_load_flags(cli->store, view->corpus, error))
        view = NULL;
    rp_store_end_read(cli->store);
    return view;
}

static RpExit
run(RpCli *cli, GError **error)
{
    const RpView *view = load(cli, error);
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
