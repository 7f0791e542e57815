/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions.h - what the buttons of a notice do */
#pragma once

#include "daemon/candidate.h"

/* Is it "snooze" or "done"? */
bool rp_action_decides(const char *action);
/* The decision that "snooze" (for a day) or "done" (handled now) stands for. The
 * caller's. */
RpDecision *rp_action_decision(const RpCandidate *candidate, const char *action,
                               int64_t now_at);

/* Shows the message by open_command, in a process that outlives us. token: for the
 * window's activation, or "". Errors are the opener's or GLib's. */
bool rp_action_open(const RpConfig *config, const RpCandidate *candidate,
                    const char *token, GError **error);
