/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confinement.h - what riposte-fetch takes from itself on this machine */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

#include "sync/sync.h"

typedef struct {
    int landlock_abi; /* 0: this kernel has no Landlock, or does not use it */
    bool has_seccomp;
    bool holds; /* riposte-fetch tried what must be refused, and it was */
} RpSyncConfinement;

/* Runs riposte-fetch, which confines itself as for an IMAP account and tells. False
 * with RP_SYNC_ERROR_INSTALL if it cannot be run or does not tell. */
bool rp_sync_confinement(RpSyncConfinement *confinement, GError **error);

/* The same without waiting: callback is called once riposte-fetch has told, or with
 * G_IO_ERROR_CANCELLED; not at all if false is returned, with the same error. */
bool rp_sync_confinement_ask(GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data, GError **error);
bool rp_sync_confinement_finish(GObject *source, GAsyncResult *result,
                                RpSyncConfinement *confinement, GError **error);

/* "writes no file (Landlock), starts no program (seccomp)", or what is missing. The
 * caller's. */
char *rp_sync_confinement_text(const RpSyncConfinement *confinement);
