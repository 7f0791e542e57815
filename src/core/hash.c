/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hash.c - SipHash-2-4 */
#include "core/hash.h"

#include <string.h>

typedef struct {
    uint64_t v0, v1, v2, v3;
} State;

static uint64_t
rotate(uint64_t value, unsigned bits)
{
    return value << bits | value >> (64 - bits);
}

static void
mix(State *state, unsigned rounds)
{
    while (rounds-- > 0) {
        state->v0 += state->v1;
        state->v1 = rotate(state->v1, 13) ^ state->v0;
        state->v0 = rotate(state->v0, 32);
        state->v2 += state->v3;
        state->v3 = rotate(state->v3, 16) ^ state->v2;
        state->v0 += state->v3;
        state->v3 = rotate(state->v3, 21) ^ state->v0;
        state->v2 += state->v1;
        state->v1 = rotate(state->v1, 17) ^ state->v2;
        state->v2 = rotate(state->v2, 32);
    }
}

static void
add(State *state, uint64_t word)
{
    state->v3 ^= word;
    mix(state, 2);
    state->v0 ^= word;
}

uint64_t
rp_hash_bytes(RpHashKey key, const void *bytes, size_t n)
{
    State state = {
        key.k0 ^ UINT64_C(0x736f6d6570736575),
        key.k1 ^ UINT64_C(0x646f72616e646f6d),
        key.k0 ^ UINT64_C(0x6c7967656e657261),
        key.k1 ^ UINT64_C(0x7465646279746573),
    };
    const uint8_t *at = bytes;
    uint64_t word;
    uint64_t last = (uint64_t)n << 56;

    for (size_t left = n; left >= sizeof word; left -= sizeof word) {
        memcpy(&word, at, sizeof word);
        add(&state, GUINT64_FROM_LE(word));
        at += sizeof word;
    }
    for (size_t i = 0; i < n % sizeof word; i++)
        last |= (uint64_t)at[i] << (8 * i);
    add(&state, last);
    state.v2 ^= 0xff;
    mix(&state, 4);
    return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

static uint64_t
random_word(void)
{
    return (uint64_t)g_random_int() << 32 | g_random_int();
}

RpHashKey
rp_hash_random_key(void)
{
    RpHashKey key = {random_word(), random_word()};

    return key;
}

guint
rp_hash_text(gconstpointer text)
{
    static RpHashKey key;
    static bool has_key;

    if (!has_key) {
        key = rp_hash_random_key();
        has_key = true;
    }
    return (guint)rp_hash_bytes(key, text, strlen(text));
}

guint
rp_hash_pair(gconstpointer pair)
{
    uint64_t value = (uint64_t) * (const int64_t *)pair;

    /* Knuth, The Art of Computer Programming 3, 6.4: the golden ratio's share of 2^64.
     */
    return (guint)((value * UINT64_C(0x9e3779b97f4a7c15)) >> 32);
}
