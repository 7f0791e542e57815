/* SPDX-License-Identifier: GPL-3.0-or-later */
/* look.c - when riposted looks at what is known, and what follows from it */
#include "config.h"

#include "daemon/private.h"

#include <malloc.h>
#include <time.h>

#include "config/opener.h"
#include "daemon/actions.h"
#include "daemon/journal.h"
#include "daemon/wording.h"
#include "view/saved.h"

enum {
    SETTLE_MS = 1000, /* from a change to the look at it: more may follow */
    COST_FACTOR = 10, /* of the time, at most one part in so many goes into looks */
    PAUSE_S = 60,     /* no change waits longer */
    LOOK_S = 60,      /* for what the kernel does not tell: a clock that was set, ... */
    TOLD_LOOK_S = 60 * 60, /* ... and for the case that it does not, though it should */
    SLEPT_S = 30,          /* between the clocks: the machine was asleep */
    RETRY_S = 5,           /* for what could not be written */
    ONE_WAKE_US = 5 * G_USEC_PER_SEC, /* in which all tell of the same sleep */
    SAVED_BYTES_PER_S = 1 << 20,      /* on the average no more are written */
};

static gboolean on_look(gpointer data);

static int64_t
now(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

void
rp_daemon_look(RpDaemon *daemon)
{
    int64_t next_at = MIN(rp_reminders_look(daemon->reminders), daemon->list_next_at);
    bool is_told = rp_wake_is_sure(daemon->wake) && rp_written_is_sure(daemon->written);
    int64_t in_s = CLAMP(next_at - now(), 1, is_told ? TOLD_LOOK_S : LOOK_S);

    g_clear_handle_id(&daemon->look_timer, g_source_remove);
    daemon->look_timer = g_timeout_add_seconds((guint)in_s, on_look, daemon);
}

void
rp_daemon_poke_all(RpDaemon *daemon)
{
    for (guint i = 0; i < daemon->watches->len; i++)
        rp_watch_poke(g_ptr_array_index(daemon->watches, i));
}

/* The monotonic clock stops while the machine sleeps, the other one does not. */
int64_t
rp_daemon_clock_offset(void)
{
    return (g_get_real_time() - g_get_monotonic_time()) / G_USEC_PER_SEC;
}

int64_t
rp_daemon_slept(void)
{
    struct timespec all, awake;

    if (clock_gettime(CLOCK_BOOTTIME, &all) != 0 ||
        clock_gettime(CLOCK_MONOTONIC, &awake) != 0)
        return 0;
    return all.tv_sec - awake.tv_sec;
}

static void
renew(RpDaemon *daemon)
{
    int64_t now_us = g_get_monotonic_time();

    if (daemon->woken_us != 0 && now_us - daemon->woken_us < ONE_WAKE_US)
        return;
    daemon->woken_us = now_us;
    rp_journal(RP_EVENT_WAKE, NULL, "the machine has slept");
    for (guint i = 0; i < daemon->watches->len; i++)
        rp_watch_renew(g_ptr_array_index(daemon->watches, i));
}

void
rp_daemon_sleep(gpointer data)
{
    RpDaemon *daemon = data;

    daemon->woken_us = 0;
}

/* A clock that is set breaks no connection. */
void
rp_daemon_wake(gpointer data, bool has_slept)
{
    RpDaemon *daemon = data;
    int64_t slept_s = rp_daemon_slept();
    bool is_another = slept_s - daemon->slept_s > 1;

    if (daemon->is_stopping)
        return;
    if (is_another)
        daemon->woken_us = 0;
    if (has_slept || is_another)
        renew(daemon);
    daemon->slept_s = slept_s;
    daemon->offset_s = rp_daemon_clock_offset();
    rp_daemon_refresh_soon(daemon);
    rp_daemon_look(daemon);
}

static gboolean
on_look(gpointer data)
{
    RpDaemon *daemon = data;
    int64_t offset_s = rp_daemon_clock_offset();

    daemon->look_timer = 0;
    if (ABS(offset_s - daemon->offset_s) > SLEPT_S)
        rp_daemon_wake(daemon, false);
    rp_daemon_poll(daemon);
    if (daemon->list_next_at <= now()) {
        daemon->list_next_at = RP_NEVER;
        rp_daemon_refresh_soon(daemon);
    }
    rp_daemon_look(daemon);
    return G_SOURCE_REMOVE;
}

/* While an account is read, or before it has been, answers that were sent from
 * elsewhere may not be known yet. */
static bool
is_settled(const RpDaemon *daemon)
{
    for (guint i = 0; i < daemon->watches->len; i++) {
        const RpWatch *watch = g_ptr_array_index(daemon->watches, i);

        if (rp_watch_is_reading(watch) || !rp_watch_is_settled(watch))
            return false;
    }
    return true;
}

static void
use(RpDaemon *daemon, const RpView *view)
{
    GPtrArray *candidates;

    rp_daemon_tell_list(daemon, view);
    if (rp_daemon_is_one_coming(daemon, view))
        return;
    candidates = rp_candidates_from_view(view);
    rp_daemon_leave_out_halves(daemon, view, candidates);
    rp_reminders_set_candidates(daemon->reminders, candidates, view->as_of_at);
    rp_daemon_look(daemon);
}

/* For the next command, which else derives it for itself. */
static void
save(RpDaemon *daemon, const RpView *view)
{
    int64_t now_us = g_get_monotonic_time();
    size_t n;

    if (now_us < daemon->save_after_us)
        return;
    n = rp_view_save(view, daemon->store);
    daemon->save_after_us = now_us + (int64_t)n * G_USEC_PER_SEC / SAVED_BYTES_PER_S;
}

static void
refresh(RpDaemon *daemon)
{
    int64_t from_us = g_get_monotonic_time();
    g_autoptr(GError) error = NULL;
    g_autoptr(RpView) view = rp_view_load(daemon->store, daemon->config, now(), &error);

    daemon->is_dirty = view == NULL;
    if (view != NULL) {
        use(daemon, view);
        save(daemon, view);
    } else {
        g_message("cannot look at the mail: %s", error->message);
    }
    daemon->refreshed_us = g_get_monotonic_time();
    daemon->refresh_cost_us = daemon->refreshed_us - from_us;
}

void
rp_daemon_show_list(RpDaemon *daemon)
{
    g_autoptr(RpView) view = rp_view_load(daemon->store, daemon->config, now(), NULL);

    if (view != NULL)
        rp_daemon_tell_list(daemon, view);
}

static gboolean
on_refresh(gpointer data)
{
    RpDaemon *daemon = data;

    daemon->refresh_timer = 0;
    if (daemon->has_config && is_settled(daemon) && !daemon->is_stopping)
        refresh(daemon);
#ifdef __GLIBC__
    malloc_trim(0); /* a view takes more than all else */
#endif
    return G_SOURCE_REMOVE;
}

void
rp_daemon_refresh_soon(RpDaemon *daemon)
{
    int64_t since_us = g_get_monotonic_time() - daemon->refreshed_us;
    int64_t pause_ms = (COST_FACTOR * daemon->refresh_cost_us - since_us) / 1000;

    daemon->is_dirty = true;
    if (daemon->refresh_timer == 0)
        daemon->refresh_timer = g_timeout_add(
            (guint)CLAMP(pause_ms, SETTLE_MS, PAUSE_S * 1000), on_refresh, daemon);
}

static gboolean
on_retry(gpointer data)
{
    RpDaemon *daemon = data;

    daemon->deeds_timer = 0;
    rp_daemon_write_decisions(daemon);
    return G_SOURCE_REMOVE;
}

void
rp_daemon_write_decisions(RpDaemon *daemon)
{
    const RpDeed *deed;

    if (!rp_daemon_is_in_place(daemon))
        return;
    while ((deed = rp_deeds_write(daemon->deeds)) != NULL) {
        if (deed->undone_at == RP_NEVER)
            rp_reminders_say(daemon->reminders, deed->notice);
        else
            rp_reminders_show_again(daemon->reminders, deed->ids);
        rp_daemon_refresh_soon(daemon);
    }
    if (rp_calls_write(daemon->calls))
        rp_daemon_refresh_soon(daemon);
    if ((rp_deeds_are_waiting(daemon->deeds) || rp_calls_are_waiting(daemon->calls)) &&
        daemon->deeds_timer == 0)
        daemon->deeds_timer = g_timeout_add_seconds(RETRY_S, on_retry, daemon);
}

/* What quotes the message is not for the log. */
static void
tell_unopened(const GError *error)
{
    bool is_of_message =
        error->domain == RP_OPENER_ERROR && error->code != RP_OPENER_ERROR_COMMAND;

    g_message("cannot open the message: %s",
              is_of_message ? "riposte open says why" : error->message);
}

/* The oldest that has a message, as a call has none. */
static const RpCandidate *
find_openable(const GPtrArray *members)
{
    for (guint i = 0; i < members->len; i++) {
        const RpCandidate *candidate = g_ptr_array_index(members, i);

        if (candidate->channel == RP_CHANNEL_MAIL && !candidate->is_keep)
            return candidate;
    }
    return g_ptr_array_index(members, 0);
}

static void
open_message(RpDaemon *daemon, const GPtrArray *members, const char *token)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RpNotice) notice = NULL;

    if (rp_action_open(daemon->config, find_openable(members), token, &error))
        return;
    tell_unopened(error);
    notice = rp_wording_unopened("unopened", error->message);
    rp_reminders_say(daemon->reminders, notice);
}

