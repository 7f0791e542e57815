/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pager.c - long text, page by page */
#include "cli/pager.h"

#include <gio/gio.h>
#include <string.h>

/* less: end at once if all fits, keep colours, leave the text on the screen. */
static const char DEFAULT_PAGER[] = "less", LESS_OPTIONS[] = "FRX";

bool
rp_cli_is_utf8(void)
{
    const char *charset;

    return g_get_charset(&charset);
}

char *
rp_cli_localized(const char *text)
{
    const char *charset;
    char *converted = NULL;

    if (!g_get_charset(&charset))
        converted =
            g_convert_with_fallback(text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
    return converted != NULL ? converted : g_strdup(text);
}

/* $PAGER is a command line with quotes, but no shell reads it. */
static char **
pager_words(void)
{
    const char *pager = g_getenv("PAGER");
    char **words = NULL;

    if (pager == NULL || *pager == '\0')
        pager = DEFAULT_PAGER;
    return g_shell_parse_argv(pager, NULL, &words, NULL) ? words : NULL;
}

/* False if there is no pager to show it. A pager that is left early is none's failure.
 */
static bool
show(const char *text)
{
    g_auto(GStrv) words = pager_words();
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDIN_PIPE);
    g_autoptr(GSubprocess) pager = NULL;

    if (words == NULL)
        return false;
    g_subprocess_launcher_setenv(launcher, "LESS", LESS_OPTIONS, FALSE);
    pager = g_subprocess_launcher_spawnv(launcher, (const char *const *)words, NULL);
    if (pager == NULL)
        return false;
    g_output_stream_write_all(g_subprocess_get_stdin_pipe(pager), text, strlen(text),
                              NULL, NULL, NULL);
    g_output_stream_close(g_subprocess_get_stdin_pipe(pager), NULL, NULL);
    g_subprocess_wait(pager, NULL, NULL);
    return true;
}

void
rp_cli_print_long(RpCli *cli, const char *text)
{
    g_autofree char *local = rp_cli_localized(text);

    rp_cli_flush(cli);
    if (!cli->is_terminal || !show(local))
        rp_cli_write(cli, local);
}
