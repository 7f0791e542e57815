/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mbox-folders.c - finds mbox files in a tree of directories */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fetch/mbox-reader.h"
#include "fetch/mbox.h"
#include "fetch/tree.h"

typedef enum { KIND_OTHER, KIND_EMPTY, KIND_MBOX, KIND_DIRECTORY } Kind;

/* Does it begin as an mbox does? A text may begin with "From" too. */
static bool
has_from_line(int fd)
{
    char head[1000];
    ssize_t n = read(fd, head, sizeof head);
    const char *feed = n > 0 ? memchr(head, '\n', (size_t)n) : NULL;

    return feed != NULL && rp_mbox_is_from_line(head, (size_t)(feed - head), NULL);
}

/* O_NONBLOCK: a FIFO must not hold us. */
static Kind
kind_of(const char *path)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    Kind kind = KIND_OTHER;

    if (fd < 0)
        return KIND_OTHER;
    if (fstat(fd, &status) != 0)
        kind = KIND_OTHER;
    else if (S_ISDIR(status.st_mode))
        kind = KIND_DIRECTORY;
    else if (S_ISREG(status.st_mode) && status.st_size == 0)
        kind = KIND_EMPTY;
    else if (S_ISREG(status.st_mode) && has_from_line(fd))
        kind = KIND_MBOX;
    close(fd);
    return kind;
}

/* Indexes and settings that mail programs keep beside the mail. */
static bool
is_side_file(const char *name)
{
    static const char *const suffixes[] = {".msf", ".lock", ".dat", ".html", ".sqlite"};

    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
        if (g_str_has_suffix(name, suffixes[i]))
            return true;
    return name[0] == '.';
}

static void
visit(RpTree *tree, const RpTreeItem *parent, const char *name)
{
    g_auto(RpTreeItem) item = {0};
    g_autofree char *part = g_strdup(name);
    Kind kind;

    if (is_side_file(name))
        return;
    if (g_str_has_suffix(part, ".sbd"))
        part[strlen(part) - strlen(".sbd")] = '\0';
    rp_tree_item_init(&item, parent, name, "/", part);
    kind = kind_of(item.path);
    if (kind == KIND_DIRECTORY && rp_tree_enter(tree, &item))
        rp_tree_descend(tree, &item, visit);
    else if (kind == KIND_MBOX ||
             (kind == KIND_EMPTY &&
              g_hash_table_contains(tree->source->states, item.raw)))
        g_ptr_array_add(tree->folders, rp_file_folder_new(tree->source->job, item.path,
                                                          item.raw, item.name, '/'));
}

/* The system's mailbox has its owner's name. */
static bool
is_inbox(const char *path, const char *name)
{
    return g_ascii_strcasecmp(name, "mbox") == 0 ||
           g_ascii_strcasecmp(name, "inbox") == 0 ||
           g_str_has_prefix(path, "/var/mail/") ||
           g_str_has_prefix(path, "/var/spool/mail/");
}

static bool
is_blank(int fd)
{
    char bytes[4096];
    ssize_t n = pread(fd, bytes, sizeof bytes, 0);

    for (ssize_t i = 0; i < n; i++)
        if (!g_ascii_isspace(bytes[i]))
            return false;
    return true;
}

/* Is it empty, or is there a message in it? What cannot be opened is told later. */
static bool
may_be_mbox(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    g_autoptr(RpMboxReader) reader = NULL;
    struct stat status;
    int failure = 0;
    bool may_be = true;

    if (fd >= 0 && fstat(fd, &status) == 0 && !is_blank(fd)) {
        reader = rp_mbox_reader_new(fd, (uint64_t)status.st_size);
        may_be = rp_mbox_reader_next(reader, &failure) != NULL || failure != 0;
    }
    if (fd >= 0)
        close(fd);
    return may_be;
}

static GPtrArray *
one_file(const RpJob *job, GError **error)
{
    GPtrArray *folders;
    g_autofree char *raw = g_path_get_basename(job->path);
    const char *name = is_inbox(job->path, raw) ? "INBOX" : raw;

    /* Read as an mbox, another file of that name would say that all mail is gone. */
    if (!may_be_mbox(job->path)) {
        g_set_error(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_CONFIG, "%s: %s", job->path,
                    _("no mbox file"));
        return NULL;
    }
    folders = g_ptr_array_new_with_free_func((GDestroyNotify)rp_file_folder_free);
    g_ptr_array_add(folders, rp_file_folder_new(job, job->path, raw, name, '\0'));
    return folders;
}

GPtrArray *
rp_mbox_find_folders(const RpSource *source, GError **error)
{
    const RpJob *job = source->job;
    g_auto(RpTree) tree = {0};
    g_auto(RpTreeItem) top = {0};

    if (g_file_test(job->path, G_FILE_TEST_IS_REGULAR))
        return one_file(job, error);
    rp_tree_init(&tree, source);
    rp_tree_item_init_top(&top, job->path);
    if (rp_tree_enter(&tree, &top))
        rp_tree_descend(&tree, &top, visit);
    return rp_tree_finish(&tree, _("no mbox file"), error);
}
