/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watch.h - waits for changes of files and directories (inotify)
 *
 * Where the kernel can't watch (network file systems, too many directories) the poll
 * interval remains.
 */
#pragma once

#include "fetch/source.h"

typedef struct RpWatch RpWatch;

RpWatch *rp_watch_new(void);
void rp_watch_free(RpWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpWatch, rp_watch_free)

/* Watches these paths (of char *) and no others. True if one of them is new and is
 * now watched: it may have changed before. */
bool rp_watch_set_paths(RpWatch *watch, const GPtrArray *paths);

/* Waits for a change, a command to the source, its stop, or timeout_s. Changes come
 * in swarms: after the first one, until they pause for half a second, but no more than
 * five. */
void rp_watch_wait(RpWatch *watch, RpSource *source, uint32_t timeout_s);
