/* SPDX-License-Identifier: GPL-3.0-or-later */
/* written.c - inotify on the file of a database
 *
 * Of a commit nothing tells reliably: its last page is written to the log some time
 * before it can be seen, and then nothing more. Who has written closes the file after
 * all that; and what we write ourselves wakes up nobody, which GFileMonitor would do.
 * A file that loses its name, as another one takes it, has one link less: IN_ATTRIB.
 */
#include "config.h"

#include "daemon/written.h"

#include <glib-unix.h>
#include <sys/inotify.h>
#include <unistd.h>

struct RpWritten {
    void (*on_written)(gpointer data);
    gpointer data;
    int fd; /* -1: there is no inotify left for us */
    guint source;
    bool is_sure;
};

static gboolean
on_event(int fd, GIOCondition condition G_GNUC_UNUSED, gpointer data)
{
    RpWritten *written = data;
    char events[4096];

    while (read(fd, events, sizeof events) > 0)
        continue;
    written->on_written(written->data);
    return G_SOURCE_CONTINUE;
}

RpWritten *
rp_written_new(const char *db_path, void (*on_written)(gpointer data), gpointer data)
{
    RpWritten *written = g_new0(RpWritten, 1);

    written->on_written = on_written;
    written->data = data;
    written->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (written->fd >= 0)
        written->source = g_unix_fd_add(written->fd, G_IO_IN, on_event, written);
    written->is_sure =
        written->fd >= 0 &&
        inotify_add_watch(written->fd, db_path,
                          IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVE_SELF) >= 0;
    return written;
}

void
rp_written_free(RpWritten *written)
{
    if (written == NULL)
        return;
    g_clear_handle_id(&written->source, g_source_remove);
    if (written->fd >= 0)
        close(written->fd);
    g_free(written);
}

bool
rp_written_is_sure(const RpWritten *written)
{
    return written->is_sure;
}
