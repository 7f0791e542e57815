/* SPDX-License-Identifier: GPL-3.0-or-later */
/* private.h - the inside of riposted, for daemon.c and look.c alone */
#pragma once

#include <stdbool.h>

#include "daemon/books.h"
#include "daemon/bus.h"
#include "daemon/daemon.h"
#include "daemon/deeds.h"
#include "daemon/reminders.h"
#include "daemon/wake.h"
#include "daemon/watch.h"
#include "daemon/written.h"

typedef struct {
    char *config_path;     /* own */
    RpConfig *config;      /* own */
    GError *config_error;  /* own; why the file can't be taken as it stands; or NULL */
    RpConfig *next_config; /* own; not NULL while the old accounts are stopped for it */
    RpStore *store;        /* own */
    GMainLoop *loop;       /* own */
    RpBooks *books;        /* own */
    GPtrArray *watches;    /* own, of RpWatch */
    RpReminders *reminders; /* own */
    RpBus *bus;             /* own */
    RpWake *wake;           /* own */
    RpDeeds *deeds;         /* own */
    RpCalls *calls;         /* own */
    RpWritten *written;     /* own */
    GError *failure;        /* own; what ended it */
    int64_t list_next_at;   /* when time alone changes the list */
    int64_t data_version, offset_s, slept_s, refresh_cost_us, refreshed_us, woken_us;
    int64_t save_after_us;      /* monotonic: a view may be kept again */
    GPtrArray *config_monitors; /* own, of GFileMonitor */
    guint refresh_timer, look_timer, deeds_timer, network_timer, config_timer,
        n_running;
    char *told;      /* own; what the service manager was told last */
    bool has_config; /* one was taken: until then there is nothing to be done */
    bool is_dirty, is_stopping;
} RpDaemon;

/* Ends: the accounts first, then the rest. */
void rp_daemon_stop(RpDaemon *daemon);
/* False if something has failed that ends it; so has the database's file, if another
 * one or none stands in its place (place.c). */
bool rp_daemon_is_in_place(RpDaemon *daemon);
/* Looks at the mail in a second or so, once no account is just being read. */
void rp_daemon_refresh_soon(RpDaemon *daemon);
/* Lets the reminders look now, and sets the timer for the next time. */
void rp_daemon_look(RpDaemon *daemon);
/* Has another process written? data is the RpDaemon. */
void rp_daemon_poll(gpointer data);
/* Shows what the database holds now, whatever is still to be read. */
void rp_daemon_show_list(RpDaemon *daemon);
/* For the bus: the list of that view; the accounts with a problem; and all of them, as
 * an aa{sv} (data is the RpDaemon). */
void rp_daemon_tell_list(RpDaemon *daemon, const RpView *view);
void rp_daemon_tell_problems(RpDaemon *daemon);
GVariant *rp_daemon_status(gpointer data);
/* Answers who asked for a sync, once no account is being read. */
void rp_daemon_answer(RpDaemon *daemon);
/* Every account: a round, or a try, now. */
void rp_daemon_poke_all(RpDaemon *daemon);
/* The machine has slept, or the clock was set: another look; and new connections if it
 * has slept. data is the RpDaemon. */
void rp_daemon_wake(gpointer data, bool has_slept);
/* Is there an account that was read in part, and whose rest comes? Not so what waits
 * for a person or a server itself. */
bool rp_daemon_is_one_coming(const RpDaemon *daemon, const RpView *view);
/* Half a mailbox tells of waits that the other half ended: theirs go. */
void rp_daemon_leave_out_halves(const RpDaemon *daemon, const RpView *view,
                                GPtrArray *candidates);
/* Tells the service manager how the accounts are, if that is not what it knows. */
void rp_daemon_tell_manager(RpDaemon *daemon);
/* It is about to sleep: the next wake is another one, however soon. */
void rp_daemon_sleep(gpointer data);
/* And calls: what can't be written now is tried again in a while. */
void rp_daemon_write_decisions(RpDaemon *daemon);
/* Changes when the machine sleeps or the clock is set; seconds. */
int64_t rp_daemon_clock_offset(void);
/* How long the machine has slept since it was started; seconds. */
int64_t rp_daemon_slept(void);

extern const RpReminderEvents RP_DAEMON_REMINDER_EVENTS;
extern const RpBusEvents RP_DAEMON_BUS_EVENTS;
