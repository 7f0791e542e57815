/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-events.c - C1: what was logged outlives what was fetched, and finds its person
 */
#include "core/instant.h"
#include "store-kit.h"
#include "store/cadences.h"
#include "store/db.h"
#include "store/events.h"
#include "store/facts.h"
#include "store/schema.h"

static RpContactEvent *
make_event(const char *person_key, const char *number, int64_t at)
{
    RpContactEvent *event = g_new0(RpContactEvent, 1);

    event->kind = RP_EVENT_CALL;
    event->way = RP_WAY_IN;
    event->outcome = RP_OUTCOME_MISSED;
    event->person_key = g_strdup(person_key);
    event->number = g_strdup(number);
    event->name = g_strdup("Ada's telephone");
    event->at = at;
    event->logged_at = 1000;
    event->undone_at = RP_NEVER;
    event->detail = g_strdup("");
    event->note = g_strdup("two lines\nof a note, '; DROP TABLE contact_event");
    rp_event_set_uid(event);
    return event;
}

static void
test_keep(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) store = NULL;
    g_autoptr(RpContactEvent) first = make_event("ada@x.org", "", 200);
    g_autoptr(RpContactEvent) second = make_event("", "+4930123456", 100);
    g_autoptr(GPtrArray) all = NULL;
    const RpContactEvent *read;

    kit_init(&kit);
    store = kit_open(&kit);
    g_assert_true(rp_store_add_event(store, first, NULL));
    g_assert_true(rp_store_add_event(store, second, NULL));
    g_assert_cmpint(first->id, >, 0);
    g_assert_cmpint(second->id, >, first->id);
    g_assert_true(rp_store_drop_fetched(store, NULL));
    g_clear_pointer(&store, rp_store_close);

    store = kit_open(&kit);
    all = rp_store_load_events(store, NULL);
    g_assert_cmpuint(all->len, ==, 2);
    read = g_ptr_array_index(all, 1); /* by id */
    g_assert_cmpint(read->id, ==, second->id);
    g_assert_cmpstr(read->uid, ==, second->uid);
    g_assert_cmpint(read->kind, ==, RP_EVENT_CALL);
    g_assert_cmpint(read->way, ==, RP_WAY_IN);
    g_assert_cmpint(read->outcome, ==, RP_OUTCOME_MISSED);
    g_assert_cmpstr(read->person_key, ==, "");
    g_assert_cmpstr(read->number, ==, "+4930123456");
    g_assert_cmpstr(read->name, ==, "Ada's telephone");
    g_assert_cmpint(read->at, ==, 100);
    g_assert_cmpint(read->logged_at, ==, 1000);
    g_assert_cmpint(read->undone_at, ==, RP_NEVER);
    g_assert_cmpstr(read->detail, ==, "");
    g_assert_cmpstr(read->note, ==, second->note);
}

/* R15: the same entry twice is one; taken back and made again, it stands. */
static void
test_twice(void)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(RpContactEvent) first = make_event("ada@x.org", "", 200);
    g_autoptr(RpContactEvent) again = make_event("ada@x.org", "", 200);
    g_autoptr(GPtrArray) all = NULL;

    g_assert_true(rp_store_add_event(store, first, NULL));
    g_assert_true(rp_store_undo_event(store, first->id, 10, NULL));
    g_assert_true(rp_store_undo_event(store, first->id, 20, NULL));
    all = rp_store_load_events(store, NULL);
    g_assert_cmpint(((const RpContactEvent *)g_ptr_array_index(all, 0))->undone_at, ==,
                    10);
    g_clear_pointer(&all, g_ptr_array_unref);

    g_assert_true(rp_store_add_event(store, again, NULL));
    g_assert_cmpint(again->id, ==, first->id);
    all = rp_store_load_events(store, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    g_assert_cmpint(((const RpContactEvent *)g_ptr_array_index(all, 0))->undone_at, ==,
                    RP_NEVER);
}

