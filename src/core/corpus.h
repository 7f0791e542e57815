/* SPDX-License-Identifier: GPL-3.0-or-later */
/* corpus.h - every copy that exists as of an instant, interned: what is derived from
 *
 * Plain data in a few large arrays. Indices are uint32_t, RP_NONE for none.
 */
#pragma once

#include "core/envelope.h"
#include "core/event.h"
#include "core/policy.h"
#include "core/role.h"

#define RP_NONE UINT32_MAX

/* Members in a run of corpus->pool. */
typedef struct {
    uint32_t first, n;
} RpSlice;

typedef struct {
    char *account; /* own */
    char *name;    /* own; decoded, for people */
    RpRole role;
} RpFolder;

typedef struct {
    uint32_t id;     /* index in ids */
    uint32_t folder; /* index in folders */
    uint64_t uid;
    int64_t internal_at, date_at;
    int64_t answered_at; /* when \Answered was first seen; RP_NEVER if not set */
    uint32_t size, flags, signs;
    RpSlice from, reply_to, to, cc;         /* of address indices */
    RpSlice from_names, to_names, cc_names; /* of name indices, beside them */
    RpSlice in_reply_to, references;        /* of id indices */
    RpSlice list_posts;                     /* of address indices */
    const char *subject;                    /* foreign: chunk; never NULL */
    const char *list_id;                    /* foreign: chunk; never NULL */
    const uint8_t *thread_index;            /* foreign: chunk; NULL if none */
} RpCopy;

typedef struct {
    int64_t id;      /* rp_person_id() of key */
    const char *key; /* foreign: chunk; rp_address_person_key() */
    bool is_curated; /* imported or edited by the user, not only met in mail */
    int64_t limit_s; /* R11: after which a reply of mine to them is late; 0: usual */
} RpPerson;

typedef struct {
    const char *text; /* foreign: chunk */
    uint32_t person;  /* index in persons */
    uint32_t own;     /* the same, before persons were joined */
} RpAddress;

typedef struct {
    GStringChunk *chunk;
    GArray *folders;   /* of RpFolder */
    GPtrArray *ids;    /* of const char *, the Message-IDs, known or only cited */
    GArray *addresses; /* of RpAddress */
    GArray *persons;   /* of RpPerson */
    GPtrArray *names;  /* of const char *; index 0 is "" */
    GArray *copies;    /* of RpCopy */
    GPtrArray *events; /* own, of RpContactEvent *, by at, logged_at and uid */
    GArray *pool;      /* of uint32_t */
    /* Of the texts' (persons: keys') indices, plus 1. */
    GHashTable *id_index, *address_index, *person_index, *name_index;
    GBytes *image; /* own; texts may lie in it instead of in chunk; or NULL */
} RpCorpus;

RpCorpus *rp_corpus_new(void);
void rp_corpus_free(RpCorpus *corpus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpCorpus, rp_corpus_free)

/* Each returns the index, adding what is new. Texts are copied. */
uint32_t rp_corpus_add_folder(RpCorpus *corpus, const char *account, const char *name,
                              RpRole role);
uint32_t rp_corpus_intern_id(RpCorpus *corpus, const char *message_id);
uint32_t rp_corpus_intern_address(RpCorpus *corpus, const char *normalized_address);
uint32_t rp_corpus_intern_name(RpCorpus *corpus, const char *name);

/* Appends n members to the pool and returns where they stand. */
RpSlice rp_corpus_add_slice(RpCorpus *corpus, const uint32_t *members, uint32_t n);

/* From its raw facts. answered_at as in RpCopy. */
void rp_corpus_add_copy(RpCorpus *corpus, uint32_t folder, const RpEnvelope *envelope,
                        int64_t answered_at);

/* The person of a key, met in mail or not, and one of their addresses. */
uint32_t rp_corpus_intern_person(RpCorpus *corpus, const char *key, uint32_t *address);
/* Takes events (RpContactEvent *) over and finds their persons: that of the key, else
 * of the number (phones: of RpPhone; or NULL), else one of its own, "tel:NUMBER". */
typedef struct {
    uint32_t person;
    char *number; /* own; rp_phone_normalize()'s */
} RpPhone;
void rp_corpus_add_events(RpCorpus *corpus, GPtrArray *events, const GArray *phones);
uint32_t rp_corpus_person_of_number(const GArray *phones, const char *number);
#define RP_TEL_PREFIX "tel:"
/* The key of somebody of whom neither address nor number is known begins so. */
#define RP_NOMAIL_PREFIX "nomail:"

/* The person of a key, and an id's index; RP_NONE if there is none. */
uint32_t rp_corpus_find_person(const RpCorpus *corpus, const char *key);
uint32_t rp_corpus_find_id(const RpCorpus *corpus, const char *message_id);

/* Makes person i one with person into[i], who is one with nobody else. Whoever is not
 * into itself keeps key and number, and loses addresses, marks and limits to whom they
 * become; of two limits the shorter counts. Before events are added. */
void rp_corpus_join(RpCorpus *corpus, const uint32_t *into);

/* For a loader that has each text once: added as it is, without looking. A copy's
 * texts are already in corpus->chunk, the others are copied. */
uint32_t rp_corpus_add_id(RpCorpus *corpus, const char *message_id);
uint32_t rp_corpus_add_person(RpCorpus *corpus, int64_t id, const char *key,
                              bool is_curated);
uint32_t rp_corpus_add_address(RpCorpus *corpus, const char *normalized_address,
                               uint32_t person);
void rp_corpus_append_copy(RpCorpus *corpus, const RpCopy *copy);
