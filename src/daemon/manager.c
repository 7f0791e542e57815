/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manager.c - how riposted is, in a line of `systemctl --user status riposte` */
#include "config.h"

#include "daemon/private.h"

#include <glib/gi18n.h>

#include "daemon/journal.h"
#include "daemon/sdnotify.h"

/* The first account that has a problem stands for all. */
static char *
describe(const RpDaemon *daemon)
{
    guint n_all = daemon->watches->len, n_bad = 0;
    const char *problem = "";

    if (!daemon->has_config)
        return g_strdup(_("waits for a configuration"));
    for (guint i = n_all; i > 0; i--) {
        const RpWatch *watch = g_ptr_array_index(daemon->watches, i - 1);

        if (*rp_watch_problem(watch) == '\0')
            continue;
        n_bad++;
        problem = rp_watch_problem(watch);
    }
    if (n_bad == 0)
        return g_strdup_printf(ngettext("reads %u account", "reads %u accounts", n_all),
                               n_all);
    return g_strdup_printf(_("%u of %u accounts not read: %s"), n_bad, n_all, problem);
}

void
rp_daemon_tell_manager(RpDaemon *daemon)
{
    g_autofree char *text = describe(daemon);
    g_autofree char *hidden = rp_journal_hide(text);
    g_autofree char *state =
        g_strconcat("STATUS=", g_strdelimit(hidden, "\r\n", ' '), NULL);

    if (g_strcmp0(state, daemon->told) == 0)
        return;
    rp_sdnotify(state);
    g_free(daemon->told);
    daemon->told = g_steal_pointer(&state);
}
