/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wording.h - what notices say
 *
 * Pure. Texts from mail are cleaned and cut here.
 */
#pragma once

#include "daemon/candidate.h"
#include "notify/protocol.h"

/* Who, what about, how long, and what is usual; the key is the follow-up's id. */
RpNotice *rp_wording_single(const RpCandidate *candidate, int64_t now_at);

/* "7 replies are late", the oldest three named; members is not empty. */
RpNotice *rp_wording_summary(const char *key, const GPtrArray *members, int64_t now_at);

/* Something a person must see to: an account that can't log in, or, with account "",
 * the configuration. */
RpNotice *rp_wording_trouble(const char *key, const char *account, const char *text);
