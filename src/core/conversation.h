/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conversation.h - joins messages one after the other: R2
 *
 * After each message the components are those that R2 makes of the messages so far.
 */
#pragma once

#include "core/derive.h"

typedef struct RpJoiner RpJoiner;

/* Two components have become one, known by the root of the first. */
typedef void (*RpJoined)(uint32_t kept, uint32_t gone, gpointer data);

/* Of a derivation whose messages stand in R1's order; it and data must outlive the
 * joiner. joined may be NULL. */
RpJoiner *rp_joiner_new(const RpDerivation *derivation, RpJoined joined, gpointer data);
void rp_joiner_free(RpJoiner *joiner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpJoiner, rp_joiner_free)

/* Joins a message with those before it; to be called in R1's order. */
void rp_joiner_add(RpJoiner *joiner, uint32_t message);

/* What the message's component is known by until it is joined with another: an index
 * in corpus->ids. */
uint32_t rp_joiner_root(RpJoiner *joiner, uint32_t message);

/* R1: has the message a parent id, known or not? */
bool rp_message_has_parent_id(const RpDerivation *derivation, const RpMessage *message);
