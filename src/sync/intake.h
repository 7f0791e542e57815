/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intake.h - the open batch of a store, whoever feeds it
 *
 * A store has one batch at a time, and several accounts may feed it: if it is
 * rolled back, all that fed it have lost records and must begin anew.
 */
#pragma once

#include "store/store.h"

typedef struct RpIntake RpIntake;

/* One who feeds. The callbacks may end the feeding (rp_intake_leave). */
typedef struct {
    void (*on_committed)(bool is_changed, gpointer data);
    void (*on_lost)(const GError *error, gpointer data);
    gpointer data;
    bool has_uncommitted; /* the intake's */
} RpIntakeMember;

/* member must live until rp_intake_leave, which commits what is left of it; who
 * wants to know how that went calls rp_intake_commit before. */
RpIntake *rp_intake_join(RpStore *store, RpIntakeMember *member);
void rp_intake_leave(RpIntake *intake, RpIntakeMember *member);

/* Applies a record, and commits when the batch is full or a second old. Errors are
 * the store's; on_lost of all others who had records in the batch has been called,
 * not that of member. */
bool rp_intake_apply(RpIntake *intake, RpIntakeMember *member, const char *account,
                     const RpRecord *record, GError **error);
bool rp_intake_commit(RpIntake *intake, RpIntakeMember *member, GError **error);
