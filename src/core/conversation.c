/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conversation.c - connected components of messages: R2 */
#include "core/conversation.h"

#include "core/derive-private.h"
#include "core/hash.h"

enum {
    WINDOW_S = 14 * RP_DAY_S,
    NEAREST_S = 1,
};

struct RpJoiner {
    const RpDerivation *d; /* foreign */
    RpJoined joined;       /* or NULL */
    gpointer data;         /* foreign */
    /* Disjoint sets with path halving (Tarjan & van Leeuwen 1984, J. ACM 31(2)); the
     * members are id indices, known or only cited. */
    uint32_t *set;        /* own */
    GHashTable *threads;  /* own; Thread-Index -> Thread */
    GHashTable **line_of; /* own; by base: person -> place in lines + 1; or NULL */
    GArray *lines;        /* own; of Line */
    GArray *entries;      /* own; of Entry */
};

static uint32_t
find(uint32_t *set, uint32_t i)
{
    while (set[i] != i) {
        set[i] = set[set[i]];
        i = set[i];
    }
    return i;
}

static void
join(RpJoiner *joiner, uint32_t a, uint32_t b)
{
    uint32_t *set = joiner->set;

    a = find(set, a);
    b = find(set, b);
    if (a == b)
        return;
    set[MAX(a, b)] = MIN(a, b);
    if (joiner->joined != NULL)
        joiner->joined(MIN(a, b), MAX(a, b), joiner->data);
}

/* Does any id in In-Reply-To or References count? */
static bool
names_any(const RpDerivation *d, const RpMessage *m, RpSlice slice, bool is_in_reply_to)
{
    const uint32_t *ids = rp_corpus_members(d->corpus, slice);

    for (uint32_t i = 0; i < slice.n; i++)
        if (rp_id_is_usable(d, m, ids[i], is_in_reply_to))
            return true;
    return false;
}

bool
rp_message_has_parent_id(const RpDerivation *d, const RpMessage *m)
{
    for (uint32_t k = 0; k < m->n_copies; k++) {
        const RpCopy *copy = rp_message_nth_copy(d, m, k);

        if (names_any(d, m, copy->in_reply_to, true) ||
            names_any(d, m, copy->references, false))
            return true;
    }
    return false;
}

static void
join_ids(RpJoiner *joiner, const RpMessage *m, RpSlice slice, bool is_in_reply_to)
{
    const uint32_t *ids = rp_corpus_members(joiner->d->corpus, slice);

    for (uint32_t i = 0; i < slice.n; i++)
        if (rp_id_is_usable(joiner->d, m, ids[i], is_in_reply_to))
            join(joiner, m->id, ids[i]);
}

static void
join_copies(RpJoiner *joiner, const RpMessage *m)
{
    for (uint32_t k = 0; k < m->n_copies; k++) {
        const RpCopy *copy = rp_message_nth_copy(joiner->d, m, k);

        join_ids(joiner, m, copy->in_reply_to, true);
        join_ids(joiner, m, copy->references, false);
    }
}

/* --- R2(a) --- */

static guint
thread_index_hash(gconstpointer key)
{
    guint hash = 5381;

    for (int i = 0; i < RP_THREAD_INDEX_LEN; i++)
        hash = hash * 33 + ((const uint8_t *)key)[i];
    return hash;
}

static gboolean
thread_index_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, RP_THREAD_INDEX_LEN) == 0;
}

/* The messages of one Thread-Index: joined as soon as one without ids is among
 * them. */
typedef struct {
    GArray *ids; /* own; of uint32_t, of those not joined yet */
    bool is_joined;
} Thread;

static void
thread_free(gpointer data)
{
    Thread *thread = data;

    g_array_unref(thread->ids);
    g_free(thread);
}

