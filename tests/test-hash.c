/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-hash.c - SipHash-2-4 against its authors' values */
#include "core/hash.h"

/* The reference implementation's vectors: key 00 01 .. 0f, input 00 01 .. n-1. */
static void
test_vectors(void)
{
    static const struct {
        size_t n;
        uint64_t expected;
    } cases[] = {
        {0, UINT64_C(0x726fdb47dd0e0e31)},  {1, UINT64_C(0x74f839c593dc67fd)},
        {7, UINT64_C(0xab0200f58b01d137)},  {8, UINT64_C(0x93f5f5799a932462)},
        {15, UINT64_C(0xa129ca6149be45e5)},
    };
    RpHashKey key = {UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)};
    uint8_t bytes[16];

    for (uint8_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%zu bytes", cases[i].n);
        g_assert_cmphex(rp_hash_bytes(key, bytes, cases[i].n), ==, cases[i].expected);
    }
}

/* Of small numbers g_int64_hash() makes 128 different ones here. */
static void
test_pairs(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    for (int64_t high = 0; high < 100; high++) {
        for (int64_t low = 0; low < 100; low++) {
            int64_t pair = high << 32 | low;

            g_hash_table_add(seen, GUINT_TO_POINTER(rp_hash_pair(&pair)));
        }
    }
    g_assert_cmpuint(g_hash_table_size(seen), ==, 10000);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/hash/vectors", test_vectors);
    g_test_add_func("/hash/pairs", test_pairs);
    return g_test_run();
}
