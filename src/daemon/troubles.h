/* SPDX-License-Identifier: GPL-3.0-or-later */
/* troubles.h - accounts that a person must see to: one notice each, until they are
 * well again
 */
#pragma once

#include "daemon/notifier.h"

typedef struct RpTroubles RpTroubles;

/* The notifier is foreign and must outlive it. */
RpTroubles *rp_troubles_new(RpNotifier *notifier);
void rp_troubles_free(RpTroubles *troubles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpTroubles, rp_troubles_free)

/* Of an account in trouble already the first text stays. */
void rp_troubles_set(RpTroubles *troubles, const char *account, const char *text);
/* Takes its notice away. */
void rp_troubles_clear(RpTroubles *troubles, const char *account);
void rp_troubles_clear_all(RpTroubles *troubles);

/* Shows those that were not shown yet. */
void rp_troubles_raise(RpTroubles *troubles);
/* Is one still to be shown? */
bool rp_troubles_has_unsent(const RpTroubles *troubles);
/* What became of them. */
void rp_troubles_take(RpTroubles *troubles, const RpNotifyEvent *event);
