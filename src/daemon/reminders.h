/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reminders.h - raises notices when they are due, and keeps what was shown
 *
 * What schedule.h decides goes to riposte-notify; nothing counts as shown until it
 * has said so.
 */
#pragma once

#include "daemon/candidate.h"
#include "notify/protocol.h"

typedef struct RpReminders RpReminders;

typedef struct {
    /* "default", "snooze" or "done" was chosen for members: const RpCandidate *, not
     * empty, the oldest first. token is for the window that opens. */
    void (*on_action)(const GPtrArray *members, const char *action, const char *token,
                      gpointer data);
    /* "undo" was chosen in a notice of that key, which rp_reminders_say has shown. */
    void (*on_undo)(const char *key, gpointer data);
    /* A notice is due, but what is known is a while old: give new candidates. */
    void (*on_stale)(gpointer data);
    /* What was shown, or can be, has changed: look, and note when to look again. */
    void (*on_changed)(gpointer data);
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

/* Shows a notice at once, whatever the hour, outside the day's budget: the answer to a
 * button. It is lost if it can't be shown now. */
void rp_reminders_say(RpReminders *reminders, const RpNotice *notice);

/* What was shown of these follow-ups (char *: ids) is true again, and back to the
 * screen: after the next candidates. */
void rp_reminders_show_again(RpReminders *reminders, const GPtrArray *ids);

/* An account needs a person: one notice, until it is well again. */
void rp_reminders_set_trouble(RpReminders *reminders, const char *account,
                              const char *text);
void rp_reminders_clear_trouble(RpReminders *reminders, const char *account);
