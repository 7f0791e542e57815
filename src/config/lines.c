/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines.c - the structure of a key file, line by line */
#include "config/lines.h"

#include <glib/gi18n.h>
#include <string.h>

#include "config/config.h"

static void
line_clear(gpointer data)
{
    g_free(((RpLine *)data)->key);
}

void
rp_lines_free(RpLines *lines)
{
    if (lines == NULL)
        return;
    g_free(lines->path);
    g_ptr_array_unref(lines->groups);
    g_array_unref(lines->lines);
    g_free(lines);
}

unsigned
rp_lines_find(const RpLines *lines, const char *group, const char *key)
{
    for (guint i = 0; i < lines->lines->len; i++) {
        const RpLine *line = &g_array_index(lines->lines, RpLine, i);

        if (g_strcmp0(line->group, group) == 0 && g_strcmp0(line->key, key) == 0)
            return line->line;
    }
    return 0;
}

static bool G_GNUC_PRINTF(4, 5) refuse(const RpLines *lines, unsigned number,
                                       GError **error, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_SYNTAX, "%s:%u: %s",
                lines->path, number, text);
    return false;
}

static const char *
current_group(const RpLines *lines)
{
    return lines->groups->len > 0
               ? g_ptr_array_index(lines->groups, lines->groups->len - 1)
               : NULL;
}

static bool
add_line(RpLines *lines, char *key, unsigned number, GError **error)
{
    RpLine line = {current_group(lines), key, number};
    unsigned before = rp_lines_find(lines, line.group, key);

    g_array_append_val(lines->lines, line);
    if (before == 0)
        return true;
    if (key == NULL)
        return refuse(lines, number, error, _("[%s] stands here again, after line %u"),
                      line.group, before);
    return refuse(lines, number, error, _("%s stands here again, after line %u"), key,
                  before);
}

static bool
scan_group(RpLines *lines, const char *text, unsigned number, GError **error)
{
    const char *end = strchr(text, ']');

    if (end == NULL || end[1] != '\0')
        return refuse(lines, number, error, _("\"%s\" is no section; write [name]"),
                      text);
    g_ptr_array_add(lines->groups, g_strndup(text + 1, (gsize)(end - text - 1)));
    return add_line(lines, NULL, number, error);
}

static bool
scan_line(RpLines *lines, char *text, unsigned number, GError **error)
{
    const char *equals = strchr(g_strstrip(text), '=');
    g_autofree char *key = NULL;

    if (*text == '\0' || *text == '#')
        return true;
    if (*text == ';')
        return refuse(lines, number, error, _("a comment begins with #, not with ;"));
    if (*text == '[')
        return scan_group(lines, text, number, error);
    if (equals == NULL || equals == text)
        return refuse(lines, number, error, _("\"%s\" is no setting; write key=value"),
                      text);
    key = g_strchomp(g_strndup(text, (gsize)(equals - text)));
    if (current_group(lines) == NULL)
        return refuse(lines, number, error, _("%s stands before any [section]"), key);
    return add_line(lines, g_steal_pointer(&key), number, error);
}

RpLines *
rp_lines_scan(const char *path, const char *text, gsize n, GError **error)
{
    g_autoptr(RpLines) lines = g_new0(RpLines, 1);
    g_auto(GStrv) parts = NULL;

    lines->path = g_strdup(path);
    lines->groups = g_ptr_array_new_with_free_func(g_free);
    lines->lines = g_array_new(FALSE, FALSE, sizeof(RpLine));
    g_array_set_clear_func(lines->lines, line_clear);
    if (memchr(text, '\0', n) != NULL) {
        refuse(lines, 1, error, _("this is no text file"));
        return NULL;
    }
    if (g_str_has_prefix(text, "\xef\xbb\xbf")) {
        refuse(lines, 1, error,
               _("the file begins with a byte order mark; save it as UTF-8"
                 " without one"));
        return NULL;
    }
    parts = g_strsplit(text, "\n", -1);
    for (unsigned i = 0; parts[i] != NULL; i++) {
        if (!g_utf8_validate(parts[i], -1, NULL)) {
            refuse(lines, i + 1, error, _("this line is not UTF-8"));
            return NULL;
        }
        if (!scan_line(lines, parts[i], i + 1, error))
            return NULL;
    }
    return g_steal_pointer(&lines);
}
