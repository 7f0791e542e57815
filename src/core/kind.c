/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kind.c - senders and kinds: R3 */
#include "core/derive-private.h"

#include <glib/gi18n.h>

#include "core/subject.h"

enum {
    LIST_SIGNS = RP_SIGN_LIST_ID | RP_SIGN_LIST_POST | RP_SIGN_LIST_UNSUBSCRIBE |
                 RP_SIGN_X_MAILING_LIST | RP_SIGN_FEEDBACK_ID | RP_SIGN_PRECEDENCE,
    CALENDAR_SIGNS = RP_SIGN_CALENDAR_TYPE | RP_SIGN_CALENDAR_CLASS,
    MY_ROBOT_SIGNS =
        RP_SIGN_AUTO_SUBMITTED | RP_SIGN_X_AUTOREPLY | RP_SIGN_X_AUTORESPOND,
    ROBOT_SIGNS = MY_ROBOT_SIGNS | RP_SIGN_NULL_RETURN_PATH,
};

static const struct {
    uint32_t sign;
    const char *why;
} sign_names[] = {
    {RP_SIGN_AUTO_SUBMITTED, "Auto-Submitted"},
    {RP_SIGN_X_AUTOREPLY, "X-Autoreply"},
    {RP_SIGN_X_AUTORESPOND, "X-Autorespond"},
    {RP_SIGN_NULL_RETURN_PATH, "Return-Path: <>"},
    {RP_SIGN_CALENDAR_TYPE, "Content-Type: text/calendar"},
    {RP_SIGN_CALENDAR_CLASS, "Content-Class"},
    {RP_SIGN_LIST_ID, "List-Id"},
    {RP_SIGN_LIST_POST, "List-Post"},
    {RP_SIGN_LIST_UNSUBSCRIBE, "List-Unsubscribe"},
    {RP_SIGN_X_MAILING_LIST, "X-Mailing-List"},
    {RP_SIGN_FEEDBACK_ID, "Feedback-ID"},
    {RP_SIGN_PRECEDENCE, "Precedence"},
};

static const char *
sign_name(uint32_t signs)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sign_names); i++)
        if (signs & sign_names[i].sign)
            return sign_names[i].why;
    return NULL;
}

/* The one address of a slice (however often it stands there), or RP_NONE. */
static uint32_t
only_member(const RpCorpus *corpus, RpSlice slice)
{
    const uint32_t *members = rp_corpus_members(corpus, slice);

    for (uint32_t i = 1; i < slice.n; i++)
        if (members[i] != members[0])
            return RP_NONE;
    return slice.n == 0 ? RP_NONE : members[0];
}

/* message: RP_NONE while no list address is known. */
static bool
is_no_person(const RpDerivation *d, uint32_t address, uint32_t message)
{
    return d->is_machine[address] ||
           (message != RP_NONE && rp_is_list(d, address, message));
}

/* The sender of one copy of that message. */
static uint32_t
copy_sender(const RpDerivation *d, const RpCopy *copy, uint32_t message)
{
    uint32_t from = rp_corpus_first(d->corpus, copy->from);
    uint32_t reply_to;

    if (from == RP_NONE || !is_no_person(d, from, message))
        return from;
    reply_to = only_member(d->corpus, copy->reply_to);
    if (reply_to == RP_NONE || d->is_me[reply_to] || is_no_person(d, reply_to, message))
        return from;
    return reply_to;
}

/* Why a copy is a robot's, or NULL. */
static const char *
robot_sign(const RpDerivation *d, const RpCopy *copy, bool is_mine, uint32_t message)
{
    uint32_t sender;
    const char *why =
        sign_name(copy->signs & (uint32_t)(is_mine ? MY_ROBOT_SIGNS : ROBOT_SIGNS));

    if (why != NULL)
        return why;
    sender = is_mine ? RP_NONE : copy_sender(d, copy, message);
    if (sender != RP_NONE && d->is_machine[sender])
        return N_("sender is a machine");
    return rp_subject_is_absence(copy->subject) ? N_("subject: absence") : NULL;
}

static const char *
calendar_sign(const RpCopy *copy)
{
    const char *why = sign_name(copy->signs & CALENDAR_SIGNS);

    if (why != NULL)
        return why;
    return rp_subject_is_calendar(copy->subject) ? N_("subject: calendar") : NULL;
}

bool
rp_copy_has_sign(const RpDerivation *d, const RpCopy *copy)
{
    return (copy->signs & LIST_SIGNS) != 0 || calendar_sign(copy) != NULL ||
           robot_sign(d, copy, false, RP_NONE) != NULL;
}

static bool
has_other(const RpDerivation *d, RpSlice slice)
{
    const uint32_t *members = rp_corpus_members(d->corpus, slice);

    for (uint32_t i = 0; i < slice.n; i++)
        if (!d->is_me[members[i]])
            return true;
    return false;
}

/* Somebody answered me and the list; newsletters are addressed to me alone. */
static bool
is_to_me_beside_another(const RpDerivation *d, const RpCopy *copy)
{
    return rp_any_marked(d->corpus, copy->to, d->is_me) &&
           (has_other(d, copy->to) || has_other(d, copy->cc));
}

static RpKind
copy_kind(const RpDerivation *d, const RpCopy *copy, uint32_t message, const char **why)
{
    bool is_mine = rp_derivation_message(d, message)->is_mine;

    *why = robot_sign(d, copy, is_mine, message);
    if (*why != NULL)
        return RP_KIND_ROBOT;
    *why = calendar_sign(copy);
    if (*why != NULL)
        return RP_KIND_CALENDAR;
    *why = sign_name(copy->signs & LIST_SIGNS);
    if (*why == NULL) {
        *why = N_("no sign");
        return RP_KIND_PERSONAL;
    }
    if (is_mine) {
        *why = N_("mine is never list");
        return RP_KIND_PERSONAL;
    }
    if (is_to_me_beside_another(d, copy)) {
        *why = N_("to me beside another");
        return RP_KIND_PERSONAL;
    }
    return RP_KIND_LIST;
}

void
rp_derive_kinds(RpDerivation *d)
{
    for (uint32_t i = 0; i < d->messages->len; i++) {
        RpMessage *m = rp_derivation_message(d, i);

        m->sender = copy_sender(d, rp_message_copy(d, m), i);
        m->kind = RP_N_KINDS;
        for (uint32_t k = 0; k < m->n_copies; k++) {
            const char *why;
            RpKind kind = copy_kind(d, rp_message_nth_copy(d, m, k), i, &why);

            /* The kinds stand from the most personal on. */
            if (kind < m->kind) {
                m->kind = kind;
                m->why = why;
            }
        }
    }
}
