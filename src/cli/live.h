/* SPDX-License-Identifier: GPL-3.0-or-later */
/* live.h - what riposted does just now, for `riposte status` */
#pragma once

#include <gio/gio.h>
#include <stdint.h>

typedef struct {
    GVariant *accounts; /* own; rp_cli_daemon_status(); NULL: none can be asked */
    char *holder;       /* own; rp_cli_lock_holder() */
} RpLive;

void rp_live_init(RpLive *live, const char *db_path);
void rp_live_clear(RpLive *live);

/* "answers"; "silent": it runs, and cannot be asked; NULL: it does not run. */
const char *rp_live_daemon(const RpLive *live);

/* What it says of one account, an a{sv}; NULL if it does not know it. The caller's. */
GVariant *rp_live_account(const RpLive *live, const char *name);

/* Of what it says; account may be NULL. "" and RP_NEVER if it does not. */
const char *rp_live_text(GVariant *account, const char *key); /* foreign */
int64_t rp_live_instant(GVariant *account, const char *key);
