/* SPDX-License-Identifier: GPL-3.0-or-later */
/* introduction.c - who brought whom together, as headers show it: B6 */
#include "core/introduction.h"

#include "core/derive-private.h"
#include "core/hash.h"

enum { MAX_OTHERS = 5 };

/* What is known of a person and me so far. */
enum { HAS_MET = 1, WROTE_TO_ME = 2, GOT_MAIL = 4 };

typedef struct {
    const RpDerivation *d;
    GArray *found;       /* of RpIntroduction: candidates first */
    GHashTable *pairs;   /* own; of index in found + 1, by pair: mine to two */
    uint8_t *in_pair;    /* by person: is there any pair of theirs? */
    uint8_t *known;      /* by person */
    uint32_t *of_person; /* by person: index in found + 1, of one to me */
    uint8_t *seen;
    GArray *others;  /* of uint32_t: the persons of the message at hand */
    uint32_t index;  /* of the message at hand */
    uint32_t sender; /* a person; RP_NONE: me */
} Reader;

static void
note_other(uint32_t person, gpointer data)
{
    Reader *r = data;

    if (person != r->sender)
        g_array_append_val(r->others, person);
}

static uint32_t
other_at(const Reader *r, guint i)
{
    return g_array_index(r->others, uint32_t, i);
}

/* Finds who stands in it; false if it is none of persons. */
static bool
open_message(Reader *r, uint32_t index, bool *is_with_me)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    const RpCopy *copy = rp_message_copy(r->d, m);
    const RpSlice slices[] = {copy->to, copy->cc};

    if (m->kind > RP_KIND_LIST || (!m->is_mine && !rp_is_other_person(r->d, m->sender)))
        return false;
    r->index = index;
    r->sender =
        m->is_mine ? RP_NONE : rp_corpus_address(r->d->corpus, m->sender)->person;
    *is_with_me = m->is_mine || rp_any_marked(r->d->corpus, copy->to, r->d->is_me) ||
                  rp_any_marked(r->d->corpus, copy->cc, r->d->is_me);
    g_array_set_size(r->others, 0);
    rp_visit_persons(r->d, slices, r->seen, note_other, r);
    return true;
}

/* --- to me --- */

static bool
knows_me(const Reader *r, uint32_t person)
{
    return (r->known[person] & WROTE_TO_ME) && (r->known[person] & GOT_MAIL);
}

static void
find_to_me(Reader *r)
{
    for (guint i = 0; i < r->others->len; i++) {
        RpIntroduction found = {r->index, r->sender, other_at(r, i), RP_NONE, 0};

        if (r->known[found.one] & HAS_MET)
            continue;
        g_array_append_val(r->found, found);
        r->of_person[found.one] = r->found->len;
    }
}

static void
note_since(const Reader *r, uint32_t person, uint8_t what)
{
    r->known[person] |= what;
    if (r->of_person[person] > 0)
        g_array_index(r->found, RpIntroduction, r->of_person[person] - 1).n_since++;
}

static void
read_with_me(Reader *r)
{
    if (r->sender != RP_NONE && r->others->len <= MAX_OTHERS && knows_me(r, r->sender))
        find_to_me(r);
    if (r->sender != RP_NONE) {
        note_since(r, r->sender, WROTE_TO_ME);
        r->known[r->sender] |= HAS_MET;
    }
    for (guint i = 0; i < r->others->len; i++) {
        if (r->sender == RP_NONE)
            note_since(r, other_at(r, i), GOT_MAIL);
        r->known[other_at(r, i)] |= HAS_MET;
    }
}

/* --- by me --- */

static int64_t
pair_key(uint32_t one, uint32_t other)
{
    return (int64_t)(((uint64_t)MIN(one, other) << 32) | MAX(one, other));
}

static guint
find_pair(const Reader *r, uint32_t one, uint32_t other)
{
    int64_t key = pair_key(one, other);

    return GPOINTER_TO_UINT(g_hash_table_lookup(r->pairs, &key));
}

static void
add_pair(Reader *r, uint32_t one, uint32_t other)
{
    RpIntroduction found = {r->index, RP_NONE, one, other, 0};
    int64_t key = pair_key(one, other);

    g_array_append_val(r->found, found);
    g_hash_table_insert(r->pairs, g_memdup2(&key, sizeof key),
                        GUINT_TO_POINTER(r->found->len));
    r->in_pair[one] = r->in_pair[other] = 1;
}

