/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edit.c - changes to a configuration's text, and its safe replacement */
#include <config.h> /* the POSIX calls */

#include "config/edit.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "config/config.h"

enum { MAX_LINKS = 40 }; /* as Linux follows */

char *
rp_config_escape(const char *value, bool is_member)
{
    g_autoptr(GString) escaped = g_string_new(NULL);

    if (!g_utf8_validate(value, -1, NULL))
        return NULL;
    for (const char *c = value; *c != '\0'; c++) {
        if (g_ascii_iscntrl(*c))
            return NULL;
        if (*c == '\\')
            g_string_append(escaped, "\\\\");
        else if (*c == ' ' && c == value)
            g_string_append(escaped, "\\s");
        else if (*c == ';' && is_member)
            g_string_append(escaped, "\\;");
        else
            g_string_append_c(escaped, *c);
    }
    return g_strdup(escaped->str);
}

/* --- lines --- */

/* Lines without their ends; a newline at the end of the text makes none. */
static GPtrArray *
split_lines(const char *text)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(text, "\n", -1);

    for (char **part = parts; *part != NULL; part++) {
        if (part[1] != NULL || **part != '\0')
            g_ptr_array_add(lines, g_strdup(*part));
    }
    return lines;
}

static char *
join_lines(const GPtrArray *lines)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)g_ptr_array_index(lines, i));
    return g_strdup(text->str);
}

static bool
is_head(const char *line)
{
    return line[strspn(line, " \t")] == '[';
}

static bool
is_head_of(const char *line, const char *group)
{
    g_autofree char *head = g_strdup_printf("[%s]", group);
    g_autofree char *stripped = g_strstrip(g_strdup(line));

    return strcmp(stripped, head) == 0;
}

/* The line of the group's head, or n. */
static guint
find_group(const GPtrArray *lines, const char *group)
{
    guint i = 0;

    while (i < lines->len && !is_head_of(g_ptr_array_index(lines, i), group))
        i++;
    return i;
}

/* Behind the last setting of the group whose head is at i: comments and empty lines
 * above the next head belong to that. */
static guint
end_of_group(const GPtrArray *lines, guint i)
{
    guint end = i + 1;

    for (guint at = i + 1; at < lines->len; at++) {
        const char *line = g_ptr_array_index(lines, at);

        if (is_head(line))
            return end;
        line += strspn(line, " \t\r");
        if (*line != '\0' && *line != '#')
            end = at + 1;
    }
    return end;
}

static bool
is_key(const char *line, const char *key)
{
    size_t n = strlen(key);

    line += strspn(line, " \t");
    return strncmp(line, key, n) == 0 && line[n + strspn(line + n, " \t")] == '=';
}

/* The line of the key in the group whose head is at i, or end. */
static guint
find_key(const GPtrArray *lines, guint i, const char *key)
{
    guint end = end_of_group(lines, i);
    guint at = i + 1;

    while (at < end && !is_key(g_ptr_array_index(lines, at), key))
        at++;
    return at;
}

static void
append_group(GPtrArray *lines, const char *group)
{
    if (lines->len > 0)
        g_ptr_array_add(lines, g_strdup(""));
    g_ptr_array_add(lines, g_strdup_printf("[%s]", group));
}

/* --- changes --- */

char *
rp_config_text_set(const char *text, const char *group, const char *key,
                   const char *value)
{
    g_autoptr(GPtrArray) lines = split_lines(text);
    guint head = find_group(lines, group);
    guint at;

    if (head == lines->len)
        append_group(lines, group);
    head = find_group(lines, group);
    at = find_key(lines, head, key);
    if (at < end_of_group(lines, head))
        g_ptr_array_remove_index(lines, at);
    else
        at = head + 1;
    g_ptr_array_insert(lines, (int)at, g_strdup_printf("%s=%s", key, value));
    return join_lines(lines);
}

char *
rp_config_text_unset(const char *text, const char *group, const char *key)
{
    g_autoptr(GPtrArray) lines = split_lines(text);
    guint head = find_group(lines, group);
    guint at = head < lines->len ? find_key(lines, head, key) : head;

    if (head < lines->len && at < end_of_group(lines, head))
        g_ptr_array_remove_index(lines, at);
    return join_lines(lines);
}

