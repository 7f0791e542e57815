/* SPDX-License-Identifier: GPL-3.0-or-later */
/* own.c - who is me, which copies exist, what time each has: R1, R2's copies, R14 */
#include "core/address.h"
#include "core/derive-private.h"

enum {
    EARLIEST_S = 15 * RP_MINUTE_S, /* a Date may be this much after its delivery */
    LATEST_S = 5 * RP_DAY_S,       /* and a delivery this much after the Date */
    YEAR_1990 = 631152000,         /* 1990-01-01T00:00:00Z */
    LEARN_MIN = 3,
};

int64_t
rp_own_time(int64_t internal_at, int64_t date_at, bool is_mine, RpTimeSource *source)
{
    bool has_both = internal_at != RP_NEVER && date_at != RP_NEVER;
    bool is_late = has_both && date_at > internal_at + EARLIEST_S;

    if (!is_mine && has_both && !is_late && internal_at - date_at <= LATEST_S) {
        *source = RP_TIME_INTERNALDATE;
        return internal_at;
    }
    if (date_at != RP_NEVER && date_at > YEAR_1990 && !is_late) {
        *source = RP_TIME_DATE;
        return date_at;
    }
    *source = RP_TIME_GUESS;
    return internal_at;
}

/* An own address in another spelling of the same provider (dots, plus-tags) is
 * me too. */
static bool
is_configured(const RpDerivation *d, const char *address, const char *key)
{
    for (guint i = 0; i < d->policy->me->len; i++) {
        const char *pattern = g_ptr_array_index(d->policy->me, i);
        g_autofree char *own_key = NULL;

        if (rp_address_matches(address, pattern))
            return true;
        own_key = *pattern == '*' ? NULL : rp_address_person_key(pattern);
        if (own_key != NULL && strcmp(own_key, key) == 0)
            return true;
    }
    return false;
}

void
rp_derive_own_addresses(RpDerivation *d)
{
    for (uint32_t i = 0; i < d->corpus->addresses->len; i++) {
        const RpAddress *address = rp_corpus_address(d->corpus, i);
        const RpPerson *person =
            &g_array_index(d->corpus->persons, RpPerson, address->own);

        d->is_me[i] = is_configured(d, address->text, person->key);
        d->is_machine[i] = rp_address_is_machine(address->text);
    }
}

static const RpFolder *
folder_of(const RpCorpus *corpus, const RpCopy *copy)
{
    return &g_array_index(corpus->folders, RpFolder, copy->folder);
}

static bool
is_in_sent(const RpCorpus *corpus, const RpCopy *copy)
{
    return folder_of(corpus, copy)->role == RP_ROLE_SENT;
}

/* By message; then the earliest first; ties: account, folder, UID (R2). */
static int
compare_copies(gconstpointer a, gconstpointer b, gpointer data)
{
    const RpDerivation *d = data;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const RpCopy *x = rp_corpus_copy(d->corpus, i), *y = rp_corpus_copy(d->corpus, j);
    int64_t x_at = g_array_index(d->copy_times, int64_t, i);
    int64_t y_at = g_array_index(d->copy_times, int64_t, j);
    int order;

    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    if (x_at != y_at)
        return x_at < y_at ? -1 : 1;
    order = strcmp(folder_of(d->corpus, x)->account, folder_of(d->corpus, y)->account);
    if (order == 0)
        order = strcmp(folder_of(d->corpus, x)->name, folder_of(d->corpus, y)->name);
    if (order != 0)
        return order;
    if (x->uid != y->uid)
        return x->uid < y->uid ? -1 : 1;
    return i < j ? -1 : i > j;
}

/* A copy's time and its source, as R1 reads that copy alone. */
static int64_t
copy_time(const RpDerivation *d, const RpCopy *copy, RpTimeSource *source)
{
    uint32_t from = rp_corpus_first(d->corpus, copy->from);
    bool is_mine = is_in_sent(d->corpus, copy) || (from != RP_NONE && d->is_me[from]);

    return rp_own_time(copy->internal_at, copy->date_at, is_mine, source);
}

/* The message whose first copy is the one at place first of sorted_copies. */
static void
add_message(RpDerivation *d, uint32_t first)
{
    uint32_t index = g_array_index(d->sorted_copies, uint32_t, first);
    const RpCopy *copy = rp_corpus_copy(d->corpus, index);
    RpMessage m = {.id = copy->id,
                   .parent = RP_NONE,
                   .sender = RP_NONE,
                   .first_copy = first,
                   .n_copies = 1};

    m.own_at = m.effective_at = copy_time(d, copy, &m.source);
    g_array_append_val(d->messages, m);
}

static void
group_copies(RpDerivation *d)
{
    for (uint32_t i = 0; i < d->sorted_copies->len; i++) {
        uint32_t index = g_array_index(d->sorted_copies, uint32_t, i);
        const RpCopy *copy = rp_corpus_copy(d->corpus, index);
        RpMessage *last = d->messages->len == 0
                              ? NULL
                              : rp_derivation_message(d, d->messages->len - 1);

        if (last != NULL && last->id == copy->id)
            last->n_copies++;
        else
            add_message(d, i);
    }
}

void
rp_derive_copies(RpDerivation *d)
{
    for (uint32_t i = 0; i < d->corpus->copies->len; i++) {
        RpTimeSource source;
        int64_t own_at = copy_time(d, rp_corpus_copy(d->corpus, i), &source);

        g_array_append_val(d->copy_times, own_at);
        if (own_at <= d->as_of_at)
            g_array_append_val(d->sorted_copies, i);
    }
    g_array_sort_with_data(d->sorted_copies, compare_copies, d);
    group_copies(d);
}

static bool
has_sent_copy(const RpDerivation *d, const RpMessage *m)
{
    for (uint32_t i = 0; i < m->n_copies; i++)
        if (is_in_sent(d->corpus, rp_message_nth_copy(d, m, i)))
            return true;
    return false;
}

/* From of at least 3 messages in Sent, and of more of them than of messages found
 * only in other folders. */
static void
learn_addresses(RpDerivation *d)
{
    uint32_t n = d->corpus->addresses->len;
    g_autofree uint32_t *n_sent = g_new0(uint32_t, n + 1);
    g_autofree uint32_t *n_other = g_new0(uint32_t, n + 1);

    for (uint32_t i = 0; i < d->messages->len; i++) {
        const RpMessage *m = rp_derivation_message(d, i);
        uint32_t from = rp_corpus_first(d->corpus, rp_message_copy(d, m)->from);

        if (from != RP_NONE && has_sent_copy(d, m))
            n_sent[from]++;
        else if (from != RP_NONE)
            n_other[from]++;
    }
    for (uint32_t i = 0; i < n; i++) {
        d->is_learned[i] =
            !d->is_me[i] && n_sent[i] >= LEARN_MIN && n_sent[i] > n_other[i];
        d->is_me[i] = d->is_me[i] || d->is_learned[i];
    }
}

void
rp_derive_mine(RpDerivation *d)
{
    if (d->policy->learn_addresses)
        learn_addresses(d);
    for (uint32_t i = 0; i < d->messages->len; i++) {
        RpMessage *m = rp_derivation_message(d, i);
        uint32_t from = rp_corpus_first(d->corpus, rp_message_copy(d, m)->from);

        m->is_mine = (from != RP_NONE && d->is_me[from]) || has_sent_copy(d, m);
    }
}
