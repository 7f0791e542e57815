/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contacts.h - address books into the store: what a source says now, against before */
#pragma once

#include <gio/gio.h>

#include "contacts/cards.h"
#include "store/cards.h"

typedef struct {
    RpCardRow *before, *after; /* own; NULL: was not there, is not there any more */
} RpCardChange;

typedef struct {
    char *source;       /* own */
    GPtrArray *changes; /* own, of RpCardChange: what differs */
    unsigned n_same, n_left_out, n_bad, n_forgotten;
} RpContactsPlan;
void rp_contacts_plan_free(RpContactsPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpContactsPlan, rp_contacts_plan_free)

/* How deep below a folder there are folders that belong to it. */
enum { RP_CONTACTS_MAX_DEPTH = 3 };

/* Reads a file, or all files *.vcf of a folder and of those in it (as vdirsyncer and
 * khard keep them). Fails naming the path if it can't be read or holds no cards. */
RpCards *rp_contacts_read(const char *path, GError **error);

/* What would change. A card is known by its UID, else by its first address, else by its
 * name; a person keeps the key they had. is_part: cards that are not there are not
 * gone. Persons who are to be forgotten are left out. */
RpContactsPlan *rp_contacts_plan(RpStore *store, const char *source,
                                 const RpCards *cards, bool is_part, GError **error);
/* now_at: since when cards that were not there are known (R14). */
bool rp_contacts_apply(RpStore *store, const RpContactsPlan *plan, int64_t now_at,
                       GError **error);
