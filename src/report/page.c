/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.c - a page of text for a terminal: lines, labels, cells */
#include "report/page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "report/text.h"
#include "report/words.h"

/* U+200E LEFT-TO-RIGHT MARK: keeps what stands beside a name out of its run. */
static const char MARK[] = "\342\200\216";

bool
rp_page_has_room(const RpPage *page, int columns)
{
    return page->style.width == 0 || page->style.width >= columns;
}

int
rp_page_columns(int least, const char *text)
{
    return MAX(least, rp_text_width(text));
}

/* --- the end --- */

/* The blocks kept for right-to-left scripts (UAX 9, 3.2). */
static bool
is_right_to_left(gunichar c)
{
    return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) ||
           (c >= 0xfe70 && c <= 0xfeff) || (c >= 0x10800 && c <= 0x10fff) ||
           (c >= 0x1e800 && c <= 0x1efff);
}

static bool
has_right_to_left(const char *text, const char *end)
{
    for (; text < end; text += g_utf8_skip[(guchar)*text]) {
        if (is_right_to_left(g_utf8_get_char(text)))
            return true;
    }
    return false;
}

/* Terminals know no isolates; marks beside right-to-left text do. */
static char *
isolate_for_terminal(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, RP_ISOLATE, -1);
    GString *out = g_string_new(parts[0]);

    for (char **part = parts[0] != NULL ? parts + 1 : parts; *part != NULL; part++) {
        const char *end = strstr(*part, RP_ISOLATE_END);
        const char *mark;

        if (end == NULL) {
            g_string_append(out, *part);
            continue;
        }
        mark = has_right_to_left(*part, end) ? MARK : "";
        g_string_append(out, mark);
        g_string_append_len(out, *part, end - *part);
        g_string_append_printf(out, "%s%s", mark, end + strlen(RP_ISOLATE_END));
    }
    return g_string_free(out, FALSE);
}

char *
rp_page_end(RpPage *page)
{
    char *text = isolate_for_terminal(page->text->str);

    g_string_free(page->text, TRUE);
    page->text = NULL;
    return text;
}

/* What stands for a text where ASCII alone is shown. The columns of what follows are
 * counted afterwards. */
static char *
shown(const RpPage *page, const char *text)
{
    g_autofree char *bare = NULL;
    g_autoptr(GString) plain = NULL;

    if (!page->style.is_ascii)
        return g_strdup(text);
    bare = rp_words_plain(text);
    plain = g_string_new(bare);
    g_string_replace(plain, "…", "~", 0);
    g_string_replace(plain, "±", "+-", 0);
    return g_str_to_ascii(plain->str, "C");
}

/* --- lines --- */

void
rp_page_title(RpPage *page, const char *title)
{
    const char *bold = page->style.has_color ? "\033[1m" : "";
    const char *end = page->style.has_color ? "\033[0m" : "";

    g_string_append_printf(page->text, "\n%s", bold);
    rp_page_wrap(page, title, 0);
    g_string_truncate(page->text, page->text->len - 1);
    g_string_append_printf(page->text, "%s\n", end);
}

void
rp_page_wrap(RpPage *page, const char *text, int indent)
{
    g_autofree char *plain = shown(page, text);
    g_auto(GStrv) words = g_strsplit(plain, " ", -1);
    int column = 0;

    for (char **word = words; *word != NULL; word++) {
        int width = rp_text_width(*word);

        if (column > 0 && !rp_page_has_room(page, column + 1 + width)) {
            g_string_append_c(page->text, '\n');
            column = 0;
        }
        g_string_append_printf(page->text, "%*s%s", column > 0 ? 1 : indent, "", *word);
        column += (column > 0 ? 1 : indent) + width;
    }
    g_string_append_c(page->text, '\n');
}

void
rp_page_more(RpPage *page, guint n_all, guint n_shown, const char *where)
{
    guint n = n_all > n_shown ? n_all - n_shown : 0;
    g_autofree char *more =
        /* TRANSLATORS: %s is a command that shows them. */
        g_strdup_printf(ngettext("and %u more (%s)", "and %u more (%s)", n), n, where);

    if (n > 0)
        rp_page_wrap(page, more, 2);
}

/* --- cells --- */

void
rp_page_label(RpPage *page, const char *label, int columns)
{
    g_autofree char *clean = rp_text_clean(label, 0);
    g_autofree char *plain = shown(page, clean);
    g_autofree char *cut = rp_text_clean(plain, columns);
    g_autofree char *fit = shown(page, cut);

    g_string_append_printf(page->text, "  " RP_ISOLATE "%s" RP_ISOLATE_END "%*s", fit,
                           MAX(columns - rp_text_width(fit), 0), "");
}

void
rp_page_name(RpPage *page, const char *name, int columns)
{
    if (rp_text_width(name) > columns) {
        rp_page_wrap(page, name, 2);
        name = "";
    }
    g_string_append_printf(page->text, "  %s%*s", name, columns - rp_text_width(name),
                           "");
}

void
rp_page_cell(RpPage *page, const char *text, int columns)
{
    g_autofree char *plain = shown(page, text);

    g_string_append_printf(page->text, "  %*s%s",
                           MAX(columns - rp_text_width(plain), 0), "", plain);
}

void
rp_page_number(RpPage *page, uint32_t number, int columns)
{
    g_autofree char *text = g_strdup_printf("%u", number);

    rp_page_cell(page, text, columns);
}

void
rp_page_share(RpPage *page, double share, int columns)
{
    g_autofree char *text = rp_words_share(share);

    rp_page_cell(page, text, columns);
}

void
rp_page_wait(RpPage *page, int64_t wait_s, uint32_t n, int columns)
{
    g_autofree char *text = rp_words_wait(wait_s, n);

    rp_page_cell(page, text, columns);
}

void
rp_page_end_row(RpPage *page)
{
    while (page->text->len > 0 && page->text->str[page->text->len - 1] == ' ')
        g_string_truncate(page->text, page->text->len - 1);
    g_string_append_c(page->text, '\n');
}
