/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-join.c - which addresses are one person's: cards, merges and splits
 *
 * A row's facts are "KEY SOURCE/UID NAME VALUE" (source - for the user), its decisions
 * "merge A B", "split A", each a second later than the one before, from 100 on; "!" in
 * front: undone at 150. Groups are the keys of those who are one, as of 200.
 */
#include <string.h>

#include "store/cards.h"
#include "view/join.h"

static void
free_fact(gpointer fact)
{
    rp_fact_row_free(fact);
}

static void
free_decision(gpointer decision)
{
    rp_decision_free(decision);
}

static GPtrArray *
read_facts(const char *text)
{
    GPtrArray *facts = g_ptr_array_new_with_free_func(free_fact);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line != NULL && **line != '\0'; line++) {
        g_auto(GStrv) words = g_strsplit(*line, " ", 4);
        g_auto(GStrv) card = g_strsplit(words[1], "/", 2);
        RpFactRow *fact = g_new0(RpFactRow, 1);

        fact->person_key = g_strdup(words[0]);
        fact->source = g_strdup(strcmp(card[0], "-") == 0 ? "" : card[0]);
        fact->uid = g_strdup(card[1] != NULL ? card[1] : "");
        fact->name = g_strdup(words[2]);
        fact->value = g_strdup(words[3]);
        fact->type = g_strdup("");
        g_ptr_array_add(facts, fact);
    }
    return facts;
}

static GPtrArray *
read_decisions(const char *text)
{
    GPtrArray *decisions = g_ptr_array_new_with_free_func(free_decision);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
        bool is_undone = *lines[i] == '!';
        g_auto(GStrv) words = g_strsplit(lines[i] + is_undone, " ", 3);
        RpDecision *decision = g_new0(RpDecision, 1);

        decision->kind =
            strcmp(words[0], "merge") == 0 ? RP_DECISION_MERGE : RP_DECISION_SPLIT;
        decision->person_key = g_strdup(words[1]);
        decision->detail = g_strdup(words[2] != NULL ? words[2] : "");
        decision->message_id = g_strdup("");
        decision->note = g_strdup("");
        decision->taken_at = decision->at = 100 + i;
        decision->undone_at = is_undone ? 150 : RP_NEVER;
        g_ptr_array_add(decisions, decision);
    }
    return decisions;
}

static int
compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "a@x: a@x b@x; c@x: c@x": by the key of each group. */
static char *
groups_of(const RpCorpus *corpus)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);

    for (uint32_t i = 0; i < corpus->persons->len; i++) {
        const char *key = g_array_index(corpus->persons, RpPerson, i).key;
        g_autoptr(GString) text = g_string_new(key);
        g_autoptr(GPtrArray) addresses = g_ptr_array_new();

        if (rp_corpus_find_person(corpus, key) != i)
            continue;
        for (uint32_t k = 0; k < corpus->addresses->len; k++) {
            const RpAddress *address = &g_array_index(corpus->addresses, RpAddress, k);

            if (address->person == i)
                g_ptr_array_add(addresses, (gpointer)(guintptr)address->text);
        }
        g_ptr_array_sort(addresses, compare_texts);
        for (guint k = 0; k < addresses->len; k++)
            g_string_append_printf(text, "%s %s", k == 0 ? ":" : "",
                                   (const char *)g_ptr_array_index(addresses, k));
        g_ptr_array_add(texts, g_strdup(text->str));
    }
    g_ptr_array_sort(texts, compare_texts);
    g_ptr_array_add(texts, NULL);
    return g_strjoinv("; ", (char **)texts->pdata);
}

static const struct {
    const char *what, *facts, *decisions, *expected;
} ROWS[] = {
    {"nothing said", "", "", "a@x: a@x; b@x: b@x; c@x: c@x"},
    {"a card of two addresses", "a@x s/1 address a@x\na@x s/1 address b@x", "",
     "a@x: a@x b@x; c@x: c@x"},
    {"the key does not depend on the card's order",
     "b@x s/1 address b@x\nb@x s/1 address a@x", "", "a@x: a@x b@x; c@x: c@x"},
    {"the user says so", "a@x - address c@x", "", "a@x: a@x c@x; b@x: b@x"},
    {"an address in two cards of a source joins nobody",
     "a@x s/1 address a@x\na@x s/1 address c@x\nb@x s/2 address b@x\nb@x s/2 address "
     "c@x",
     "", "a@x: a@x; b@x: b@x; c@x: c@x"},
    {"in two sources it does",
     "a@x s/1 address a@x\na@x s/1 address c@x\nb@x t/1 address b@x\nb@x t/1 address "
     "c@x",
     "", "a@x: a@x b@x c@x"},
    {"never with me", "a@x s/1 address a@x\na@x s/1 address me@x", "",
     "a@x: a@x; b@x: b@x; c@x: c@x; me@x: me@x"},
    {"somebody without an address", "nobody s/1 name Ada", "",
     "a@x: a@x; b@x: b@x; c@x: c@x; nobody"},
    {"merged", "", "merge b@x a@x", "a@x: a@x b@x; c@x: c@x"},
    {"merged the other way round", "", "merge a@x b@x", "a@x: a@x b@x; c@x: c@x"},
    {"merged with somebody without an address", "nobody s/1 name Ada",
     "merge a@x nobody", "a@x: a@x; b@x: b@x; c@x: c@x"},
    {"three", "", "merge a@x b@x\nmerge c@x b@x", "a@x: a@x b@x c@x"},
    {"a merge undone", "", "!merge a@x b@x", "a@x: a@x; b@x: b@x; c@x: c@x"},
    {"a split of three leaves two", "", "merge a@x b@x\nmerge c@x b@x\nsplit a@x",
     "a@x: a@x; b@x: b@x c@x"},
    {"a card's persons split", "a@x s/1 address a@x\na@x s/1 address b@x", "split b@x",
     "a@x: a@x; b@x: b@x; c@x: c@x"},
    {"a split undone", "a@x s/1 address a@x\na@x s/1 address b@x", "!split b@x",
     "a@x: a@x b@x; c@x: c@x"},
    {"split, then merged again", "a@x s/1 address a@x\na@x s/1 address b@x",
     "split b@x\nmerge b@x a@x", "a@x: a@x b@x; c@x: c@x"},
    {"merged with somebody who is gone", "", "merge a@x z@x",
     "a@x: a@x; b@x: b@x; c@x: c@x"},
};

