/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-intake.c - what each record does to the database */
#include "core/instant.h"
#include "store-kit.h"

#define UIDS(...) ((const uint64_t[]){__VA_ARGS__, 0})
#define FLAGS(...) ((const uint32_t[]){__VA_ARGS__})
static const uint64_t NO_UIDS[] = {0};

/* Two folders read whole: INBOX 1 to 3, Sent 1. */
static RpStore *
open_synced(void)
{
    RpStore *store = rp_store_open(":memory:", NULL);

    g_assert_nonnull(store);
    KIT_APPLY(
        store, 100, kit_round(RP_ROUND_BEGIN), kit_folder("INBOX", RP_ROLE_INBOX, true),
        kit_folder("Sent", RP_ROLE_SENT, true), kit_copy("INBOX", 1, 1, "a@x.org", 0),
        kit_copy("INBOX", 1, 2, "b@x.org", 0),
        kit_copy("INBOX", 1, 3, "c@x.org", RP_FLAG_ANSWERED),
        kit_checkpoint("INBOX", 1, 1, 4, true),
        kit_copy("Sent", 1, 1, "d@x.org", RP_FLAG_SEEN),
        kit_checkpoint("Sent", 1, 1, 2, true), kit_round(RP_ROUND_END));
    kit_commit(store);
    g_assert_true(rp_store_take_changed(store));
    return store;
}

static void
assert_uids(RpStore *store, const char *expected)
{
    g_autofree char *uids = kit_uids_text(store);

    g_assert_cmpstr(uids, ==, expected);
}

/* All facts of a copy come back as they were put in. */
static void
test_facts(void)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autofree char *dump = NULL;
    RpRecord copy = kit_copy("INBOX", 1, 7, "a@x.org", RP_FLAG_SEEN);
    RpEnvelope *envelope = copy.u.copy.envelope;

    envelope->signs = RP_SIGN_LIST_ID;
    envelope->date_at = -5;
    g_free(envelope->list_id);
    envelope->list_id = g_strdup("l.x.org");
    envelope->has_thread_index = true;
    for (uint8_t i = 0; i < RP_THREAD_INDEX_LEN; i++)
        envelope->thread_index[i] = i;
    g_ptr_array_add(envelope->reply_to, rp_mailbox_new("", "r@x.org"));
    g_ptr_array_add(envelope->cc, rp_mailbox_new("C\u00e9", "c@x.org"));
    g_ptr_array_add(envelope->cc, rp_mailbox_new("", "c@x.org"));
    g_ptr_array_add(envelope->in_reply_to, g_strdup("first@example.org"));
    g_ptr_array_add(envelope->list_posts, g_strdup("l@x.org"));
    KIT_APPLY(store, 100, kit_folder("INBOX", RP_ROLE_INBOX, true), copy);
    kit_commit(store);
    dump = kit_dump(store);
    g_assert_cmpstr(
        dump, ==,
        "copy work INBOX 1 7 a@x.org 1700000007 -5 9223372036854775807 1000 1 64"
        " 'About a@x.org' l.x.org 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11"
        " 12 13 14 15 [ ada@example.org ] [ r@x.org ] [ me@example.org ]"
        " [ c@x.org c@x.org ] [ first@example.org ] [ first@example.org ] [ l@x.org ]"
        " 'Ada' '' 'C\u00e9' ''\n"
        "delivered me@example.org 1\n"
        "folder work INBOX INBOX 1 1 0 1 0 9223372036854775807");
}

/* The same UID again takes the place of the copy. */
static void
test_replace(void)
{
    g_autoptr(RpStore) store = open_synced();
    g_autofree char *before = kit_dump(store);
    g_autofree char *after = NULL;

    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 2, "b@x.org", 0));
    kit_commit(store);
    after = kit_dump(store);
    g_assert_cmpstr(after, ==, before);
    g_assert_false(rp_store_take_changed(store)); /* nothing new */

    KIT_APPLY(store, 100, kit_copy("INBOX", 1, 2, "other@x.org", 0));
    kit_commit(store);
    assert_uids(store, "INBOX:1 INBOX:2 INBOX:3 Sent:1");
    g_assert_true(rp_store_take_changed(store));
}

