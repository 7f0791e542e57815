/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-decisions.c - R10: decisions, and what was shown, outlive what was fetched */
#include "core/instant.h"
#include "store-kit.h"
#include "store/facts.h"

static RpDecision *
make_decision(RpDecisionKind kind, const char *message_id, int64_t taken_at)
{
    RpDecision *decision = g_new0(RpDecision, 1);

    decision->kind = kind;
    decision->direction = RP_THEIRS;
    decision->person_key = g_strdup("ada@example.org");
    decision->message_id = g_strdup(message_id);
    decision->taken_at = taken_at;
    decision->undone_at = RP_NEVER;
    decision->at = 50;
    decision->detail = g_strdup("call");
    decision->note = g_strdup("two lines\nof a note, '; DROP TABLE decision");
    return decision;
}

static void
test_keep(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) store = NULL;
    g_autoptr(RpDecision) late = make_decision(RP_DECISION_DONE, "a@x.org", 200);
    g_autoptr(RpDecision) early = make_decision(RP_DECISION_SNOOZE, "b@x.org", 100);
    g_autoptr(GPtrArray) all = NULL;
    const RpDecision *read;

    kit_init(&kit);
    store = kit_open(&kit);
    g_assert_true(rp_store_add_decision(store, late, NULL));
    g_assert_true(rp_store_add_decision(store, early, NULL));
    g_assert_cmpint(late->id, >, 0);
    g_assert_cmpint(early->id, >, late->id);
    g_assert_true(rp_store_drop_fetched(store, NULL));
    g_clear_pointer(&store, rp_store_close);

    store = kit_open(&kit);
    all = rp_store_load_decisions(store, NULL);
    g_assert_cmpuint(all->len, ==, 2);
    read = g_ptr_array_index(all, 0); /* by taken_at */
    g_assert_cmpint(read->id, ==, early->id);
    g_assert_cmpint(read->kind, ==, RP_DECISION_SNOOZE);
    g_assert_cmpint(read->direction, ==, RP_THEIRS);
    g_assert_cmpstr(read->person_key, ==, "ada@example.org");
    g_assert_cmpstr(read->message_id, ==, "b@x.org");
    g_assert_cmpint(read->taken_at, ==, 100);
    g_assert_cmpint(read->undone_at, ==, RP_NEVER);
    g_assert_cmpint(read->at, ==, 50);
    g_assert_cmpstr(read->detail, ==, "call");
    g_assert_cmpstr(read->note, ==, early->note);
}

/* R10, R11: tags and limits are kept, once each; one or all of a name are removed. */
static void
test_facts(void)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) store = NULL;
    g_autoptr(GPtrArray) facts = NULL;
    g_autoptr(GPtrArray) limits = NULL;
    const RpFactRow *fact;
    const RpTagLimitRow *limit;

    kit_init(&kit);
    store = kit_open(&kit);
    g_assert_true(kit_say(store, "ada@x.org", RP_FACT_TAG, "vip"));
    g_assert_true(kit_say(store, "ada@x.org", RP_FACT_TAG, "vip"));
    g_assert_true(kit_say(store, "ada@x.org", RP_FACT_TAG, "old"));
    g_assert_true(kit_say(store, "ada@x.org", RP_FACT_LIMIT, "3600"));
    g_assert_true(kit_say(store, "bob@x.org", RP_FACT_TAG, "a"));
    g_assert_true(kit_say(store, "bob@x.org", RP_FACT_TAG, "b"));
    g_assert_true(rp_store_remove_fact(store, "ada@x.org", RP_FACT_TAG, "old", NULL));
    g_assert_true(rp_store_remove_fact(store, "bob@x.org", RP_FACT_TAG, NULL, NULL));
    g_assert_true(rp_store_set_tag_limit(store, "vip", 7200, NULL));
    g_assert_true(rp_store_set_tag_limit(store, "vip", 1800, NULL));
    g_assert_true(rp_store_set_tag_limit(store, "gone", 60, NULL));
    g_assert_true(rp_store_set_tag_limit(store, "gone", 0, NULL));
    g_assert_true(rp_store_drop_fetched(store, NULL));
    g_clear_pointer(&store, rp_store_close);

    store = kit_open(&kit);
    facts = rp_store_load_facts(store, NULL);
    g_assert_cmpuint(facts->len, ==, 2);
    fact = g_ptr_array_index(facts, 0);
    g_assert_cmpstr(fact->name, ==, RP_FACT_LIMIT);
    g_assert_cmpstr(fact->value, ==, "3600");
    fact = g_ptr_array_index(facts, 1);
    g_assert_cmpstr(fact->person_key, ==, "ada@x.org");
    g_assert_cmpstr(fact->value, ==, "vip");
    limits = rp_store_load_tag_limits(store, NULL);
    g_assert_cmpuint(limits->len, ==, 1);
    limit = g_ptr_array_index(limits, 0);
    g_assert_cmpstr(limit->tag, ==, "vip");
    g_assert_cmpint(limit->limit_s, ==, 1800);
}

