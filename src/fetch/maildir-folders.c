/* SPDX-License-Identifier: GPL-3.0-or-later */
/* maildir-folders.c - finds Maildirs in a tree of directories */
#include <glib/gi18n.h>
#include <string.h>

#include "fetch/maildir.h"
#include "fetch/tree.h"

static bool
is_maildir(const char *path)
{
    g_autofree char *cur = g_build_filename(path, "cur", NULL);
    g_autofree char *new = g_build_filename(path, "new", NULL);

    return g_file_test(cur, G_FILE_TEST_IS_DIR) || g_file_test(new, G_FILE_TEST_IS_DIR);
}

static bool
is_part_of_maildir(const char *name)
{
    return strcmp(name, "cur") == 0 || strcmp(name, "new") == 0 ||
           strcmp(name, "tmp") == 0;
}

static void
add(RpTree *tree, const RpTreeItem *item, char delimiter)
{
    g_ptr_array_add(tree->folders,
                    rp_file_folder_new(tree->source->job, item->path, item->raw,
                                       item->name, delimiter));
}

/* ".Sub" in INBOX is "Sub"; in "Work" it is "Work.Sub". What else begins with a dot is
 * some program's own. */
static void
take_hidden(RpTree *tree, const RpTreeItem *parent, const char *name)
{
    g_auto(RpTreeItem) item = {0};

    rp_tree_item_init(&item, parent, name, ".", name + 1);
    if (name[1] != '\0' && name[1] != '.' && is_maildir(item.path) &&
        rp_tree_enter(tree, &item))
        add(tree, &item, '.');
}

static void
take_directory(RpTree *tree, const RpTreeItem *parent, const char *name)
{
    g_auto(RpTreeItem) item = {0};

    if (is_part_of_maildir(name))
        return;
    if (name[0] == '.') {
        take_hidden(tree, parent, name);
        return;
    }
    rp_tree_item_init(&item, parent, name, "/", name);
    if (!g_file_test(item.path, G_FILE_TEST_IS_DIR) || !rp_tree_enter(tree, &item))
        return;
    if (is_maildir(item.path))
        add(tree, &item, '/');
    rp_tree_descend(tree, &item, take_directory);
}

GPtrArray *
rp_maildir_find_folders(const RpSource *source, GError **error)
{
    const RpJob *job = source->job;
    g_auto(RpTree) tree = {0};
    g_auto(RpTreeItem) top = {0};

    rp_tree_init(&tree, source);
    rp_tree_item_init_top(&top, job->path);
    if (is_maildir(job->path))
        g_ptr_array_add(tree.folders,
                        rp_file_folder_new(job, job->path, ".", "INBOX", '.'));
    if (rp_tree_enter(&tree, &top))
        rp_tree_descend(&tree, &top, take_directory);
    return rp_tree_finish(&tree, _("no Maildir"), error);
}