static void
test_flags(void)
{
    static const struct {
        const char *what;
        uint64_t uid;
        uint32_t uid_validity, flags;
        bool is_changed;
    } cases[] = {
        {"as before", 1, 1, 0, false},
        {"only read", 1, 1, RP_FLAG_SEEN, false},
        {"answered", 1, 1, RP_FLAG_SEEN | RP_FLAG_ANSWERED, true},
        {"answered no more", 1, 1, 0, true},
        {"not here", 9, 1, RP_FLAG_ANSWERED, false},
        {"another UIDVALIDITY", 1, 2, RP_FLAG_ANSWERED, false},
    };
    g_autoptr(RpStore) store = open_synced();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        KIT_APPLY(store, 200,
                  kit_uids(RP_RECORD_FLAGS, "INBOX", cases[i].uid_validity,
                           UIDS(cases[i].uid), &cases[i].flags));
        kit_commit(store);
        g_test_message("%s", cases[i].what);
        g_assert_true(rp_store_take_changed(store) == cases[i].is_changed);
    }
}

static int64_t
answered_at(RpStore *store, uint64_t uid)
{
    g_autoptr(RpCorpus) corpus = rp_store_load_corpus(store, NULL);

    for (guint i = 0; i < corpus->copies->len; i++) {
        const RpCopy *copy = &g_array_index(corpus->copies, RpCopy, i);

        if (copy->uid == uid)
            return copy->answered_at;
    }
    return -1;
}

/* R9: censored at the moment the flag was first seen, whatever happens later. */
static void
test_first_answered(void)
{
    g_autoptr(RpStore) store = open_synced();

    g_assert_cmpint(answered_at(store, 2), ==, RP_NEVER);
    KIT_APPLY(store, 200,
              kit_uids(RP_RECORD_FLAGS, "INBOX", 1, UIDS(2), FLAGS(RP_FLAG_ANSWERED)));
    g_assert_cmpint(answered_at(store, 2), ==, 200);
    KIT_APPLY(store, 300, kit_uids(RP_RECORD_FLAGS, "INBOX", 1, UIDS(2), FLAGS(0)));
    g_assert_cmpint(answered_at(store, 2), ==, RP_NEVER);
    KIT_APPLY(store, 400,
              kit_uids(RP_RECORD_FLAGS, "INBOX", 1, UIDS(2), FLAGS(RP_FLAG_ANSWERED)));
    g_assert_cmpint(answered_at(store, 2), ==, 200);

    /* The same message under another UID of another UIDVALIDITY. */
    KIT_APPLY(store, 500, kit_copy("INBOX", 2, 12, "b@x.org", RP_FLAG_ANSWERED),
              kit_checkpoint("INBOX", 2, 1, 13, true));
    g_assert_cmpint(answered_at(store, 12), ==, 200);
    kit_commit(store);
    g_assert_true(rp_store_drop_fetched(store, NULL));
    assert_uids(store, "");
    KIT_APPLY(store, 600, kit_copy("INBOX", 3, 22, "b@x.org", RP_FLAG_ANSWERED));
    g_assert_cmpint(answered_at(store, 22), ==, 200);
    kit_commit(store);
}

static void
test_gone(void)
{
    g_autoptr(RpStore) store = open_synced();

    KIT_APPLY(store, 200, kit_uids(RP_RECORD_GONE, "INBOX", 1, UIDS(9), NULL),
              kit_uids(RP_RECORD_GONE, "INBOX", 2, UIDS(1), NULL));
    kit_commit(store);
    g_assert_false(rp_store_take_changed(store));
    KIT_APPLY(store, 200, kit_uids(RP_RECORD_GONE, "INBOX", 1, UIDS(1, 3), NULL));
    kit_commit(store);
    g_assert_true(rp_store_take_changed(store));
    assert_uids(store, "INBOX:2 Sent:1");
}

