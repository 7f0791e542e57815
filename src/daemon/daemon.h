/* SPDX-License-Identifier: GPL-3.0-or-later */
/* daemon.h - riposted: reads all accounts, raises notices, obeys their actions
 *
 * One main loop; what can block, crash or is not trusted is a child.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Runs until SIGTERM, SIGINT or a failure that nothing here can mend; SIGHUP reads
 * the configuration again (one with errors is not taken). Paths NULL: the usual
 * ones. Fails if the configuration or the database can't be used, or if another
 * riposted has it. Errors are the configuration's and the store's. */
bool rp_daemon_run(const char *config_path, const char *db_path, GError **error);
