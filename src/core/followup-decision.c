/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followup-decision.c - what happened outside the mail: decisions (R10), \Answered (R9)
 */
#include "core/followup-private.h"

char *
rp_decision_key(RpDirection direction, const char *person_key, const char *message_id)
{
    return g_strdup_printf("%d %s %s", (int)direction, person_key, message_id);
}

static void
unref_array(gpointer array)
{
    g_ptr_array_unref(array);
}

GHashTable *
rp_decisions_index(const GPtrArray *decisions, int64_t as_of_at)
{
    GHashTable *table =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref_array);

    for (guint i = 0; decisions != NULL && i < decisions->len; i++) {
        RpDecision *decision = g_ptr_array_index(decisions, i);
        char *key;
        GPtrArray *list;

        if (decision->taken_at > as_of_at || decision->undone_at <= as_of_at)
            continue;
        key = rp_decision_key(decision->direction, decision->person_key,
                              decision->message_id);
        list = g_hash_table_lookup(table, key);
        if (list == NULL) {
            list = g_ptr_array_new();
            g_hash_table_insert(table, key, list);
        } else {
            g_free(key);
        }
        g_ptr_array_add(list, decision);
    }
    return table;
}

const RpDecision *
rp_decisions_latest(const RpReader *r, const RpFollowup *f, bool is_snooze)
{
    const RpPerson *person = &g_array_index(r->d->corpus->persons, RpPerson, f->person);
    const RpMessage *opening = rp_derivation_message(r->d, f->message);
    g_autofree char *key = NULL;
    const GPtrArray *list;
    const RpDecision *latest = NULL;

    if (g_hash_table_size(r->decisions) == 0)
        return NULL;
    key = rp_decision_key(f->direction, person->key, rp_message_id(r->d, opening));
    list = g_hash_table_lookup(r->decisions, key);
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const RpDecision *decision = g_ptr_array_index(list, i);

        if ((decision->kind == RP_DECISION_SNOOZE) == is_snooze &&
            (latest == NULL || decision->taken_at >= latest->taken_at))
            latest = decision;
    }
    return latest;
}

/* When the user handled it: a done counts at the time given, never before the
 * opening; a dismissal when it was taken. */
static int64_t
decided_at(const RpFollowup *f)
{
    if (f->decision == NULL)
        return RP_NEVER;
    if (f->decision->kind == RP_DECISION_DISMISS)
        return f->decision->taken_at;
    return MAX(f->decision->at, f->opened_at);
}

/* When \Answered was first seen on the opening message of a follow-up of mine. */
static int64_t
flagged_at(const RpReader *r, const RpFollowup *f)
{
    const RpMessage *m = rp_derivation_message(r->d, f->message);
    int64_t at = RP_NEVER;

    if (f->direction != RP_MINE)
        return RP_NEVER;
    for (uint32_t i = 0; i < m->n_copies; i++)
        at = MIN(at, rp_message_nth_copy(r->d, m, i)->answered_at);
    return at;
}

void
rp_followup_settle(const RpReader *r, RpFollowup *f, int64_t t)
{
    int64_t decision_at = decided_at(f), flag_at = flagged_at(r, f);

    if (f->state != RP_STATE_OPEN || MIN(decision_at, flag_at) > t)
        return;
    if (decision_at <= flag_at) {
        bool is_done = f->decision->kind == RP_DECISION_DONE;

        f->state = is_done ? RP_STATE_DONE : RP_STATE_DISMISSED;
        f->closed_at = decision_at;
        f->latency_s = is_done ? decision_at - f->opened_at : -1;
        f->rule = "R10";
    } else {
        f->state = RP_STATE_ANSWERED_ELSEWHERE;
        f->closed_at = MAX(flag_at, f->opened_at);
        f->rule = "R9";
    }
}