/* What is not present of the range is gone; outside it, nothing is said. */
static void
test_present(void)
{
    const struct {
        const char *what;
        uint32_t uid_validity;
        uint64_t low, high;
        const uint64_t *uids;
        const char *expected;
    } cases[] = {
        {"all there", 1, 1, 4, UIDS(1, 2, 3), "INBOX:1 INBOX:2 INBOX:3 Sent:1"},
        {"one missing", 1, 1, 4, UIDS(1, 3), "INBOX:1 INBOX:3 Sent:1"},
        {"ends before it", 1, 1, 3, UIDS(1, 2), "INBOX:1 INBOX:2 INBOX:3 Sent:1"},
        {"begins behind it", 1, 2, 4, UIDS(3), "INBOX:1 INBOX:3 Sent:1"},
        {"none there", 1, 0, 100, NO_UIDS, "Sent:1"},
        {"new ones named", 1, 1, 9, UIDS(2, 5, 7), "INBOX:2 Sent:1"},
        {"empty range", 1, 2, 2, NO_UIDS, "INBOX:1 INBOX:2 INBOX:3 Sent:1"},
        {"another UIDVALIDITY", 2, 1, 9, NO_UIDS, "INBOX:1 INBOX:2 INBOX:3 Sent:1"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpStore) store = open_synced();

        KIT_APPLY(store, 200,
                  kit_present("INBOX", cases[i].uid_validity, cases[i].low,
                              cases[i].high, cases[i].uids));
        g_test_message("%s", cases[i].what);
        assert_uids(store, cases[i].expected);
    }
}

/* PRESENT may come in several records with adjoining ranges. */
static void
test_present_in_parts(void)
{
    g_autoptr(RpStore) store = open_synced();

    KIT_APPLY(store, 200, kit_present("INBOX", 1, 1, 3, UIDS(2)),
              kit_present("INBOX", 1, 3, 4, UIDS(3)));
    assert_uids(store, "INBOX:2 INBOX:3 Sent:1");
}

/* Under another UIDVALIDITY the folder is read anew; until that is whole, the old
 * copies are still seen: no figure forgets mail in the meantime. */
static void
test_uid_validity(void)
{
    g_autoptr(RpStore) store = open_synced();

    KIT_APPLY(store, 200, kit_copy("INBOX", 2, 12, "b@x.org", 0),
              kit_copy("INBOX", 2, 13, "c@x.org", 0),
              kit_checkpoint("INBOX", 2, 12, 14, false));
    assert_uids(store, "INBOX:1 INBOX:12 INBOX:13 INBOX:2 INBOX:3 Sent:1");
    KIT_APPLY(store, 200, kit_copy("INBOX", 2, 11, "a@x.org", 0),
              kit_checkpoint("INBOX", 2, 1, 14, true));
    assert_uids(store, "INBOX:11 INBOX:12 INBOX:13 Sent:1");
}

static void
test_left_out_folder(void)
{
    g_autoptr(RpStore) store = open_synced();
    g_autoptr(GPtrArray) states = NULL;

    KIT_APPLY(store, 200, kit_folder("INBOX", RP_ROLE_INBOX, false));
    assert_uids(store, "Sent:1");
    states = rp_store_load_states(store, "work", NULL);
    g_assert_cmpuint(states->len, ==, 1); /* read from its beginning if read again */
}

/* A folder that the server no longer has goes, but only on a whole, good round. */
static void
test_vanished_folder(void)
{
    g_autoptr(RpStore) store = open_synced();

    KIT_APPLY(store, 200, kit_round(RP_ROUND_BEGIN),
              kit_folder("INBOX", RP_ROLE_INBOX, true),
              kit_problem(RP_PROBLEM_NETWORK, "", 0, "connection lost"),
              kit_round(RP_ROUND_END));
    assert_uids(store, "INBOX:1 INBOX:2 INBOX:3 Sent:1");
    KIT_APPLY(store, 200, kit_folder("INBOX", RP_ROLE_INBOX, true),
              kit_round(RP_ROUND_END)); /* whose beginning was not seen */
    assert_uids(store, "INBOX:1 INBOX:2 INBOX:3 Sent:1");
    KIT_APPLY(store, 200, kit_round(RP_ROUND_BEGIN), kit_round(RP_ROUND_END));
    assert_uids(store, "INBOX:1 INBOX:2 INBOX:3 Sent:1"); /* nothing was listed */
    KIT_APPLY(store, 200, kit_round(RP_ROUND_BEGIN),
              kit_folder("INBOX", RP_ROLE_INBOX, true), kit_round(RP_ROUND_END));
    assert_uids(store, "INBOX:1 INBOX:2 INBOX:3");

    /* and comes back under the same name */
    KIT_APPLY(store, 300, kit_copy("Sent", 1, 5, "d@x.org", 0));
    assert_uids(store, "INBOX:1 INBOX:2 INBOX:3 Sent:5");
}

