/* SPDX-License-Identifier: GPL-3.0-or-later */
/* join.h - which addresses are one person's: by cards, and as the user says */
#pragma once

#include "view/view.h"

/* Adds to the corpus whom facts (RpFactRow *) are about, and makes one person of all
 * addresses of a card; of what the user merged, not of what they split, as of then
 * (decisions; R14). An address that stands in two cards of one source joins nobody.
 */
void rp_view_join(RpCorpus *corpus, const GPtrArray *facts, const GPtrArray *decisions,
                  const RpConfig *config, int64_t as_of_at);

/* After that: gives facts the index of their person, and sorts them by it. */
void rp_view_place_facts(const RpCorpus *corpus, GPtrArray *facts);

/* Gives persons the names that the user or a card says. */
void rp_view_name_persons(RpDerivation *derivation, const GPtrArray *facts);
