/* SPDX-License-Identifier: GPL-3.0-or-later */
/* facts.h - what the user says of persons, kept like decisions: tags and limits
 *
 * Persons are known by their key, met in mail or not.
 */
#pragma once

#include "store/store.h"

#define RP_FACT_TAG "tag"     /* any number a person */
#define RP_FACT_LIMIT "limit" /* R11, in seconds; one a person */
/* A day of every year: "1985-04-12" or "--04-12"; one each. */
#define RP_FACT_BIRTHDAY "birthday"
#define RP_FACT_ANNIVERSARY "anniversary"
#define RP_FACT_PHONE "phone" /* any number a person, as the card has it */

/* No limit is longer: a year. */
#define RP_LONGEST_LIMIT_S (366 * INT64_C(86400))

typedef struct {
    char *person_key, *name, *value; /* own */
    char *type;                      /* own; "work", or "" */
    char *source, *uid; /* own; of the card that says so; "" if the user did */
    int64_t since_at;   /* R14: when it was said, or its card first read; 0: ever */
    uint32_t person;    /* index in a view's corpus; the store leaves it 0 */
} RpFactRow;
void rp_fact_row_free(RpFactRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpFactRow, rp_fact_row_free)

/* Removes a fact, or with value NULL all of that name. */
bool rp_store_remove_fact(RpStore *store, const char *person_key, const char *name,
                          const char *value, GError **error);
/* Adds a fact of the user's with its type; sets the type of one that is there, which
 * is known since it was first said. */
bool rp_store_put_fact(RpStore *store, const RpFactRow *row, GError **error);
/* Adds a fact of the user's unless they said something of that name already (is_many:
 * that value); *is_new tells. */
bool rp_store_offer_fact(RpStore *store, const RpFactRow *row, bool is_many,
                         bool *is_new, GError **error);
/* RpFactRow *, by person; the user's first, by name and value, then those of cards, by
 * source and uid, in the order of the card. */
GPtrArray *rp_store_load_facts(RpStore *store, GError **error);

/* R11: the limit of all who bear the tag; 0 takes it away. */
bool rp_store_set_tag_limit(RpStore *store, const char *tag, int64_t limit_s,
                            GError **error);
/* The same, unless the tag has a limit already; *is_new tells. */
bool rp_store_offer_tag_limit(RpStore *store, const char *tag, int64_t limit_s,
                              bool *is_new, GError **error);
typedef struct {
    char *tag; /* own */
    int64_t limit_s;
} RpTagLimitRow;
void rp_tag_limit_row_free(RpTagLimitRow *row);
/* RpTagLimitRow *, by tag. */
GPtrArray *rp_store_load_tag_limits(RpStore *store, GError **error);

/* R11: gives the corpus' persons their limits: their own (of several who were made one
 * person the shortest), else the shortest of their tags'; none to the others.
 * rp_store_load_corpus() does it, and must be followed by it when persons are joined.
 */
bool rp_store_load_limits(RpStore *store, RpCorpus *corpus, GError **error);
