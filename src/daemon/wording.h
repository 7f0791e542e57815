/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wording.h - what notices say
 *
 * Pure. Texts from mail are cleaned and cut here. members are of const RpCandidate *,
 * the oldest first, and not empty.
 */
#pragma once

#include "daemon/candidate.h"
#include "notify/protocol.h"

/* All of one person: who, what about, how long, and what is usual. */
RpNotice *rp_wording_person(const char *key, const GPtrArray *members, int64_t now_at);

/* "7 replies are late", the first three persons named. */
RpNotice *rp_wording_summary(const char *key, const GPtrArray *members, int64_t now_at);

/* "2 replies have become late", and how many are in all (n_late). */
RpNotice *rp_wording_digest(const char *key, const GPtrArray *members, guint n_late,
                            int64_t now_at);

/* What a button has decided on them, with one to take it back. until_at: of a snooze;
 * RP_NEVER if they are done. */
RpNotice *rp_wording_decided(const char *key, const GPtrArray *members,
                             int64_t until_at, GTimeZone *zone, int64_t now_at);

/* Something a person must see to: an account that can't log in, or, with account "",
 * the configuration. */
RpNotice *rp_wording_trouble(const char *key, const char *account, const char *text);

/* A message that Open could not show, and why. */
RpNotice *rp_wording_unopened(const char *key, const char *text);
