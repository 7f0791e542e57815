/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list.c - list addresses, and since when they can be told to be some: R3 */
#include "core/derive-private.h"

enum {
    N_OTHERS = 3, /* others who must have written to a list */
    N_OWN = 3,    /* messages that I must have written to it */
};

#define ME (RP_NONE - 1)

/* What is known of an address before it can be called a list's. */
typedef struct {
    uint32_t sender;           /* first sender in a message that points to the list */
    uint32_t n_own;            /* messages of mine to it */
    uint32_t others[N_OTHERS]; /* distinct others who wrote to it */
    uint32_t n_others;
} Evidence;

typedef struct {
    RpDerivation *d;
    Evidence *evidence; /* by address */
    uint32_t message;   /* the one that is read */
} Reader;

static RpListTimes *
times_of(const Reader *r, uint32_t address)
{
    return &r->d->list_times[address];
}

static void
note_once(uint32_t *from, uint32_t message)
{
    if (*from == RP_NONE)
        *from = message;
}

static void
note_list_sign(const Reader *r, uint32_t address, uint32_t from)
{
    Evidence *e = &r->evidence[address];
    uint32_t sender;

    if (from == RP_NONE)
        return;
    /* All my addresses are one sender. */
    sender = r->d->is_me[from] ? ME : from;
    if (e->sender == RP_NONE)
        e->sender = sender;
    else if (e->sender != sender)
        note_once(&times_of(r, address)->signs_from, r->message);
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
note_list_ids(const Reader *r, const RpMessage *m, RpSlice addresses, uint32_t from)
{
    const RpDerivation *d = r->d;
    const uint32_t *members = rp_corpus_members(d->corpus, addresses);

    for (uint32_t i = 0; i < addresses.n; i++) {
        const char *address = rp_corpus_address(d->corpus, members[i])->text;

        for (uint32_t k = 0; k < m->n_copies; k++) {
            const char *list_id = rp_message_nth_copy(d, m, k)->list_id;

            if (*list_id != '\0' && is_list_id(address, list_id))
                note_list_sign(r, members[i], from);
        }
    }
}

static void
note_writer(const Reader *r, const RpMessage *m, uint32_t address, uint32_t from)
{
    Evidence *e = &r->evidence[address];

    if (m->is_mine) {
        if (++e->n_own >= N_OWN)
            note_once(&times_of(r, address)->own_from, r->message);
        return;
    }
    if (from == RP_NONE || r->d->is_me[from])
        return;
    for (uint32_t i = 0; i < e->n_others; i++)
        if (e->others[i] == from)
            return;
    if (e->n_others < N_OTHERS)
        e->others[e->n_others++] = from;
    if (e->n_others == N_OTHERS)
        note_once(&times_of(r, address)->others_from, r->message);
}

/* Once for each address in To and Cc together. */
static void
note_writers(const Reader *r, const RpMessage *m, const RpCopy *copy, uint32_t from)
{
    const RpCorpus *corpus = r->d->corpus;
    const RpSlice slices[] = {copy->to, copy->cc};

    for (size_t s = 0; s < G_N_ELEMENTS(slices); s++) {
        const uint32_t *members = rp_corpus_members(corpus, slices[s]);

        for (uint32_t i = 0; i < slices[s].n; i++) {
            RpSlice before = {slices[s].first, i};

            if (rp_corpus_has(corpus, before, members[i]) ||
                (s == 1 && rp_corpus_has(corpus, copy->to, members[i])))
                continue;
            note_writer(r, m, members[i], from);
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
note_from(const Reader *r, const RpMessage *m, const RpCopy *first)
{
    const uint32_t *from = rp_corpus_members(r->d->corpus, first->from);

    for (uint32_t i = 0; i < first->from.n; i++)
        note_once(&times_of(r, from[i])->written_from, r->message);
    if (first->from.n > 0 && times_of(r, from[0])->person_from == RP_NONE &&
        is_from_person(r->d, m, first))
        times_of(r, from[0])->person_from = r->message;
}

static void
note_message(const Reader *r)
{
    const RpMessage *m = rp_derivation_message(r->d, r->message);
    const RpCopy *first = rp_message_copy(r->d, m);
    uint32_t from = rp_corpus_first(r->d->corpus, first->from);

    for (uint32_t k = 0; k < m->n_copies; k++) {
        const RpCopy *copy = rp_message_nth_copy(r->d, m, k);
        const uint32_t *posts = rp_corpus_members(r->d->corpus, copy->list_posts);

        for (uint32_t i = 0; i < copy->list_posts.n; i++)
            note_list_sign(r, posts[i], from);
    }
    note_list_ids(r, m, first->to, from);
    note_list_ids(r, m, first->cc, from);
    note_writers(r, m, first, from);
    note_from(r, m, first);
}

bool
rp_is_list(const RpDerivation *d, uint32_t address, uint32_t message)
{
    const RpListTimes *t = &d->list_times[address];
    uint32_t now = d->is_as_then ? message : RP_NONE - 1;

    if (t->person_from <= now)
        return false;
    return t->signs_from <= now ||
           (t->others_from <= now && t->own_from <= now && t->written_from > now);
}

void
rp_derive_lists(RpDerivation *d)
{
    uint32_t n = d->corpus->addresses->len;
    g_autofree Evidence *evidence = g_new0(Evidence, n + 1);
    Reader reader = {.d = d, .evidence = evidence};

    for (uint32_t i = 0; i < n; i++) {
        evidence[i].sender = RP_NONE;
        d->list_times[i] = (RpListTimes){RP_NONE, RP_NONE, RP_NONE, RP_NONE, RP_NONE};
    }
    for (; reader.message < d->messages->len; reader.message++)
        note_message(&reader);
}
