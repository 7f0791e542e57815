/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.h - what the store keeps of the notices that were shown */
#pragma once

#include "daemon/candidate.h"
#include "daemon/popup.h"
#include "store/store.h"

/* Of RpNoticeRow, which it owns. */
GPtrArray *rp_rows_new(void);
/* Appends what is to be kept of a pop-up that has come up: its stages, and that it is
 * one of the day (budget.h); nothing if all of it was shown before. */
void rp_rows_add(GPtrArray *rows, const RpPopup *popup, int64_t shown_at);
/* What was ever shown of candidates (RpCandidate *), and the last days' pop-ups. */
GPtrArray *rp_rows_load(RpStore *store, const GPtrArray *candidates, GError **error);
/* Appends copies. */
void rp_rows_copy(GPtrArray *rows, const GPtrArray *others);
/* Writes them and drops them. If that fails it is only logged, and they stay. */
void rp_rows_keep(GPtrArray *rows, RpStore *store);
