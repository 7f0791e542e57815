/* SPDX-License-Identifier: GPL-3.0-or-later */
/* output.c - standard output and standard error */
#include "cli/command.h"

#include <stdarg.h>
#include <stdio.h>

#include "cli/pager.h"
#include "report/text.h"

static void
put_text(FILE *stream, const char *text)
{
    g_autofree char *local = rp_cli_localized(text);

    fputs(local, stream);
}

char *
rp_cli_typed(const char *text)
{
    const char *charset;
    char *converted = NULL;

    if (text == NULL || g_utf8_validate(text, -1, NULL))
        return g_strdup(text != NULL ? text : "");
    if (!g_get_charset(&charset))
        converted = g_convert(text, -1, "UTF-8", charset, NULL, NULL, NULL);
    return converted != NULL ? converted : g_utf8_make_valid(text, -1);
}

void
rp_cli_print(RpCli *cli, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    (void)cli;
    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    put_text(stdout, text);
}

void
rp_cli_write(RpCli *cli, const char *text)
{
    (void)cli;
    fputs(text, stdout);
}

void
rp_cli_flush(RpCli *cli)
{
    (void)cli;
    fflush(stdout);
}

void
rp_cli_warn(const char *format, ...)
{
    g_autofree char *text = NULL;
    g_autofree char *clean = NULL;
    g_autofree char *line = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    fflush(stdout);
    /* One line, whatever of it came from mail or a server. */
    clean = rp_text_clean(text, 0);
    line = g_strdup_printf("riposte: %s\n", clean);
    put_text(stderr, line);
}

int
rp_cli_lacks(const char *text, int columns)
{
    return MAX(columns - rp_text_width(text), 0);
}

const char *
rp_cli_style(const RpCli *cli, RpStyle style)
{
    static const char *const sequences[] = {
        [RP_STYLE_NONE] = "\033[0m", [RP_STYLE_BOLD] = "\033[1m",
        [RP_STYLE_DIM] = "\033[2m",  [RP_STYLE_LATE] = "\033[1;31m",
        [RP_STYLE_OK] = "\033[32m",
    };

    return cli->has_color ? sequences[style] : "";
}
