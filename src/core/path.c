/* SPDX-License-Identifier: GPL-3.0-or-later */
/* path.c - who knows whom, and who can introduce me: B4, B5 */
#include "core/path.h"

#include <math.h>

#include "core/derive-private.h"
#include "core/hash.h"

static const int64_t WINDOW_S = 3 * 365 * RP_DAY_S;

typedef struct {
    const RpDerivation *d;
    const uint8_t *is_target; /* NULL: of my own ties alone */
    RpTie *mine;              /* by person */
    GHashTable *ties;         /* own; of RpTie by person and target */
    uint8_t *seen;
    /* Of the message at hand: */
    uint32_t sender; /* a person; RP_NONE if it is me */
    int64_t at;
    double weight;
} Reader;

static void
count(RpTie *tie, bool is_there, double weight, int64_t at)
{
    *(is_there ? &tie->n_there : &tie->n_back) += 1;
    *(is_there ? &tie->there : &tie->back) += weight;
    tie->last_at = at;
}

/* Between a person, the first, and a target. */
static RpTie *
tie_of(const Reader *r, uint32_t person, uint32_t target)
{
    int64_t key = (int64_t)(((uint64_t)person << 32) | target);
    RpTie *tie = g_hash_table_lookup(r->ties, &key);

    if (tie == NULL) {
        tie = g_new0(RpTie, 1);
        g_hash_table_insert(r->ties, g_memdup2(&key, sizeof key), tie);
    }
    return tie;
}

static void
visit(uint32_t person, gpointer data)
{
    const Reader *r = data;

    if (r->sender == RP_NONE) {
        count(&r->mine[person], true, r->weight, r->at);
        return;
    }
    if (r->is_target == NULL || person == r->sender)
        return;
    if (r->is_target[person])
        count(tie_of(r, r->sender, person), true, r->weight, r->at);
    if (r->is_target[r->sender])
        count(tie_of(r, person, r->sender), false, r->weight, r->at);
}

static void
read_message(Reader *r, const RpMessage *m)
{
    const RpDerivation *d = r->d;
    const RpCopy *copy = rp_message_copy(d, m);
    const RpSlice slices[] = {copy->to, copy->cc};

    if (m->kind > RP_KIND_LIST || copy->to.n + copy->cc.n == 0 ||
        m->effective_at <= d->as_of_at - WINDOW_S ||
        (!m->is_mine && !rp_is_other_person(d, m->sender)))
        return;
    r->sender = m->is_mine ? RP_NONE : rp_corpus_address(d->corpus, m->sender)->person;
    r->at = m->effective_at;
    r->weight = 1.0 / (copy->to.n + copy->cc.n);
    if (!m->is_mine && (rp_any_marked(d->corpus, copy->to, d->is_me) ||
                        rp_any_marked(d->corpus, copy->cc, d->is_me)))
        count(&r->mine[r->sender], false, r->weight, r->at);
    rp_visit_persons(d, slices, r->seen, visit, r);
}

static void
reader_init(Reader *r, const RpDerivation *d, const uint8_t *is_target)
{
    guint n_persons = d->corpus->persons->len;

    *r = (Reader){.d = d,
                  .is_target = is_target,
                  .mine = g_new0(RpTie, n_persons + 1),
                  .seen = g_new0(uint8_t, n_persons + 1)};
    r->ties = g_hash_table_new_full(rp_hash_pair, g_int64_equal, g_free, g_free);
    for (guint i = 0; i < n_persons; i++)
        r->mine[i].last_at = RP_NEVER;
}

static void
read_messages(Reader *r)
{
    for (uint32_t i = 0; i < r->d->messages->len; i++)
        read_message(r, rp_derivation_message(r->d, i));
}

/* The ties between me and each are the caller's. */
static void
reader_clear(Reader *r)
{
    g_hash_table_unref(r->ties);
    g_free(r->seen);
}

bool
rp_tie_is_mutual(const RpTie *tie)
{
    return tie->n_there > 0 && tie->n_back > 0;
}

double
rp_tie_strength(const RpTie *tie)
{
    if (rp_tie_is_mutual(tie))
        return 2 * tie->there * tie->back / (tie->there + tie->back);
    return (tie->there + tie->back) / 4;
}

RpTie *
rp_ties(const RpDerivation *d)
{
    Reader reader;

    reader_init(&reader, d, NULL);
    read_messages(&reader);
    reader_clear(&reader);
    return reader.mine;
}

static int
compare_keys(const RpDerivation *d, uint32_t x, uint32_t y)
{
    return strcmp(g_array_index(d->corpus->persons, RpPerson, x).key,
                  g_array_index(d->corpus->persons, RpPerson, y).key);
}

static int
compare_paths(gconstpointer a, gconstpointer b, gpointer data)
{
    const RpPath *x = a, *y = b;
    bool is_x_mutual = rp_tie_is_mutual(&x->theirs);
    int order;

    if (is_x_mutual != rp_tie_is_mutual(&y->theirs))
        return is_x_mutual ? -1 : 1;
    if (x->strength < y->strength || x->strength > y->strength)
        return x->strength > y->strength ? -1 : 1;
    order = compare_keys(data, x->via, y->via);
    return order != 0 ? order : compare_keys(data, x->target, y->target);
}

GArray *
rp_paths(const RpDerivation *d, const uint8_t *is_target)
{
    GArray *paths = g_array_new(FALSE, FALSE, sizeof(RpPath));
    GHashTableIter iter;
    gpointer key, tie;
    Reader reader;

    reader_init(&reader, d, is_target);
    read_messages(&reader);
    g_hash_table_iter_init(&iter, reader.ties);
    while (g_hash_table_iter_next(&iter, &key, &tie)) {
        uint64_t pair = (uint64_t) * (const int64_t *)key;
        RpPath path = {.via = (uint32_t)(pair >> 32),
                       .target = (uint32_t)pair,
                       .theirs = *(const RpTie *)tie};

        path.mine = reader.mine[path.via];
        path.strength =
            fmin(rp_tie_strength(&path.mine), rp_tie_strength(&path.theirs));
        if (rp_tie_is_mutual(&path.mine))
            g_array_append_val(paths, path);
    }
    g_array_sort_with_data(paths, compare_paths, (gpointer)(guintptr)d);
    reader_clear(&reader);
    g_free(reader.mine);
    return paths;
}
