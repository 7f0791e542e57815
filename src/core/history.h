/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.h - the mailbox read once more, to see what was known at each opening: R12
 *
 * Inside core/ only.
 */
#pragma once

#include "core/expectation.h"

enum { RP_HORIZON_S = 14 * 86400 };

/* One for each of derivation->followups, in their order. Free with g_free. */
RpHistory *rp_histories(const RpDerivation *derivation);

/* The share of answers within t_s by which waits are judged before there are answers
 * enough: R12's F0. */
double rp_usual_share(double t_s);
