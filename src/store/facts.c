/* SPDX-License-Identifier: GPL-3.0-or-later */
/* facts.c - what the user says of persons: tags and limits (R11) */
#include "store/facts.h"

#include <glib/gi18n.h>

#include "store/db.h"

void
rp_fact_row_free(RpFactRow *row)
{
    if (row == NULL)
        return;
    g_free(row->person_key);
    g_free(row->name);
    g_free(row->value);
    g_free(row->type);
    g_free(row->source);
    g_free(row->uid);
    g_free(row);
}

void
rp_tag_limit_row_free(RpTagLimitRow *row)
{
    if (row == NULL)
        return;
    g_free(row->tag);
    g_free(row);
}

/* Tags and limits make nobody known, and limits are loaded anew with each view. */
static bool
begin(RpStore *store, const char *name, GError **error)
{
    bool is_mark = strcmp(name, RP_FACT_TAG) == 0 || strcmp(name, RP_FACT_LIMIT) == 0;

    return is_mark ? rp_db_begin_aside(store, error) : rp_db_begin_write(store, error);
}

bool
rp_store_put_fact(RpStore *store, const RpFactRow *row, GError **error)
{
    static const char PUT[] =
        "INSERT INTO person_fact (person_key, name, value, type, since_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (person_key, name, value) DO UPDATE SET type = ?4";

    if (!begin(store, row->name, error))
        return false;
    return rp_db_end_write(store,
                           rp_db_run(store, error, PUT, "ssssi", row->person_key,
                                     row->name, row->value, row->type, row->since_at),
                           error);
}

bool
rp_store_offer_fact(RpStore *store, const RpFactRow *row, bool is_many, bool *is_new,
                    GError **error)
{
    static const char OFFER[] =
        "INSERT INTO person_fact (person_key, name, value, type, since_at)"
        " SELECT ?1, ?2, ?3, ?4, ?6 WHERE NOT EXISTS (SELECT 1 FROM person_fact"
        " WHERE person_key = ?1 AND name = ?2 AND (NOT ?5 OR value = ?3))";
    bool is_good;

    if (!begin(store, row->name, error))
        return false;
    is_good = rp_db_run(store, error, OFFER, "ssssii", row->person_key, row->name,
                        row->value, row->type, (int64_t)is_many, row->since_at);
    *is_new = is_good && sqlite3_changes(store->db) > 0;
    return rp_db_end_write(store, is_good, error);
}

bool
rp_store_remove_fact(RpStore *store, const char *person_key, const char *name,
                     const char *value, GError **error)
{
    static const char REMOVE[] = "DELETE FROM person_fact WHERE person_key = ?1"
                                 " AND name = ?2 AND (?4 OR value = ?3)";

    if (!begin(store, name, error))
        return false;
    return rp_db_end_write(store,
                           rp_db_run(store, error, REMOVE, "sssi", person_key, name,
                                     value != NULL ? value : "",
                                     (int64_t)(value == NULL)),
                           error);
}

bool
rp_store_set_tag_limit(RpStore *store, const char *tag, int64_t limit_s, GError **error)
{
    static const char SET[] = "INSERT INTO tag_limit VALUES (?1, ?2)"
                              " ON CONFLICT (tag) DO UPDATE SET limit_s = ?2";
    static const char FORGET[] = "DELETE FROM tag_limit WHERE tag = ?1";

    if (!rp_db_begin_aside(store, error))
        return false;
    return rp_db_end_write(store,
                           limit_s > 0
                               ? rp_db_run(store, error, SET, "si", tag, limit_s)
                               : rp_db_run(store, error, FORGET, "s", tag),
                           error);
}

bool
rp_store_offer_tag_limit(RpStore *store, const char *tag, int64_t limit_s, bool *is_new,
                         GError **error)
{
    static const char OFFER[] = "INSERT OR IGNORE INTO tag_limit VALUES (?1, ?2)";
    bool is_good;

    if (!rp_db_begin_aside(store, error))
        return false;
    is_good = rp_db_run(store, error, OFFER, "si", tag, limit_s);
    *is_new = is_good && sqlite3_changes(store->db) > 0;
    return rp_db_end_write(store, is_good, error);
}

/* --- reading --- */

typedef gpointer (*MakeRow)(RpStore *store, sqlite3_stmt *row, GError **error);

static GPtrArray *
load_rows(RpStore *store, const char *sql, MakeRow make, GDestroyNotify destroy,
          GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(destroy);
    sqlite3_stmt *rows = rp_db_use(store, sql, error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW) {
        gpointer row = make(store, rows, error);

        if (row == NULL) {
            sqlite3_reset(rows);
            return NULL;
        }
        g_ptr_array_add(found, row);
    }
    return step == RP_STEP_DONE ? g_steal_pointer(&found) : NULL;
}

