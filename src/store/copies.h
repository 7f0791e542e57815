/* SPDX-License-Identifier: GPL-3.0-or-later */
/* copies.h - copies of messages, as records say they came, changed and went
 *
 * Inside store/ only. All of them run in a batch.
 *
 * A copy's lists are one blob: eight times a count and so many row numbers, all
 * varints: From, Reply-To, To, Cc (mailbox); References, In-Reply-To (message_id);
 * List-Post, Delivered-To (address).
 */
#pragma once

#include "store/db.h"

typedef enum {
    RP_LIST_FROM,
    RP_LIST_REPLY_TO,
    RP_LIST_TO,
    RP_LIST_CC,
    RP_LIST_REFERENCES,
    RP_LIST_IN_REPLY_TO,
    RP_LIST_POSTS,
    RP_LIST_DELIVERED_TO,
    RP_N_LISTS
} RpListKind;

/* Adds the copy, or puts it in the place of the one with its UID. */
bool rp_copies_put(RpStore *store, int64_t folder, uint32_t uid_validity,
                   const RpEnvelope *envelope, int64_t now_at, GError **error);

bool rp_copies_set_flags(RpStore *store, int64_t folder, const RpUidList *list,
                         int64_t now_at, GError **error);
bool rp_copies_drop(RpStore *store, int64_t folder, const RpUidList *list,
                    GError **error);

/* Drops those of [low, high) that the list does not name. */
bool rp_copies_drop_absent(RpStore *store, int64_t folder, const RpUidList *list,
                           GError **error);