/* Another account's round says nothing about this one. */
static void
test_other_account(void)
{
    g_autoptr(RpStore) store = open_synced();
    RpRecord records[] = {
        kit_round(RP_ROUND_BEGIN), kit_folder("INBOX", RP_ROLE_INBOX, true),
        kit_copy("INBOX", 1, 1, "z@x.org", 0), kit_checkpoint("INBOX", 1, 1, 2, true),
        kit_round(RP_ROUND_END)};

    for (size_t i = 0; i < G_N_ELEMENTS(records); i++) {
        g_assert_true(rp_store_apply(store, "home", &records[i], 200, NULL));
        rp_record_clear(&records[i]);
    }
    assert_uids(store, "INBOX:1 INBOX:1 INBOX:2 INBOX:3 Sent:1");
}

static void
assert_problems(RpStore *store, const char *expected)
{
    g_autoptr(GPtrArray) problems = rp_store_load_problems(store, NULL);
    g_autoptr(GString) text = g_string_new("");

    for (guint i = 0; i < problems->len; i++) {
        const RpProblemRow *row = g_ptr_array_index(problems, i);

        g_string_append_printf(text, "%s%s:%u:%s", i > 0 ? " " : "", row->folder,
                               (unsigned)row->uid, row->text);
    }
    g_assert_cmpstr(text->str, ==, expected);
}

static void
test_problems(void)
{
    g_autoptr(RpStore) store = open_synced();

    KIT_APPLY(
        store, 200, kit_round(RP_ROUND_BEGIN), kit_folder("INBOX", RP_ROLE_INBOX, true),
        kit_folder("Sent", RP_ROLE_SENT, true),
        kit_problem(RP_PROBLEM_FOLDER, "Sent", 0, "locked"), kit_round(RP_ROUND_END));
    assert_problems(store, "Sent:0:locked");
    KIT_APPLY(store, 300, kit_round(RP_ROUND_BEGIN),
              kit_problem(RP_PROBLEM_NETWORK, "", 0, "offline"),
              kit_round(RP_ROUND_END));
    assert_problems(store, ":0:offline Sent:0:locked"); /* newest first */
    KIT_APPLY(store, 400, kit_round(RP_ROUND_BEGIN),
              kit_folder("INBOX", RP_ROLE_INBOX, true),
              kit_folder("Sent", RP_ROLE_SENT, true), kit_round(RP_ROUND_END));
    assert_problems(store, "");
}

/* An unreadable message is known until it can be read, is gone, or its folder is
 * another; a good round does not mend it. */
static void
test_unreadable(void)
{
    g_autoptr(RpStore) store = open_synced();

    KIT_APPLY(store, 200, kit_round(RP_ROUND_BEGIN),
              kit_folder("INBOX", RP_ROLE_INBOX, true),
              kit_folder("Sent", RP_ROLE_SENT, true),
              kit_problem(RP_PROBLEM_UNREADABLE, "INBOX", 4, "odd"),
              kit_problem(RP_PROBLEM_UNREADABLE, "INBOX", 5, "odd"),
              kit_problem(RP_PROBLEM_UNREADABLE, "INBOX", 6, "odd"),
              kit_checkpoint("INBOX", 1, 1, 7, true), kit_round(RP_ROUND_END));
    assert_problems(store, "INBOX:4:odd INBOX:5:odd INBOX:6:odd");
    KIT_APPLY(store, 300, kit_copy("INBOX", 1, 4, "e@x.org", 0));
    assert_problems(store, "INBOX:5:odd INBOX:6:odd");
    KIT_APPLY(store, 300, kit_present("INBOX", 1, 1, 7, UIDS(1, 2, 3, 4, 6)));
    assert_problems(store, "INBOX:6:odd");
    KIT_APPLY(store, 400, kit_problem(RP_PROBLEM_UNREADABLE, "INBOX", 8, "new"),
              kit_checkpoint("INBOX", 2, 1, 9, true));
    assert_problems(store, "INBOX:8:new");
}

