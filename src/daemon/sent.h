/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sent.h - a notice that was sent and is not yet known to be up */
#pragma once

#include "store/store.h"

typedef struct {
    GPtrArray *ids, *stages; /* own, of char *: what the store keeps once it is up */
    GPtrArray *members;      /* own, of char *: follow-up ids; empty: no summary */
} RpSent;

RpSent *rp_sent_new(void);
void rp_sent_free(RpSent *sent);
void rp_sent_add_stage(RpSent *sent, const char *id, const char *stage);

/* Appends to rows what the store is to keep of it, as RpNoticeRow. */
void rp_sent_add_rows(const RpSent *sent, int64_t shown_at, GPtrArray *rows);

/* Of RpNoticeRow, which it owns. */
GPtrArray *rp_sent_rows_new(void);
/* Writes rows and drops them. If that fails it is only logged, and they stay. */
void rp_sent_keep_rows(GPtrArray *rows, RpStore *store);
/* Appends copies of rows to notices. */
void rp_sent_copy_rows(const GPtrArray *rows, GPtrArray *notices);
