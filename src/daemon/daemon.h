/* SPDX-License-Identifier: GPL-3.0-or-later */
/* daemon.h - riposted: reads all accounts, raises notices, obeys their actions
 *
 * One main loop; what can block, crash or is not trusted is a child.
 */
#pragma once

#include <glib.h>

/* Runs until SIGTERM, SIGINT or a failure that nothing here can mend; SIGHUP reads
 * the configuration again (one with errors is not taken). Paths NULL: the usual
 * ones. Returns the exit status: 1 with an error (the configuration's or the store's)
 * if these can't be used, 75 if another process fetches for this database. */
int rp_daemon_run(const char *config_path, const char *db_path, GError **error);
