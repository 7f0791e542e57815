/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riposted.c - the daemon's options */
#include "config.h"

#include <glib/gi18n.h>
#include <stdbool.h>

#include "daemon/daemon.h"
#include "language.h"

typedef struct {
    char *config, *db; /* own; NULL: the usual ones */
    gboolean is_foreground, is_verbose, is_version;
} Options;

static bool
parse_options(Options *options, int *argc, char ***argv, GError **error)
{
    const GOptionEntry entries[] = {
        {"config", 0, 0, G_OPTION_ARG_FILENAME, &options->config,
         _("Read this configuration"), "FILE"},
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &options->db, _("Use this database"),
         "FILE"},
        {"foreground", 0, 0, G_OPTION_ARG_NONE, &options->is_foreground,
         _("Stay in the foreground (always so)"), NULL},
        {"verbose", 0, 0, G_OPTION_ARG_NONE, &options->is_verbose, _("Log more"), NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &options->is_version,
         _("Show the version"), NULL},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);

    g_option_context_set_summary(
        context, _("Keeps mail accounts read and tells when a reply is late."));
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, argc, argv, error))
        return false;
    if (*argc == 1)
        return true;
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("unexpected: %s"),
                (*argv)[1]);
    return false;
}

int
main(int argc, char **argv)
{
    Options options = {0};
    g_autoptr(GError) error = NULL;
    int status = 0;

    rp_language_start();
    g_log_writer_default_set_use_stderr(TRUE);
    if (!parse_options(&options, &argc, &argv, &error)) {
        g_printerr("riposted: %s\n", error->message);
        return 2;
    }
    if (options.is_verbose)
        g_setenv("G_MESSAGES_DEBUG", G_LOG_DOMAIN, FALSE);
    if (options.is_version)
        g_print("riposted %s\n", PACKAGE_VERSION);
    else
        status = rp_daemon_run(options.config, options.db, &error);
    if (error != NULL)
        g_printerr("riposted: %s\n", error->message);
    g_free(options.config);
    g_free(options.db);
    return status;
}
