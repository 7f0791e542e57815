/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cards.h - the cards of address books as they were read last
 *
 * A source is a file, a folder or whatever cards came from, by name; a card is known in
 * it by its uid.
 */
#pragma once

#include "store/facts.h"

typedef struct {
    char *source, *uid, *person_key; /* own */
    int64_t since_at;                /* R14: when it was first read; 0: ever */
    GPtrArray *facts; /* own, of RpFactRow: name, type and value, in the card's order */
} RpCardRow;
RpCardRow *rp_card_row_new(const char *source, const char *uid, const char *person_key);
void rp_card_row_free(RpCardRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpCardRow, rp_card_row_free)
void rp_card_row_add(RpCardRow *row, const char *name, const char *type,
                     const char *value);

/* RpCardRow *, by source and uid; of one source, or of all (NULL). */
GPtrArray *rp_store_load_cards(RpStore *store, const char *source, GError **error);

/* *has: is there a card of that source and uid? */
bool rp_store_has_card(RpStore *store, const char *source, const char *uid, bool *has,
                       GError **error);

/* In one transaction: puts cards (RpCardRow *) in place of those of the same source and
 * uid, and removes others (RpCardRow *; facts do not matter). */
bool rp_store_save_cards(RpStore *store, const GPtrArray *changed,
                         const GPtrArray *removed, GError **error);
