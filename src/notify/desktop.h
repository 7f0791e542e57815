/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desktop.h - pop-ups through libnotify
 *
 * Calls may block, 25 s each where a notification daemon hangs: riposte-notify
 * does nothing else.
 */
#pragma once

#include "notify/protocol.h"

typedef struct RpDesktop RpDesktop;

typedef struct {
    void (*on_event)(const RpNotifyEvent *event, gpointer data);
    void (*on_bus_lost)(gpointer data); /* the session is over */
} RpDesktopEvents;

/* Watches for a notification daemon from here on. */
RpDesktop *rp_desktop_new(const RpDesktopEvents *events, gpointer data);
void rp_desktop_free(RpDesktop *desktop); /* takes its pop-ups away */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpDesktop, rp_desktop_free)

void rp_desktop_show(RpDesktop *desktop, const RpNotice *notice);
void rp_desktop_close(RpDesktop *desktop, const char *key);
/* What another riposte-notify has left at that place; nothing happens if the
 * notification daemon has changed since. */
void rp_desktop_close_left(RpDesktop *desktop, const char *place);
