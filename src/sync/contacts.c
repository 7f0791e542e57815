/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contacts.c - address books into the store: what a source says now, against before */
#include "sync/contacts.h"

#include <string.h>

#include "core/address.h"
#include "core/phone.h"
#include "store/forget.h"

enum { KEY_HEX = 16 };

/* --- rows --- */

static char *
uid_of(const RpCard *card)
{
    const char *address = rp_card_get(card, RP_CARD_ADDRESS);
    const char *name = rp_card_get(card, RP_CARD_NAME);
    const char *phone = rp_card_get(card, RP_CARD_PHONE);

    if (*card->uid != '\0')
        return g_strdup(card->uid);
    if (address != NULL)
        return g_strdup(address);
    return g_strconcat(name != NULL ? name : phone, NULL);
}

static void
count_addresses(const RpCard *card, GHashTable *counts)
{
    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, fact->value));

        if (fact->field == RP_CARD_ADDRESS)
            g_hash_table_insert(counts, fact->value, GUINT_TO_POINTER(n + 1));
    }
}

/* The first that is this card's alone; an office's stands in those of several. */
static const char *
main_address(const RpCard *card, GHashTable *counts)
{
    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);

        if (fact->field == RP_CARD_ADDRESS &&
            GPOINTER_TO_UINT(g_hash_table_lookup(counts, fact->value)) == 1)
            return fact->value;
    }
    return rp_card_get(card, RP_CARD_ADDRESS);
}

/* Who has no address is known by source and card. */
static char *
key_of(const char *address, const char *source, const char *uid)
{
    g_autofree char *place = g_strconcat(source, "\n", uid, NULL);
    g_autofree char *hash = NULL;

    if (address != NULL)
        return rp_address_person_key(address);
    hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, place, -1);
    return g_strdup_printf(RP_NOMAIL_PREFIX "%.*s", KEY_HEX, hash);
}

static RpCardRow *
row_of(const RpCard *card, const char *key, const char *source, const char *uid)
{
    RpCardRow *row = rp_card_row_new(source, uid, key);

    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);

        rp_card_row_add(row, rp_card_fields[fact->field].word, fact->type, fact->value);
    }
    return row;
}

static bool
is_same(const RpCardRow *one, const RpCardRow *other)
{
    if (one->facts->len != other->facts->len)
        return false;
    for (guint i = 0; i < one->facts->len; i++) {
        const RpFactRow *a = g_ptr_array_index(one->facts, i);
        const RpFactRow *b = g_ptr_array_index(other->facts, i);

        if (strcmp(a->name, b->name) != 0 || strcmp(a->type, b->type) != 0 ||
            strcmp(a->value, b->value) != 0)
            return false;
    }
    return true;
}

/* --- the plan --- */

static void
free_change(gpointer data)
{
    RpCardChange *change = data;

    rp_card_row_free(change->before);
    rp_card_row_free(change->after);
    g_free(change);
}

void
rp_contacts_plan_free(RpContactsPlan *plan)
{
    if (plan == NULL)
        return;
    g_free(plan->source);
    g_ptr_array_unref(plan->changes);
    g_free(plan);
}

static void
add_change(RpContactsPlan *plan, RpCardRow *before, RpCardRow *after)
{
    RpCardChange *change = g_new0(RpCardChange, 1);

    change->before = before;
    change->after = after;
    g_ptr_array_add(plan->changes, change);
}

static gpointer
steal(GHashTable *known, const char *uid)
{
    gpointer row = NULL;

    g_hash_table_steal_extended(known, uid, NULL, &row);
    return row;
}

static void
take_row(RpContactsPlan *plan, RpCardRow *owned, GHashTable *known, GHashTable *owners)
{
    g_autoptr(RpCardRow) row = owned;
    g_autoptr(RpCardRow) before = steal(known, row->uid);

    /* Another address, the same person: unless the old one is another card's now. */
    if (before != NULL && !g_hash_table_contains(owners, before->person_key)) {
        g_free(row->person_key);
        row->person_key = g_strdup(before->person_key);
    }
    if (before != NULL && is_same(before, row))
        plan->n_same++;
    else
        add_change(plan, g_steal_pointer(&before), g_steal_pointer(&row));
}

static void
free_row(gpointer row)
{
    rp_card_row_free(row);
}

/* By uid (foreign: the row's). */
static GHashTable *
index_rows(GPtrArray *rows)
{
    GHashTable *known = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_row);

    while (rows->len > 0) {
        RpCardRow *row = g_ptr_array_steal_index(rows, rows->len - 1);

        g_hash_table_insert(known, row->uid, row);
    }
    return known;
}

/* Two cards of one uid are two cards. */
static char *
unused_uid(GHashTable *used, const RpCard *card)
{
    g_autofree char *base = uid_of(card);
    char *uid = g_strdup(base);

    for (unsigned n = 2; g_hash_table_contains(used, uid); n++) {
        g_free(uid);
        uid = g_strdup_printf("%s #%u", base, n);
    }
    g_hash_table_add(used, g_strdup(uid));
    return uid;
}

