/* SPDX-License-Identifier: GPL-3.0-or-later */
/* derive.c - the order in which R1 to R11 are taken, and the words for results */
#include "core/derive-private.h"

#include <glib/gi18n.h>

RpDerivation *
rp_derivation_empty(const RpCorpus *corpus)
{
    RpDerivation *d = g_new0(RpDerivation, 1);

    d->corpus = corpus;
    d->sorted_copies =
        g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), corpus->copies->len);
    d->messages =
        g_array_sized_new(FALSE, TRUE, sizeof(RpMessage), corpus->copies->len);
    d->message_of_id = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    d->copy_times =
        g_array_sized_new(FALSE, FALSE, sizeof(int64_t), corpus->copies->len);
    d->followups = g_array_new(FALSE, TRUE, sizeof(RpFollowup));
    d->person_names = g_ptr_array_new();
    return d;
}

RpDerivation *
rp_derive(const RpCorpus *corpus, const RpPolicy *policy, const GPtrArray *decisions,
          int64_t as_of_at)
{
    RpDerivation *d = rp_derivation_empty(corpus);

    d->policy = policy;
    d->decisions = decisions;
    d->as_of_at = as_of_at;
    d->is_me = g_new0(uint8_t, corpus->addresses->len + 1);
    d->is_learned = g_new0(uint8_t, corpus->addresses->len + 1);
    d->is_machine = g_new0(uint8_t, corpus->addresses->len + 1);
    d->list_times = g_new0(RpListTimes, corpus->addresses->len + 1);

    rp_derive_own_addresses(d);
    rp_derive_copies(d);
    rp_derive_mine(d);
    rp_derive_order(d);
    rp_derive_lists(d);
    rp_derive_kinds(d);
    rp_derive_bases(d);
    rp_derive_conversations(d);
    rp_derive_followups(d);
    rp_derive_due(d);
    rp_derive_names(d);
    return d;
}

static void
keep_next(int64_t at, int64_t after_at, int64_t *next_at)
{
    if (at > after_at)
        *next_at = MIN(*next_at, at);
}

static void
keep_next_of_copies(const RpDerivation *d, int64_t *next_at)
{
    for (guint i = 0; i < d->corpus->copies->len; i++) {
        keep_next(g_array_index(d->copy_times, int64_t, i), d->as_of_at, next_at);
        keep_next(rp_corpus_copy(d->corpus, i)->answered_at, d->as_of_at, next_at);
    }
    /* No effective time is later than all own times. */
}

int64_t
rp_derivation_until(const RpDerivation *d)
{
    int64_t next_at = RP_NEVER;

    keep_next_of_copies(d, &next_at);
    for (guint i = 0; d->decisions != NULL && i < d->decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(d->decisions, i);

        keep_next(decision->taken_at, d->as_of_at, &next_at);
        keep_next(decision->undone_at, d->as_of_at, &next_at);
        keep_next(decision->at, d->as_of_at, &next_at);
    }
    for (guint i = 0; i < d->corpus->events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(d->corpus->events, i);

        keep_next(event->at, d->as_of_at, &next_at);
        keep_next(event->logged_at, d->as_of_at, &next_at);
        keep_next(event->undone_at, d->as_of_at, &next_at);
    }
    return next_at;
}

bool
rp_derivation_move(RpDerivation *d, const GPtrArray *changed, int64_t as_of_at)
{
    d->as_of_at = as_of_at;
    if (!rp_derive_decisions(d, changed))
        return false;
    rp_derive_due(d);
    return true;
}

RpDerivation *
rp_derive_as_then(const RpDerivation *derivation)
{
    RpDerivation *d = g_memdup2(derivation, sizeof *derivation);

    d->is_as_then = true;
    d->messages = g_array_copy(derivation->messages);
    d->followups = g_array_new(FALSE, TRUE, sizeof(RpFollowup));
    rp_derive_kinds(d);
    rp_derive_followups(d);
    return d;
}

void
rp_derivation_free(RpDerivation *d)
{
    if (d == NULL)
        return;
    g_array_unref(d->messages);
    g_array_unref(d->followups);
    if (!d->is_as_then) {
        g_array_unref(d->sorted_copies);
        g_array_unref(d->message_of_id);
        g_array_unref(d->copy_times);
        g_ptr_array_unref(d->person_names);
        g_free(d->address_of_id);
        g_free(d->bases);
        g_free(d->is_me);
        g_free(d->is_learned);
        g_free(d->is_machine);
        g_free(d->list_times);
    }
    g_free(d);
}

const RpCopy *
rp_message_copy(const RpDerivation *d, const RpMessage *message)
{
    return rp_message_nth_copy(d, message, 0);
}

const char *
rp_message_id(const RpDerivation *d, const RpMessage *message)
{
    return g_ptr_array_index(d->corpus->ids, message->id);
}

const char *
rp_followup_opened_by(const RpDerivation *d, const RpFollowup *followup)
{
    if (followup->event != NULL)
        return followup->event->uid;
    return rp_message_id(d, rp_derivation_message(d, followup->message));
}

