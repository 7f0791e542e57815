/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header.h - a mail header's bytes to the raw facts of an envelope
 *
 * Pure. The bytes are hostile: any length, any value, any line ends. What real
 * mail breaks, and what becomes of it, stands in doc/VIOLATIONS.md.
 */
#pragma once

#include "core/envelope.h"

/* The names of the fields that are read, for a source that can ask for single
 * fields; NULL-terminated, static. */
const char *const *rp_header_field_names(void);

/* Reads a header up to its first empty line or its end into a new envelope: all
 * but uid, flags, internal_at and size. message_id stays "" if there is none that
 * is an id (R2). Returns false if there is not one field in it, known or not. */
bool rp_header_parse(const char *bytes, size_t n, RpEnvelope *envelope);

/* Where a copy lies. */
typedef struct {
    const char *account;
    const char *folder; /* raw name */
    uint32_t uid_validity;
} RpHeaderPlace;

/* Makes up a Message-ID (R2) for an envelope that has none, "HEX32@made.riposte.
 * invalid", from the fields as sent; without Date or From from the place and
 * envelope->uid. The same header gives the same id through every source. */
void rp_header_make_id(RpEnvelope *envelope, const char *bytes, size_t n,
                       const RpHeaderPlace *place);
