/* SPDX-License-Identifier: GPL-3.0-or-later */
/* events.c - calls, meetings and other contact, for good: C1 */
#include "store/events.h"

#include <glib/gi18n.h>

#include "core/instant.h"
#include "core/phone.h"
#include "store/db.h"
#include "store/facts.h"

static bool
insert(RpStore *store, const RpContactEvent *event, GError **error)
{
    static const char ADD[] =
        "INSERT INTO contact_event (uid, kind, way, outcome, person_key, number, name,"
        " at, logged_at, undone_at, detail, note, after_decision)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
        "  (SELECT IFNULL(MAX(id), 0) FROM decision))"
        " ON CONFLICT (uid) DO UPDATE SET undone_at = ?10, note = ?12,"
        "  after_decision = excluded.after_decision";

    return rp_db_run(store, error, ADD, "siiisssiitss", event->uid,
                     (int64_t)event->kind, (int64_t)event->way, (int64_t)event->outcome,
                     event->person_key, event->number, event->name, event->at,
                     event->logged_at, event->undone_at, event->detail, event->note);
}

static bool
find_id(RpStore *store, const char *uid, int64_t *id, GError **error)
{
    sqlite3_stmt *row =
        rp_db_use(store, "SELECT id FROM contact_event WHERE uid = ?1", error);

    if (row == NULL)
        return false;
    rp_db_bind_text(row, 1, uid);
    if (rp_db_step(store, row, error) != RP_STEP_ROW)
        return false;
    *id = sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    return true;
}

bool
rp_store_add_event(RpStore *store, RpContactEvent *event, GError **error)
{
    int64_t id = 0;

    if (!rp_db_begin_write(store, error))
        return false;
    if (!rp_db_end_write(store,
                         insert(store, event, error) &&
                             find_id(store, event->uid, &id, error),
                         error))
        return false;
    event->id = id;
    return true;
}

bool
rp_store_undo_event(RpStore *store, int64_t id, int64_t undone_at, GError **error)
{
    static const char UNDO[] = "UPDATE contact_event SET undone_at = ?2"
                               " WHERE id = ?1 AND undone_at IS NULL";

    if (!rp_db_begin_write(store, error))
        return false;
    return rp_db_end_write(store, rp_db_run(store, error, UNDO, "it", id, undone_at),
                           error);
}

/* --- reading --- */

static bool
set_texts(RpStore *store, sqlite3_stmt *row, RpContactEvent *event, GError **error)
{
    char **const texts[] = {&event->uid,  &event->person_key, &event->number,
                            &event->name, &event->detail,     &event->note};
    static const int columns[] = {1, 5, 6, 7, 11, 12};

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        *texts[i] = g_strdup(rp_db_column_text(store, row, columns[i], error));
        if (*texts[i] == NULL)
            return false;
    }
    return true;
}

static RpContactEvent *
event_of_row(RpStore *store, sqlite3_stmt *row, GError **error)
{
    g_autoptr(RpContactEvent) event = g_new0(RpContactEvent, 1);
    int64_t kind = sqlite3_column_int64(row, 2), way = sqlite3_column_int64(row, 3),
            outcome = sqlite3_column_int64(row, 4);

    if (!set_texts(store, row, event, error))
        return NULL;
    event->id = sqlite3_column_int64(row, 0);
    event->kind = (RpEventKind)kind;
    event->way = (RpWay)way;
    event->outcome = (RpOutcome)outcome;
    event->at = sqlite3_column_int64(row, 8);
    event->logged_at = sqlite3_column_int64(row, 9);
    event->undone_at = rp_db_column_instant(row, 10);
    event->after_decision = sqlite3_column_int64(row, 13);
    if (kind >= 0 && kind < RP_N_EVENT_KINDS && way >= 0 && way < RP_N_WAYS &&
        outcome >= 0 && outcome < RP_N_OUTCOMES && rp_event_is_valid(event))
        return g_steal_pointer(&event);
    rp_db_set_corrupt(error, store, _("a contact of no known kind"));
    return NULL;
}

static void
free_event(gpointer event)
{
    rp_event_free(event);
}

GPtrArray *
rp_store_load_events(RpStore *store, GError **error)
{
    static const char ALL[] =
        "SELECT id, uid, kind, way, outcome, person_key, number, name, at, logged_at,"
        " undone_at, detail, note, after_decision FROM contact_event ORDER BY id";
    g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func(free_event);
    sqlite3_stmt *rows = rp_db_use(store, ALL, error);
    RpStep step;

    if (rows == NULL)
        return NULL;
    while ((step = rp_db_step(store, rows, error)) == RP_STEP_ROW) {
        RpContactEvent *event = event_of_row(store, rows, error);

        if (event == NULL) {
            sqlite3_reset(rows);
            return NULL;
        }
        g_ptr_array_add(events, event);
    }
    return step == RP_STEP_DONE ? g_steal_pointer(&events) : NULL;
}

/* --- for the corpus --- */

static void
clear_phone(gpointer phone)
{
    g_free(((RpPhone *)phone)->number);
}

/* What a card has for a number and is none is left out. */
static GArray *
phones_of(RpCorpus *corpus, const GPtrArray *facts)
{
    GArray *phones = g_array_new(FALSE, FALSE, sizeof(RpPhone));

    g_array_set_clear_func(phones, clear_phone);
    for (guint i = 0; i < facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(facts, i);
        RpPhone phone = {0};

        if (!g_str_equal(fact->name, RP_FACT_PHONE))
            continue;
        phone.number = rp_phone_normalize(fact->value);
        if (phone.number == NULL)
            continue;
        phone.person =
            rp_corpus_intern_person(corpus, fact->person_key, &(uint32_t){0});
        g_array_append_val(phones, phone);
    }
    return phones;
}

bool
rp_store_load_corpus_events(RpStore *store, RpCorpus *corpus, GError **error)
{
    g_autoptr(GPtrArray) events = rp_store_load_events(store, error);
    g_autoptr(GPtrArray) facts = NULL;
    g_autoptr(GArray) phones = NULL;

    if (events == NULL)
        return false;
    if (events->len == 0)
        return true;
    facts = rp_store_load_facts(store, error);
    if (facts == NULL)
        return false;
    phones = phones_of(corpus, facts);
    rp_corpus_add_events(corpus, g_steal_pointer(&events), phones);
    return true;
}
