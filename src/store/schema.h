/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema.h - tables and the steps from each version of them to the next
 *
 * Inside store/ only. PRAGMA user_version counts the steps taken.
 */
#pragma once

#include "store/db.h"

/* One step a version, SQL each; the last is this program's version. */
extern const char *const rp_schema_steps[];
extern const size_t rp_schema_n_steps;

/* Takes the steps that are still to be taken, each in a transaction of its own.
 * NEWER, nothing changed, if more than n_steps have been taken; CORRUPT if it is
 * another program's database. */
bool rp_schema_migrate(RpStore *store, const char *const *steps, size_t n_steps,
                       GError **error);

/* Is it riposte's, or empty? The first tells, the second sets CORRUPT if not. */
bool rp_schema_is_ours(RpStore *store, bool *is_ours, GError **error);
bool rp_schema_check_ours(RpStore *store, GError **error);
/* False with NEWER if more than n_steps have been taken, else how many. */
bool rp_schema_get_version(RpStore *store, size_t n_steps, int64_t *version,
                           GError **error);
