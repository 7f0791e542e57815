/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tree.c - directories, each once */
#include "config.h"

#include "fetch/tree.h"

#include <dirent.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 20, MAX_DIRECTORIES = 20000 };

void
rp_tree_init(RpTree *tree, const RpSource *source)
{
    tree->source = source;
    tree->folders = g_ptr_array_new_with_free_func((GDestroyNotify)rp_file_folder_free);
    tree->entered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void
rp_tree_clear(RpTree *tree)
{
    g_clear_pointer(&tree->folders, g_ptr_array_unref);
    g_clear_pointer(&tree->entered, g_hash_table_unref);
}

void
rp_tree_item_init_top(RpTreeItem *item, const char *path)
{
    item->path = g_strdup(path);
    item->raw = g_strdup("");
    item->name = g_strdup("");
}

static char *
join(const char *parent, const char *delimiter, const char *part)
{
    return *parent == '\0' ? g_strdup(part)
                           : g_strconcat(parent, delimiter, part, NULL);
}

void
rp_tree_item_init(RpTreeItem *item, const RpTreeItem *parent, const char *entry,
                  const char *delimiter, const char *part)
{
    item->path = g_build_filename(parent->path, entry, NULL);
    item->raw = join(parent->raw, "/", entry);
    item->name = join(parent->name, delimiter, part);
}

void
rp_tree_item_clear(RpTreeItem *item)
{
    g_clear_pointer(&item->path, g_free);
    g_clear_pointer(&item->raw, g_free);
    g_clear_pointer(&item->name, g_free);
}

bool
rp_tree_enter(RpTree *tree, const RpTreeItem *item)
{
    struct stat status;

    if (stat(item->path, &status) != 0) {
        if (tree->depth == 0)
            tree->first_errno = errno;
        return false;
    }
    if (tree->depth >= MAX_DEPTH || strlen(item->raw) > RP_MAX_FOLDER ||
        g_hash_table_size(tree->entered) >= MAX_DIRECTORIES) {
        tree->is_too_large = true;
        return false;
    }
    return g_hash_table_add(
        tree->entered, g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                       (guint64)status.st_dev, (guint64)status.st_ino));
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
list(const char *path)
{
    DIR *directory = opendir(path);
    GPtrArray *names;
    const struct dirent *item;

    if (directory == NULL)
        return NULL;
    names = g_ptr_array_new_with_free_func(g_free);
    while ((item = readdir(directory)) != NULL)
        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
            g_ptr_array_add(names, g_strdup(item->d_name));
    closedir(directory);
    g_ptr_array_sort(names, compare_names);
    return names;
}

void
rp_tree_descend(RpTree *tree, const RpTreeItem *item, RpTreeVisit visit)
{
    g_autoptr(GPtrArray) names = list(item->path);

    if (names == NULL) {
        if (tree->depth == 0)
            tree->first_errno = errno;
        return;
    }
    tree->depth++;
    for (guint i = 0; i < names->len; i++)
        visit(tree, item, g_ptr_array_index(names, i));
    tree->depth--;
}

static const char *
reason(const RpTree *tree, const char *none)
{
    if (tree->first_errno != 0)
        return g_strerror(tree->first_errno);
    return tree->is_too_large ? _("too many directories") : none;
}

GPtrArray *
rp_tree_finish(RpTree *tree, const char *none, GError **error)
{
    if (tree->folders->len > 0)
        return g_steal_pointer(&tree->folders);
    g_set_error(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_CONFIG, "%s: %s",
                tree->source->job->path, reason(tree, none));
    return NULL;
}
