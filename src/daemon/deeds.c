/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeds.c - what the buttons of notices have decided: written, told, taken back */
#include "daemon/deeds.h"

#include "daemon/actions.h"
#include "daemon/wording.h"
#include "sync/sync.h"

enum { N_UNDOABLE = 8 };

struct RpDeeds {
    RpStore *store;  /* foreign */
    GQueue waiting;  /* own, of RpDeed: to be written, the first first */
    GQueue undoable; /* own, of RpDeed: written, the last first */
    guint n;
};

static void
free_deed(gpointer data)
{
    RpDeed *deed = data;

    rp_notice_free(deed->notice);
    g_ptr_array_unref(deed->decisions);
    g_ptr_array_unref(deed->ids);
    g_free(deed);
}

static void
free_decision(gpointer decision)
{
    rp_decision_free(decision);
}

RpDeeds *
rp_deeds_new(RpStore *store)
{
    RpDeeds *deeds = g_new0(RpDeeds, 1);

    deeds->store = store;
    g_queue_init(&deeds->waiting);
    g_queue_init(&deeds->undoable);
    return deeds;
}

void
rp_deeds_free(RpDeeds *deeds)
{
    if (deeds == NULL)
        return;
    g_queue_clear_full(&deeds->waiting, free_deed);
    g_queue_clear_full(&deeds->undoable, free_deed);
    g_free(deeds);
}

void
rp_deeds_add(RpDeeds *deeds, const GPtrArray *members, const char *action,
             GTimeZone *zone, int64_t now_at)
{
    g_autofree char *key = g_strdup_printf("decision %u", ++deeds->n);
    int64_t until_at = RP_NEVER;
    RpDeed *deed;

    if (!rp_action_decides(action))
        return;
    deed = g_new0(RpDeed, 1);
    deed->decisions = g_ptr_array_new_with_free_func(free_decision);
    deed->ids = g_ptr_array_new_with_free_func(g_free);
    deed->undone_at = RP_NEVER;
    for (guint i = 0; i < members->len; i++) {
        const RpCandidate *candidate = g_ptr_array_index(members, i);
        RpDecision *decision = rp_action_decision(candidate, action, now_at);

        if (decision->kind == RP_DECISION_SNOOZE)
            until_at = decision->at;
        g_ptr_array_add(deed->decisions, decision);
        g_ptr_array_add(deed->ids, g_strdup(candidate->id));
    }
    deed->notice = rp_wording_decided(key, members, until_at, zone, now_at);
    g_queue_push_tail(&deeds->waiting, deed);
}

void
rp_deeds_undo(RpDeeds *deeds, const char *key, int64_t now_at)
{
    for (GList *at = deeds->undoable.head; at != NULL; at = at->next) {
        RpDeed *deed = at->data;

        if (!g_str_equal(deed->notice->key, key))
            continue;
        g_queue_delete_link(&deeds->undoable, at);
        deed->undone_at = now_at;
        deed->n_written = 0;
        g_queue_push_tail(&deeds->waiting, deed);
        return;
    }
}

bool
rp_deeds_are_waiting(const RpDeeds *deeds)
{
    return deeds->waiting.length > 0;
}

static bool
write_decision(RpDeeds *deeds, const RpDeed *deed, RpDecision *decision, GError **error)
{
    if (deed->undone_at == RP_NEVER)
        return rp_store_add_decision(deeds->store, decision, error);
    return rp_store_undo_decision(deeds->store, decision->id, deed->undone_at, error);
}

const RpDeed *
rp_deeds_write(RpDeeds *deeds)
{
    RpDeed *deed = g_queue_peek_head(&deeds->waiting);
    g_autoptr(GError) error = NULL;

    if (deed == NULL)
        return NULL;
    while (deed->n_written < deed->decisions->len) {
        if (!rp_sync_flush(deeds->store, &error) ||
            !write_decision(deeds, deed,
                            g_ptr_array_index(deed->decisions, deed->n_written),
                            &error)) {
            g_message("cannot keep a decision yet: %s", error->message);
            return NULL;
        }
        deed->n_written++;
    }
    g_queue_push_head(&deeds->undoable, g_queue_pop_head(&deeds->waiting));
    if (g_queue_get_length(&deeds->undoable) > N_UNDOABLE)
        free_deed(g_queue_pop_tail(&deeds->undoable));
    return deed;
}