static int
compare_changes(gconstpointer a, gconstpointer b)
{
    const RpCardChange *one = *(const RpCardChange *const *)a;
    const RpCardChange *other = *(const RpCardChange *const *)b;

    return strcmp((one->after != NULL ? one->after : one->before)->uid,
                  (other->after != NULL ? other->after : other->before)->uid);
}

/* By which somebody may have been forgotten; NULL if by nothing. The caller's. */
static char *
key_of_fact(const RpCardFact *fact, bool has_address)
{
    g_autofree char *number = NULL;

    if (fact->field == RP_CARD_ADDRESS)
        return rp_address_person_key(fact->value);
    if (fact->field != RP_CARD_PHONE || has_address)
        return NULL;
    number = rp_phone_normalize(fact->value);
    return number != NULL ? g_strconcat(RP_TEL_PREFIX, number, NULL) : NULL;
}

/* The person, or any of their addresses; where there is none, any of their numbers. */
static bool
is_forgotten(RpStore *store, const RpCard *card, const char *person_key, bool *is_gone,
             GError **error)
{
    bool has_address = rp_card_get(card, RP_CARD_ADDRESS) != NULL;
    g_autofree char *whole = NULL;

    if (!rp_store_find_forgotten(store, person_key, &whole, error))
        return false;
    *is_gone = whole != NULL;
    for (guint i = 0; i < card->facts->len && !*is_gone; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);
        g_autofree char *stand_in = NULL;
        g_autofree char *key = NULL;

        key = key_of_fact(fact, has_address);
        if (key == NULL)
            continue;
        if (!rp_store_find_forgotten(store, key, &stand_in, error))
            return false;
        *is_gone = stand_in != NULL;
    }
    return true;
}

/* The keys of all cards that have an address: a set. */
static GHashTable *
find_owners(const RpCards *cards, GHashTable *counts)
{
    GHashTable *owners = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < cards->cards->len; i++) {
        const char *address = main_address(g_ptr_array_index(cards->cards, i), counts);

        if (address != NULL)
            g_hash_table_add(owners, rp_address_person_key(address));
    }
    return owners;
}

RpContactsPlan *
rp_contacts_plan(RpStore *store, const char *source, const RpCards *cards, bool is_part,
                 GError **error)
{
    g_autoptr(GPtrArray) rows = rp_store_load_cards(store, source, error);
    g_autoptr(GHashTable) known = NULL;
    g_autoptr(GHashTable) used =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) owners = NULL;
    RpContactsPlan *plan;
    GHashTableIter iter;
    gpointer row;

    if (rows == NULL)
        return NULL;
    for (guint i = 0; i < cards->cards->len; i++)
        count_addresses(g_ptr_array_index(cards->cards, i), counts);
    owners = find_owners(cards, counts);
    known = index_rows(rows);
    plan = g_new0(RpContactsPlan, 1);
    plan->source = g_strdup(source);
    plan->changes = g_ptr_array_new_with_free_func(free_change);
    plan->n_left_out = cards->n_left_out;
    plan->n_bad = cards->n_bad;
    for (guint i = 0; i < cards->cards->len; i++) {
        const RpCard *card = g_ptr_array_index(cards->cards, i);
        g_autofree char *uid = unused_uid(used, card);
        g_autofree char *key = key_of(main_address(card, counts), source, uid);
        bool is_gone = false;

        if (!is_forgotten(store, card, key, &is_gone, error)) {
            rp_contacts_plan_free(plan);
            return NULL;
        }
        if (is_gone) {
            plan->n_forgotten++;
            continue;
        }
        take_row(plan, row_of(card, key, source, uid), known, owners);
    }
    g_hash_table_iter_init(&iter, known);
    while (!is_part && g_hash_table_iter_next(&iter, NULL, &row)) {
        g_hash_table_iter_steal(&iter);
        add_change(plan, row, NULL);
    }
    g_ptr_array_sort(plan->changes, compare_changes);
    return plan;
}

bool
rp_contacts_apply(RpStore *store, const RpContactsPlan *plan, int64_t now_at,
                  GError **error)
{
    g_autoptr(GPtrArray) changed = g_ptr_array_new();
    g_autoptr(GPtrArray) removed = g_ptr_array_new();

    for (guint i = 0; i < plan->changes->len; i++) {
        const RpCardChange *change = g_ptr_array_index(plan->changes, i);

        if (change->after == NULL) {
            g_ptr_array_add(removed, change->before);
            continue;
        }
        change->after->since_at =
            change->before != NULL ? change->before->since_at : now_at;
        g_ptr_array_add(changed, change->after);
    }
    return plan->changes->len == 0 ||
           rp_store_save_cards(store, changed, removed, error);
}