/* The person of an event that has a number alone. */
static void
test_number(void)
{
    static const struct {
        const char *what, *ada, *bob, *number, *expected;
    } cases[] = {
        {"as it stands on the card", "+49 30 123456", "", "+4930123456", "ada@x.org"},
        {"without the country's code", "030 12 34 56", "", "+4930123456", "ada@x.org"},
        {"nobody's", "+4930123456", "", "+4930123457", "tel:+4930123457"},
        {"of two cards: nobody is guessed", "030123456", "030123456", "+4930123456",
         "tel:+4930123456"},
        {"of two that look like it the one that is", "+4930123456", "030123456",
         "+4930123456", "ada@x.org"},
        {"no number on the card", "by the door", "", "+4930123456", "tel:+4930123456"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
        g_autoptr(RpContactEvent) event = make_event("", cases[i].number, 200);
        g_autoptr(RpCorpus) corpus = NULL;

        g_assert_true(kit_say(store, "ada@x.org", RP_FACT_PHONE, cases[i].ada));
        g_assert_true(kit_say(store, "bob@x.org", RP_FACT_PHONE, cases[i].bob));
        g_assert_true(rp_store_add_event(store, event, NULL));
        corpus = rp_store_load_corpus(store, NULL);
        g_assert_true(rp_store_load_corpus_events(store, corpus, NULL));
        g_test_message("%s", cases[i].what);
        g_assert_cmpuint(corpus->events->len, ==, 1);
        g_assert_cmpstr(
            g_array_index(
                corpus->persons, RpPerson,
                ((const RpContactEvent *)g_ptr_array_index(corpus->events, 0))->person)
                .key,
            ==, cases[i].expected);
    }
}

/* What the store never wrote is reported, not shown. */
static void
test_damaged(void)
{
    static const char *const damages[] = {"UPDATE contact_event SET kind = 99",
                                          "UPDATE contact_event SET way = -1",
                                          "UPDATE contact_event SET outcome = 6",
                                          "UPDATE contact_event SET person_key = ''",
                                          "UPDATE contact_event SET note = x'ff'"};

    for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
        g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
        g_autoptr(RpContactEvent) event = make_event("ada@x.org", "", 200);
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) all = NULL;

        g_assert_true(rp_store_add_event(store, event, NULL));
        g_assert_true(rp_db_exec(store, damages[i], NULL));
        all = rp_store_load_events(store, &error);
        g_test_message("%s", damages[i]);
        g_assert_null(all);
        g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_CORRUPT);
    }
}

/* K1: the last word counts, the first time stays. */
static void
test_cadences(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) store = NULL;
    char friends[] = "friends", key[] = "ada@x.org";
    const RpCadenceRow rows[] = {{true, friends, 200, 300, 1},
                                 {false, key, 100, 150, 2},
                                 {true, friends, 400, 500, 3}};
    g_autoptr(GPtrArray) all = NULL;
    const RpCadenceRow *row;

    kit_init(&kit);
    store = kit_open(&kit);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_true(rp_store_set_cadence(store, &rows[i], NULL));
    g_assert_true(rp_store_remove_cadence(store, true, key, NULL)); /* no such tag */
    g_assert_true(rp_store_drop_fetched(store, NULL));
    g_clear_pointer(&store, rp_store_close);

    store = kit_open(&kit);
    all = rp_store_load_cadences(store, NULL);
    g_assert_cmpuint(all->len, ==, 2);
    row = g_ptr_array_index(all, 0);
    g_assert_false(row->is_tag);
    g_assert_cmpstr(row->name, ==, key);
    g_assert_cmpint(row->ideal_s, ==, 100);
    row = g_ptr_array_index(all, 1);
    g_assert_true(row->is_tag);
    g_assert_cmpint(row->ideal_s, ==, 400);
    g_assert_cmpint(row->latest_s, ==, 500);
    g_assert_cmpint(row->since_at, ==, 1);
    g_clear_pointer(&all, g_ptr_array_unref);
    g_assert_true(rp_store_remove_cadence(store, true, friends, NULL));
    all = rp_store_load_cadences(store, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    g_clear_pointer(&all, g_ptr_array_unref);

    g_assert_true(rp_db_exec(store, "UPDATE cadence SET latest_s = 1", NULL));
    all = rp_store_load_cadences(store, NULL);
    g_assert_null(all);
}

/* From the tables of before persons and calls were known. */
static void
test_migration(void)
{
    enum { BEFORE = 1 };
    char name[] = "friends";
    const RpCadenceRow row = {true, name, 100, 150, 1};
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(RpContactEvent) event = make_event("ada@x.org", "", 200);
    g_autoptr(GError) error = NULL;

    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    kit_commit(store);
    g_assert_true(rp_db_exec(store,
                             "DROP TABLE person_fact; DROP TABLE tag_limit;"
                             "DROP TABLE card_fact; DROP TABLE card;"
                             "DROP TABLE forgotten; DROP TABLE contact_event;"
                             "DROP TABLE cadence; PRAGMA user_version = 1",
                             NULL));
    g_assert_true(rp_schema_migrate(store, rp_schema_steps, rp_schema_n_steps, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(rp_schema_n_steps, >, BEFORE);
    g_assert_true(rp_store_add_event(store, event, NULL));
    g_assert_true(rp_store_set_cadence(store, &row, NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/events/keep", test_keep);
    g_test_add_func("/events/twice", test_twice);
    g_test_add_func("/events/number", test_number);
    g_test_add_func("/events/cadences", test_cadences);
    g_test_add_func("/events/damaged", test_damaged);
    g_test_add_func("/events/migration", test_migration);
    return g_test_run();
}
