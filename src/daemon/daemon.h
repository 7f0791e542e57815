/* SPDX-License-Identifier: GPL-3.0-or-later */
/* daemon.h - riposted: reads all accounts, raises notices, obeys their actions
 *
 * One main loop; what can block, crash or is not trusted is a child.
 */
#pragma once

#include <glib.h>

/* Runs until SIGTERM, SIGINT or a failure that nothing here can mend; SIGHUP reads
 * the configuration again. One with errors is not taken: it waits for a better one.
 * Paths NULL: the usual ones. Returns the exit status: 1 with the store's error if the
 * database is damaged or too new, 75 with it if it can't be used now, as another
 * process fetches for it. */
int rp_daemon_run(const char *config_path, const char *db_path, GError **error);
