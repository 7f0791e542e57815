/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-cards.c - libFuzzer target for the readers of address books: build with
 * --enable-fuzzers and CC=clang, run ./tests/fuzz-cards CORPUS; tests/cards is a seed.
 * The first byte chooses the reader.
 */
#include <string.h>

#include "contacts/cards.h"
#include "core/address.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_fact(const RpCardFact *fact)
{
    g_assert_true(g_utf8_validate(fact->value, -1, NULL));
    g_assert_true(g_utf8_validate(fact->type, -1, NULL));
    g_assert_true(*fact->value != '\0');
    g_assert_true(strlen(fact->value) <= RP_CARD_MAX_NOTE);
    if (fact->field == RP_CARD_ADDRESS) {
        g_autofree char *again = rp_address_normalize(fact->value);

        g_assert_cmpstr(again, ==, fact->value);
    }
}

/* What is written is read as as many cards. */
static void
check_cards(const RpCards *cards)
{
    g_autoptr(GString) vcards = g_string_new(NULL);
    g_autofree char *csv = rp_csv_write(cards->cards);
    g_autoptr(RpCards) again = NULL;
    g_autoptr(RpCards) rows = rp_csv_read(csv, strlen(csv));

    for (guint i = 0; i < cards->cards->len; i++) {
        const RpCard *card = g_ptr_array_index(cards->cards, i);

        g_assert_true(rp_card_is_whole(card));
        for (guint k = 0; k < card->facts->len; k++)
            check_fact(g_ptr_array_index(card->facts, k));
        rp_vcard_write(card, vcards);
    }
    again = rp_vcard_read(vcards->str, vcards->len);
    g_assert_cmpuint(again->cards->len, ==, cards->cards->len);
    g_assert_cmpuint(rows->cards->len, ==, cards->cards->len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static RpCards *(*const readers[])(const char *, size_t) = {
        rp_vcard_read, rp_csv_read, rp_mutt_read_aliases, rp_mutt_read_query,
        rp_cards_read};
    g_autoptr(RpCards) cards = NULL;

    if (size == 0)
        return 0;
    cards = readers[data[0] % G_N_ELEMENTS(readers)]((const char *)data + 1, size - 1);
    if (cards != NULL)
        check_cards(cards);
    return 0;
}
