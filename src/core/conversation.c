/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conversation.c - connected components of messages: R2 */
#include "core/derive-private.h"
#include "core/subject.h"

enum {
    WINDOW_S = 14 * RP_DAY_S,
    NEAREST_S = 1,
};

/* Disjoint sets with path halving (Tarjan & van Leeuwen 1984, J. ACM 31(2)); the
 * members are id indices, known or only cited. */
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
join(uint32_t *set, uint32_t a, uint32_t b)
{
    a = find(set, a);
    b = find(set, b);
    if (a != b)
        set[MAX(a, b)] = MIN(a, b);
}

/* Joins a message with the ids that a copy names; says whether any counts. */
static bool
join_ids(const RpDerivation *d, const RpMessage *m, RpSlice slice, bool is_in_reply_to,
         uint32_t *set)
{
    const uint32_t *ids = rp_corpus_members(d->corpus, slice);
    bool any = false;

    for (uint32_t i = 0; i < slice.n; i++) {
        if (!rp_id_is_usable(d, m, ids[i], is_in_reply_to))
            continue;
        join(set, m->id, ids[i]);
        any = true;
    }
    return any;
}

static bool
join_message(const RpDerivation *d, const RpMessage *m, uint32_t *set)
{
    bool any = false;

    for (uint32_t k = 0; k < m->n_copies; k++) {
        const RpCopy *copy = rp_message_nth_copy(d, m, k);
        bool in_reply_to = join_ids(d, m, copy->in_reply_to, true, set);
        bool references = join_ids(d, m, copy->references, false, set);

        any = any || in_reply_to || references;
    }
    return any;
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

/* Joins the messages of one Thread-Index, if one without ids is among them: known
 * from the first pass as those whose value in table is set. */
static void
join_thread_indices(const RpDerivation *d, const uint8_t *has_ids, uint32_t *set)
{
    g_autoptr(GHashTable) first =
        g_hash_table_new(thread_index_hash, thread_index_equal);

    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < d->sorted_copies->len; i++) {
            uint32_t index = g_array_index(d->sorted_copies, uint32_t, i);
            const RpCopy *copy = rp_corpus_copy(d->corpus, index);
            uint32_t m = g_array_index(d->message_of_id, uint32_t, copy->id);
            gpointer other;

            if (copy->thread_index == NULL)
                continue;
            if (pass == 0 && !has_ids[m])
                g_hash_table_insert(first, (gpointer)(uintptr_t)copy->thread_index,
                                    GUINT_TO_POINTER(copy->id));
            else if (pass == 1 && g_hash_table_lookup_extended(
                                      first, copy->thread_index, NULL, &other))
                join(set, copy->id, GPOINTER_TO_UINT(other));
        }
    }
}

/* --- R2(b) --- */

/* The messages of one base subject in which one person takes part, in R1's order. */
typedef struct {
    GArray *messages;  /* own; of uint32_t */
    uint32_t n_joined; /* those before it and in the window are one component */
} Line;

static void
line_free(gpointer data)
{
    Line *line = data;

    g_array_unref(line->messages);
    g_free(line);
}

static Line *
line_of(GHashTable *lines, const char *base, uint32_t person)
{
    char *key = g_strdup_printf("%u %s", person, base);
    Line *line = g_hash_table_lookup(lines, key);

    if (line != NULL) {
        g_free(key);
        return line;
    }
    line = g_new0(Line, 1);
    line->messages = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_hash_table_insert(lines, key, line);
    return line;
}

/* Joins m with those of the line that came 1 s to 14 d before it. The windows of
 * later messages only move on: what an earlier one joined is joined once. */
