/* SPDX-License-Identifier: GPL-3.0-or-later */
/* order.c - parents, effective times and the order of messages: R1 */
#include "core/address.h"
#include "core/derive-private.h"

/* The address that an id is in lower case, or RP_NONE. In ASCII, as all but all are,
 * by what is faster. */
static uint32_t
address_of(const RpDerivation *d, const char *id)
{
    bool is_ascii = g_str_is_ascii(id);
    g_autofree char *lower = is_ascii ? g_ascii_strdown(id, -1) : rp_lower(id);

    return GPOINTER_TO_UINT(g_hash_table_lookup(d->corpus->address_index, lower)) - 1;
}

static void
find_address_ids(RpDerivation *d)
{
    const GPtrArray *ids = d->corpus->ids;

    d->address_of_id = g_new(uint32_t, ids->len + 1);
    for (guint i = 0; i < ids->len; i++)
        d->address_of_id[i] = address_of(d, g_ptr_array_index(ids, i));
}

/* Some programs put the address they answer into In-Reply-To: that is no id. */
static bool
is_own_address(const RpDerivation *d, const RpCopy *copy, uint32_t id)
{
    uint32_t address = d->address_of_id[id];

    return address != RP_NONE && (rp_corpus_has(d->corpus, copy->from, address) ||
                                  rp_corpus_has(d->corpus, copy->to, address) ||
                                  rp_corpus_has(d->corpus, copy->cc, address));
}

bool
rp_id_is_usable(const RpDerivation *d, const RpMessage *m, uint32_t id,
                bool is_in_reply_to)
{
    return id != m->id &&
           !(is_in_reply_to && is_own_address(d, rp_message_copy(d, m), id));
}

static uint32_t
first_in_reply_to(const RpDerivation *d, const RpMessage *m)
{
    for (uint32_t k = 0; k < m->n_copies; k++) {
        const RpCopy *copy = rp_message_nth_copy(d, m, k);
        const uint32_t *ids = rp_corpus_members(d->corpus, copy->in_reply_to);

        for (uint32_t i = 0; i < copy->in_reply_to.n; i++)
            if (rp_id_is_usable(d, m, ids[i], true))
                return ids[i];
    }
    return RP_NONE;
}

static uint32_t
last_reference(const RpDerivation *d, const RpMessage *m)
{
    for (uint32_t k = 0; k < m->n_copies; k++) {
        const RpCopy *copy = rp_message_nth_copy(d, m, k);
        const uint32_t *ids = rp_corpus_members(d->corpus, copy->references);

        for (uint32_t i = copy->references.n; i > 0; i--)
            if (rp_id_is_usable(d, m, ids[i - 1], false))
                return ids[i - 1];
    }
    return RP_NONE;
}

static uint32_t
parent_of(const RpDerivation *d, const RpMessage *m)
{
    uint32_t id = first_in_reply_to(d, m);

    if (id == RP_NONE)
        id = last_reference(d, m);
    return id == RP_NONE ? RP_NONE : g_array_index(d->message_of_id, uint32_t, id);
}

static void
index_ids(RpDerivation *d)
{
    uint32_t none = RP_NONE;

    g_array_set_size(d->message_of_id, 0);
    for (guint i = 0; i < d->corpus->ids->len; i++)
        g_array_append_val(d->message_of_id, none);
    for (uint32_t i = 0; i < d->messages->len; i++)
        g_array_index(d->message_of_id, uint32_t, rp_derivation_message(d, i)->id) = i;
}

enum { UNSEEN, ON_PATH, SETTLED };

/* m hangs below p, whose time and depth are settled. */
static void
settle_below(RpMessage *m, const RpMessage *p)
{
    m->depth = p->depth + 1;
    if (p->source != RP_TIME_GUESS && p->effective_at > m->own_at)
        m->effective_at = p->effective_at;
}

/* Walks up from a message until something settled, a root or a cycle, then down
 * again. In a cycle own times stand, and each member is a root. */
static void
settle_path(RpDerivation *d, uint32_t start, uint8_t *seen, GArray *path)
{
    uint32_t at = start;

    g_array_set_size(path, 0);
    while (at != RP_NONE && seen[at] == UNSEEN) {
        seen[at] = ON_PATH;
        g_array_append_val(path, at);
        at = rp_derivation_message(d, at)->parent;
    }
    /* Met the path itself: everything from there to its end is the cycle. */
    if (at != RP_NONE && seen[at] == ON_PATH) {
        uint32_t member;

        do {
            member = g_array_index(path, uint32_t, path->len - 1);
            seen[member] = SETTLED;
            g_array_set_size(path, path->len - 1);
        } while (member != at);
    }
    while (path->len > 0) {
        uint32_t index = g_array_index(path, uint32_t, path->len - 1);
        RpMessage *m = rp_derivation_message(d, index);

        if (m->parent != RP_NONE)
            settle_below(m, rp_derivation_message(d, m->parent));
        seen[index] = SETTLED;
        g_array_set_size(path, path->len - 1);
    }
}

static int
compare_messages(gconstpointer a, gconstpointer b, gpointer data)
{
    const RpDerivation *d = data;
    const RpMessage *x = a, *y = b;

    if (x->effective_at != y->effective_at)
        return x->effective_at < y->effective_at ? -1 : 1;
    if (x->depth != y->depth)
        return x->depth < y->depth ? -1 : 1;
    return strcmp(rp_message_id(d, x), rp_message_id(d, y));
}

/* After sorting, parents are other indices: told by their ids. */
static void
sort_messages(RpDerivation *d)
{
    for (uint32_t i = 0; i < d->messages->len; i++) {
        RpMessage *m = rp_derivation_message(d, i);

        if (m->parent != RP_NONE)
            m->parent = rp_derivation_message(d, m->parent)->id;
    }
    g_array_sort_with_data(d->messages, compare_messages, d);
    index_ids(d);
    for (uint32_t i = 0; i < d->messages->len; i++) {
        RpMessage *m = rp_derivation_message(d, i);

        if (m->parent != RP_NONE)
            m->parent = g_array_index(d->message_of_id, uint32_t, m->parent);
        if (m->effective_at != m->own_at)
            d->n_clock_anomalies++;
    }
}

void
rp_derive_order(RpDerivation *d)
{
    g_autofree uint8_t *seen = g_new0(uint8_t, d->messages->len + 1);
    g_autoptr(GArray) path = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    find_address_ids(d);
    index_ids(d);
    for (uint32_t i = 0; i < d->messages->len; i++) {
        RpMessage *m = rp_derivation_message(d, i);

        m->parent = parent_of(d, m);
    }
    for (uint32_t i = 0; i < d->messages->len; i++)
        settle_path(d, i, seen, path);
    sort_messages(d);
}