static void
on_action(const GPtrArray *members, const char *action, const char *token,
          gpointer data)
{
    RpDaemon *daemon = data;

    if (!rp_action_decides(action)) {
        open_message(daemon, members, token);
        return;
    }
    rp_deeds_add(daemon->deeds, members, action, daemon->config->policy->zone, now());
    rp_daemon_write_decisions(daemon);
}

static void
on_undo(const char *key, gpointer data)
{
    RpDaemon *daemon = data;

    rp_deeds_undo(daemon->deeds, key, now());
    rp_daemon_write_decisions(daemon);
}

static void
on_stale(gpointer data)
{
    rp_daemon_refresh_soon(data);
}

static void
on_changed_there(gpointer data)
{
    rp_daemon_look(data);
}

const RpReminderEvents RP_DAEMON_REMINDER_EVENTS = {on_action, on_undo, on_stale,
                                                    on_changed_there};

/* --- what riposte asks --- */

void
rp_daemon_answer(RpDaemon *daemon)
{
    g_auto(GVariantBuilder) accounts = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(ss)"));
    int64_t known_us = INT64_MAX;

    for (guint i = 0; i < daemon->watches->len; i++) {
        const RpWatch *watch = g_ptr_array_index(daemon->watches, i);

        known_us = MIN(known_us, rp_watch_known_us(watch));
        g_variant_builder_add(&accounts, "(ss)", rp_watch_account(watch),
                              rp_watch_problem(watch));
    }
    rp_bus_answer(daemon->bus, g_variant_builder_end(&accounts), known_us);
}

static void
on_sync(gpointer data)
{
    RpDaemon *daemon = data;

    for (guint i = 0; i < daemon->watches->len; i++)
        rp_watch_ask(g_ptr_array_index(daemon->watches, i));
    rp_daemon_answer(daemon);
}

static bool
on_call(const RpCallReport *report, gpointer data, GError **error)
{
    RpDaemon *daemon = data;

    if (!rp_calls_add(daemon->calls, report, now(), error))
        return false;
    rp_daemon_write_decisions(daemon);
    return true;
}

const RpBusEvents RP_DAEMON_BUS_EVENTS = {rp_daemon_poll, on_sync, rp_daemon_status,
                                          on_call};

void
rp_daemon_poll(gpointer data)
{
    RpDaemon *daemon = data;
    int64_t version = rp_store_data_version(daemon->store);

    if (rp_daemon_is_in_place(daemon) && version != daemon->data_version)
        rp_daemon_refresh_soon(daemon);
    daemon->data_version = version;
}
