/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state.h - one state of the database, and its name */
#pragma once

#include "store/store.h"

/* One state of the database for several queries; part of the batch if one is open. Can
 * be nested. */
bool rp_store_begin_read(RpStore *store, GError **error);
void rp_store_end_read(RpStore *store);

/* A random name for all but decisions that views follow from: a new one with each write
 * that may change a view. NULL without error in a batch. The caller's. */
char *rp_store_state(RpStore *store, GError **error);

/* The copies' flags as they are now, into what was loaded, or kept, of this state: what
 * \Seen and the like change is no view, and names no new state. In one read with it. */
bool rp_store_load_flags(RpStore *store, RpCorpus *corpus, GError **error);

/* Where a view of that state may be kept, "PATH.view", and with that at the end while
 * it is written; both are removed with each such write. The caller's; NULL for a
 * database in memory. */
#define RP_HALF_SUFFIX ".new"
char *rp_store_view_path(const RpStore *store);
