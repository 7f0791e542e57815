/* SPDX-License-Identifier: GPL-3.0-or-later */
/* halves.c - accounts that were read in part: nothing is said of them */
#include "daemon/private.h"

static bool
is_half_read(const RpView *view, const char *account)
{
    for (guint i = 0; i < view->folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(view->folders, i);

        if (row->is_read && !row->is_complete && g_str_equal(row->account, account))
            return true;
    }
    return false;
}

/* A first round that was cut off has read some folders only. */
static bool
is_whole(const RpWatch *watch, const RpView *view)
{
    return rp_watch_has_read(watch) || !is_half_read(view, rp_watch_account(watch));
}

bool
rp_daemon_is_one_coming(const RpDaemon *daemon, const RpView *view)
{
    for (guint i = 0; i < daemon->watches->len; i++) {
        const RpWatch *watch = g_ptr_array_index(daemon->watches, i);
        RpWatchState state = rp_watch_state(watch);

        if (!is_whole(watch, view) && state != RP_WATCH_STOPPED &&
            state != RP_WATCH_RETRYING)
            return true;
    }
    return false;
}

void
rp_daemon_leave_out_halves(const RpDaemon *daemon, const RpView *view,
                           GPtrArray *candidates)
{
    for (guint i = 0; i < daemon->watches->len; i++) {
        const RpWatch *watch = g_ptr_array_index(daemon->watches, i);

        if (is_whole(watch, view))
            continue;
        for (guint k = candidates->len; k > 0; k--) {
            const RpCandidate *candidate = g_ptr_array_index(candidates, k - 1);

            if (g_strcmp0(candidate->account, rp_watch_account(watch)) == 0)
                g_ptr_array_remove_index(candidates, k - 1);
        }
    }
}
