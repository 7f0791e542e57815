/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wire.h - the numbers and texts that a record's payload is made of
 *
 * Also of what the store packs. A number is a base-128 varint, least significant part
 * first; a signed one is zigzag coded; a text is its length in bytes, then these.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Overwrites what was a secret; not optimized away. */
void rp_wire_wipe(void *bytes, size_t n);

void rp_wire_put_uint(GByteArray *out, uint64_t value);
void rp_wire_put_int(GByteArray *out, int64_t value);
void rp_wire_put_text(GByteArray *out, const char *text);
void rp_wire_put_bytes(GByteArray *out, const void *bytes, size_t n);
void rp_wire_put_texts(GByteArray *out, const GPtrArray *texts);

/* What is left of a payload. Once is_broken, everything read is 0 or "". */
typedef struct {
    const uint8_t *at, *end; /* foreign */
    bool is_broken;
} RpWire;

uint64_t rp_wire_uint(RpWire *wire, uint64_t max); /* more than max: broken */
int64_t rp_wire_int(RpWire *wire);
bool rp_wire_bool(RpWire *wire);

/* A copy without NUL inside, at most max bytes; never NULL, the caller's. */
char *rp_wire_text(RpWire *wire, size_t max);
void rp_wire_bytes(RpWire *wire, void *bytes, size_t n);

/* A count of members that take min_bytes each at least: no more than max, and no
 * more than the payload can still hold, so that nothing large is allocated for
 * a short lie. */
uint32_t rp_wire_count(RpWire *wire, uint32_t max, size_t min_bytes);

/* Appends the members, each non-empty, to texts. */
void rp_wire_texts(RpWire *wire, GPtrArray *texts, uint32_t max, size_t max_bytes);
