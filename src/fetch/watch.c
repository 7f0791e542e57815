/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watch.c - inotify */
#include "config.h"

#include "fetch/watch.h"

#include <sys/inotify.h>
#include <unistd.h>

enum {
    EVENTS = IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO |
             IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF,
    PAUSE_MS = 500,
    MAX_SWARM_US = 5 * G_USEC_PER_SEC,
};

struct RpWatch {
    int fd;              /* -1: this kernel has no inotify left for us */
    GHashTable *watched; /* own; the watch descriptor by path */
};

RpWatch *
rp_watch_new(void)
{
    RpWatch *watch = g_new0(RpWatch, 1);

    watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    watch->watched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return watch;
}

void
rp_watch_free(RpWatch *watch)
{
    if (watch == NULL)
        return;
    if (watch->fd >= 0)
        close(watch->fd);
    g_hash_table_unref(watch->watched);
    g_free(watch);
}

static bool
add_path(RpWatch *watch, GHashTable *watched, const char *path)
{
    int descriptor = inotify_add_watch(watch->fd, path, EVENTS);

    if (descriptor < 0)
        return false;
    g_hash_table_replace(watched, g_strdup(path), GINT_TO_POINTER(descriptor));
    return g_hash_table_lookup(watch->watched, path) != GINT_TO_POINTER(descriptor);
}

/* Adding a path again gives the same descriptor, unless another directory has taken
 * its place. */
bool
rp_watch_set_paths(RpWatch *watch, const GPtrArray *paths)
{
    g_autoptr(GHashTable) watched =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer path, descriptor;
    bool is_new = false;

    if (watch->fd < 0)
        return false;
    for (guint i = 0; i < paths->len; i++)
        is_new = add_path(watch, watched, g_ptr_array_index(paths, i)) || is_new;
    g_hash_table_iter_init(&iter, watch->watched);
    while (g_hash_table_iter_next(&iter, &path, &descriptor))
        if (!g_hash_table_contains(watched, path))
            inotify_rm_watch(watch->fd, GPOINTER_TO_INT(descriptor));
    g_hash_table_unref(watch->watched);
    watch->watched = g_steal_pointer(&watched);
    return is_new;
}

/* Waits for either; true if there was a change of files. */
static bool
poll_once(RpWatch *watch, RpSource *source, int64_t timeout_us)
{
    GPollFD fds[2] = {
        {.fd = source->wake_fd, .events = G_IO_IN | G_IO_HUP | G_IO_ERR},
        {.fd = watch->fd, .events = G_IO_IN},
    };
    char events[4096];

    if (g_poll(fds, watch->fd >= 0 ? 2 : 1, (int)MIN(timeout_us / 1000 + 1, INT_MAX)) <=
        0)
        return false;
    if (fds[0].revents != 0)
        rp_source_take_commands(source);
    if (fds[1].revents == 0)
        return false;
    while (read(watch->fd, events, sizeof events) > 0)
        ;
    return true;
}

static bool
goes_on(const RpSource *source)
{
    return !source->is_stopped && !source->is_sync_wanted;
}

void
rp_watch_wait(RpWatch *watch, RpSource *source, uint32_t timeout_s)
{
    int64_t until_us = g_get_monotonic_time() + timeout_s * (int64_t)G_USEC_PER_SEC;
    bool is_changed = false;

    while (goes_on(source) && !is_changed && g_get_monotonic_time() < until_us)
        is_changed = poll_once(watch, source, until_us - g_get_monotonic_time());
    until_us = g_get_monotonic_time() + MAX_SWARM_US;
    while (goes_on(source) && is_changed && g_get_monotonic_time() < until_us)
        is_changed = poll_once(watch, source, PAUSE_MS * 1000);
}
