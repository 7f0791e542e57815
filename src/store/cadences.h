/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cadences.h - how often to be in touch, by person or tag: K1 */
#pragma once

#include "store/store.h"

typedef struct {
    bool is_tag;
    char *name;                /* own; the tag, or the person's key */
    int64_t ideal_s, latest_s; /* latest_s >= ideal_s > 0 */
    int64_t since_at;          /* when it was said */
} RpCadenceRow;
void rp_cadence_row_free(RpCadenceRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpCadenceRow, rp_cadence_row_free)

/* Replaces what there was for the same person or tag; that keeps since_at. */
bool rp_store_set_cadence(RpStore *store, const RpCadenceRow *row, GError **error);
/* Absence is no error. */
bool rp_store_remove_cadence(RpStore *store, bool is_tag, const char *name,
                             GError **error);
/* RpCadenceRow *, persons first, by name. */
GPtrArray *rp_store_load_cadences(RpStore *store, GError **error);
