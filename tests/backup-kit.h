/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup-kit.h - a database and a backup of it, for the tests of both
 *
 * Whatever fails here fails the test that asked.
 */
#pragma once

#include "store-kit.h"
#include "store/backup.h"

enum { N_COPIES = 60 };

/* A database and a backup with twice the mail, and what they hold. */
typedef struct {
    Kit kit;
    char *backup, *kept;   /* own; files beside the database's folder */
    char *old_dump, *dump; /* own; of the database, of the backup */
    char *bytes;           /* own; the database's file */
    gsize n_bytes;
} Pair;
void pair_init(Pair *pair);
void pair_clear(Pair *pair); /* and removes the files */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pair, pair_clear)

/* The database as it was at first, or with the beginning of its file overwritten, or
 * gone; and nothing that a restore has kept. */
typedef enum { SOUND, DAMAGED, ABSENT } Present;
extern const char *const PRESENT_NAMES[];
void put_back(const Pair *pair, Present present);
void overwrite(const char *path, long at, size_t n);

/* The file and what SQLite keeps beside it. */
void remove_beside(const char *path);

bool restore(const Pair *pair, RpKept *how, GError **error);

/* Asserts that the database is what put_back() left and returns false, or that it is
 * the backup, and the other one kept, and returns true. */
bool check_outcome(const Pair *pair, Present present);

char *dump_of(const char *path);
void add_copies(RpStore *store, uint64_t first, uint64_t last);
/* Of a backup's file, which is checked. */
int64_t count_of(const char *path);
