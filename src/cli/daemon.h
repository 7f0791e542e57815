/* SPDX-License-Identifier: GPL-3.0-or-later */
/* daemon.h - what the command line has to do with a running riposted */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* Tells a running riposted that the database has changed; silent if there is none. */
void rp_cli_tell_daemon(void);

/* Lets riposted read all accounts of that database now, and waits until it has: an
 * a(ss) of their names, each with what is wrong with it or "". NULL if there is none
 * that one could ask. The caller's. */
GVariant *rp_cli_sync_by_daemon(const char *db_path);

/* What riposted does with each account of that database just now: the accounts of
 * Status() in org.riposte.Daemon1.xml, an aa{sv}. NULL if there is none that one could
 * ask. The caller's. */
GVariant *rp_cli_daemon_status(const char *db_path);

/* Who holds the lock beside the database, as "daemon (process 12)"; NULL if nobody
 * does. The caller's. */
char *rp_cli_lock_holder(const char *db_path);

/* Does that name on the session bus have an owner, or could it get one at once? */
typedef enum { RP_NAME_ABSENT, RP_NAME_ACTIVATABLE, RP_NAME_OWNED } RpNameState;
RpNameState rp_cli_bus_name(const char *name);