/* Nothing a source must not send comes through. */
static void
test_refused(void)
{
    g_autoptr(RpStore) store = open_synced();
    g_autoptr(GError) error = NULL;
    RpRecord go = {.type = RP_RECORD_GO};

    KIT_APPLY(store, 200, kit_copy("INBOX", 1, 4, "e@x.org", 0));
    g_assert_false(rp_store_apply(store, "work", &go, 200, &error));
    g_assert_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED);
    assert_uids(store, "INBOX:1 INBOX:2 INBOX:3 Sent:1"); /* the batch is undone */
}

static void
test_batch(void)
{
    g_autoptr(RpStore) store = open_synced();

    g_assert_cmpuint(rp_store_batch_size(store), ==, 0);
    KIT_APPLY(store, 200, kit_copy("INBOX", 1, 4, "e@x.org", 0),
              kit_copy("INBOX", 1, 5, "f@x.org", 0),
              kit_checkpoint("INBOX", 1, 1, 6, true));
    g_assert_cmpuint(rp_store_batch_size(store), ==, 3);
    rp_store_rollback(store);
    g_assert_cmpuint(rp_store_batch_size(store), ==, 0);
    g_assert_false(rp_store_take_changed(store));
    assert_uids(store, "INBOX:1 INBOX:2 INBOX:3 Sent:1");
    /* What was remembered of the rows undone is forgotten. */
    KIT_APPLY(store, 200, kit_copy("INBOX", 1, 5, "f@x.org", 0));
    kit_commit(store);
    g_assert_true(rp_store_take_changed(store));
    assert_uids(store, "INBOX:1 INBOX:2 INBOX:3 INBOX:5 Sent:1");
}

/* Copies of one message count once. */
static void
test_delivered_to(void)
{
    g_autoptr(RpStore) store = open_synced();
    g_autoptr(GPtrArray) addresses = NULL;
    g_autoptr(GArray) counts = NULL;
    RpRecord copy = kit_copy("Sent", 1, 2, "a@x.org", 0);

    g_ptr_array_add(copy.u.copy.envelope->delivered_to, g_strdup("alias@x.org"));
    KIT_APPLY(store, 200, copy);
    g_assert_true(rp_store_load_delivered_to(store, &addresses, &counts, NULL));
    g_assert_cmpuint(addresses->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(addresses, 0), ==, "me@example.org");
    g_assert_cmpuint(g_array_index(counts, uint32_t, 0), ==, 4);
    g_assert_cmpstr(g_ptr_array_index(addresses, 1), ==, "alias@x.org");
    g_assert_cmpuint(g_array_index(counts, uint32_t, 1), ==, 1);
}

/* One person, many addresses. */
static void
test_persons(void)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(RpCorpus) corpus = NULL;
    RpRecord copy = kit_copy("INBOX", 1, 1, "a@x.org", 0);

    g_ptr_array_add(copy.u.copy.envelope->cc, rp_mailbox_new("", "a.b@gmail.com"));
    g_ptr_array_add(copy.u.copy.envelope->cc, rp_mailbox_new("", "ab+x@gmail.com"));
    KIT_APPLY(store, 100, copy);
    kit_commit(store);
    corpus = rp_store_load_corpus(store, NULL);
    g_assert_cmpuint(corpus->addresses->len, ==, 4); /* with ada's and mine */
    g_assert_cmpuint(corpus->persons->len, ==, 3);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/intake/facts", test_facts);
    g_test_add_func("/intake/replace", test_replace);
    g_test_add_func("/intake/flags", test_flags);
    g_test_add_func("/intake/first-answered", test_first_answered);
    g_test_add_func("/intake/gone", test_gone);
    g_test_add_func("/intake/present", test_present);
    g_test_add_func("/intake/present-in-parts", test_present_in_parts);
    g_test_add_func("/intake/uid-validity", test_uid_validity);
    g_test_add_func("/intake/left-out-folder", test_left_out_folder);
    g_test_add_func("/intake/vanished-folder", test_vanished_folder);
    g_test_add_func("/intake/other-account", test_other_account);
    g_test_add_func("/intake/problems", test_problems);
    g_test_add_func("/intake/unreadable", test_unreadable);
    g_test_add_func("/intake/refused", test_refused);
    g_test_add_func("/intake/batch", test_batch);
    g_test_add_func("/intake/delivered-to", test_delivered_to);
    g_test_add_func("/intake/persons", test_persons);
    return g_test_run();
}
