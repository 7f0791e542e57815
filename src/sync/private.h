/* SPDX-License-Identifier: GPL-3.0-or-later */
/* private.h - the inside of a sync, for sync.c and records.c alone */
#pragma once

#include "sync/child.h"
#include "sync/intake.h"
#include "sync/mishap.h"
#include "sync/request.h"
#include "sync/sync.h"

/* Lives until rp_sync_free and the last pending operation are both done. */
struct RpSync {
    const RpSyncEvents *events; /* foreign; NULL once freed */
    gpointer data;
    RpStore *store;                 /* foreign; NULL if nothing is stored */
    const RpAccountConfig *account; /* foreign */
    char *name;                     /* own; the account's */
    RpJob *job;                     /* own */
    RpIntake *intake;               /* own; NULL without a store */
    RpIntakeMember member;
    GCancellable *asking; /* own; not NULL while the secret is asked for */
    RpChild *child;       /* own */
    RpRecordReader *reader;
    RpRequest *request; /* own */
    RpMishap *mishap;   /* own; NULL before it runs */
    RpSyncCounts counts;
    uint64_t n_since_checkpoint;
    int problem_code;
    char *problem_text; /* own; of the account's last problem in this round */
    GError *error;      /* own; the first that ended it */
    guint silence_ms, grace_ms, silence_timer, end_source;
    bool is_stopping, has_ended;
};

void rp_sync_unref(RpSync *sync);

/* Ends it. Takes the error over; the first one counts. */
void rp_sync_fail(RpSync *sync, GError *error);
/* The same for a source that died: the next one is careful. */
void rp_sync_fail_dead(RpSync *sync, GError *error);
void rp_sync_fail_broken(RpSync *sync);

/* Takes bytes of the child's output, and tells of what is in them. */
void rp_sync_take(RpSync *sync, const uint8_t *bytes, size_t n);