static Thread *
thread_of(RpJoiner *joiner, const uint8_t *thread_index)
{
    Thread *thread = g_hash_table_lookup(joiner->threads, thread_index);

    if (thread == NULL) {
        thread = g_new0(Thread, 1);
        thread->ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        g_hash_table_insert(joiner->threads, (gpointer)(uintptr_t)thread_index, thread);
    }
    return thread;
}

static void
join_thread(RpJoiner *joiner, const RpMessage *m, const uint8_t *thread_index,
            bool has_ids)
{
    Thread *thread = thread_of(joiner, thread_index);

    thread->is_joined = thread->is_joined || !has_ids;
    g_array_append_val(thread->ids, m->id);
    if (!thread->is_joined)
        return;
    for (guint i = 0; i < thread->ids->len; i++)
        join(joiner, m->id, g_array_index(thread->ids, uint32_t, i));
    g_array_set_size(thread->ids, 1);
}

static void
join_threads(RpJoiner *joiner, const RpMessage *m, bool has_ids)
{
    for (uint32_t k = 0; k < m->n_copies; k++) {
        const RpCopy *copy = rp_message_nth_copy(joiner->d, m, k);

        if (copy->thread_index != NULL)
            join_thread(joiner, m, copy->thread_index, has_ids);
    }
}

/* --- R2(b) --- */

/* One message in a line; those of all lines stand in one array, the first is none. */
typedef struct {
    uint32_t message;
    uint32_t before; /* the entry before it in its line, or 0 */
} Entry;

/* The messages of one base subject in which one person takes part, in R1's order. */
typedef struct {
    uint32_t last;   /* entry, or 0 */
    uint32_t before; /* the last entry earlier than last, or 0 */
    uint32_t joined; /* the entries up to it that a window has held are one component */
} Line;

static Line *
line_of(RpJoiner *joiner, GHashTable *lines, uint32_t person)
{
    guint number =
        GPOINTER_TO_UINT(g_hash_table_lookup(lines, GUINT_TO_POINTER(person)));

    if (number == 0) {
        Line line = {0, 0, 0};

        g_array_append_val(joiner->lines, line);
        number = joiner->lines->len;
        g_hash_table_insert(lines, GUINT_TO_POINTER(person), GUINT_TO_POINTER(number));
    }
    return &g_array_index(joiner->lines, Line, number - 1);
}

static const Entry *
entry_at(const RpJoiner *joiner, uint32_t entry)
{
    return &g_array_index(joiner->entries, Entry, entry);
}

static int64_t
entry_time(const RpJoiner *joiner, uint32_t entry)
{
    return rp_derivation_message(joiner->d, entry_at(joiner, entry)->message)
        ->effective_at;
}

/* Once, however often its person stands in the message. */
static void
enter_line(RpJoiner *joiner, uint32_t message, Line *line)
{
    Entry entry = {message, line->last};

    if (line->last != 0 && entry_at(joiner, line->last)->message == message)
        return;
    if (line->last != 0 && entry_time(joiner, line->last) <
                               rp_derivation_message(joiner->d, message)->effective_at)
        line->before = line->last;
    line->last = joiner->entries->len;
    g_array_append_val(joiner->entries, entry);
}

/* Joins m with those of the line that came 1 s to 14 d before it. The windows of
 * later messages only move on: what an earlier one joined is joined once. */
static void
join_line(RpJoiner *joiner, const RpMessage *m, Line *line)
{
    uint32_t last = line->last;

    if (last != 0 && entry_time(joiner, last) > m->effective_at - NEAREST_S)
        last = line->before;
    for (uint32_t at = last; at != 0; at = entry_at(joiner, at)->before) {
        if (entry_time(joiner, at) < m->effective_at - WINDOW_S)
            break;
        join(joiner, m->id,
             rp_derivation_message(joiner->d, entry_at(joiner, at)->message)->id);
        if (at <= line->joined)
            break;
    }
    line->joined = MAX(line->joined, last);
}

