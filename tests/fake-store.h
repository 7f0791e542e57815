/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fake-store.h - a store that counts, and fails when told to */
#pragma once

#include "store/store.h"

struct RpStore {
    uint32_t n_batch, n_max_batch, n_committed; /* records */
    uint32_t n_commits, n_rollbacks, n_wal_checkpoints;
    uint32_t n_states;      /* folders known */
    uint32_t n_known;       /* UIDs known in each */
    uint32_t fail_apply_at; /* the record, from 1, that can't be applied; 0: none */
    bool fail_commit;
    char value[1000]; /* the one that is kept, whatever its name */
};
