/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup.h - the database as one file, and the way back
 *
 * A backup is an SQLite file without a log beside it; any copy of riposte's database
 * can be put back, with the log that stands beside it.
 */
#pragma once

#include "store/store.h"

/* Writes the store's present state into a new file (mode 0600), which stands under its
 * name once it is whole, checked and on the disk, or not at all; others go on reading
 * and writing. may_replace: in the place of a file that is there. */
bool rp_store_backup(RpStore *store, const char *path, bool may_replace,
                     GError **error);

/* Opens a backup for reading alone, and checks all of it. Fails with CORRUPT if it is
 * damaged, empty or no database of riposte's, with NEWER, or FAILED if it can't be
 * read. */
RpStore *rp_backup_open(const char *path, GError **error);

bool rp_backup_count_messages(RpStore *backup, int64_t *n, GError **error);

/* What became of the database that was there. */
typedef enum {
    RP_KEPT_NOTHING, /* there was none */
    RP_KEPT_BACKUP,
    RP_KEPT_DAMAGED, /* the file itself */
} RpKept;

/* Makes the database at path what the backup is, once what is there is kept under the
 * name kept, which must be new; in one step, also for who is reading it, and if that
 * fails, or is cut off anywhere, the database is as it was. Fails with BUSY, naming the
 * holder, while another process holds the writer's lock. */
bool rp_backup_restore(RpStore *backup, const char *path, const char *kept, RpKept *how,
                       GError **error);
