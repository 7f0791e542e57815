/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sent.c - a notice that was sent and is not yet known to be up */
#include "daemon/sent.h"

#include "sync/sync.h"

RpSent *
rp_sent_new(void)
{
    RpSent *sent = g_new0(RpSent, 1);

    sent->ids = g_ptr_array_new_with_free_func(g_free);
    sent->stages = g_ptr_array_new_with_free_func(g_free);
    sent->members = g_ptr_array_new_with_free_func(g_free);
    return sent;
}

void
rp_sent_free(RpSent *sent)
{
    if (sent == NULL)
        return;
    g_ptr_array_unref(sent->ids);
    g_ptr_array_unref(sent->stages);
    g_ptr_array_unref(sent->members);
    g_free(sent);
}

void
rp_sent_add_stage(RpSent *sent, const char *id, const char *stage)
{
    g_ptr_array_add(sent->ids, g_strdup(id));
    g_ptr_array_add(sent->stages, g_strdup(stage));
}

void
rp_sent_keep(const RpSent *sent, RpStore *store, int64_t shown_at)
{
    g_autoptr(GError) error = NULL;
    bool is_ok = rp_sync_flush(store, &error);

    for (guint i = 0; is_ok && i < sent->ids->len; i++)
        is_ok =
            rp_store_add_notice(store, g_ptr_array_index(sent->ids, i),
                                g_ptr_array_index(sent->stages, i), shown_at, &error);
    if (!is_ok)
        g_message("cannot keep that a notice was shown: %s", error->message);
}
