/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vcard-line.c - unfolding, parameters, encodings and escapes of vCard lines */
#include "contacts/vcard-line.h"

#include <string.h>

void
rp_vcard_line_free(RpVcardLine *line)
{
    if (line == NULL)
        return;
    g_free(line->group);
    g_free(line->name);
    g_free(line->types);
    g_free(line->value);
    g_free(line);
}

/* --- unfolding --- */

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void
append(GString *text, RpBytes more)
{
    gsize n = MIN((gsize)(more.end - more.p), RP_VCARD_MAX_LINE - text->len);

    for (gsize i = 0; i < n; i++)
        g_string_append_c(text, more.p[i] != '\0' ? more.p[i] : ' ');
}

static bool
is_quoted_printable(const GString *text)
{
    g_autofree char *head = g_strndup(text->str, strcspn(text->str, ":"));
    g_autofree char *upper = g_ascii_strup(head, -1);

    return strstr(upper, "QUOTED-PRINTABLE") != NULL;
}

/* RFC 6350 3.2: a line break and one blank vanish. In a 2.1 (RFC 822 3.1.1) the blank
 * stays. */
static void
append_folds(GString *text, RpBytes *rest, bool is_old)
{
    RpBytes line;

    while (rest->p < rest->end && is_blank(*rest->p)) {
        rp_bytes_line(rest, &line);
        while (line.p < line.end && is_blank(line.p[0]) &&
               (!is_old || (line.p + 1 < line.end && is_blank(line.p[1])))) {
            line.p++;
            if (!is_old)
                break;
        }
        append(text, line);
    }
}

static void
append_soft_breaks(GString *text, RpBytes *rest)
{
    RpBytes line;

    while (text->len > 0 && text->str[text->len - 1] == '=') {
        g_string_truncate(text, text->len - 1);
        if (!rp_bytes_line(rest, &line))
            return;
        append(text, line);
    }
}

/* False behind the last line. */
static bool
unfold(RpBytes *rest, bool is_old, GString *text)
{
    RpBytes line;

    g_string_truncate(text, 0);
    if (!rp_bytes_line(rest, &line))
        return false;
    append(text, line);
    if (is_quoted_printable(text))
        append_soft_breaks(text, rest);
    append_folds(text, rest, is_old);
    return true;
}

/* --- values --- */

static GString *
undo_quoted_printable(const char *text)
{
    GString *bytes = g_string_new(NULL);

    for (const char *p = text; *p != '\0'; p++) {
        if (p[0] == '=' && g_ascii_isxdigit(p[1]) && g_ascii_isxdigit(p[2])) {
            g_string_append_c(bytes, (char)(g_ascii_xdigit_value(p[1]) * 16 +
                                            g_ascii_xdigit_value(p[2])));
            p += 2;
        } else {
            g_string_append_c(bytes, *p);
        }
    }
    return bytes;
}

static GString *
undo_base64(const char *text)
{
    gsize n = 0;
    g_autofree guchar *bytes = g_base64_decode(text, &n);

    return g_string_new_len((const char *)bytes, (gssize)n);
}

static char *
decode_value(const char *raw, const char *encoding, const char *charset)
{
    g_autoptr(GString) bytes = NULL;
    g_autoptr(GString) text = NULL;

    if (g_ascii_strcasecmp(encoding, "QUOTED-PRINTABLE") == 0)
        bytes = undo_quoted_printable(raw);
    else if (g_ascii_strcasecmp(encoding, "BASE64") == 0 ||
             g_ascii_strcasecmp(encoding, "B") == 0)
        bytes = undo_base64(raw);
    else
        bytes = g_string_new(raw);
    text = rp_bytes_decode(bytes->str, bytes->len, *charset != '\0' ? charset : NULL);
    return g_strdup(text->str);
}

GPtrArray *
rp_vcard_split(const char *value, char separator)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) part = g_string_new(NULL);

    for (const char *p = value; *p != '\0'; p++) {
        if (*p == separator) {
            g_ptr_array_add(parts, g_strdup(part->str));
            g_string_truncate(part, 0);
        } else if (*p == '\\' && (p[1] == 'n' || p[1] == 'N')) {
            g_string_append_c(part, '\n');
            p++;
        } else {
            /* \: and \" are Google's and Apple's */
            p += *p == '\\' && p[1] != '\0' && strchr("\\;,:\"", p[1]) != NULL;
            g_string_append_c(part, *p);
        }
    }
    g_ptr_array_add(parts, g_strdup(part->str));
    return parts;
}

/* --- parameters --- */

/* What is being read of a line: its parameters so far. */
typedef struct {
    GString *types;
    char *encoding, *charset, *omit_year; /* own */
} Head;

