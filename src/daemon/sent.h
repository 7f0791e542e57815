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

/* Writes that it was shown. If that fails it is only logged: then it may be shown
 * once more, in place. */
void rp_sent_keep(const RpSent *sent, RpStore *store, int64_t shown_at);
