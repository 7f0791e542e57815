/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wire.c - varints and texts of a payload */
#include <config.h> /* explicit_bzero() */

#include "stream/wire.h"

#include <string.h>

enum { MAX_VARINT = 10 };

void
rp_wire_wipe(void *bytes, size_t n)
{
    explicit_bzero(bytes, n);
}

void
rp_wire_put_uint(GByteArray *out, uint64_t value)
{
    uint8_t bytes[MAX_VARINT];
    guint n = 0;

    while (value >= 0x80) {
        bytes[n++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    bytes[n++] = (uint8_t)value;
    g_byte_array_append(out, bytes, n);
}

void
rp_wire_put_int(GByteArray *out, int64_t value)
{
    uint64_t sign = value < 0 ? UINT64_MAX : 0;

    rp_wire_put_uint(out, ((uint64_t)value << 1) ^ sign);
}

void
rp_wire_put_bytes(GByteArray *out, const void *bytes, size_t n)
{
    g_byte_array_append(out, bytes, (guint)n);
}

void
rp_wire_put_text(GByteArray *out, const char *text)
{
    size_t n = strlen(text);

    rp_wire_put_uint(out, n);
    rp_wire_put_bytes(out, text, n);
}

void
rp_wire_put_texts(GByteArray *out, const GPtrArray *texts)
{
    rp_wire_put_uint(out, texts->len);
    for (guint i = 0; i < texts->len; i++)
        rp_wire_put_text(out, g_ptr_array_index(texts, i));
}

static size_t
left(const RpWire *wire)
{
    return wire->is_broken ? 0 : (size_t)(wire->end - wire->at);
}

uint64_t
rp_wire_uint(RpWire *wire, uint64_t max)
{
    uint64_t value = 0;

    for (unsigned shift = 0; shift < 64 && left(wire) > 0; shift += 7) {
        uint64_t byte = *wire->at++;
        uint64_t part = byte & 0x7f;

        if (part << shift >> shift != part)
            break; /* more than 64 bits */
        value |= part << shift;
        if ((byte & 0x80) == 0) {
            wire->is_broken = value > max;
            return wire->is_broken ? 0 : value;
        }
    }
    wire->is_broken = true;
    return 0;
}

int64_t
rp_wire_int(RpWire *wire)
{
    uint64_t value = rp_wire_uint(wire, UINT64_MAX);
    uint64_t sign = (value & 1) != 0 ? UINT64_MAX : 0;

    return (int64_t)((value >> 1) ^ sign);
}

bool
rp_wire_bool(RpWire *wire)
{
    return rp_wire_uint(wire, 1) == 1;
}

char *
rp_wire_text(RpWire *wire, size_t max)
{
    size_t n = (size_t)rp_wire_uint(wire, max);
    const char *text = (const char *)wire->at;

    if (n > left(wire) || memchr(text, '\0', n) != NULL) {
        wire->is_broken = true;
        return g_strdup("");
    }
    wire->at += n;
    return g_strndup(text, n);
}

void
rp_wire_bytes(RpWire *wire, void *bytes, size_t n)
{
    if (n > left(wire)) {
        wire->is_broken = true;
        return;
    }
    memcpy(bytes, wire->at, n);
    wire->at += n;
}

uint32_t
rp_wire_count(RpWire *wire, uint32_t max, size_t min_bytes)
{
    uint32_t n = (uint32_t)rp_wire_uint(wire, max);

    if (n > left(wire) / min_bytes) {
        wire->is_broken = true;
        return 0;
    }
    return n;
}

void
rp_wire_texts(RpWire *wire, GPtrArray *texts, uint32_t max, size_t max_bytes)
{
    uint32_t n = rp_wire_count(wire, max, 2);

    for (uint32_t i = 0; i < n && !wire->is_broken; i++)
        g_ptr_array_add(texts, rp_wire_text(wire, max_bytes));
}
