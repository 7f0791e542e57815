/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followup-decision.c - what happened outside the mail: decisions (R10), \Answered (R9)
 */
#include "core/followup-private.h"

char *
rp_decision_key(RpDirection direction, const char *person_key, const char *message_id)
{
    return g_strdup_printf("%d %s %s", (int)direction,
                           rp_event_is_uid(message_id) ? "" : person_key, message_id);
}

/* That of the person whom they were made one with. Foreign. */
static const char *
person_key_now(const RpCorpus *corpus, const char *key)
{
    uint32_t person = rp_corpus_find_person(corpus, key);

    return person != RP_NONE ? g_array_index(corpus->persons, RpPerson, person).key
                             : key;
}

static void
unref_array(gpointer array)
{
    g_ptr_array_unref(array);
}

static bool
stands(const RpDecision *decision, int64_t as_of_at)
{
    return decision->taken_at <= as_of_at && decision->undone_at > as_of_at;
}

GHashTable *
rp_decisions_index(const RpDerivation *d)
{
    GHashTable *table =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref_array);

    for (guint i = 0; d->decisions != NULL && i < d->decisions->len; i++) {
        RpDecision *decision = g_ptr_array_index(d->decisions, i);
        char *key;
        GPtrArray *list;

        if (!stands(decision, d->as_of_at) || decision->kind > RP_DECISION_SNOOZE)
            continue;
        key = rp_decision_key(decision->direction,
                              person_key_now(d->corpus, decision->person_key),
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
    g_autofree char *key = NULL;
    const GPtrArray *list;
    const RpDecision *latest = NULL;

    if (g_hash_table_size(r->decisions) == 0)
        return NULL;
    key = rp_decision_key(f->direction, person->key, rp_followup_opened_by(r->d, f));
    list = g_hash_table_lookup(r->decisions, key);
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const RpDecision *decision = g_ptr_array_index(list, i);

        if ((decision->kind == RP_DECISION_SNOOZE) == is_snooze &&
            (latest == NULL || decision->taken_at >= latest->taken_at))
            latest = decision;
    }
    return latest;
}

/* The conversation that message_id is in as of now; RP_NONE if it is not there. */
static uint32_t
conversation_of(const RpDerivation *d, const char *message_id)
{
    uint32_t id = rp_corpus_find_id(d->corpus, message_id);
    uint32_t message =
        id != RP_NONE ? g_array_index(d->message_of_id, uint32_t, id) : RP_NONE;

    return message != RP_NONE ? rp_derivation_message(d, message)->conversation
                              : RP_NONE;
}

/* The earliest of several counts. */
static void
keep_earliest(GHashTable *table, gconstpointer key, RpDecision *decision)
{
    const RpDecision *known = g_hash_table_lookup(table, key);

    if (known == NULL || decision->taken_at < known->taken_at)
        g_hash_table_insert(table, (gpointer)(guintptr)key, decision);
}

void
rp_ignored_index(RpReader *r, const GPtrArray *decisions)
{
    r->ignored_persons = g_hash_table_new(g_str_hash, g_str_equal);
    r->ignored_conversations = g_hash_table_new(NULL, NULL);
    for (guint i = 0; decisions != NULL && i < decisions->len; i++) {
        RpDecision *decision = g_ptr_array_index(decisions, i);

        if (!stands(decision, r->d->as_of_at))
            continue;
        if (decision->kind == RP_DECISION_IGNORE_PERSON)
            keep_earliest(r->ignored_persons,
                          person_key_now(r->d->corpus, decision->person_key), decision);
        else if (decision->kind == RP_DECISION_IGNORE_CONVERSATION)
            keep_earliest(r->ignored_conversations,
                          GUINT_TO_POINTER(conversation_of(r->d, decision->message_id)),
                          decision);
    }
}

/* When the user handled it: a done counts at the time given, any other decision when
 * it was taken; never before the opening. */
static int64_t
takes_effect_at(const RpDecision *decision, const RpFollowup *f)
{
    if (decision == NULL)
        return RP_NEVER;
    if (decision->kind == RP_DECISION_DISMISS)
        return decision->taken_at;
    return MAX(decision->kind == RP_DECISION_DONE ? decision->at : decision->taken_at,
               f->opened_at);
}

/* What ends it first: a decision about it, or about its person or conversation. */
static const RpDecision *
ending_decision(const RpReader *r, const RpFollowup *f)
{
    const RpPerson *person = &g_array_index(r->d->corpus->persons, RpPerson, f->person);
    const RpDecision *others[] = {
        g_hash_table_lookup(r->ignored_persons, person->key),
        g_hash_table_lookup(r->ignored_conversations,
                            GUINT_TO_POINTER(f->conversation)),
    };
    const RpDecision *first = f->decision;

    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (takes_effect_at(others[i], f) < takes_effect_at(first, f))
            first = others[i];
    return first;
}

/* When \Answered was first seen on the opening message of a follow-up of mine. */
static int64_t
flagged_at(const RpReader *r, const RpFollowup *f)
{
    const RpMessage *m;
    int64_t at = RP_NEVER;

    if (f->direction != RP_MINE || f->event != NULL)
        return RP_NEVER;
    m = rp_derivation_message(r->d, f->message);
    for (uint32_t i = 0; i < m->n_copies; i++)
        at = MIN(at, rp_message_nth_copy(r->d, m, i)->answered_at);
    return at;
}

void
rp_followup_settle(const RpReader *r, RpFollowup *f, int64_t t)
{
    const RpDecision *decision;
    int64_t decision_at, flag_at;

    if (f->state != RP_STATE_OPEN)
        return;
    decision = ending_decision(r, f);
    decision_at = takes_effect_at(decision, f);
    flag_at = flagged_at(r, f);
    if (MIN(decision_at, flag_at) > t)
        return;
    if (decision_at <= flag_at) {
        bool is_done = decision->kind == RP_DECISION_DONE;

        f->decision = decision;
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

void
rp_followup_finish(const RpReader *r, RpFollowup *f)
{
    const RpDecision *snooze = rp_decisions_latest(r, f, true);
    bool is_snoozed = snooze != NULL && snooze->at > r->d->as_of_at;

    rp_followup_settle(r, f, r->d->as_of_at);
    if (f->state != RP_STATE_DONE && f->state != RP_STATE_DISMISSED)
        f->decision = NULL;
    f->snoozed_until_at = is_snoozed ? snooze->at : RP_NEVER;
}
