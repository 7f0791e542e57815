/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reminders.h - raises notices when they are due, and keeps what was shown
 *
 * What schedule.h decides goes to riposte-notify; nothing counts as shown until it
 * has said so.
 */
#pragma once

#include "daemon/candidate.h"

typedef struct RpReminders RpReminders;

typedef struct {
    /* "default", "snooze" or "done" was chosen. token is for the window that opens. */
    void (*on_action)(const RpCandidate *candidate, const char *action,
                      const char *token, gpointer data);
    /* A notice is due, but what is known is a while old: give new candidates. */
    void (*on_stale)(gpointer data);
} RpReminderEvents;

/* All are foreign and must outlive it. Starts riposte-notify if notices are enabled. */
RpReminders *rp_reminders_new(RpStore *store, const RpConfig *config,
                              const RpReminderEvents *events, gpointer data);
void rp_reminders_free(RpReminders *reminders);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpReminders, rp_reminders_free)
void rp_reminders_stop(RpReminders *reminders, void (*on_stopped)(gpointer data),
                       gpointer data);
/* Accounts begin anew: their troubles are forgotten. Takes all notices away if they
 * are no longer enabled. */
void rp_reminders_set_config(RpReminders *reminders, const RpConfig *config);

/* Takes the array (rp_candidates_from_view) over, and looks. */
void rp_reminders_set_candidates(RpReminders *reminders, GPtrArray *candidates,
                                 int64_t as_of_at);

/* Raises what is due now and closes what is no longer true. Returns when to look
 * again. Nothing happens before there are candidates. */
int64_t rp_reminders_look(RpReminders *reminders);

/* An account needs a person: one notice, until it is well again. */
void rp_reminders_set_trouble(RpReminders *reminders, const char *account,
                              const char *text);
void rp_reminders_clear_trouble(RpReminders *reminders, const char *account);
