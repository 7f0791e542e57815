/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wake.h - tells that the machine has slept, or that its clock was set
 *
 * By logind (org.freedesktop.login1.Manager, PrepareForSleep) where there is a system
 * bus, and by the kernel, which ends the wait of a timer for either (timerfd_create(2),
 * TFD_TIMER_CANCEL_ON_SET). Both may tell of one sleep.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct RpWake RpWake;

/* From the main loop. has_slept: it surely has; else its clock may just have been set.
 */
typedef void RpOnWake(gpointer data, bool has_slept);
/* It is about to sleep; logind alone tells. */
typedef void RpOnSleep(gpointer data);
RpWake *rp_wake_new(RpOnWake *on_wake, RpOnSleep *on_sleep, gpointer data);
void rp_wake_free(RpWake *wake);
/* Does the kernel tell? Else a clock that was set is found by looking alone. */
bool rp_wake_is_sure(const RpWake *wake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpWake, rp_wake_free)
