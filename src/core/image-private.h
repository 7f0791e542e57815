/* SPDX-License-Identifier: GPL-3.0-or-later */
/* image-private.h - how pointers lie in an image, for image.c and image-write.c
 *
 * An image is arrays, one after the other: a uint64_t with the number of elements, then
 * they, up to a multiple of 8. Last come all texts, a NUL, and a uint64_t with
 * the length of both.
 */
#pragma once

#include "core/derive-private.h"
#include "core/expectation-private.h"
#include "core/image.h"

/* What is in a pointer's place: where a text begins, or the number of an event or
 * decision; each plus 1, 0 for NULL. */
typedef enum {
    RP_AS_TEXT,
    RP_AS_THREAD_INDEX,
    RP_AS_EVENT,
    RP_AS_DECISION,
    RP_END_OF_FIELDS
} RpImageForm;

typedef struct {
    RpImageForm form;
    size_t offset; /* in the struct */
} RpImageField;

/* The pointers in each kind of element. */
extern const RpImageField RP_IMAGE_PLAIN[], RP_IMAGE_TEXT[], RP_IMAGE_ADDRESS[],
    RP_IMAGE_PERSON[], RP_IMAGE_FOLDER[], RP_IMAGE_COPY[], RP_IMAGE_MESSAGE[],
    RP_IMAGE_FOLLOWUP[];

enum { RP_IMAGE_ALIGNMENT = 8 };

/* By which a decision is known again. */
typedef struct {
    int64_t id, taken_at, undone_at, at;
} RpImageDecision;

/* What is no array. */
typedef struct {
    int64_t as_of_at;
    uint32_t n_bases, n_conversations, n_clock_anomalies, n_learned, n_models;
    uint32_t has_expectations;
} RpImageNumbers;

/* corpus.c: fills the indices of what was filled from elsewhere. known_as: of uint32_t,
 * by person: what rp_corpus_find_person() says of their key. */
void rp_corpus_index(RpCorpus *corpus, const GArray *known_as);