char *
rp_config_text_get(const char *text, const char *group, const char *key)
{
    g_autoptr(GPtrArray) lines = split_lines(text);
    guint head = find_group(lines, group);
    guint at = head < lines->len ? find_key(lines, head, key) : head;

    if (head == lines->len || at >= end_of_group(lines, head))
        return NULL;
    return g_strstrip(g_strdup(strchr(g_ptr_array_index(lines, at), '=') + 1));
}

char *
rp_config_text_put_group(const char *text, const char *group, const char *body)
{
    g_autoptr(GPtrArray) lines = split_lines(text);
    g_autoptr(GPtrArray) new_lines = split_lines(body);
    guint head = find_group(lines, group);
    guint end;

    if (head == lines->len)
        append_group(lines, group);
    head = find_group(lines, group);
    end = end_of_group(lines, head);
    if (end > head + 1)
        g_ptr_array_remove_range(lines, head + 1, end - head - 1);
    for (guint i = 0; i < new_lines->len; i++)
        g_ptr_array_insert(lines, (int)(head + 1 + i),
                           g_strdup(g_ptr_array_index(new_lines, i)));
    return join_lines(lines);
}

/* --- the file --- */

static bool
fail_write(GError **error, const char *path)
{
    g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE, _("cannot write %s: %s"),
                path, g_strerror(errno));
    return false;
}

static bool
write_all(int fd, const char *text)
{
    size_t left = strlen(text);

    while (left > 0) {
        ssize_t n = write(fd, text, left);

        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            text += n;
            left -= (size_t)n;
        }
    }
    return fsync(fd) == 0;
}

/* What a symbolic link leads to, there or not yet; the path itself if it is none.
 * NULL with errno for a link that leads to itself. */
static char *
follow_links(const char *path)
{
    g_autofree char *at = g_strdup(path);

    for (int n = 0; n < MAX_LINKS; n++) {
        g_autofree char *link = g_file_read_link(at, NULL);
        g_autofree char *folder = g_path_get_dirname(at);

        if (link == NULL)
            return g_steal_pointer(&at);
        g_free(at);
        at = g_path_is_absolute(link) ? g_strdup(link)
                                      : g_build_filename(folder, link, NULL);
    }
    errno = ELOOP;
    return NULL;
}

char *
rp_config_stage(const char *path, const char *text, GError **error)
{
    /* Beside what a symbolic link leads to: a file is not moved to another disk. */
    g_autofree char *target = follow_links(path);
    g_autofree char *folder = target != NULL ? g_path_get_dirname(target) : NULL;
    g_autofree char *staged =
        g_strconcat(target != NULL ? target : "", ".XXXXXX", NULL);
    bool is_written;
    GStatBuf info;
    int fd;

    if (target != NULL && g_stat(target, &info) == 0 && !S_ISREG(info.st_mode)) {
        errno = EINVAL; /* a device, which the new file would replace */
        g_clear_pointer(&target, g_free);
    }
    if (target == NULL) {
        fail_write(error, path);
        return NULL;
    }
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE,
                    _("cannot make the folder %s: %s"), folder, g_strerror(errno));
        return NULL;
    }
    fd = g_mkstemp_full(staged, O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) {
        fail_write(error, path);
        return NULL;
    }
    is_written = write_all(fd, text);
    if (close(fd) != 0 || !is_written) {
        fail_write(error, staged);
        g_unlink(staged);
        return NULL;
    }
    return g_steal_pointer(&staged);
}

bool
rp_config_commit(const char *staged, const char *path, GError **error)
{
    g_autofree char *target = follow_links(path);

    if (target != NULL && g_rename(staged, target) == 0)
        return true;
    g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE,
                _("cannot replace %s: %s"), path, g_strerror(errno));
    return false;
}

bool
rp_config_save(const char *path, const char *text, GError **error)
{
    g_autofree char *staged = rp_config_stage(path, text, error);

    if (staged == NULL)
        return false;
    if (rp_config_commit(staged, path, error))
        return true;
    g_unlink(staged);
    return false;
}
