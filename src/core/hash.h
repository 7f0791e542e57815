/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hash.h - a hash that a sender of mail cannot steer
 *
 * Message-IDs and addresses are a stranger's choice: with a plain hash a thousand
 * mails could fill one bucket. Hashes with a process's own key differ from run to
 * run, so nothing that is shown may depend on one.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint64_t k0, k1;
} RpHashKey;

/* SipHash-2-4: Aumasson & Bernstein 2012, INDOCRYPT, LNCS 7668:489-508. */
uint64_t rp_hash_bytes(RpHashKey key, const void *bytes, size_t n);

/* A key from g_random_int(). */
RpHashKey rp_hash_random_key(void);

/* For g_hash_table_new(): a text under this process's own key. */
guint rp_hash_text(gconstpointer text);

/* For g_hash_table_new(): an int64_t with a number in either half. g_int64_hash() takes
 * small ones together, so that many share a place. */
guint rp_hash_pair(gconstpointer pair);
