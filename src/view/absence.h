/* SPDX-License-Identifier: GPL-3.0-or-later */
/* absence.h - who said by an automatic reply that they are away */
#pragma once

#include "view/view.h"

/* The person's latest automatic reply (R3) since the opening: any in the
 * conversation and, if they owe the reply, one with an absence subject wherever it
 * stands. */
typedef struct {
    int64_t at;       /* RP_NEVER if none came */
    int64_t until_at; /* until when it says they are away; RP_NEVER if it doesn't */
} RpAbsence;
RpAbsence rp_view_absence(const RpView *view, const RpFollowup *followup);

/* From when a notice about it makes sense: its due_at or, after an automatic reply of
 * a debtor, the end of their absence if that is later; not known, its limit once
 * more. RP_NEVER if it is never due. */
int64_t rp_view_notice_at(const RpView *view, const RpFollowup *followup);

/* What rp_view_absence() looks in: indices of messages, plus 1, by person, and by
 * conversation and person; the latest of each. The view's own. */
GHashTable *rp_view_index_absences(const RpDerivation *derivation);
