/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lock.c - one process that fetches: a lock beside the database */
#include <config.h> /* the POSIX calls */

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/db.h"

enum { MAX_HOLDER = 100 };

/* What the holder wrote: "daemon (process 1234)". */
static char *
read_holder(int fd)
{
    char text[MAX_HOLDER] = "";
    ssize_t n = pread(fd, text, sizeof text - 1, 0);

    if (n <= 0)
        return g_strdup(_("another process"));
    g_strstrip(text);
    return g_utf8_make_valid(text, -1);
}

char *
rp_store_describe_holder(const char *holder)
{
    int process;

    if (sscanf(holder, "daemon (process %d)", &process) == 1)
        return g_strdup_printf(_("daemon (process %d)"), process);
    if (sscanf(holder, "sync (process %d)", &process) == 1)
        return g_strdup_printf(_("sync (process %d)"), process);
    if (sscanf(holder, "restore (process %d)", &process) == 1)
        return g_strdup_printf(_("restore (process %d)"), process);
    return g_strdup(holder);
}

static void
set_held(GError **error, const RpStore *store, int fd)
{
    g_autofree char *holder = read_holder(fd);
    g_autofree char *text = rp_store_describe_holder(holder);

    g_set_error(error, RP_STORE_ERROR, RP_STORE_ERROR_BUSY,
                _("%s: in use by %s; stop it first or try again later"), store->path,
                text);
}

static bool
write_holder(int fd, const char *holder)
{
    g_autofree char *text = g_strdup_printf("%s (process %d)\n", holder, getpid());
    size_t n = strlen(text);

    return ftruncate(fd, 0) == 0 && pwrite(fd, text, n, 0) == (ssize_t)n;
}

/* Holds fd's lock and says so in it. */
static bool
take(const RpStore *store, int fd, const char *holder, GError **error)
{
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        set_held(error, store, fd);
        return false;
    }
    /* The name only serves the message: a full disk must not keep the lock away. */
    if (write_holder(fd, holder) || errno == ENOSPC || errno == EDQUOT)
        return true;
    g_set_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED,
                _("%s.lock: cannot lock: %s"), store->path, g_strerror(errno));
    return false;
}

bool
rp_store_lock(RpStore *store, const char *holder, GError **error)
{
    g_autofree char *path = g_strconcat(store->path, ".lock", NULL);
    int fd;

    if (store->lock_fd >= 0 || strcmp(store->path, ":memory:") == 0)
        return true;
    fd = g_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        g_set_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED,
                    _("%s: cannot open: %s"), path, g_strerror(errno));
        return false;
    }
    if (!take(store, fd, holder, error)) {
        close(fd);
        return false;
    }
    store->lock_fd = fd;
    return true;
}
