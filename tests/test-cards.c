/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-cards.c - cards of address books are read as those programs mean them, and
 * written so that nothing is lost
 *
 * tests/cards/NAME beside NAME.expected, which was worked out by hand from what the
 * program that writes such files says in its own documents.
 */
#include <string.h>

#include "contacts/cards.h"

typedef RpCards *(*Reader)(const char *bytes, size_t n);

static void
put_card(GString *out, const RpCard *card)
{
    g_string_append_printf(out, "card %s\n", card->uid);
    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);
        g_auto(GStrv) lines = g_strsplit(fact->value, "\n", -1);
        g_autofree char *value = g_strjoinv("\n    ", lines);

        g_string_append_printf(out, "  %s%s%s%s: %s\n",
                               rp_card_fields[fact->field].word,
                               *fact->type != '\0' ? " [" : "", fact->type,
                               *fact->type != '\0' ? "]" : "", value);
    }
}

static char *
dump(const RpCards *cards)
{
    GString *out = g_string_new(NULL);

    if (cards == NULL)
        return g_string_free(g_string_append(out, "no cards\n"), FALSE);
    for (guint i = 0; i < cards->cards->len; i++)
        put_card(out, g_ptr_array_index(cards->cards, i));
    g_string_append_printf(out, "left out %u, bad %u\n", cards->n_left_out,
                           cards->n_bad);
    return g_string_free(out, FALSE);
}

static char *
read_file(const char *name, gsize *n)
{
    g_autofree char *path = g_test_build_filename(G_TEST_DIST, "cards", name, NULL);
    char *bytes = NULL;

    g_assert_true(g_file_get_contents(path, &bytes, n, NULL));
    return bytes;
}

static const struct {
    const char *name;
    Reader read;
} FILES[] = {
    {"khard.vcf", rp_cards_read},
    {"apple.vcf", rp_cards_read},
    {"evolution.vcf", rp_cards_read},
    {"kaddressbook.vcf", rp_cards_read},
    {"phone21.vcf", rp_cards_read},
    {"android.vcf", rp_cards_read},
    {"google.vcf", rp_cards_read},
    {"broken.vcf", rp_cards_read},
    {"utf16.vcf", rp_cards_read},
    {"mac.vcf", rp_cards_read},
    {"google-new.csv", rp_cards_read},
    {"google-old.csv", rp_cards_read},
    {"outlook-en.csv", rp_cards_read},
    {"outlook-de.csv", rp_cards_read},
    {"outlook-ja.csv", rp_cards_read},
    {"odd-addresses.csv", rp_cards_read},
    {"linkedin.csv", rp_cards_read},
    {"thunderbird.csv", rp_cards_read},
    {"mutt.txt", rp_cards_read},
    {"query.txt", rp_mutt_read_query},
    {"notmuch.txt", rp_mutt_read_query},
    /* of the test suites of other programs */
    {"suite-vobject.vcf", rp_cards_read},
    {"suite-vobject-group.vcf", rp_cards_read},
    {"suite-khard.vcf", rp_cards_read},
    {"suite-evolution.vcf", rp_cards_read},
    {"suite-kaddressbook.vcf", rp_cards_read},
    {"suite-ezvcard.vcf", rp_cards_read},
    {"suite-icaljs.vcf", rp_cards_read},
    {"suite-sabre.vcf", rp_cards_read},
    {"suite-google.csv", rp_cards_read},
    {"suite-google-old.csv", rp_cards_read},
    {"suite-outlook.csv", rp_cards_read},
    {"suite-outlook-web.csv", rp_cards_read},
    {"suite-thunderbird.csv", rp_cards_read},
    {"suite-thunderbird-uk.csv", rp_cards_read},
    {"suite-thunderbird-de.csv", rp_cards_read},
    {"suite-livemail-de.csv", rp_cards_read},
    {"suite-linkedin.csv", rp_cards_read},
    {"suite-linkedin-short.csv", rp_cards_read},
    {"suite-neomutt.txt", rp_cards_read},
    {"suite-khard-query.txt", rp_mutt_read_query},
    {"suite-goobook-query.txt", rp_mutt_read_query},
    {"suite-abook-query.txt", rp_mutt_read_query},
};

