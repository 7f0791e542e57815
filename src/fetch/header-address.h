/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-address.h - lists of mailboxes: RFC 5322 3.4, and what is sent instead
 *
 * Pure. One pass without recursion: time is linear in the length of the value.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "fetch/header-field.h"

/* Appends the mailboxes of a field's value to mailboxes (of RpMailbox), and lowers
 * *n_left by one for each; when it is 0, the rest is passed over and RP_CUT_ADDRESSES
 * set in *cuts. What rp_address_normalize() refuses is left out. Groups give their
 * members; a name may stand before the address, in a comment, or be missing, and is
 * "" if it only repeats the address. */
void rp_addresses_read(RpSpan value, GPtrArray *mailboxes, uint32_t *n_left,
                       uint32_t *cuts);

/* The one address in "<a@b> some text" or "a@b some text"; NULL if there is none.
 * Owned by the caller. */
char *rp_address_read_first(RpSpan value);
