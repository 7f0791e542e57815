/* SPDX-License-Identifier: GPL-3.0-or-later */
/* facts.h - what is known of a person beside their mail: as text, JSON and a card */
#pragma once

#include <json-glib/json-glib.h>

#include "contacts/card.h"
#include "view/view.h"

/* A line a field, in the order of card.h, and what is worth asking them (of contacts
 * alone). */
void rp_facts_put_text(GString *text, const RpView *view, uint32_t person);

/* "facts": [{"name", "value", "type", "source" (null: the user's), "key"}], into an
 * object that is open. */
void rp_json_facts(JsonBuilder *builder, const RpView *view, uint32_t person);

/* Appends a line "card" for each card of an address book to text, as it was read:
 * "source", "uid", "key", "facts". Returns how many. Then
 * a line "forgotten" for each who is to stay away. */
guint rp_json_cards(const RpView *view, GString *text);

/* All that is known, by field, the user's word before that of cards; the caller's. */
RpCard *rp_facts_card(const RpView *view, uint32_t person);
