/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kind.c - list addresses, senders and kinds: R3 */
#include "core/derive-private.h"
#include "core/subject.h"

enum {
    LIST_SIGNS = RP_SIGN_LIST_ID | RP_SIGN_LIST_POST | RP_SIGN_LIST_UNSUBSCRIBE |
                 RP_SIGN_X_MAILING_LIST | RP_SIGN_FEEDBACK_ID | RP_SIGN_PRECEDENCE,
    CALENDAR_SIGNS = RP_SIGN_CALENDAR_TYPE | RP_SIGN_CALENDAR_CLASS,
    MY_ROBOT_SIGNS =
        RP_SIGN_AUTO_SUBMITTED | RP_SIGN_X_AUTOREPLY | RP_SIGN_X_AUTORESPOND,
    ROBOT_SIGNS = MY_ROBOT_SIGNS | RP_SIGN_NULL_RETURN_PATH,
    N_OTHERS = 3, /* others who must have written to a list */
    N_OWN = 3,    /* messages that I must have written to it */
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

static bool
is_no_person(const RpDerivation *d, uint32_t address, const uint8_t *is_list)
{
    return d->is_machine[address] || (is_list != NULL && is_list[address]);
}

uint32_t
rp_copy_sender(const RpDerivation *d, const RpCopy *copy, const uint8_t *is_list)
{
    uint32_t from = rp_corpus_first(d->corpus, copy->from);
    uint32_t reply_to;

    if (from == RP_NONE || !is_no_person(d, from, is_list))
        return from;
    reply_to = only_member(d->corpus, copy->reply_to);
    if (reply_to == RP_NONE || d->is_me[reply_to] || is_no_person(d, reply_to, is_list))
        return from;
    return reply_to;
}

/* Why a copy is a robot's, or NULL. */
static const char *
robot_sign(const RpDerivation *d, const RpCopy *copy, bool is_mine,
           const uint8_t *is_list)
{
    uint32_t sender;
    const char *why =
        sign_name(copy->signs & (uint32_t)(is_mine ? MY_ROBOT_SIGNS : ROBOT_SIGNS));

    if (why != NULL)
        return why;
    sender = is_mine ? RP_NONE : rp_copy_sender(d, copy, is_list);
    if (sender != RP_NONE && d->is_machine[sender])
        return "sender is a machine";
    return rp_subject_is_absence(copy->subject) ? "subject: absence" : NULL;
}

static const char *
calendar_sign(const RpCopy *copy)
{
    const char *why = sign_name(copy->signs & CALENDAR_SIGNS);

    if (why != NULL)
        return why;
    return rp_subject_is_calendar(copy->subject) ? "subject: calendar" : NULL;
}

bool
rp_copy_has_sign(const RpDerivation *d, const RpCopy *copy)
{
    return (copy->signs & LIST_SIGNS) != 0 || calendar_sign(copy) != NULL ||
           robot_sign(d, copy, false, NULL) != NULL;
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
copy_kind(const RpDerivation *d, const RpCopy *copy, bool is_mine, const char **why)
{
    *why = robot_sign(d, copy, is_mine, d->is_list);
    if (*why != NULL)
        return RP_KIND_ROBOT;
    *why = calendar_sign(copy);
    if (*why != NULL)
        return RP_KIND_CALENDAR;
    *why = sign_name(copy->signs & LIST_SIGNS);
    if (*why == NULL) {
        *why = "no sign";
        return RP_KIND_PERSONAL;
    }
    if (is_mine) {
        *why = "mine is never list";
        return RP_KIND_PERSONAL;
    }
    if (is_to_me_beside_another(d, copy)) {
        *why = "to me beside another";
        return RP_KIND_PERSONAL;
    }
    return RP_KIND_LIST;
}

void
rp_derive_kinds(RpDerivation *d)
{
    for (uint32_t i = 0; i < d->messages->len; i++) {
        RpMessage *m = rp_derivation_message(d, i);

        m->sender = rp_copy_sender(d, rp_message_copy(d, m), d->is_list);
        m->kind = RP_N_KINDS;
        for (uint32_t k = 0; k < m->n_copies; k++) {
            const char *why;
            RpKind kind = copy_kind(d, rp_message_nth_copy(d, m, k), m->is_mine, &why);

            /* The kinds stand from the most personal on. */
            if (kind < m->kind) {
                m->kind = kind;
                m->why = why;
            }
        }
    }
}

#define ME (RP_NONE - 1)

/* What is known of each address before it can be called a list's. */
typedef struct {
    uint32_t sender;           /* first sender in a message that points to the list */
    bool has_two_senders;      /* another one too */
    bool has_written;          /* it stands in From of a message */
    bool is_person;            /* wrote to me by itself, without any sign */
    uint32_t n_own;            /* messages of mine to it */
    uint32_t others[N_OTHERS]; /* distinct others who wrote to it */
    uint32_t n_others;
} Evidence;

static void
note_list_sign(const RpDerivation *d, Evidence *evidence, uint32_t address,
               uint32_t from)
{
    Evidence *e = &evidence[address];
    uint32_t sender;

    if (from == RP_NONE)
        return;
    /* All my addresses are one sender. */
    sender = d->is_me[from] ? ME : from;
    if (e->sender == RP_NONE)
        e->sender = sender;
    else if (e->sender != sender)
        e->has_two_senders = true;
}

/* Is this address the List-Id when its @ is read as a dot? */
static bool
is_list_id(const char *address, const char *list_id)
{
    const char *at = strrchr(address, '@');
    size_t n = at == NULL ? 0 : (size_t)(at - address);

    return at != NULL && strncmp(address, list_id, n) == 0 && list_id[n] == '.' &&
           strcmp(at + 1, list_id + n + 1) == 0;
}

static void
note_list_ids(const RpDerivation *d, const RpMessage *m, RpSlice addresses,
              uint32_t from, Evidence *evidence)
{
    const uint32_t *members = rp_corpus_members(d->corpus, addresses);

    for (uint32_t i = 0; i < addresses.n; i++) {
        const char *address = rp_corpus_address(d->corpus, members[i])->text;

        for (uint32_t k = 0; k < m->n_copies; k++) {
            const char *list_id = rp_message_nth_copy(d, m, k)->list_id;

            if (*list_id != '\0' && is_list_id(address, list_id))
                note_list_sign(d, evidence, members[i], from);
        }
    }
}

static void
note_writer(Evidence *e, const RpDerivation *d, const RpMessage *m, uint32_t from)
{
    if (m->is_mine) {
        e->n_own++;
        return;
    }
    if (from == RP_NONE || d->is_me[from])
        return;
    for (uint32_t i = 0; i < e->n_others; i++)
        if (e->others[i] == from)
            return;
    if (e->n_others < N_OTHERS)
        e->others[e->n_others++] = from;
}

/* Once for each address in To and Cc together. */
static void
note_writers(const RpDerivation *d, const RpMessage *m, const RpCopy *copy,
             uint32_t from, Evidence *evidence)
{
    const RpSlice slices[] = {copy->to, copy->cc};

    for (size_t s = 0; s < G_N_ELEMENTS(slices); s++) {
        const uint32_t *members = rp_corpus_members(d->corpus, slices[s]);

        for (uint32_t i = 0; i < slices[s].n; i++) {
            RpSlice before = {slices[s].first, i};

            if (rp_corpus_has(d->corpus, before, members[i]) ||
                (s == 1 && rp_corpus_has(d->corpus, copy->to, members[i])))
                continue;
            note_writer(&evidence[members[i]], d, m, from);
        }
    }
}

/* A message without any sign that came with me in To or Cc is a person's. */
static bool
is_from_person(const RpDerivation *d, const RpMessage *m, const RpCopy *first)
{
    if (!rp_any_marked(d->corpus, first->to, d->is_me) &&
        !rp_any_marked(d->corpus, first->cc, d->is_me))
        return false;
    for (uint32_t k = 0; k < m->n_copies; k++)
        if (!rp_copy_has_sign(d, rp_message_nth_copy(d, m, k)))
            return true;
    return false;
}

static void
note_from(const RpDerivation *d, const RpMessage *m, const RpCopy *first,
          Evidence *evidence)
{
    const uint32_t *from = rp_corpus_members(d->corpus, first->from);

    for (uint32_t i = 0; i < first->from.n; i++)
        evidence[from[i]].has_written = true;
    if (first->from.n > 0 && !evidence[from[0]].is_person)
        evidence[from[0]].is_person = is_from_person(d, m, first);
}

static void
note_message(const RpDerivation *d, const RpMessage *m, Evidence *evidence)
{
    const RpCopy *first = rp_message_copy(d, m);
    uint32_t from = rp_corpus_first(d->corpus, first->from);

    for (uint32_t k = 0; k < m->n_copies; k++) {
        const RpCopy *copy = rp_message_nth_copy(d, m, k);
        const uint32_t *posts = rp_corpus_members(d->corpus, copy->list_posts);

        for (uint32_t i = 0; i < copy->list_posts.n; i++)
            note_list_sign(d, evidence, posts[i], from);
    }
    note_list_ids(d, m, first->to, from, evidence);
    note_list_ids(d, m, first->cc, from, evidence);
    note_writers(d, m, first, from, evidence);
    note_from(d, m, first, evidence);
}

void
rp_derive_lists(RpDerivation *d)
{
    uint32_t n = d->corpus->addresses->len;
    g_autofree Evidence *evidence = g_new0(Evidence, n + 1);

    for (uint32_t i = 0; i < n; i++)
        evidence[i].sender = RP_NONE;
    for (uint32_t i = 0; i < d->messages->len; i++)
        note_message(d, rp_derivation_message(d, i), evidence);
    for (uint32_t i = 0; i < n; i++) {
        const Evidence *e = &evidence[i];

        d->is_list[i] = !e->is_person &&
                        (e->has_two_senders || (e->n_others >= N_OTHERS &&
                                                e->n_own >= N_OWN && !e->has_written));
    }
}
