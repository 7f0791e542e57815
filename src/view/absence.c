/* SPDX-License-Identifier: GPL-3.0-or-later */
/* absence.c - who said by an automatic reply that they are away, and until when */
#include "view/absence.h"

#include "core/absence.h"
#include "core/hash.h"
#include "core/subject.h"

/* No conversation has this number: they are counted from 1. */
enum { ANYWHERE = 0 };

static int64_t
key_of(uint32_t conversation, uint32_t person)
{
    return (int64_t)conversation << 32 | person;
}

static const RpMessage *
message_at(const RpDerivation *derivation, uint32_t index)
{
    return &g_array_index(derivation->messages, RpMessage, index);
}

/* Later messages replace earlier ones. */
static void
note(GHashTable *absences, int64_t key, uint32_t index)
{
    g_hash_table_replace(absences, g_memdup2(&key, sizeof key),
                         GUINT_TO_POINTER(index + 1));
}

GHashTable *
rp_view_index_absences(const RpDerivation *derivation)
{
    GHashTable *absences =
        g_hash_table_new_full(rp_hash_pair, g_int64_equal, g_free, NULL);

    for (uint32_t i = 0; i < derivation->messages->len; i++) {
        const RpMessage *message = message_at(derivation, i);
        uint32_t person;

        if (message->is_mine || message->kind != RP_KIND_ROBOT ||
            message->sender == RP_NONE)
            continue;
        person =
            g_array_index(derivation->corpus->addresses, RpAddress, message->sender)
                .person;
        note(absences, key_of(message->conversation, person), i);
        if (rp_subject_is_absence(rp_message_copy(derivation, message)->subject))
            note(absences, key_of(ANYWHERE, person), i);
    }
    return absences;
}

/* The index of the message, plus 1; 0 if there is none since the opening. */
static guint
find(const RpView *view, const RpFollowup *followup, uint32_t conversation)
{
    int64_t key = key_of(conversation, followup->person);
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(view->absences, &key));
    bool is_since =
        found > 0 &&
        message_at(view->derivation, found - 1)->effective_at >= followup->opened_at;

    return is_since ? found : 0;
}

RpAbsence
rp_view_absence(const RpView *view, const RpFollowup *followup)
{
    RpAbsence absence = {RP_NEVER, RP_NEVER};
    guint here = followup->conversation != ANYWHERE
                     ? find(view, followup, followup->conversation)
                     : 0;
    guint anywhere =
        followup->direction == RP_THEIRS ? find(view, followup, ANYWHERE) : 0;
    /* Indices follow R1's order: the larger is the later. */
    guint found = MAX(here, anywhere);
    const RpMessage *message;

    if (found == 0)
        return absence;
    message = message_at(view->derivation, found - 1);
    absence.at = message->effective_at;
    rp_absence_until(rp_message_copy(view->derivation, message)->subject, absence.at,
                     view->config->policy->zone, &absence.until_at);
    return absence;
}

int64_t
rp_view_notice_at(const RpView *view, const RpFollowup *followup)
{
    RpAbsence absence;

    if (followup->direction == RP_MINE || followup->due_at == RP_NEVER)
        return followup->due_at;
    absence = rp_view_absence(view, followup);
    if (absence.at == RP_NEVER)
        return followup->due_at;
    if (absence.until_at != RP_NEVER)
        return MAX(followup->due_at, absence.until_at);
    return followup->due_at + (followup->due_at - followup->opened_at);
}