static void
test_files(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *beside = g_strconcat(FILES[i].name, ".expected", NULL);
        gsize n = 0;
        g_autofree char *bytes = read_file(FILES[i].name, &n);
        g_autofree char *expected = read_file(beside, NULL);
        g_autoptr(RpCards) cards = FILES[i].read(bytes, n);
        g_autofree char *actual = dump(cards);

        g_test_message("%s", FILES[i].name);
        g_assert_cmpstr(actual, ==, expected);
    }
}

/* What is written is read back the same: every card of every file, as either. */
static void
test_round_trip(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
        gsize n = 0;
        g_autofree char *bytes = read_file(FILES[i].name, &n);
        g_autoptr(RpCards) cards = FILES[i].read(bytes, n);
        g_autoptr(GString) vcards = g_string_new(NULL);
        g_autoptr(RpCards) again = NULL;
        g_autofree char *before = NULL;
        g_autofree char *after = NULL;
        g_autofree char *twice = NULL;
        g_autoptr(GString) second = g_string_new(NULL);

        for (guint k = 0; k < cards->cards->len; k++)
            rp_vcard_write(g_ptr_array_index(cards->cards, k), vcards);
        again = rp_vcard_read(vcards->str, vcards->len);
        for (guint k = 0; k < again->cards->len; k++)
            rp_vcard_write(g_ptr_array_index(again->cards, k), second);
        g_test_message("%s", FILES[i].name);
        g_assert_cmpuint(again->cards->len, ==, cards->cards->len);
        g_assert_cmpstr(second->str, ==, vcards->str);
        before = rp_csv_write(cards->cards);
        after = rp_csv_write(again->cards);
        g_assert_cmpstr(after, ==, before);
        g_clear_pointer(&again, rp_cards_free);
        again = rp_csv_read(before, strlen(before));
        twice = rp_csv_write(again->cards);
        g_assert_cmpstr(twice, ==, before);
    }
}

static void
test_dates(void)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"19850412", "1985-04-12"},
        {"1985-04-12", "1985-04-12"},
        {"1985-04-12T00:00:00Z", "1985-04-12"},
        {"19850412T102200", "1985-04-12"},
        {"--0412", "--04-12"},
        {"--04-12", "--04-12"},
        {"--02-29", "--02-29"},
        {"1984-02-29", "1984-02-29"},
        {"1985-04", "1985-04"},
        {"1985", "1985"},
        {"1985-02-29", NULL},
        {"1985-13-01", NULL},
        {"---12", NULL},
        {"circa 1800", NULL},
        {"0000-04-12", NULL},
        {"1985-04-12x", NULL},
        {"", NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *date = rp_card_date(rows[i].text);

        g_test_message("%s", rows[i].text);
        g_assert_cmpstr(date, ==, rows[i].expected);
    }
}

/* Text of cards is a stranger's. */
static void
test_hostile_text(void)
{
    static const char card[] =
        "BEGIN:VCARD\nFN:a\x1b[31mb\xe2\x80\xae c\nTEL:\a\n"
        "NOTE:x\\n\\n\\ny\xff\nEMAIL:a\x01@x.example\nEND:VCARD\n";
    g_autoptr(RpCards) cards = rp_vcard_read(card, strlen(card));
    const RpCard *only = g_ptr_array_index(cards->cards, 0);

    g_assert_cmpstr(rp_card_get(only, RP_CARD_NAME), ==, "a[31mb c");
    g_assert_null(rp_card_get(only, RP_CARD_PHONE));
    g_assert_cmpstr(rp_card_get(only, RP_CARD_NOTE), ==, "x\n\n\ny\xc3\xbf");
}

