/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tree.h - a walk through the directories below an account's path
 *
 * Links are followed, but no directory is entered twice, and the walk is bounded in
 * depth and number.
 */
#pragma once

#include "fetch/files.h"

typedef struct {
    char *path; /* own */
    char *raw;  /* own; the path below job->path; "" at the top */
    char *name; /* own; as the disk writes it; "" at the top */
} RpTreeItem;

typedef struct {
    const RpSource *source; /* foreign */
    GPtrArray *folders;     /* own, of RpFileFolder */
    GHashTable *entered;    /* own; device and inode */
    uint32_t depth;
    int first_errno; /* why the top could not be read; 0 if it could */
    bool is_too_large;
} RpTree;

void rp_tree_init(RpTree *tree, const RpSource *source);
void rp_tree_clear(RpTree *tree);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RpTree, rp_tree_clear)

void rp_tree_item_init_top(RpTreeItem *item, const char *path);
/* The file called entry in parent; its name is the parent's, delimiter and part. */
void rp_tree_item_init(RpTreeItem *item, const RpTreeItem *parent, const char *entry,
                       const char *delimiter, const char *part);
void rp_tree_item_clear(RpTreeItem *item);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RpTreeItem, rp_tree_item_clear)

/* False if the directory has been entered before, as through a link, cannot be, or is
 * too deep down. */
bool rp_tree_enter(RpTree *tree, const RpTreeItem *item);

/* Calls visit for every file in a directory entered, in the order of their names. */
typedef void (*RpTreeVisit)(RpTree *tree, const RpTreeItem *parent, const char *name);
void rp_tree_descend(RpTree *tree, const RpTreeItem *item, RpTreeVisit visit);

/* Hands over the folders; CONFIG if there are none, saying that path holds "no ...". */
GPtrArray *rp_tree_finish(RpTree *tree, const char *none, GError **error);