static void
join_line(const RpDerivation *d, const RpMessage *m, Line *line, uint32_t *set)
{
    uint32_t n = line->messages->len, last = n;

    while (last > 0) {
        uint32_t index = g_array_index(line->messages, uint32_t, last - 1);

        if (rp_derivation_message(d, index)->effective_at <=
            m->effective_at - NEAREST_S)
            break;
        last--;
    }
    for (uint32_t i = last; i > 0; i--) {
        const RpMessage *other =
            rp_derivation_message(d, g_array_index(line->messages, uint32_t, i - 1));

        if (other->effective_at < m->effective_at - WINDOW_S)
            break;
        join(set, m->id, other->id);
        if (i <= line->n_joined)
            break;
    }
    line->n_joined = MAX(line->n_joined, last);
}

typedef struct {
    const RpDerivation *d;
    uint32_t *set;
    GHashTable *lines; /* base subject and person -> Line */
} Subjects;

/* Enters m into, or joins it with, the lines of its correspondents. */
static void
visit_lines(Subjects *s, uint32_t index, const char *base, bool looks)
{
    const RpMessage *m = rp_derivation_message(s->d, index);
    const RpCopy *copy = rp_message_copy(s->d, m);
    const RpSlice slices[] = {copy->from, copy->to, copy->cc};

    for (size_t k = 0; k < G_N_ELEMENTS(slices); k++) {
        const uint32_t *members = rp_corpus_members(s->d->corpus, slices[k]);

        for (uint32_t i = 0; i < slices[k].n; i++) {
            uint32_t a = members[i];
            Line *line;

            if (s->d->is_me[a] || s->d->is_list[a])
                continue;
            line = line_of(s->lines, base, rp_corpus_address(s->d->corpus, a)->person);
            if (looks)
                join_line(s->d, m, line, s->set);
            else if (line->messages->len == 0 ||
                     g_array_index(line->messages, uint32_t, line->messages->len - 1) !=
                         index)
                g_array_append_val(line->messages, index);
        }
    }
}

static char *
base_of(const RpDerivation *d, uint32_t index, bool *is_reply)
{
    const RpMessage *m = rp_derivation_message(d, index);

    return rp_subject_base(rp_message_copy(d, m)->subject, is_reply);
}

static void
join_subjects(const RpDerivation *d, const uint8_t *has_ids, uint32_t *set)
{
    /* Of the messages that look for one. */
    g_autoptr(GHashTable) bases =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) lines =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, line_free);
    Subjects s = {d, set, lines};
    bool is_reply;

    for (uint32_t i = 0; i < d->messages->len; i++) {
        char *base = has_ids[i] ? NULL : base_of(d, i, &is_reply);

        if (base != NULL && is_reply && *base != '\0')
            g_hash_table_add(bases, base);
        else
            g_free(base);
    }
    if (g_hash_table_size(bases) == 0)
        return;
    for (uint32_t i = 0; i < d->messages->len; i++) {
        g_autofree char *base = base_of(d, i, &is_reply);

        if (!g_hash_table_contains(bases, base))
            continue;
        if (!has_ids[i] && is_reply)
            visit_lines(&s, i, base, true);
        visit_lines(&s, i, base, false);
    }
}

/* --- numbers --- */

static void
number(RpDerivation *d, uint32_t *set)
{
    g_autofree uint32_t *number_of = g_new0(uint32_t, d->corpus->ids->len + 1);

    for (uint32_t i = 0; i < d->messages->len; i++) {
        RpMessage *m = rp_derivation_message(d, i);
        uint32_t root = find(set, m->id);

        if (number_of[root] == 0)
            number_of[root] = ++d->n_conversations;
        m->conversation = number_of[root];
    }
}

void
rp_derive_conversations(RpDerivation *d)
{
    g_autofree uint32_t *set = g_new(uint32_t, d->corpus->ids->len + 1);
    g_autofree uint8_t *has_ids = g_new0(uint8_t, d->messages->len + 1);

    for (uint32_t i = 0; i < d->corpus->ids->len; i++)
        set[i] = i;
    for (uint32_t i = 0; i < d->messages->len; i++)
        has_ids[i] = join_message(d, rp_derivation_message(d, i), set);
    join_thread_indices(d, has_ids, set);
    join_subjects(d, has_ids, set);
    number(d, set);
}
