/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contacts.h - each contact between a person and me: B1
 *
 * Pure. Instants (_at) are seconds since 1970-01-01 UTC. Persons are indices in
 * corpus->persons.
 */
#pragma once

#include "core/derive.h"

typedef struct {
    int64_t at;
    /* A mail to n addresses weighs 1/n for each, as a paper of n authors does in
     * Newman 2001, Phys. Rev. E 64, 016132. */
    double weight;
    bool by_me;
} RpContact;

/* By person: a GArray of RpContact in the order of time, NULL without any. The
 * caller's. */
GPtrArray *rp_contacts(const RpDerivation *derivation);

/* Is it somebody's address, and not mine, a list's or a machine's (R3)? RP_NONE: no. */
bool rp_is_other_person(const RpDerivation *derivation, uint32_t address);

/* Calls visit for each person that stands in the slices (To and Cc, say) and is neither
 * me nor a list address nor a machine: once, however often they stand there. seen holds
 * a zero for each person and is left so. Returns how many addresses the slices have. */
typedef void (*RpVisitPerson)(uint32_t person, gpointer data);
uint32_t rp_visit_persons(const RpDerivation *derivation, const RpSlice slices[2],
                          uint8_t *seen, RpVisitPerson visit, gpointer data);
