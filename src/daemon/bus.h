/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bus.h - org.riposte.Daemon1 on the session's D-Bus: what riposte asks riposted
 *
 * Changed(): the database was written. Sync(database): reads all accounts now, and
 * answers with their names, each with what is wrong with it or "", when that is done;
 * an error if the database is another one. No bus, or a name that somebody else
 * has: nobody asks, and nothing else is missing.
 */
#pragma once

#include <glib.h>

typedef struct RpBus RpBus;

typedef struct {
    void (*on_changed)(gpointer data);
    void (*on_sync)(gpointer data); /* rp_bus_answer is to follow */
} RpBusEvents;

RpBus *rp_bus_new(const char *db_path, const RpBusEvents *events, gpointer data);
void rp_bus_free(RpBus *bus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpBus, rp_bus_free)

/* Answers every Sync() that waits. accounts is an a(ss); floating ones are taken
 * over. */
void rp_bus_answer(RpBus *bus, GVariant *accounts);
