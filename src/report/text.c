/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.c - hostile text made fit for a terminal, a notice or a command line */
#include "report/text.h"

#include <glib/gi18n.h>

static const char ELLIPSIS[] = "…";

/* More marks than any script puts on one letter are an attack on the lines above
 * and below. */
enum { MARKS_MAX = 4, LABEL_COLUMNS = 16 };

/* g_utf8_next_char() would cast const away. */
static const char *
next_char(const char *text)
{
    return text + g_utf8_skip[(guchar)*text];
}

static bool
is_space(gunichar c)
{
    return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || c == 0x2028 ||
           c == 0x2029;
}

/* C0, DEL, C1; marks, embeddings and isolates of bidirectional text (UAX 9). */
static bool
is_control(gunichar c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c || c == 0x200e ||
           c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static int
columns_of(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

static char *
clean(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GString) out = g_string_sized_new(64);
    int n_marks = 0;

    for (const char *p = valid; *p != '\0'; p = next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (is_space(c)) {
            if (out->len > 0 && out->str[out->len - 1] != ' ')
                g_string_append_c(out, ' ');
            continue;
        }
        n_marks = columns_of(c) == 0 ? n_marks + 1 : 0;
        if (!is_control(c) && n_marks <= MARKS_MAX)
            g_string_append_unichar(out, c);
    }
    if (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* The end of what fits into columns, marks on the last character with it. */
static const char *
end_within(const char *text, int columns)
{
    for (; *text != '\0'; text = next_char(text)) {
        columns -= columns_of(g_utf8_get_char(text));
        if (columns < 0)
            break;
    }
    return text;
}

char *
rp_text_clean(const char *text, int max_columns)
{
    g_autofree char *whole = clean(text != NULL ? text : "");
    g_autofree char *head = NULL;

    if (max_columns <= 0 || *end_within(whole, max_columns) == '\0')
        return g_steal_pointer(&whole);
    head = g_strndup(whole, (gsize)(end_within(whole, max_columns - 1) - whole));
    return g_strconcat(g_strchomp(head), ELLIPSIS, NULL);
}

char *
rp_text_pad(const char *text, int columns)
{
    g_autofree char *cleaned = rp_text_clean(text, columns);

    return g_strdup_printf("%s%*s", cleaned, columns - rp_text_width(cleaned), "");
}

int
rp_text_width(const char *text)
{
    int columns = 0;

    for (; *text != '\0'; text = next_char(text))
        columns += columns_of(g_utf8_get_char(text));
    return columns;
}

char *
rp_text_when(int64_t at, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GDateTime) local =
        utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;

    /* TRANSLATORS: date and time of day as g_date_time_format() takes it, of one width
     * at any time: it stands in columns. */
    return local != NULL ? g_date_time_format(local, C_("time", "%Y-%m-%d %H:%M"))
                         : g_strdup(C_("time", "never"));
}

char *
rp_text_day(int64_t at, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GDateTime) local =
        utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;

    /* TRANSLATORS: a date as g_date_time_format() takes it. */
    return local != NULL ? g_date_time_format(local, C_("time", "%Y-%m-%d"))
                         : g_strdup(C_("time", "never"));
}

const char *
rp_text_comma(void)
{
    /* TRANSLATORS: between the members of a list: "Ann, Bob, Cem". */
    return C_("list", ", ");
}

void
rp_text_put_more(GString *text, guint n)
{
    g_string_append(text, "  ... ");
    g_string_append_printf(text,
                           ngettext("and %u more: --all", "and %u more: --all", n), n);
    g_string_append_c(text, '\n');
}

void
rp_text_put_label(GString *text, const char *label)
{
    g_string_append_printf(text, "  %s%*s ", label,
                           MAX(LABEL_COLUMNS - rp_text_width(label), 0), "");
}
