/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sdnotify.h - tells systemd how we are (sd_notify(3)) */
#pragma once

/* state: "READY=1", "STOPPING=1" ... Does nothing without $NOTIFY_SOCKET. */
void rp_sdnotify(const char *state);
