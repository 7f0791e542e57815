/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mishap.h - how sources get past a message that they die with
 *
 * After one has died, been hung or spoken nonsense the next is careful: it says of each
 * message that it begins with it. If two in a row end at the same one, all that
 * follow pass over it; but not over four with none read well between them: that is no
 * message's fault. That is kept in the database, as each may be started by another
 * process; another version of riposte, and one that reads everything anew, tries again.
 */
#pragma once

#include "store/store.h"

typedef struct RpMishap RpMishap;

/* What is known of the account. store may be NULL: nothing is, and nothing is kept.
 * What can't be read counts as nothing. */
RpMishap *rp_mishap_load(RpStore *store, const char *account);
void rp_mishap_free(RpMishap *mishap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpMishap, rp_mishap_free)

bool rp_mishap_is_careful(const RpMishap *mishap);
/* Messages to be passed over, RpUidList * by folder; foreign. */
const GPtrArray *rp_mishap_passed(const RpMishap *mishap);

/* The source begins with the one message of uids, or is done with it. */
void rp_mishap_begin(RpMishap *mishap, const RpUidList *uids);
void rp_mishap_end(RpMishap *mishap);

/* It has died, or has come to the end of a round. Written at once; what can't be is
 * logged. */
void rp_mishap_died(RpMishap *mishap);
void rp_mishap_survived(RpMishap *mishap);
