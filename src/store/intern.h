/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intern.h - the one row that each text has
 *
 * Inside store/ only. Each returns the row's number, adding what is new, or 0 with
 * an error. What was looked up is remembered until the database may have changed
 * otherwise.
 */
#pragma once

#include "store/db.h"

void rp_intern_init(RpStore *store);
void rp_intern_clear(RpStore *store);

/* Forgets what is remembered: after a rollback, and if another process wrote. */
void rp_intern_forget(RpStore *store);

int64_t rp_intern_id(RpStore *store, const char *message_id, GError **error);
int64_t rp_intern_address(RpStore *store, const char *address, GError **error);
int64_t rp_intern_mailbox(RpStore *store, const RpMailbox *mailbox, GError **error);
int64_t rp_intern_list(RpStore *store, const char *list_id, GError **error);

/* The folder's row; if it has none yet, one by its raw name. */
int64_t rp_intern_folder(RpStore *store, const char *account, const char *raw,
                         GError **error);
