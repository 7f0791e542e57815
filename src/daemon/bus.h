/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bus.h - org.riposte.Daemon1 on the session's D-Bus: what riposted tells and is told
 *
 * The interface, and what its methods promise, stands in org.riposte.Daemon1.xml. A bus
 * that comes later, or is restarted, is taken up. No bus, or a name that somebody else
 * has: nobody asks, and nothing else is missing.
 */
#pragma once

#include "daemon/calls.h"

typedef struct RpBus RpBus;

typedef struct {
    void (*on_changed)(gpointer data);
    void (*on_sync)(gpointer data);        /* rp_bus_answer is to follow */
    GVariant *(*on_status)(gpointer data); /* an aa{sv} of the accounts */
    /* Fails as rp_calls_add() does. */
    bool (*on_call)(const RpCallReport *report, gpointer data, GError **error);
} RpBusEvents;

/* What the list holds. */
typedef struct {
    guint n_owed, n_overdue;
    GVariant *counts;     /* an a{su} by section; taken over if it is floating */
    const char *document; /* foreign; riposte.list/1 */
    const char *ids; /* foreign; the same for the same list, whenever it was made */
} RpBusList;

RpBus *rp_bus_new(const char *db_path, const RpBusEvents *events, gpointer data);
void rp_bus_free(RpBus *bus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpBus, rp_bus_free)

void rp_bus_set_list(RpBus *bus, const RpBusList *list);
/* An a(ss), floating or not. */
void rp_bus_set_problems(RpBus *bus, GVariant *problems);

/* Answers each Sync() that was asked for at known_us (monotonic) or before. accounts is
 * an a(ss), floating or not. */
void rp_bus_answer(RpBus *bus, GVariant *accounts, int64_t known_us);
