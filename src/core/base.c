/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base.c - the base subjects by which messages without ids are joined: R2(b) */
#include "core/conversation.h"
#include "core/derive-private.h"
#include "core/hash.h"
#include "core/subject.h"

/* The base subjects of replies without ids, numbered from 1: only these need lines. */
static GHashTable *
number_bases(const RpDerivation *d)
{
    GHashTable *numbers =
        g_hash_table_new_full(rp_hash_text, g_str_equal, g_free, NULL);
    bool is_reply;

    for (uint32_t i = 0; i < d->messages->len; i++) {
        const RpMessage *m = rp_derivation_message(d, i);
        const char *subject = rp_message_copy(d, m)->subject;
        char *base;

        if (rp_message_has_parent_id(d, m) || !rp_subject_is_reply(subject))
            continue;
        base = rp_subject_base(subject, &is_reply);
        if (*base == '\0' || g_hash_table_contains(numbers, base))
            g_free(base);
        else
            g_hash_table_insert(numbers, base,
                                GUINT_TO_POINTER(g_hash_table_size(numbers) + 1));
    }
    return numbers;
}

void
rp_derive_bases(RpDerivation *d)
{
    g_autoptr(GHashTable) numbers = number_bases(d);

    d->n_bases = g_hash_table_size(numbers);
    if (d->n_bases == 0)
        return;
    d->bases = g_new0(RpBase, d->messages->len);
    for (uint32_t i = 0; i < d->messages->len; i++) {
        const RpMessage *m = rp_derivation_message(d, i);
        bool is_reply;
        g_autofree char *base =
            rp_subject_base(rp_message_copy(d, m)->subject, &is_reply);

        d->bases[i].number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, base));
        d->bases[i].is_reply = is_reply;
    }
}
