/* SPDX-License-Identifier: GPL-3.0-or-later */
/* live.c - what riposted does just now */
#include "cli/live.h"

#include <string.h>

#include "cli/daemon.h"
#include "core/instant.h"

void
rp_live_init(RpLive *live, const char *db_path)
{
    live->accounts = rp_cli_daemon_status(db_path);
    live->holder = rp_cli_lock_holder(db_path);
}

void
rp_live_clear(RpLive *live)
{
    g_clear_pointer(&live->accounts, g_variant_unref);
    g_clear_pointer(&live->holder, g_free);
}

const char *
rp_live_daemon(const RpLive *live)
{
    if (live->accounts != NULL)
        return "answers";
    return live->holder != NULL && g_str_has_prefix(live->holder, "daemon") ? "silent"
                                                                            : NULL;
}

GVariant *
rp_live_account(const RpLive *live, const char *name)
{
    gsize n = live->accounts == NULL ? 0 : g_variant_n_children(live->accounts);

    for (gsize i = 0; i < n; i++) {
        g_autoptr(GVariant) account = g_variant_get_child_value(live->accounts, i);

        if (strcmp(rp_live_text(account, "name"), name) == 0)
            return g_steal_pointer(&account);
    }
    return NULL;
}

const char *
rp_live_text(GVariant *account, const char *key)
{
    const char *text = "";

    if (account != NULL)
        g_variant_lookup(account, key, "&s", &text);
    return text;
}

int64_t
rp_live_instant(GVariant *account, const char *key)
{
    gint64 at = RP_NEVER;

    if (account != NULL)
        g_variant_lookup(account, key, "x", &at);
    return at;
}
