/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sdnotify.h - tells systemd how we are (sd_notify(3), sd_watchdog_enabled(3)) */
#pragma once

#include <stdbool.h>

/* Takes what systemd says of this service out of the environment, as what we start is
 * another program, and begins to say that the main loop turns, if that is wanted: at
 * half the time allowed. Before any of the others, once. */
void rp_sdnotify_begin(void);
void rp_sdnotify_end(void);

/* Are we a service of systemd's? */
bool rp_sdnotify_is_service(void);

/* state: lines such as "READY=1", "STATUS=...". Does nothing if systemd did not ask. */
void rp_sdnotify(const char *state);
/* The configuration is being read again, until READY=1. */
void rp_sdnotify_reloading(void);
