/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cards.h - cards out of the files of address books, and back into them
 *
 * Pure: bytes in, cards out; nothing is refused as a whole. What is no card is left
 * out and counted.
 */
#pragma once

#include "contacts/card.h"

typedef struct {
    GPtrArray *cards;    /* own, of RpCard */
    unsigned n_left_out; /* groups, and what is about nobody */
    unsigned n_bad;      /* of all cards: see RpCard */
} RpCards;

RpCards *rp_cards_new(void);
void rp_cards_free(RpCards *cards);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpCards, rp_cards_free)

/* Takes the card over: completes it, and keeps it if it is about somebody. */
void rp_cards_take(RpCards *cards, RpCard *card);

/* vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350), several a file; UTF-8, or UTF-16 with
 * a mark in front. A card without an end ends at the next, or with the file. */
RpCards *rp_vcard_read(const char *bytes, size_t n);

/* CSV (RFC 4180; also with ; or tabs) by the headers of Google, Outlook and LinkedIn,
 * of this program's own export, or alike; in any order. NULL if none of the first
 * lines names a column that is known. */
RpCards *rp_csv_read(const char *bytes, size_t n);

/* Lines "alias [-group NAME] NICK ADDRESSES" of mutt; other lines are left aside. */
RpCards *rp_mutt_read_aliases(const char *bytes, size_t n);

/* What a query command of mutt's prints: a line to be shown, then ADDRESS TAB NAME TAB
 * anything. */
RpCards *rp_mutt_read_query(const char *bytes, size_t n);

/* By what stands in the file: one of the above but the last. NULL if it is none. */
RpCards *rp_cards_read(const char *bytes, size_t n);

/* vCard 4.0: one card, to be appended. Lines are folded at 75 bytes, ends are CRLF. */
void rp_vcard_write(const RpCard *card, GString *out);

/* CSV of all cards, Google's headers where it has one; what a spreadsheet would take
 * for a formula has a ' in front, which rp_csv_read() takes away. The caller's. */
char *rp_csv_write(const GPtrArray *cards);
