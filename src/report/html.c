/* SPDX-License-Identifier: GPL-3.0-or-later */
/* html.c - the report as one HTML page: the page and its elements */
#include "report/html.h"

#include <glib/gi18n.h>
#include <string.h>

#include "report/text.h"
#include "report/words.h"

/* --- elements --- */

void
rp_html_text(RpHtml *html, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);

    for (const char *at = escaped; *at != '\0';) {
        if (g_str_has_prefix(at, RP_ISOLATE)) {
            g_string_append(html->out, "<bdi>");
            at += strlen(RP_ISOLATE);
        } else if (g_str_has_prefix(at, RP_ISOLATE_END)) {
            g_string_append(html->out, "</bdi>");
            at += strlen(RP_ISOLATE_END);
        } else {
            g_string_append_c(html->out, *at++);
        }
    }
}

void
rp_html_foreign(RpHtml *html, const char *text, int columns)
{
    g_autofree char *clean = rp_text_clean(text, columns);

    rp_html_text(html, clean);
}

void
rp_html_note(RpHtml *html, const char *text)
{
    g_string_append(html->out, "<p class=\"note\">");
    rp_html_text(html, text);
    g_string_append(html->out, "</p>\n");
}

static void
put_element(RpHtml *html, const char *name, const char *text)
{
    g_string_append_printf(html->out, "<%s>", name);
    rp_html_text(html, text);
    g_string_append_printf(html->out, "</%s>\n", name);
}

void
rp_html_section(RpHtml *html, const char *id, const char *title)
{
    g_string_append_printf(html->out,
                           "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">", id, id);
    rp_html_text(html, title);
    g_string_append(html->out, "</h2>\n");
}

void
rp_html_end_section(RpHtml *html)
{
    g_string_append(html->out, "</section>\n");
}

/* "<who": of words, which begin at the left. */
static void
put_column_head(RpHtml *html, const char *head)
{
    bool is_words = *head == '<';

    if (*head == '\0') {
        g_string_append(html->out, "<td></td>");
        return;
    }
    g_string_append(html->out, is_words ? "<th scope=\"col\" class=\"words\">"
                                        : "<th scope=\"col\">");
    rp_html_text(html, head + is_words);
    g_string_append(html->out, "</th>");
}

/* A table wider than the window scrolls by itself, by keys too. */
void
rp_html_table(RpHtml *html, const char *caption, const char *const *heads)
{
    g_string_append(
        html->out,
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    rp_html_text(html, caption);
    g_string_append(html->out, "\">\n<table>\n");
    put_element(html, "caption", caption);
    g_string_append(html->out, "<thead><tr>");
    for (; *heads != NULL; heads++)
        put_column_head(html, *heads);
    g_string_append(html->out, "</tr></thead>\n<tbody>\n");
}

void
rp_html_end_table(RpHtml *html)
{
    g_string_append(html->out, "</tbody>\n</table>\n</div>\n");
}

void
rp_html_row(RpHtml *html, const char *head)
{
    g_string_append(html->out, "<tr><th scope=\"row\">");
    rp_html_text(html, head);
    g_string_append(html->out, "</th>");
}

void
rp_html_end_row(RpHtml *html)
{
    g_string_append(html->out, "</tr>\n");
}

void
rp_html_cell(RpHtml *html, char *text, const char *path_format, ...)
{
    va_list args;

    g_string_append(html->out, "<td");
    if (path_format != NULL) {
        g_string_append(html->out, " data-f=\"");
        va_start(args, path_format);
        g_string_append_vprintf(html->out, path_format, args);
        va_end(args);
        g_string_append_c(html->out, '"');
    }
    g_string_append_c(html->out, '>');
    rp_html_text(html, text);
    g_string_append(html->out, "</td>");
    g_free(text);
}

/* --- the page --- */

/* The style is named by its hash: text that got in as a style would be refused. */
static void
put_policy(RpHtml *html)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *hash = NULL;
    guint8 digest[32];
    gsize n = sizeof digest;

    g_checksum_update(checksum, (const guchar *)RP_HTML_STYLE, -1);
    g_checksum_get_digest(checksum, digest, &n);
    hash = g_base64_encode(digest, n);
    g_string_append_printf(
        html->out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n",
        hash);
}

static void
put_head(RpHtml *html, const char *title)
{
    g_string_append_printf(
        html->out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
        /* TRANSLATORS: the code of your language for the lang attribute of HTML (BCP
         * 47): "de", "pt-BR". */
        C_("language", "en"));
    put_policy(html);
    g_string_append(html->out,
                    "<meta name=\"viewport\" content=\"width=device-width\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n");
    put_element(html, "title", title);
    g_string_append_printf(html->out, "<style>%s</style>\n</head>\n<body>\n",
                           RP_HTML_STYLE);
}

static void
put_header(RpHtml *html, const char *title)
{
    g_autofree char *period = rp_words_period(html->view, html->report);
    g_autofree char *scope = rp_words_scope(html->view, html->report);

    g_string_append(html->out, "<header>\n");
    put_element(html, "h1", title);
    put_element(html, "p", period);
    if (scope != NULL)
        put_element(html, "p", scope);
    g_string_append(html->out, "</header>\n");
}

static void
put_sentences(RpHtml *html)
{
    g_autoptr(GPtrArray) lines = rp_words_sentences(html->view, html->report);
    g_autofree char *ground = rp_words_ground(html->view, html->report);

    rp_html_section(html, "what-matters", _("What matters"));
    g_string_append(html->out, "<div class=\"lead\">\n");
    for (guint i = 0; i < lines->len; i++)
        put_element(html, "p", g_ptr_array_index(lines, i));
    g_string_append(html->out, "</div>\n");
    put_element(html, "p", ground);
    rp_html_end_section(html);
}

char *
rp_html_report(const RpView *view, const RpReport *report)
{
    GString *out = g_string_sized_new(65536);
    RpHtml html = {out, view, report};
    g_autofree char *title = rp_words_title(report);

    put_head(&html, title);
    put_header(&html, title);
    g_string_append(out, "<main>\n");
    put_sentences(&html);
    rp_html_curves(&html);
    rp_html_figures(&html);
    rp_html_week_by_week(&html);
    rp_html_people(&html);
    rp_html_silences(&html);
    rp_html_heatmaps(&html);
    rp_html_open(&html);
    rp_html_quiet(&html);
    rp_html_coverage(&html);
    g_string_append(out, "</main>\n<footer>\n");
    put_element(
        &html, "p",
        _("Shares and waits count the unanswered, if they do not say otherwise "
          "(Kaplan-Meier). riposte explain mine.estimate.median_s, with the "
          "options of this report, names the mails behind that figure, and so "
          "for all in the section Figures; with --week or --person behind those "
          "of a week or a person."));
    g_string_append(out, "</footer>\n</body>\n</html>\n");
    return g_string_free(out, FALSE);
}