/* Enters m into, or joins it with, the lines of its correspondents. */
static void
visit_lines(RpJoiner *joiner, uint32_t index, GHashTable *lines, bool looks)
{
    const RpDerivation *d = joiner->d;
    const RpMessage *m = rp_derivation_message(d, index);
    const RpCopy *copy = rp_message_copy(d, m);
    const RpSlice slices[] = {copy->from, copy->to, copy->cc};

    for (size_t k = 0; k < G_N_ELEMENTS(slices); k++) {
        const uint32_t *members = rp_corpus_members(d->corpus, slices[k]);

        for (uint32_t i = 0; i < slices[k].n; i++) {
            uint32_t a = members[i];
            Line *line;

            if (d->is_me[a] || rp_is_list(d, a, index))
                continue;
            line = line_of(joiner, lines, rp_corpus_address(d->corpus, a)->person);
            if (looks)
                join_line(joiner, m, line);
            else
                enter_line(joiner, index, line);
        }
    }
}

static void
join_subjects(RpJoiner *joiner, uint32_t index, bool has_ids)
{
    RpBase base;

    if (joiner->d->bases == NULL || joiner->d->bases[index].number == 0)
        return;
    base = joiner->d->bases[index];
    if (joiner->line_of[base.number] == NULL)
        joiner->line_of[base.number] = g_hash_table_new(NULL, NULL);
    if (!has_ids && base.is_reply)
        visit_lines(joiner, index, joiner->line_of[base.number], true);
    visit_lines(joiner, index, joiner->line_of[base.number], false);
}

/* --- all of it --- */

RpJoiner *
rp_joiner_new(const RpDerivation *d, RpJoined joined, gpointer data)
{
    RpJoiner *joiner = g_new0(RpJoiner, 1);
    guint n = d->corpus->ids->len;

    joiner->d = d;
    joiner->joined = joined;
    joiner->data = data;
    joiner->set = g_new(uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        joiner->set[i] = i;
    joiner->threads =
        g_hash_table_new_full(thread_index_hash, thread_index_equal, NULL, thread_free);
    joiner->line_of = g_new0(GHashTable *, d->n_bases + 1);
    joiner->lines = g_array_new(FALSE, FALSE, sizeof(Line));
    joiner->entries = g_array_new(FALSE, TRUE, sizeof(Entry));
    g_array_set_size(joiner->entries, 1);
    return joiner;
}

void
rp_joiner_free(RpJoiner *joiner)
{
    if (joiner == NULL)
        return;
    g_free(joiner->set);
    g_hash_table_unref(joiner->threads);
    for (uint32_t i = 0; i <= joiner->d->n_bases; i++)
        g_clear_pointer(&joiner->line_of[i], g_hash_table_unref);
    g_free(joiner->line_of);
    g_array_unref(joiner->lines);
    g_array_unref(joiner->entries);
    g_free(joiner);
}

void
rp_joiner_add(RpJoiner *joiner, uint32_t index)
{
    const RpMessage *m = rp_derivation_message(joiner->d, index);
    bool has_ids = rp_message_has_parent_id(joiner->d, m);

    join_copies(joiner, m);
    join_threads(joiner, m, has_ids);
    join_subjects(joiner, index, has_ids);
}

uint32_t
rp_joiner_root(RpJoiner *joiner, uint32_t index)
{
    return find(joiner->set, rp_derivation_message(joiner->d, index)->id);
}

void
rp_derive_conversations(RpDerivation *d)
{
    g_autofree uint32_t *number_of = g_new0(uint32_t, d->corpus->ids->len + 1);
    g_autoptr(RpJoiner) joiner = rp_joiner_new(d, NULL, NULL);

    for (uint32_t i = 0; i < d->messages->len; i++)
        rp_joiner_add(joiner, i);
    for (uint32_t i = 0; i < d->messages->len; i++) {
        uint32_t root = rp_joiner_root(joiner, i);

        if (number_of[root] == 0)
            number_of[root] = ++d->n_conversations;
        rp_derivation_message(d, i)->conversation = number_of[root];
    }
}
