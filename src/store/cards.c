/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cards.c - the cards of address books as they were read last */
#include "store/cards.h"

#include <string.h>

#include "store/db.h"

static void
free_fact(gpointer fact)
{
    rp_fact_row_free(fact);
}

RpCardRow *
rp_card_row_new(const char *source, const char *uid, const char *person_key)
{
    RpCardRow *row = g_new0(RpCardRow, 1);

    row->source = g_strdup(source);
    row->uid = g_strdup(uid);
    row->person_key = g_strdup(person_key);
    row->facts = g_ptr_array_new_with_free_func(free_fact);
    return row;
}

void
rp_card_row_free(RpCardRow *row)
{
    if (row == NULL)
        return;
    g_free(row->source);
    g_free(row->uid);
    g_free(row->person_key);
    g_ptr_array_unref(row->facts);
    g_free(row);
}

void
rp_card_row_add(RpCardRow *row, const char *name, const char *type, const char *value)
{
    RpFactRow *fact = g_new0(RpFactRow, 1);

    fact->name = g_strdup(name);
    fact->type = g_strdup(type);
    fact->value = g_strdup(value);
    g_ptr_array_add(row->facts, fact);
}

/* --- reading --- */

/* The card of this row and those before it: a new one if it is another. */
static RpCardRow *
card_of_row(RpStore *store, sqlite3_stmt *row, GPtrArray *cards, GError **error)
{
    const char *texts[3];
    RpCardRow *last = cards->len > 0 ? g_ptr_array_index(cards, cards->len - 1) : NULL;

    for (int i = 0; i < 3; i++) {
        texts[i] = rp_db_column_text(store, row, i, error);
        if (texts[i] == NULL)
            return NULL;
    }
    if (last == NULL || strcmp(last->source, texts[0]) != 0 ||
        strcmp(last->uid, texts[1]) != 0) {
        last = rp_card_row_new(texts[0], texts[1], texts[2]);
        last->since_at = sqlite3_column_int64(row, 6);
        g_ptr_array_add(cards, last);
    }
    return last;
}

static bool
load_fact(RpStore *store, sqlite3_stmt *row, GPtrArray *cards, GError **error)
{
    RpCardRow *card = card_of_row(store, row, cards, error);
    const char *texts[3];

    if (card == NULL)
        return false;
    if (sqlite3_column_type(row, 3) == SQLITE_NULL)
        return true; /* a card without facts */
    for (int i = 0; i < 3; i++) {
        texts[i] = rp_db_column_text(store, row, i + 3, error);
        if (texts[i] == NULL)
            return false;
    }
    rp_card_row_add(card, texts[0], texts[1], texts[2]);
    return true;
}

static void
free_card(gpointer card)
{
    rp_card_row_free(card);
}

GPtrArray *
rp_store_load_cards(RpStore *store, const char *source, GError **error)
{
    static const char ALL[] =
        "SELECT c.source, c.uid, c.person_key, f.name, f.type, f.value,"
        " c.since_at"
        " FROM card c LEFT JOIN card_fact f ON f.card = c.id"
        " WHERE ?2 OR c.source = ?1 ORDER BY c.source, c.uid, f.position";
    g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func(free_card);
    sqlite3_stmt *rows = rp_db_use(store, ALL, error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    rp_db_bind_text(rows, 1, source != NULL ? source : "");
    sqlite3_bind_int64(rows, 2, source == NULL);
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW) {
        if (!load_fact(store, rows, cards, error)) {
            sqlite3_reset(rows);
            return NULL;
        }
    }
    return step == RP_STEP_DONE ? g_steal_pointer(&cards) : NULL;
}

/* --- writing --- */

static bool
remove_card(RpStore *store, const RpCardRow *card, GError **error)
{
    return rp_db_run(store, error, "DELETE FROM card WHERE source = ?1 AND uid = ?2",
                     "ss", card->source, card->uid);
}

static bool
put_card(RpStore *store, const RpCardRow *card, GError **error)
{
    static const char ADD[] =
        "INSERT INTO card (source, uid, person_key, since_at) VALUES (?1, ?2, ?3, ?4)";
    static const char ADD_FACT[] = "INSERT INTO card_fact VALUES (?1, ?2, ?3, ?4, ?5)";
    int64_t id;

    if (!remove_card(store, card, error) ||
        !rp_db_run(store, error, ADD, "sssi", card->source, card->uid, card->person_key,
                   card->since_at))
        return false;
    id = sqlite3_last_insert_rowid(store->db);
    for (guint i = 0; i < card->facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(card->facts, i);

        if (!rp_db_run(store, error, ADD_FACT, "iisss", id, (int64_t)i, fact->name,
                       fact->type, fact->value))
            return false;
    }
    return true;
}

static bool
save(RpStore *store, const GPtrArray *changed, const GPtrArray *removed, GError **error)
{
    for (guint i = 0; i < removed->len; i++)
        if (!remove_card(store, g_ptr_array_index(removed, i), error))
            return false;
    for (guint i = 0; i < changed->len; i++)
        if (!put_card(store, g_ptr_array_index(changed, i), error))
            return false;
    return true;
}

bool
rp_store_save_cards(RpStore *store, const GPtrArray *changed, const GPtrArray *removed,
                    GError **error)
{
    if (!rp_db_begin_write(store, error))
        return false;
    return rp_db_end_write(store, save(store, changed, removed, error), error);
}

bool
rp_store_has_card(RpStore *store, const char *source, const char *uid, bool *has,
                  GError **error)
{
    sqlite3_stmt *row =
        rp_db_use(store, "SELECT 1 FROM card WHERE source = ?1 AND uid = ?2", error);
    RpStep step;

    if (row == NULL)
        return false;
    rp_db_bind_text(row, 1, source);
    rp_db_bind_text(row, 2, uid);
    step = rp_db_step(store, row, error);
    *has = step == RP_STEP_ROW;
    sqlite3_reset(row);
    return step != RP_STEP_ERROR;
}
