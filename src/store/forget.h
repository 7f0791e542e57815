/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forget.h - persons who are to be forgotten: only a hash of them is kept
 *
 * Of a key by a salt of the database's own: SHA-256 of SALT, a newline and the key. In
 * mail that was or will be read HASH@forgotten.invalid stands for their addresses, so
 * that whose mail it answers stays right, and they have no name.
 */
#pragma once

#include "core/address.h"
#include "core/event.h"
#include "store/store.h"

/* Removes what is known of the persons of these keys (char *): facts, cards, decisions,
 * events, cadences, names and addresses; and these events (int64_t), if they bear no
 * key. A key may be a number's (RP_TEL_PREFIX): a hash of it is kept, too. Freed pages
 * are overwritten. Whoever stands for them is ignored (R10) since at.
 */
bool rp_store_forget(RpStore *store, const GPtrArray *keys, const GArray *event_ids,
                     int64_t at, GError **error);

/* They may come back, with the next rebuild. */
bool rp_store_allow(RpStore *store, const char *person_key, GError **error);

/* *stand_in is HASH@forgotten.invalid (the caller's) if the person is to be forgotten,
 * else NULL. */
bool rp_store_find_forgotten(RpStore *store, const char *person_key, char **stand_in,
                             GError **error);

/* Is it with somebody, or by a number, that is to be forgotten? */
bool rp_store_is_event_forgotten(RpStore *store, const RpContactEvent *event,
                                 bool *is_forgotten, GError **error);

/* For export: salt, hash, salt, hash ... (char *). */
GPtrArray *rp_store_load_forgotten(RpStore *store, GError **error);
/* *is_new: it was not there yet. */
bool rp_store_add_forgotten(RpStore *store, const char *salt, const char *hash,
                            bool *is_new, GError **error);
