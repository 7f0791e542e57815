/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rounds.h - a sync round of an account: what it listed, what went wrong
 *
 * Inside store/ only. All of them run in a batch.
 */
#pragma once

#include "store/db.h"

void rp_rounds_init(RpStore *store);

/* After a rollback: what the open rounds have listed is not known any more, so that
 * they drop nothing. */
void rp_rounds_forget(RpStore *store);

bool rp_rounds_apply(RpStore *store, const char *account, RpRoundPhase phase,
                     int64_t now_at, GError **error);
bool rp_rounds_apply_problem(RpStore *store, const char *account,
                             const RpProblem *problem, int64_t now_at, GError **error);

/* The folder is among those that the server has. */
void rp_rounds_note_folder(RpStore *store, const char *account, const char *raw);

/* What stands of a cut round's copies in [low, high) goes, as this one did not
 * bring it again. */
bool rp_rounds_drop_leftovers(RpStore *store, int64_t folder,
                              const RpFolderState *state, GError **error);
