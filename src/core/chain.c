/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chain.c - many short lists in few arrays */
#include "core/chain.h"

void
rp_chains_init(RpChains *chains, uint32_t n)
{
    chains->links = g_array_new(FALSE, TRUE, sizeof(RpLink));
    g_array_set_size(chains->links, 1);
    chains->first = g_new0(uint32_t, (gsize)n + 1);
    chains->last = g_new0(uint32_t, (gsize)n + 1);
}

void
rp_chains_clear(RpChains *chains)
{
    g_array_unref(chains->links);
    g_free(chains->first);
    g_free(chains->last);
}

void
rp_chains_add(const RpChains *chains, uint32_t number, uint32_t value)
{
    RpLink link = {value, 0};
    uint32_t index = chains->links->len;

    if (chains->first[number] == 0)
        chains->first[number] = index;
    else
        g_array_index(chains->links, RpLink, chains->last[number]).next = index;
    chains->last[number] = index;
    g_array_append_val(chains->links, link);
}