/* Caps hold, however much there is. */
static void
test_caps(void)
{
    g_autoptr(GString) text = g_string_new("BEGIN:VCARD\nFN:Ada\nNOTE:");
    g_autoptr(RpCards) cards = NULL;
    const RpCard *card;

    for (int i = 0; i < 100000; i++)
        g_string_append(text, "x");
    for (int i = 0; i < 5000; i++)
        g_string_append_printf(text, "\nEMAIL:a%d@x.example", i);
    g_string_append(text, "\nEND:VCARD\n");
    cards = rp_vcard_read(text->str, text->len);
    card = g_ptr_array_index(cards->cards, 0);
    g_assert_cmpuint(card->facts->len, ==, RP_CARD_MAX_FACTS);
    g_assert_cmpuint(strlen(rp_card_get(card, RP_CARD_NOTE)), ==, RP_CARD_MAX_NOTE);
    g_assert_cmpuint(cards->n_bad, >, 0);
}

/* No spreadsheet calculates what somebody wrote into their name. */
static void
test_formulas(void)
{
    g_autoptr(RpCards) cards = rp_cards_new();
    RpCard *card = rp_card_new();
    g_autofree char *csv = NULL;

    rp_card_add(card, RP_CARD_NAME, "", "=HYPERLINK(\"x\")");
    rp_card_add(card, RP_CARD_PHONE, "", "+49 30 1");
    rp_cards_take(cards, card);
    csv = rp_csv_write(cards->cards);
    g_assert_nonnull(strstr(csv, "\"'=HYPERLINK(\"\"x\"\")\""));
    g_assert_nonnull(strstr(csv, "\"'+49 30 1\""));
}

/* CSV has no escape for its own signs in a cell. */
static void
test_odd_values(void)
{
    static const struct {
        RpCardField field;
        const char *value;
    } facts[] = {
        {RP_CARD_NAME, "'=1+1"},    {RP_CARD_TITLE, "One ::: the other"},
        {RP_CARD_NICKNAME, "''-x"}, {RP_CARD_NICKNAME, "'=second"},
        {RP_CARD_WORK, "* star"},   {RP_CARD_NOTE, "\"quoted\", and\nlines;"},
        {RP_CARD_FROM, "'t Zand"},  {RP_CARD_BIRTHDAY, "--04-12"},
    };
    g_autoptr(RpCards) cards = rp_cards_new();
    g_autoptr(RpCards) again = NULL;
    RpCard *card = rp_card_new();
    g_autofree char *csv = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        rp_card_add(card, facts[i].field, "", facts[i].value);
    rp_cards_take(cards, card);
    csv = rp_csv_write(cards->cards);
    again = rp_csv_read(csv, strlen(csv));
    g_assert_cmpuint(again->cards->len, ==, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++) {
        const RpCard *read = g_ptr_array_index(again->cards, 0);
        bool is_found = false;

        g_test_message("%s", facts[i].value);
        for (guint k = 0; k < read->facts->len; k++) {
            const RpCardFact *fact = g_ptr_array_index(read->facts, k);

            is_found = is_found || (fact->field == facts[i].field &&
                                    strcmp(fact->value, facts[i].value) == 0);
        }
        g_assert_true(is_found);
    }
}

/* What is no address book says so. */
static void
test_not_cards(void)
{
    static const char *const texts[] = {"", "a shopping list", "milk,eggs\n1,2\n",
                                        "\"\"\"", "alias"};

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(RpCards) cards = rp_cards_read(texts[i], strlen(texts[i]));

        g_test_message("%s", texts[i]);
        g_assert_null(cards);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/cards/files", test_files);
    g_test_add_func("/cards/round-trip", test_round_trip);
    g_test_add_func("/cards/dates", test_dates);
    g_test_add_func("/cards/hostile-text", test_hostile_text);
    g_test_add_func("/cards/caps", test_caps);
    g_test_add_func("/cards/formulas", test_formulas);
    g_test_add_func("/cards/odd-values", test_odd_values);
    g_test_add_func("/cards/not-cards", test_not_cards);
    return g_test_run();
}
