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

static void
add_row(GPtrArray *rows, const char *id, const char *stage, int64_t shown_at)
{
    RpNoticeRow *row = g_new0(RpNoticeRow, 1);

    row->followup_id = g_strdup(id);
    row->stage = g_strdup(stage);
    row->shown_at = shown_at;
    g_ptr_array_add(rows, row);
}

void
rp_sent_add_rows(const RpSent *sent, int64_t shown_at, GPtrArray *rows)
{
    for (guint i = 0; i < sent->ids->len; i++)
        add_row(rows, g_ptr_array_index(sent->ids, i),
                g_ptr_array_index(sent->stages, i), shown_at);
}

static void
free_row(gpointer row)
{
    rp_notice_row_free(row);
}

GPtrArray *
rp_sent_rows_new(void)
{
    return g_ptr_array_new_with_free_func(free_row);
}

void
rp_sent_keep_rows(GPtrArray *rows, RpStore *store)
{
    g_autoptr(GError) error = NULL;
    bool is_ok = rows->len == 0 || rp_sync_flush(store, &error);

    while (is_ok && rows->len > 0) {
        const RpNoticeRow *row = g_ptr_array_index(rows, 0);

        is_ok = rp_store_add_notice(store, row->followup_id, row->stage, row->shown_at,
                                    &error);
        if (is_ok)
            g_ptr_array_remove_index(rows, 0);
    }
    if (!is_ok)
        g_message("cannot keep yet that a notice was shown: %s", error->message);
}

void
rp_sent_copy_rows(const GPtrArray *rows, GPtrArray *notices)
{
    for (guint i = 0; i < rows->len; i++) {
        const RpNoticeRow *row = g_ptr_array_index(rows, i);

        add_row(notices, row->followup_id, row->stage, row->shown_at);
    }
}
