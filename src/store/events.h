/* SPDX-License-Identifier: GPL-3.0-or-later */
/* events.h - calls, meetings and other contact, kept like decisions: C1 */
#pragma once

#include "store/store.h"

/* Adds it and sets its id; one of the same uid that is there already is written down
 * anew: its undoing is taken back. */
bool rp_store_add_event(RpStore *store, RpContactEvent *event, GError **error);
bool rp_store_undo_event(RpStore *store, int64_t id, int64_t undone_at, GError **error);

/* RpContactEvent *, by id; undone ones too. */
GPtrArray *rp_store_load_events(RpStore *store, GError **error);

/* Gives the corpus its events, with the telephone numbers of the persons' facts.
 * After persons were joined, as a number may be of two that are one. */
bool rp_store_load_corpus_events(RpStore *store, RpCorpus *corpus, GError **error);