/* RFC 6868: ^n, ^^ and ^'. */
static char *
undo_carets(const char *text)
{
    GString *plain = g_string_new(NULL);

    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '^' && p[1] != '\0' && strchr("n^'", p[1]) != NULL) {
            p++;
            g_string_append_c(plain, *p == 'n' ? ' ' : *p == '\'' ? '"' : '^');
        } else if (*p != '"') {
            g_string_append_c(plain, *p);
        }
    }
    return g_string_free(plain, FALSE);
}

static void
add_types(Head *head, const char *value)
{
    g_autofree char *lower = g_ascii_strdown(value, -1);

    if (*lower != '\0')
        g_string_append_printf(head->types, "%s%s", head->types->len > 0 ? "," : "",
                               lower);
}

/* Bare words, as in 2.1, are an encoding or a type. */
static void
take_bare(Head *head, const char *word)
{
    static const char *const encodings[] = {"QUOTED-PRINTABLE", "BASE64", "8BIT",
                                            "7BIT", "B"};

    for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++) {
        if (g_ascii_strcasecmp(word, encodings[i]) == 0) {
            g_free(head->encoding);
            head->encoding = g_strdup(word);
            return;
        }
    }
    add_types(head, word);
}

static void
take_parameter(Head *head, const char *text)
{
    const char *equals = strchr(text, '=');
    g_autofree char *name =
        equals != NULL ? g_strndup(text, (gsize)(equals - text)) : NULL;
    g_autofree char *value = undo_carets(equals != NULL ? equals + 1 : text);

    if (name == NULL) {
        take_bare(head, value);
    } else if (g_ascii_strcasecmp(name, "TYPE") == 0) {
        add_types(head, value);
    } else if (g_ascii_strcasecmp(name, "PREF") == 0) {
        add_types(head, "pref");
    } else if (g_ascii_strcasecmp(name, "ENCODING") == 0) {
        g_free(head->encoding);
        head->encoding = g_steal_pointer(&value);
    } else if (g_ascii_strcasecmp(name, "CHARSET") == 0) {
        g_free(head->charset);
        head->charset = g_steal_pointer(&value);
    } else if (g_ascii_strcasecmp(name, "X-APPLE-OMIT-YEAR") == 0) {
        g_free(head->omit_year);
        head->omit_year = g_steal_pointer(&value);
    }
}

/* Where the text has the character outside quotes; its end if nowhere. */
static const char *
find_unquoted(const char *text, const char *what)
{
    bool is_quoted = false;

    for (; *text != '\0'; text++) {
        if (*text == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && strchr(what, *text) != NULL)
            break;
    }
    return text;
}

static void
take_name(RpVcardLine *line, const char *text, gsize n)
{
    g_autofree char *whole = g_strndup(text, n);
    char *dot = strrchr(g_strstrip(whole), '.');

    line->group = dot != NULL ? g_ascii_strdown(whole, dot - whole) : g_strdup("");
    line->name = g_ascii_strup(dot != NULL ? dot + 1 : whole, -1);
}

static const char *
end_of_head(const char *text)
{
    const char *colon = find_unquoted(text, ":");

    /* a quote without an end */
    return *colon != '\0' ? colon : text + strcspn(text, ":");
}

static RpVcardLine *
parse(const char *text)
{
    const char *colon = end_of_head(text);
    g_autofree char *copy = g_strndup(text, (gsize)(colon - text));
    g_autoptr(RpVcardLine) line = g_new0(RpVcardLine, 1);
    Head head = {g_string_new(NULL), g_strdup(""), g_strdup(""), NULL};
    const char *p = copy + strcspn(copy, ";");

    take_name(line, copy, (gsize)(p - copy));
    while (*p == ';') {
        const char *end = find_unquoted(p + 1, ";");
        g_autofree char *parameter = g_strndup(p + 1, (gsize)(end - p - 1));

        take_parameter(&head, g_strstrip(parameter));
        p = end;
    }
    line->types = g_string_free(head.types, FALSE);
    line->value =
        decode_value(*colon != '\0' ? colon + 1 : colon, head.encoding, head.charset);
    line->is_yearless = head.omit_year != NULL && *head.omit_year != '\0' &&
                        g_str_has_prefix(line->value, head.omit_year);
    g_free(head.encoding);
    g_free(head.charset);
    g_free(head.omit_year);
    return *colon != '\0' && *line->name != '\0' ? g_steal_pointer(&line) : NULL;
}

RpVcardLine *
rp_vcard_line_next(RpBytes *rest, bool is_old)
{
    g_autoptr(GString) text = g_string_new(NULL);

    while (unfold(rest, is_old, text)) {
        RpVcardLine *line = parse(text->str);

        if (line != NULL)
            return line;
    }
    return NULL;
}
