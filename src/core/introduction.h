/* SPDX-License-Identifier: GPL-3.0-or-later */
/* introduction.h - who brought whom together, as headers show it: B6
 *
 * Pure. Suggestions for the user to confirm: headers don't say why somebody wrote.
 */
#pragma once

#include "core/contacts.h"

typedef struct {
    uint32_t message;    /* index in messages: what brought them together */
    uint32_t by;         /* who wrote it: a person; RP_NONE: me */
    uint32_t one, other; /* persons; other RP_NONE: me */
    uint32_t n_since;    /* human messages between the two after it */
} RpIntroduction;

/* In the order of their messages; the caller's.
 *
 * To me: the first message that a person and I stand in together was written by a
 * third, who knew me (had written to me, and I to them), went to 5 persons at most
 * beside me, and the person and I have written to each other since. By me: a message
 * of mine that began a conversation and went to two persons whom I both knew and who
 * had never stood in a message together, and who have written to each other since. */
GArray *rp_introductions(const RpDerivation *derivation);
