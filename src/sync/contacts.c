/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contacts.c - address books into the store: what a source says now, against before */
#include "sync/contacts.h"

#include <string.h>

#include "core/address.h"
#include "store/forget.h"

enum { MAX_DEPTH = 3, KEY_HEX = 16 };

/* --- files --- */

static char *
read_bytes(const char *path, gsize *n, GError **error)
{
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GFileInputStream) in = g_file_read(file, NULL, error);
    g_autoptr(GByteArray) all = g_byte_array_new();
    guint8 piece[65536];
    gssize got;

    if (in == NULL)
        return NULL;
    while ((got = g_input_stream_read(G_INPUT_STREAM(in), piece, sizeof piece, NULL,
                                      error)) > 0) {
        g_byte_array_append(all, piece, (guint)got);
        if (all->len > RP_CARDS_MAX_BYTES) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                        "more than %d MB: no address book is that large",
                        RP_CARDS_MAX_BYTES >> 20);
            return NULL;
        }
    }
    *n = all->len;
    return got == 0 ? (char *)g_byte_array_free(g_steal_pointer(&all), FALSE) : NULL;
}

static void
set_no_cards(GError **error)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                "no address book: neither vCard, nor CSV with columns that name"
                " people, nor mutt's aliases");
}

static RpCards *
read_file(const char *path, GError **error)
{
    gsize n = 0;
    g_autofree char *bytes = read_bytes(path, &n, error);
    RpCards *cards;

    if (bytes == NULL && n == 0 && error != NULL && *error != NULL)
        return NULL;
    cards = rp_cards_read(bytes != NULL ? bytes : "", n);
    if (cards == NULL)
        set_no_cards(error);
    return cards;
}

/* A file of one card names it, where it has no UID. */
static void
take_file(RpCards *all, RpCards *owned, const char *name)
{
    g_autoptr(RpCards) cards = owned;

    all->n_left_out += cards->n_left_out;
    all->n_bad += cards->n_bad;
    while (cards->cards->len > 0) {
        RpCard *card = g_ptr_array_steal_index(cards->cards, 0);

        if (*card->uid == '\0' && cards->cards->len == 0) {
            g_free(card->uid);
            card->uid = g_utf8_make_valid(name, -1);
        }
        g_ptr_array_add(all->cards, card);
    }
}

/* A folder that is being changed may have lost a file meanwhile. */
static bool
read_folder(RpCards *all, const char *path, int depth, GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, error);
    const char *name;

    if (folder == NULL)
        return false;
    while ((name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *below = g_build_filename(path, name, NULL);
        bool is_folder = g_file_test(below, G_FILE_TEST_IS_DIR);
        RpCards *cards;

        if (*name == '.')
            continue;
        if (is_folder && depth < MAX_DEPTH &&
            !read_folder(all, below, depth + 1, error))
            return false;
        if (is_folder || !g_str_has_suffix(name, ".vcf"))
            continue;
        cards = read_file(below, NULL);
        if (cards != NULL)
            take_file(all, cards, name);
        else
            all->n_left_out++;
    }
    return true;
}

RpCards *
rp_contacts_read(const char *path, GError **error)
{
    g_autoptr(RpCards) all = NULL;

    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        all = read_file(path, error);
        if (all == NULL)
            g_prefix_error(error, "%s: ", path);
        return g_steal_pointer(&all);
    }
    all = rp_cards_new();
    if (!read_folder(all, path, 0, error)) {
        g_prefix_error(error, "%s: ", path);
        return NULL;
    }
    return g_steal_pointer(&all);
}

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

/* Who has no address is known by source and card. */
static char *
key_of(const RpCard *card, const char *source, const char *uid)
{
    const char *address = rp_card_get(card, RP_CARD_ADDRESS);
    g_autofree char *place = g_strconcat(source, "\n", uid, NULL);
    g_autofree char *hash = NULL;

    if (address != NULL)
        return rp_address_person_key(address);
    hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, place, -1);
    return g_strdup_printf("nomail:%.*s", KEY_HEX, hash);
}

static RpCardRow *
row_of(const RpCard *card, const char *source, const char *uid)
{
    g_autofree char *key = key_of(card, source, uid);
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
take_row(RpContactsPlan *plan, RpCardRow *owned, GHashTable *known)
{
    g_autoptr(RpCardRow) row = owned;
    g_autoptr(RpCardRow) before = steal(known, row->uid);

    if (before != NULL) {
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

/* Any of their addresses. */
static bool
is_forgotten(RpStore *store, const RpCard *card, bool *is_gone, GError **error)
{
    for (guint i = 0; i < card->facts->len && !*is_gone; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);
        g_autofree char *stand_in = NULL;
        g_autofree char *key = NULL;

        if (fact->field != RP_CARD_ADDRESS)
            continue;
        key = rp_address_person_key(fact->value);
        if (!rp_store_find_forgotten(store, key, &stand_in, error))
            return false;
        *is_gone = stand_in != NULL;
    }
    return true;
}

RpContactsPlan *
rp_contacts_plan(RpStore *store, const char *source, const RpCards *cards, bool is_part,
                 GError **error)
{
    g_autoptr(GPtrArray) rows = rp_store_load_cards(store, source, error);
    g_autoptr(GHashTable) known = NULL;
    g_autoptr(GHashTable) used =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    RpContactsPlan *plan;
    GHashTableIter iter;
    gpointer row;

    if (rows == NULL)
        return NULL;
    known = index_rows(rows);
    plan = g_new0(RpContactsPlan, 1);
    plan->source = g_strdup(source);
    plan->changes = g_ptr_array_new_with_free_func(free_change);
    plan->n_left_out = cards->n_left_out;
    plan->n_bad = cards->n_bad;
    for (guint i = 0; i < cards->cards->len; i++) {
        const RpCard *card = g_ptr_array_index(cards->cards, i);
        g_autofree char *uid = unused_uid(used, card);
        bool is_gone = false;

        if (!is_forgotten(store, card, &is_gone, error)) {
            rp_contacts_plan_free(plan);
            return NULL;
        }
        if (is_gone) {
            plan->n_forgotten++;
            continue;
        }
        take_row(plan, row_of(card, source, uid), known);
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
rp_contacts_apply(RpStore *store, const RpContactsPlan *plan, GError **error)
{
    g_autoptr(GPtrArray) changed = g_ptr_array_new();
    g_autoptr(GPtrArray) removed = g_ptr_array_new();

    for (guint i = 0; i < plan->changes->len; i++) {
        const RpCardChange *change = g_ptr_array_index(plan->changes, i);

        if (change->after != NULL)
            g_ptr_array_add(changed, change->after);
        else
            g_ptr_array_add(removed, change->before);
    }
    return plan->changes->len == 0 ||
           rp_store_save_cards(store, changed, removed, error);
}
