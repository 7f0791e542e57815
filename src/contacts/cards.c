/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cards.c - the cards of a file, whatever its format */
#include "contacts/cards.h"

#include <string.h>

static void
free_card(gpointer card)
{
    rp_card_free(card);
}

RpCards *
rp_cards_new(void)
{
    RpCards *cards = g_new0(RpCards, 1);

    cards->cards = g_ptr_array_new_with_free_func(free_card);
    return cards;
}

void
rp_cards_free(RpCards *cards)
{
    if (cards == NULL)
        return;
    g_ptr_array_unref(cards->cards);
    g_free(cards);
}

void
rp_cards_take(RpCards *cards, RpCard *card)
{
    rp_card_complete(card);
    cards->n_bad += card->n_bad;
    if (rp_card_is_whole(card) && cards->cards->len < RP_CARDS_MAX) {
        g_ptr_array_add(cards->cards, card);
        return;
    }
    cards->n_left_out++;
    rp_card_free(card);
}

/* Does a line begin with word, in any case, white space before it aside, and what
 * ends in that character ('\0': nothing)? */
static bool
has_line(const char *bytes, size_t n, const char *word, char before)
{
    size_t length = strlen(word);
    bool is_start = true;

    for (size_t i = 0; i + length <= n; i++) {
        if (is_start && g_ascii_strncasecmp(bytes + i, word, length) == 0)
            return true;
        is_start = bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == before ||
                   (is_start && (g_ascii_isspace(bytes[i]) || bytes[i] < 0));
    }
    return false;
}

static bool
is_utf16(const char *bytes, size_t n)
{
    return n >= 2 &&
           (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
}

RpCards *
rp_cards_read(const char *bytes, size_t n)
{
    if (is_utf16(bytes, n)) {
        g_autoptr(RpCards) cards = rp_vcard_read(bytes, n);

        return cards->cards->len > 0 ? g_steal_pointer(&cards) : rp_csv_read(bytes, n);
    }
    if (has_line(bytes, n, "BEGIN:VCARD", '.')) /* the dot ends a group's name */
        return rp_vcard_read(bytes, n);
    if (has_line(bytes, n, "alias ", '\0'))
        return rp_mutt_read_aliases(bytes, n);
    return rp_csv_read(bytes, n);
}
