/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followup-again.c - decisions that were taken after all else: R10
 *
 * What handles a follow-up after the last message, event and flag changes nothing but
 * that follow-up: nobody came later whom it could have let in or kept out.
 */
#include "core/followup-private.h"

/* Whom changed decisions are about. */
typedef struct {
    GHashTable *openings;      /* own; of Message-IDs and uids, foreign */
    GHashTable *persons;       /* own; of indices */
    GHashTable *conversations; /* own; of numbers */
} Scope;

static int64_t
later(int64_t one_at, int64_t other_at)
{
    return other_at != RP_NEVER ? MAX(one_at, other_at) : one_at;
}

/* After it nothing has happened but decisions. */
static int64_t
find_last(const RpDerivation *d)
{
    int64_t last_at = INT64_MIN;

    for (guint i = 0; i < d->messages->len; i++)
        last_at = later(last_at, rp_derivation_message(d, i)->effective_at);
    for (guint i = 0; i < d->corpus->copies->len; i++)
        last_at = later(last_at, rp_corpus_copy(d->corpus, i)->answered_at);
    for (guint i = 0; i < d->corpus->events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(d->corpus->events, i);

        last_at = later(last_at, event->at);
        last_at = later(last_at, event->logged_at);
        last_at = later(last_at, event->undone_at);
    }
    return last_at;
}

static bool
is_later(const RpDecision *decision, int64_t last_at)
{
    return decision->kind != RP_DECISION_MERGE && decision->kind != RP_DECISION_SPLIT &&
           decision->taken_at > last_at &&
           (decision->kind != RP_DECISION_DONE || decision->at > last_at);
}

static void
add_to_scope(const Scope *scope, const RpDerivation *d, const RpDecision *decision)
{
    uint32_t id, message = RP_NONE;

    if (decision->kind == RP_DECISION_IGNORE_PERSON) {
        uint32_t person = rp_corpus_find_person(d->corpus, decision->person_key);

        g_hash_table_add(scope->persons, GUINT_TO_POINTER(person));
        return;
    }
    if (decision->kind != RP_DECISION_IGNORE_CONVERSATION) {
        g_hash_table_add(scope->openings, decision->message_id);
        return;
    }
    id = rp_corpus_find_id(d->corpus, decision->message_id);
    if (id != RP_NONE)
        message = g_array_index(d->message_of_id, uint32_t, id);
    if (message != RP_NONE)
        g_hash_table_add(
            scope->conversations,
            GUINT_TO_POINTER(rp_derivation_message(d, message)->conversation));
}

static bool
is_ended(const RpFollowup *f)
{
    return f->state == RP_STATE_DONE || f->state == RP_STATE_DISMISSED;
}

static void
reopen(RpFollowup *f)
{
    f->state = RP_STATE_OPEN;
    f->rule = f->opened_rule;
    f->closed_at = RP_NEVER;
    f->latency_s = -1;
}

static bool
is_in(const Scope *scope, const RpFollowup *f)
{
    return g_hash_table_contains(scope->openings, f->opened_by) ||
           g_hash_table_contains(scope->persons, GUINT_TO_POINTER(f->person)) ||
           (f->conversation != 0 &&
            g_hash_table_contains(scope->conversations,
                                  GUINT_TO_POINTER(f->conversation)));
}

/* Of two decisions the last one counts, as if the other had never been: then more has
 * changed. */
static bool
replaces_earlier(const Scope *scope, const RpDerivation *d, int64_t last_at)
{
    for (guint i = 0; i < d->decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(d->decisions, i);

        if (decision->kind < RP_DECISION_SNOOZE && !is_later(decision, last_at) &&
            g_hash_table_contains(scope->openings, decision->message_id))
            return true;
    }
    return false;
}

/* What was ended by an earlier decision about its person or conversation stays so. */
static void
decide_all(const RpReader *r, const Scope *scope, int64_t last_at)
{
    for (guint i = 0; i < r->d->followups->len; i++) {
        RpFollowup *f = rp_reader_followup(r, i);

        if (!is_in(scope, f))
            continue;
        if (is_ended(f) && f->closed_at > last_at)
            reopen(f);
        if (f->state == RP_STATE_OPEN)
            f->decision = rp_decisions_latest(r, f, false);
        rp_followup_finish(r, f);
    }
}

bool
rp_derive_decisions(RpDerivation *d, const GPtrArray *changed)
{
    int64_t last_at = changed->len > 0 ? find_last(d) : 0;
    g_autoptr(GHashTable) openings = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) persons = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) conversations = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) table = NULL;
    Scope scope = {openings, persons, conversations};
    RpReader reader = {.d = d};

    for (guint i = 0; i < changed->len; i++) {
        const RpDecision *decision = g_ptr_array_index(changed, i);

        if (!is_later(decision, last_at))
            return false;
        add_to_scope(&scope, d, decision);
    }
    if (changed->len == 0)
        return true;
    if (replaces_earlier(&scope, d, last_at))
        return false;
    reader.decisions = table = rp_decisions_index(d);
    rp_ignored_index(&reader, d->decisions);
    decide_all(&reader, &scope, last_at);
    g_hash_table_unref(reader.ignored_persons);
    g_hash_table_unref(reader.ignored_conversations);
    return true;
}
