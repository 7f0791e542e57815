/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.c - what the store keeps of the notices that were shown */
#include "daemon/rows.h"

#include "daemon/budget.h"
#include "sync/sync.h"

static void
free_row(gpointer row)
{
    rp_notice_row_free(row);
}

GPtrArray *
rp_rows_new(void)
{
    return g_ptr_array_new_with_free_func(free_row);
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
rp_rows_add(GPtrArray *rows, const RpPopup *popup, int64_t shown_at)
{
    g_autofree char *at = rp_instant_format(shown_at);
    g_autofree char *name =
        g_strconcat(at, " ", (char *)g_ptr_array_index(popup->ids, 0), NULL);

    for (guint i = 0; i < popup->ids->len; i++) {
        const char *stage = g_ptr_array_index(popup->stages, i);

        if (stage != NULL)
            add_row(rows, g_ptr_array_index(popup->ids, i), stage, shown_at);
    }
    if (rp_popup_is_new(popup))
        add_row(rows, RP_POPUP_ID, name, shown_at);
}

GPtrArray *
rp_rows_load(RpStore *store, const GPtrArray *candidates, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(ids, g_strdup(RP_POPUP_ID));
    for (guint i = 0; i < candidates->len; i++) {
        const RpCandidate *candidate = g_ptr_array_index(candidates, i);

        g_ptr_array_add(ids, g_strdup(candidate->id));
    }
    return rp_store_load_notices(store, ids, error);
}

void
rp_rows_copy(GPtrArray *rows, const GPtrArray *others)
{
    for (guint i = 0; i < others->len; i++) {
        const RpNoticeRow *row = g_ptr_array_index(others, i);

        add_row(rows, row->followup_id, row->stage, row->shown_at);
    }
}

void
rp_rows_keep(GPtrArray *rows, RpStore *store)
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
