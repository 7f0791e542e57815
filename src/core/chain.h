/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chain.h - many short lists, one for each number, in three arrays for all of them
 *
 * A list keeps the order in which it was added to. No bounds are checked.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef struct {
    GArray *links;          /* own; of RpLink, the first is none */
    uint32_t *first, *last; /* own; by number: a link, or 0 */
} RpChains;

typedef struct {
    uint32_t value;
    uint32_t next; /* a link, or 0 */
} RpLink;

/* n empty ones, for the numbers below n. */
void rp_chains_init(RpChains *chains, uint32_t n);
void rp_chains_clear(RpChains *chains);

void rp_chains_add(const RpChains *chains, uint32_t number, uint32_t value);

/* Moves with what is added. */
static inline const RpLink *
rp_chains_link(const RpChains *chains, uint32_t link)
{
    return &g_array_index(chains->links, RpLink, link);
}
