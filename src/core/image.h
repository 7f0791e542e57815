/* SPDX-License-Identifier: GPL-3.0-or-later */
/* image.h - a derivation as bytes and back, for whoever keeps one
 *
 * Bytes of this machine and this build: arrays as they lie in memory, with a text's
 * place instead of its address. They are believed: whoever keeps them says of which
 * code they are, and whether they are whole (rp_image_sum()).
 */
#pragma once

#include "core/expectation.h"

/* Called with pieces of the bytes; their places are multiples of 8. */
typedef void (*RpImageSink)(const void *bytes, size_t n, gpointer data);

/* Decisions and events are not in it, but which of them belongs to what. expectations
 * may be NULL. */
void rp_image_write(const RpDerivation *derivation, RpExpectations *expectations,
                    RpImageSink sink, gpointer data);

typedef struct {
    RpCorpus *corpus;             /* own; without events */
    RpDerivation *derivation;     /* own */
    RpExpectations *expectations; /* own; NULL if none were written */
    GArray *decisions;            /* own; which there were */
} RpImage;
void rp_image_clear(RpImage *image);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RpImage, rp_image_clear)

/* False if they end too soon. The corpus holds on to bytes, and takes no more copies;
 * until rp_image_link() the derivation's decisions and events must not be followed. */
bool rp_image_read(GBytes *bytes, RpImage *image);

/* Once the events that were there are in the corpus: makes it a derivation as of then,
 * with these decisions, all of which are foreign. False if that cannot be
 * (rp_derivation_move()). */
bool rp_image_link(const RpImage *image, const RpPolicy *policy,
                   const GPtrArray *decisions, int64_t as_of_at);

/* What n bytes, a multiple of 8, add to a sum; the first one is 0. Finds what was
 * damaged or cut off, not what was forged. */
uint64_t rp_image_sum(uint64_t sum, const void *bytes, size_t n);