static gpointer
make_fact(RpStore *store, sqlite3_stmt *row, GError **error)
{
    RpFactRow *fact = g_new0(RpFactRow, 1);
    char **const columns[] = {&fact->person_key, &fact->name,   &fact->value,
                              &fact->type,       &fact->source, &fact->uid};

    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        *columns[i] = g_strdup(rp_db_column_text(store, row, (int)i, error));
        if (*columns[i] == NULL) {
            rp_fact_row_free(fact);
            return NULL;
        }
    }
    fact->since_at = sqlite3_column_int64(row, 7);
    return fact;
}

static void
free_fact(gpointer row)
{
    rp_fact_row_free(row);
}

GPtrArray *
rp_store_load_facts(RpStore *store, GError **error)
{
    static const char ALL[] =
        "SELECT person_key, name, value, type, '' AS source, '' AS uid, 0 AS position,"
        " since_at FROM person_fact UNION ALL"
        " SELECT c.person_key, f.name, f.value, f.type, c.source, c.uid, f.position, "
        "c.since_at"
        " FROM card_fact f JOIN card c ON c.id = f.card"
        " ORDER BY person_key, source, uid, position, name, value";

    return load_rows(store, ALL, make_fact, free_fact, error);
}

static gpointer
make_tag_limit(RpStore *store, sqlite3_stmt *row, GError **error)
{
    RpTagLimitRow *limit = g_new0(RpTagLimitRow, 1);

    limit->limit_s = sqlite3_column_int64(row, 1);
    limit->tag = g_strdup(rp_db_column_text(store, row, 0, error));
    if (limit->tag == NULL)
        g_clear_pointer(&limit, rp_tag_limit_row_free);
    return limit;
}

static void
free_tag_limit(gpointer row)
{
    rp_tag_limit_row_free(row);
}

GPtrArray *
rp_store_load_tag_limits(RpStore *store, GError **error)
{
    return load_rows(store, "SELECT tag, limit_s FROM tag_limit ORDER BY tag",
                     make_tag_limit, free_tag_limit, error);
}

/* --- limits --- */

/* Own limits first; then the shortest of each key's tags. */
static const char LIMITS[] =
    "SELECT person_key, CAST(value AS INTEGER), 1 AS is_own FROM person_fact"
    " WHERE name = '" RP_FACT_LIMIT "' UNION ALL"
    " SELECT f.person_key, MIN(t.limit_s), 0 FROM"
    " (SELECT person_key, name, value FROM person_fact UNION ALL"
    "  SELECT c.person_key, g.name, g.value FROM card_fact g JOIN card c"
    "  ON c.id = g.card) f"
    " JOIN tag_limit t ON f.name = '" RP_FACT_TAG "' AND t.tag = f.value"
    " GROUP BY f.person_key ORDER BY is_own DESC";

/* own: the persons who have a limit of their own: no tag of anybody who was made one
 * person with them counts then. */
static bool
set_limit(RpStore *store, sqlite3_stmt *row, RpCorpus *corpus, GHashTable *own,
          GError **error)
{
    const char *key = rp_db_column_text(store, row, 0, error);
    int64_t limit_s = sqlite3_column_int64(row, 1);
    bool is_own = sqlite3_column_int64(row, 2) != 0;
    RpPerson *person;
    uint32_t index;

    if (key == NULL)
        return false;
    if (limit_s <= 0) {
        rp_db_set_corrupt(error, store, "a limit that is none");
        return false;
    }
    index = rp_corpus_find_person(corpus, key);
    if (index == RP_NONE)
        return true;
    if (is_own)
        g_hash_table_add(own, GUINT_TO_POINTER(index));
    else if (g_hash_table_contains(own, GUINT_TO_POINTER(index)))
        return true;
    person = &g_array_index(corpus->persons, RpPerson, index);
    if (person->limit_s == 0 || limit_s < person->limit_s)
        person->limit_s = limit_s;
    return true;
}

bool
rp_store_load_limits(RpStore *store, RpCorpus *corpus, GError **error)
{
    g_autoptr(GHashTable) own = g_hash_table_new(NULL, NULL);
    sqlite3_stmt *rows = rp_db_use(store, LIMITS, error);
    RpStep step;

    if (rows == NULL)
        return false;
    for (guint i = 0; i < corpus->persons->len; i++)
        g_array_index(corpus->persons, RpPerson, i).limit_s = 0;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW)
        if (!set_limit(store, rows, corpus, own, error)) {
            sqlite3_reset(rows);
            return false;
        }
    return step == RP_STEP_DONE;
}