/* It cites others, known or not. */
static bool
is_reply(const Reader *r)
{
    const RpCopy *copy = rp_message_copy(r->d, rp_derivation_message(r->d, r->index));

    return copy->in_reply_to.n + copy->references.n > 0;
}

/* The first message of mine to just two, by pair: whether they had stood together
 * before is seen when all is read from the beginning. */
static void
find_by_me(Reader *r)
{
    uint32_t one, other;

    if (r->sender != RP_NONE || r->others->len != 2 || is_reply(r))
        return;
    one = other_at(r, 0);
    other = other_at(r, 1);
    if (knows_me(r, one) && knows_me(r, other) && find_pair(r, one, other) == 0)
        add_pair(r, one, other);
}

/* Two who stand together: either before the introduction, which is none then, or after
 * it, and one of them wrote. */
static void
take_pair(Reader *r, uint32_t one, uint32_t other, bool is_writer)
{
    guint number = find_pair(r, one, other);
    RpIntroduction *found;

    if (number == 0)
        return;
    found = &g_array_index(r->found, RpIntroduction, number - 1);
    if (r->index < found->message)
        found->message = RP_NONE;
    else if (found->message != RP_NONE && is_writer && r->index > found->message)
        found->n_since++;
}

static void
read_pairs(Reader *r)
{
    for (guint i = 0; i < r->others->len; i++) {
        uint32_t one = other_at(r, i);

        if (!r->in_pair[one])
            continue;
        if (r->sender != RP_NONE && r->in_pair[r->sender])
            take_pair(r, r->sender, one, true);
        for (guint k = i + 1; k < r->others->len; k++)
            if (r->in_pair[other_at(r, k)])
                take_pair(r, one, other_at(r, k), false);
    }
}

/* --- the whole --- */

static void
read_all(Reader *r)
{
    bool is_with_me;

    for (uint32_t i = 0; i < r->d->messages->len; i++) {
        if (!open_message(r, i, &is_with_me) || !is_with_me)
            continue;
        find_by_me(r);
        read_with_me(r);
    }
    if (g_hash_table_size(r->pairs) == 0)
        return;
    for (uint32_t i = 0; i < r->d->messages->len; i++)
        if (open_message(r, i, &is_with_me))
            read_pairs(r);
}

static bool
came_about(const Reader *r, const RpIntroduction *found)
{
    uint8_t both = WROTE_TO_ME | GOT_MAIL;

    if (found->message == RP_NONE || found->n_since == 0)
        return false;
    return found->by == RP_NONE || (r->known[found->one] & both) == both;
}

static int
compare(gconstpointer a, gconstpointer b)
{
    const RpIntroduction *x = a, *y = b;

    if (x->message != y->message)
        return x->message < y->message ? -1 : 1;
    return (x->one > y->one) - (x->one < y->one);
}

static void
keep_those_that_came_about(const Reader *r)
{
    guint n = 0;

    for (guint i = 0; i < r->found->len; i++) {
        RpIntroduction *found = &g_array_index(r->found, RpIntroduction, i);

        if (came_about(r, found))
            g_array_index(r->found, RpIntroduction, n++) = *found;
    }
    g_array_set_size(r->found, n);
    g_array_sort(r->found, compare);
}

GArray *
rp_introductions(const RpDerivation *d)
{
    guint n_persons = d->corpus->persons->len;
    g_autofree uint8_t *known = g_new0(uint8_t, n_persons + 1);
    g_autofree uint8_t *in_pair = g_new0(uint8_t, n_persons + 1);
    g_autofree uint8_t *seen = g_new0(uint8_t, n_persons + 1);
    g_autofree uint32_t *of_person = g_new0(uint32_t, n_persons + 1);
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GHashTable) pairs =
        g_hash_table_new_full(rp_hash_pair, g_int64_equal, g_free, NULL);
    Reader reader = {.d = d,
                     .found = g_array_new(FALSE, FALSE, sizeof(RpIntroduction)),
                     .pairs = pairs,
                     .in_pair = in_pair,
                     .known = known,
                     .of_person = of_person,
                     .seen = seen,
                     .others = others};

    read_all(&reader);
    keep_those_that_came_about(&reader);
    return reader.found;
}
