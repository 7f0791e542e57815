/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import.h - members of an export's lines, and its log */
#pragma once

#include <json-glib/json-glib.h>

#include "cli/command.h"

/* NULL if it is missing, null or no text. Foreign. */
const char *rp_member_text(JsonObject *object, const char *name);

/* RP_NEVER for null; false if it is no instant. */
bool rp_member_instant(JsonObject *object, const char *name, int64_t *at);

/* The index of a member's word among n; false if it is none of them. */
bool rp_member_word(JsonObject *object, const char *name, const char *const *words,
                    size_t n, size_t *index);

/* A whole number above 0; 0 if it is missing, null or anything else. */
int64_t rp_member_number(JsonObject *object, const char *name);

/* A person's line: the facts that the user typed, tags (but those of cards) and limits.
 * What is here already stays; n_facts grows by what is new. Returns false, without an
 * error if the line is not whole. */
bool rp_people_import_facts(RpCli *cli, JsonObject *object, unsigned *n_facts,
                            GError **error);

/* A card line, unless there is a card of the same source and uid; the same. */
bool rp_people_import_card(RpCli *cli, JsonObject *object, unsigned *n_facts,
                           GError **error);

/* A forgotten line; the same. */
bool rp_people_import_forgotten(RpCli *cli, JsonObject *object, unsigned *n_facts,
                                GError **error);
/* Is the line about somebody who was forgotten here? */
bool rp_people_is_forgotten(RpCli *cli, JsonObject *object, bool *is_forgotten,
                            GError **error);

/* What an import knows of events while it goes on; all 0 at its begin. */
typedef struct {
    GHashTable *known; /* own; RpContactEvent * by uid; NULL until asked for */
    unsigned n_new, n_undone;
} RpEventImport;

/* A contact_event line: an entry that is here already stays, an undoing counts on
 * either side. Returns false, without an error if the line is not whole. */
bool rp_event_import_take(RpEventImport *import, RpCli *cli, JsonObject *object,
                          GError **error);

/* A cadence line: what is here already stays. Fails with FAILED if it is not whole. */
bool rp_cadence_import_take(RpCli *cli, JsonObject *object, GError **error);