/* Undone once; the first undoing stands, and history is kept. */
static void
test_undo(void)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(RpDecision) decision = make_decision(RP_DECISION_DISMISS, "a@x.org", 1);
    g_autoptr(GPtrArray) all = NULL;

    g_assert_true(rp_store_add_decision(store, decision, NULL));
    g_assert_true(rp_store_undo_decision(store, decision->id, 10, NULL));
    g_assert_true(rp_store_undo_decision(store, decision->id, 20, NULL));
    g_assert_true(rp_store_undo_decision(store, 999, 20, NULL));
    all = rp_store_load_decisions(store, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    g_assert_cmpint(((const RpDecision *)g_ptr_array_index(all, 0))->undone_at, ==, 10);
}

/* A decision taken while a batch is open is not lost with the batch. */
static void
test_amid_a_batch(void)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(RpDecision) decision = make_decision(RP_DECISION_DONE, "a@x.org", 1);
    g_autoptr(GPtrArray) all = NULL;

    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 1, "a@x.org", 0));
    g_assert_true(rp_store_add_decision(store, decision, NULL));
    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 2, "b@x.org", 0));
    rp_store_rollback(store);
    all = rp_store_load_decisions(store, NULL);
    g_assert_cmpuint(all->len, ==, 1);
}

static void
test_last_list(void)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) none = rp_store_load_last_list(store, NULL);
    g_autoptr(GPtrArray) read = NULL;

    g_assert_cmpuint(none->len, ==, 0);
    g_ptr_array_add(ids, g_strdup("zz"));
    g_ptr_array_add(ids, g_strdup("aa"));
    g_ptr_array_add(ids, g_strdup("mm"));
    g_assert_true(rp_store_save_last_list(store, ids, NULL));
    g_ptr_array_set_size(ids, 2);
    g_assert_true(rp_store_save_last_list(store, ids, NULL));
    read = rp_store_load_last_list(store, NULL);
    g_assert_cmpuint(read->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(read, 0), ==, "zz");
    g_assert_cmpstr(g_ptr_array_index(read, 1), ==, "aa");
}

/* None twice; of two clocks the earlier, for one that was ahead was set since. Only
 * what is asked for is loaded, and of a day's pop-ups only the last are kept. */
static void
test_notices(void)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(GPtrArray) notices = NULL, pop_ups = NULL;
    const RpNoticeRow *first;
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

    g_assert_true(rp_store_add_notice(store, "aa", "overdue", 20, NULL));
    g_assert_true(rp_store_add_notice(store, "aa", "overdue", 90, NULL));
    g_assert_true(rp_store_add_notice(store, "aa", "overdue", 15, NULL));
    g_assert_true(rp_store_add_notice(store, "aa", "warn", 10, NULL));
    g_assert_true(rp_store_add_notice(store, "bb", "warn", 12, NULL));
    for (int64_t day = 0; day <= 41; day++) {
        g_autofree char *stage = rp_instant_format(day * RP_DAY_S);

        g_assert_true(
            rp_store_add_notice(store, "pop-up", stage, day * RP_DAY_S, NULL));
    }
    g_assert_true(rp_store_add_notice(store, "aa", "repeat", 41 * RP_DAY_S, NULL));
    g_assert_true(rp_store_drop_fetched(store, NULL));
    g_ptr_array_add(ids, g_strdup("pop-up"));
    pop_ups = rp_store_load_notices(store, ids, NULL);
    g_assert_cmpuint(pop_ups->len, ==, 41);
    g_ptr_array_add(ids, g_strdup("aa"));
    g_ptr_array_remove_index(ids, 0);
    notices = rp_store_load_notices(store, ids, NULL);
    g_assert_cmpuint(notices->len, ==, 3);
    first = g_ptr_array_index(notices, 0);
    g_assert_cmpstr(first->followup_id, ==, "aa");
    g_assert_cmpstr(first->stage, ==, "warn");
    g_assert_cmpint(first->shown_at, ==, 10);
    g_assert_cmpint(((const RpNoticeRow *)g_ptr_array_index(notices, 1))->shown_at, ==,
                    15);
}

static void
test_values(void)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *none = rp_store_get_value(store, "round.work", &error);
    g_autofree char *value = NULL;

    g_assert_null(none);
    g_assert_no_error(error);
    g_assert_true(rp_store_set_value(store, "round.work", "1", NULL));
    g_assert_true(rp_store_set_value(store, "round.work", "2", NULL));
    value = rp_store_get_value(store, "round.work", NULL);
    g_assert_cmpstr(value, ==, "2");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/decisions/keep", test_keep);
    g_test_add_func("/decisions/facts", test_facts);
    g_test_add_func("/decisions/undo", test_undo);
    g_test_add_func("/decisions/amid-a-batch", test_amid_a_batch);
    g_test_add_func("/decisions/last-list", test_last_list);
    g_test_add_func("/decisions/notices", test_notices);
    g_test_add_func("/decisions/values", test_values);
    return g_test_run();
}
