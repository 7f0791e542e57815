/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-notice.c - a page that is told of on the desktop */
#include "cli/report-notice.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "cli/notice.h"
#include "report/words.h"

char *
rp_report_usual_path(const RpCli *cli, const RpReport *report)
{
    const char *label = report->scope->period.label;
    g_autofree char *home = g_path_get_dirname(cli->db_path);
    g_autofree char *folder = g_build_filename(home, "reports", NULL);
    g_autofree char *name =
        g_strconcat(*label != '\0' ? label : "report", ".html", NULL);

    g_mkdir_with_parents(folder, 0700);
    return g_build_filename(folder, name, NULL);
}

static bool
open_page(const char *path, const char *token, GError **error)
{
    g_autoptr(GAppLaunchContext) context = g_app_launch_context_new();
    g_autoptr(GFile) file = g_file_new_for_commandline_arg(path);
    g_autofree char *uri = g_file_get_uri(file);

    if (*token != '\0')
        g_app_launch_context_setenv(context, "XDG_ACTIVATION_TOKEN", token);
    if (g_app_info_launch_default_for_uri(uri, context, error))
        return true;
    g_prefix_error(error, _("cannot open %s: "), path);
    return false;
}

bool
rp_report_tell(RpCli *cli, const RpReport *report, const char *path, GError **error)
{
    g_autoptr(GPtrArray) lines = rp_words_sentences(cli->view, report);
    g_autofree char *title = rp_words_title(report);
    g_autofree char *token = NULL;
    g_autofree char *text = NULL;
    g_autofree char *body = NULL;

    g_ptr_array_add(lines, NULL);
    text = g_strjoinv("\n", (char **)lines->pdata);
    body = rp_words_plain(text);
    if (!rp_notice_offer(title, body, &token, error)) {
        g_prefix_error(error, _("%s was written, but cannot be told of: "), path);
        return false;
    }
    return token == NULL || open_page(path, token, error);
}
