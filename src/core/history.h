/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.h - the mailbox read once more, to see what was known at each opening: R12
 *
 * Inside core/ only.
 */
#pragma once

#include "core/expectation.h"

enum { RP_HORIZON_S = 14 * 86400 };

/* Of RpHistory, one for each follow-up. learned: as rp_derive_as_then() has it;
 * followups begins with learned->followups, and those behind are looked at but not
 * counted. The caller's. */
GArray *rp_histories(const RpDerivation *learned, const GArray *followups);

/* The share of answers within t_s by which waits are judged before there are answers
 * enough: R12's F0. */
double rp_usual_share(double t_s);