static void
test_groups(void)
{
    g_autoptr(RpPolicy) policy = rp_policy_new();
    RpConfig config = {.policy = policy};

    g_ptr_array_add(policy->me, g_strdup("me@x"));
    for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autoptr(RpCorpus) corpus = rp_corpus_new();
        g_autoptr(GPtrArray) facts = read_facts(ROWS[i].facts);
        g_autoptr(GPtrArray) decisions = read_decisions(ROWS[i].decisions);
        g_autofree char *actual = NULL;

        rp_corpus_intern_address(corpus, "c@x");
        rp_corpus_intern_address(corpus, "a@x");
        rp_corpus_intern_address(corpus, "b@x");
        rp_view_join(corpus, facts, decisions, &config, 200);
        actual = groups_of(corpus);
        g_test_message("%s", ROWS[i].what);
        g_assert_cmpstr(actual, ==, ROWS[i].expected);
    }
}

/* R14: last week's list does not know of this week's merge. */
static void
test_as_of(void)
{
    g_autoptr(RpPolicy) policy = rp_policy_new();
    RpConfig config = {.policy = policy};
    g_autoptr(RpCorpus) corpus = rp_corpus_new();
    g_autoptr(GPtrArray) facts = read_facts("");
    g_autoptr(GPtrArray) decisions = read_decisions("merge b@x a@x");
    g_autofree char *actual = NULL;

    rp_corpus_intern_address(corpus, "a@x");
    rp_corpus_intern_address(corpus, "b@x");
    rp_view_join(corpus, facts, decisions, &config, 99);
    actual = groups_of(corpus);
    g_assert_cmpstr(actual, ==, "a@x: a@x; b@x: b@x");
}

/* Cards are kept as they were read, and what is not said again goes with them. */
static void
test_cards(void)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(RpCardRow) card = rp_card_row_new("book.vcf", "1", "a@x");
    g_autoptr(RpCardRow) other = rp_card_row_new("book.vcf", "2", "b@x");
    const RpFactRow typed = {.person_key = (char[]){"a@x"},
                             .name = (char[]){"name"},
                             .value = (char[]){"Ada by hand"},
                             .type = (char[]){""}};
    g_autoptr(GPtrArray) changed = g_ptr_array_new();
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(GPtrArray) cards = NULL;
    g_autoptr(GPtrArray) facts = NULL;
    const RpFactRow *fact;

    rp_card_row_add(card, "name", "", "Ada");
    rp_card_row_add(card, "phone", "work", "+49 30 1");
    g_ptr_array_add(changed, card);
    g_ptr_array_add(changed, other);
    g_assert_true(rp_store_put_fact(store, &typed, NULL));
    g_assert_true(rp_store_save_cards(store, changed, none, NULL));
    g_assert_true(rp_store_save_cards(store, changed, none, NULL)); /* not doubled */
    cards = rp_store_load_cards(store, "book.vcf", NULL);
    facts = rp_store_load_facts(store, NULL);
    g_assert_cmpuint(cards->len, ==, 2);
    g_assert_cmpuint(facts->len, ==, 3);
    fact = g_ptr_array_index(facts, 0);
    g_assert_cmpstr(fact->value, ==, "Ada by hand"); /* the user's word first */
    fact = g_ptr_array_index(facts, 2);
    g_assert_cmpstr(fact->type, ==, "work");
    g_assert_cmpstr(fact->source, ==, "book.vcf");

    g_clear_pointer(&facts, g_ptr_array_unref);
    g_assert_true(rp_store_save_cards(store, none, changed, NULL));
    facts = rp_store_load_facts(store, NULL);
    g_assert_cmpuint(facts->len, ==, 1); /* the user's */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/join/groups", test_groups);
    g_test_add_func("/join/as-of", test_as_of);
    g_test_add_func("/join/cards", test_cards);
    return g_test_run();
}
