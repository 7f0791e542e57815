/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calls.h - calls that telephone programs tell of, on their way into the log (C1) */
#pragma once

#include "store/store.h"

typedef struct {
    const char *whom; /* foreign; a telephone number or an address */
    const char *name; /* foreign; as the telephone has it, or "" */
    RpWay way;        /* in or out */
    bool is_missed;
    int64_t at;
} RpCallReport;

/* Of the a{sv} of ReportCall: the keys that the interface names, others are left aside;
 * the texts are its own. Fails with G_IO_ERROR_INVALID_ARGUMENT. */
bool rp_call_read(GVariant *keys, RpCallReport *report, GError **error);

typedef struct RpCalls RpCalls;

/* The store must outlive it. */
RpCalls *rp_calls_new(RpStore *store);
void rp_calls_free(RpCalls *calls);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpCalls, rp_calls_free)

/* Takes a call in; rp_calls_write() is to follow. Fails with
 * G_IO_ERROR_INVALID_ARGUMENT for what is no number and no address (a caller who hides
 * it), and for a time to come. */
bool rp_calls_add(RpCalls *calls, const RpCallReport *report, int64_t now_at,
                  GError **error);

/* Writes what waits; what can't be written now goes on waiting. True if something was
 * written. */
bool rp_calls_write(RpCalls *calls);
bool rp_calls_are_waiting(const RpCalls *calls);
