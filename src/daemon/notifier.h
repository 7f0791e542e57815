/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notifier.h - keeps riposte-notify running and talks to it
 *
 * Never blocks, whatever riposte-notify does. If it dies it is started again with
 * growing pauses, if it no longer answers it is killed.
 */
#pragma once

#include "notify/protocol.h"

typedef struct RpNotifier RpNotifier;

/* Its death comes as RP_NOTIFY_ABSENT: nothing is up then, nothing was shown that
 * was not said to be. */
typedef void (*RpNotifierCallback)(const RpNotifyEvent *event, gpointer data);

RpNotifier *rp_notifier_new(RpNotifierCallback on_event, gpointer data);
void rp_notifier_free(RpNotifier *notifier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpNotifier, rp_notifier_free)

/* Does nothing if it runs already. */
void rp_notifier_start(RpNotifier *notifier);

/* Lets it take its pop-ups away and end. on_stopped comes when it has, from the
 * main loop, within a second. */
void rp_notifier_stop(RpNotifier *notifier, void (*on_stopped)(gpointer data),
                      gpointer data);

void rp_notifier_show(RpNotifier *notifier, const RpNotice *notice);
void rp_notifier_close(RpNotifier *notifier, const char *key);