const char *
rp_followup_id(const RpFollowup *f)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    char *id = (char *)(guintptr)f->id_or_none; /* what it will be once and for all */
    g_autofree char *key = NULL;
    g_autoptr(GChecksum) sum = NULL;
    uint8_t digest[32];
    gsize n = sizeof(digest);

    if (*id != '\0')
        return id;
    key = rp_decision_key(f->direction, f->own_key, f->opened_by);
    sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)key, -1);
    g_checksum_get_digest(sum, digest, &n);
    for (int i = 0; i < RP_FOLLOWUP_ID_LEN; i++)
        id[i] = alphabet[digest[i] & 31];
    return id;
}

const RpPerson *
rp_followup_own_person(const RpDerivation *d, const RpFollowup *followup)
{
    uint32_t own = rp_corpus_address(d->corpus, followup->address)->own;

    return &g_array_index(d->corpus->persons, RpPerson, own);
}

/* Later messages overwrite earlier ones; own is true for the sender's own word. */
static void
note_names(RpDerivation *d, RpSlice addresses, RpSlice names, GPtrArray *into)
{
    const uint32_t *address = rp_corpus_members(d->corpus, addresses);
    const uint32_t *name = rp_corpus_members(d->corpus, names);

    for (uint32_t i = 0; i < MIN(addresses.n, names.n); i++) {
        const char *text = g_ptr_array_index(d->corpus->names, name[i]);
        uint32_t person = rp_corpus_address(d->corpus, address[i])->person;

        if (*text != '\0')
            g_ptr_array_index(into, person) = (gpointer)(uintptr_t)text;
    }
}

/* The last name that a telephone gave to whom mail gives none. */
static void
note_callers(RpDerivation *d)
{
    for (guint i = d->corpus->events->len; i > 0; i--) {
        const RpContactEvent *event = g_ptr_array_index(d->corpus->events, i - 1);
        gpointer *name = &g_ptr_array_index(d->person_names, event->person);

        if (*name == NULL && *event->name != '\0' &&
            rp_event_exists(event, d->as_of_at))
            *name = event->name;
    }
}

void
rp_derive_names(RpDerivation *d)
{
    g_autoptr(GPtrArray) given = g_ptr_array_new();
    guint n = d->corpus->persons->len;

    g_ptr_array_set_size(d->person_names, (gint)n);
    g_ptr_array_set_size(given, (gint)n);
    for (uint32_t i = 0; i < d->messages->len; i++) {
        const RpCopy *copy = rp_message_copy(d, rp_derivation_message(d, i));

        note_names(d, copy->from, copy->from_names, d->person_names);
        note_names(d, copy->to, copy->to_names, given);
        note_names(d, copy->cc, copy->cc_names, given);
    }
    for (guint i = 0; i < n; i++)
        if (g_ptr_array_index(d->person_names, i) == NULL)
            g_ptr_array_index(d->person_names, i) = g_ptr_array_index(given, i);
    note_callers(d);
}

const char *
rp_person_name(const RpDerivation *d, uint32_t person)
{
    return person < d->person_names->len ? g_ptr_array_index(d->person_names, person)
                                         : NULL;
}

const char *
rp_direction_name(RpDirection direction)
{
    return direction == RP_MINE ? NC_("direction", "mine") : NC_("direction", "theirs");
}

const char *
rp_channel_name(RpChannel channel)
{
    static const char *const names[] = {
        [RP_CHANNEL_MAIL] = "mail",
        [RP_CHANNEL_CALL] = "call",
        [RP_CHANNEL_FAVOUR] = "favour",
    };

    return names[channel];
}

const char *
rp_state_name(RpState state)
{
    static const char *const names[] = {
        [RP_STATE_OPEN] = "open",
        [RP_STATE_ANSWERED] = "answered",
        [RP_STATE_RELEASED] = "released",
        [RP_STATE_SUPERSEDED] = "superseded",
        [RP_STATE_ANSWERED_ELSEWHERE] = "answered_elsewhere",
        [RP_STATE_DONE] = "done",
        [RP_STATE_DISMISSED] = "dismissed",
    };

    return names[state];
}

const char *
rp_kind_name(RpKind kind)
{
    static const char *const names[RP_N_KINDS] = {
        [RP_KIND_PERSONAL] = NC_("kind", "personal"),
        [RP_KIND_LIST] = NC_("kind", "list"),
        [RP_KIND_CALENDAR] = NC_("kind", "calendar"),
        [RP_KIND_ROBOT] = NC_("kind", "robot"),
    };

    return names[kind];
}

const char *
rp_time_source_name(RpTimeSource source)
{
    static const char *const names[] = {
        [RP_TIME_INTERNALDATE] = NC_("source of a time", "internaldate"),
        [RP_TIME_DATE] = NC_("source of a time", "date"),
        [RP_TIME_GUESS] = NC_("source of a time", "guess"),
    };

    return names[source];
}
