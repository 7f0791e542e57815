/* SPDX-License-Identifier: GPL-3.0-or-later */
/* books.h - the address books of the configuration, read anew when they change */
#pragma once

#include "config/config.h"
#include "store/store.h"

typedef struct RpBooks RpBooks;

/* Reads them from the main loop, now and after each change; on_changed follows if that
 * changed anything. What can't be read stays as it was, and the journal says so. All
 * are foreign and must outlive it. */
RpBooks *rp_books_new(RpStore *store, const RpConfig *config,
                      void (*on_changed)(gpointer data), gpointer data);
void rp_books_free(RpBooks *books);
