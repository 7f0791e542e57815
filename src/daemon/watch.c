/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watch.c - keeps one account read */
#include "daemon/watch.h"

#include <glib/gi18n.h>
#include <string.h>

#include "daemon/backoff.h"
#include "daemon/journal.h"
#include "daemon/refused.h"

enum {
    /* Failures that may pass: a person is told of so many in a row. A message that
     * kills its source is passed over after three (mishap.h). */
    TELL_AFTER = 4,
    STEADY_S = 60, /* what lives so long after its first round was well */
};

/* What to do after a source has ended. */
typedef enum { AGAIN_SOON, AGAIN_AND_TELL, WAIT_FOR_CONFIG, GIVE_UP } Verdict;

struct RpWatch {
    RpStore *store;                 /* foreign */
    const RpConfig *config;         /* foreign */
    const RpAccountConfig *account; /* foreign */
    const RpWatchEvents *events;    /* foreign */
    gpointer data;
    RpSync *sync;               /* own; NULL while none runs */
    char *problem;              /* own; since the last round that ended; NULL if none */
    int64_t began_us, known_us; /* monotonic: of the round, and of what is known */
    int64_t read_us, next_at;   /* the source's first round ended; INT64_MAX: not yet */
    guint n_failures, retry_timer, stopped_source;
    bool is_reading, is_settled, is_halted, is_stopping, is_troubled, has_read;
};

static void start_sync(RpWatch *watch);

static int64_t
now(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

static gboolean
on_retry(gpointer data)
{
    RpWatch *watch = data;

    watch->retry_timer = 0;
    start_sync(watch);
    return G_SOURCE_REMOVE;
}

static void
retry_later(RpWatch *watch)
{
    guint full_ms = rp_backoff_ms(++watch->n_failures, g_random_double());
    guint cap_ms = watch->read_us < INT64_MAX ? watch->config->poll_s * 1000 : full_ms;
    guint ms = MIN(full_ms, cap_ms); /* who reads and ends is as good as who polls */
    g_autofree char *text = g_strdup_printf("account %s: next try in %u s",
                                            watch->account->name, ms / 1000);

    rp_journal(RP_EVENT_FAILED, watch->account->name, text);
    watch->retry_timer = g_timeout_add(ms, on_retry, watch);
    watch->next_at = now() + ms / 1000;
}

/* The first token may just have expired: the next one is asked for before a person is.
 * A password is the same the next time, and tries can lock the account. */
static Verdict
judge_login(const RpWatch *watch)
{
    if (*watch->account->token_command == '\0')
        return WAIT_FOR_CONFIG;
    return watch->n_failures == 0 ? AGAIN_SOON : AGAIN_AND_TELL;
}

/* A failed command for a token, a certificate or a name that is not found may be
 * the network's fault: those are tried again, though a person is told. So is one of a
 * server's answers that make no sense, and of a source that dies, if it stays so. */
static Verdict
judge(const RpWatch *watch, int problem_code, const GError *error)
{
    if (g_error_matches(error, RP_STORE_ERROR, RP_STORE_ERROR_CORRUPT) ||
        g_error_matches(error, RP_STORE_ERROR, RP_STORE_ERROR_NEWER))
        return GIVE_UP;
    if (error->domain == RP_STORE_ERROR)
        return AGAIN_SOON;
    if (error->domain == RP_CONFIG_ERROR ||
        g_error_matches(error, RP_SYNC_ERROR, RP_SYNC_ERROR_INSTALL))
        return AGAIN_AND_TELL;
    if (problem_code == RP_PROBLEM_AUTH)
        return judge_login(watch);
    if (problem_code == RP_PROBLEM_TLS || problem_code == RP_PROBLEM_CONFIG)
        return AGAIN_AND_TELL;
    if (problem_code != RP_PROBLEM_NETWORK && watch->read_us == INT64_MAX &&
        watch->n_failures + 1 >= TELL_AFTER)
        return AGAIN_AND_TELL;
    return AGAIN_SOON;
}

/* The notice's title names the account already. */
static const char *
own_words(const RpWatch *watch, const char *text)
{
    g_autofree char *prefix =
        g_strdup_printf(_("account %s: %s"), watch->account->name, "");

    return g_str_has_prefix(text, prefix) ? text + strlen(prefix) : text;
}

static void
set_trouble(RpWatch *watch, const char *text)
{
    if (text == NULL && !watch->is_troubled)
        return;
    watch->is_troubled = text != NULL;
    watch->events->on_trouble(watch, text, watch->data);
}

/* Waits until the user has done something about it. */
static void
halt(RpWatch *watch)
{
    watch->is_halted = true;
    rp_journal(RP_EVENT_HALTED, watch->account->name, watch->problem);
}

static void
take_failure(RpWatch *watch, int problem_code, const GError *error)
{
    Verdict verdict = judge(watch, problem_code, error);

    g_free(watch->problem);
    watch->problem = g_strdup(error->message);
    if (verdict == GIVE_UP) {
        watch->is_halted = true;
        watch->events->on_fatal(watch, error, watch->data);
        return;
    }
    if (verdict == WAIT_FOR_CONFIG) {
        g_autofree char *text = g_strdup_printf(_("mend it, then riposte sync: %s"),
                                                own_words(watch, error->message));

        halt(watch);
        set_trouble(watch, text);
    } else {
        rp_journal(RP_EVENT_FAILED, watch->account->name, error->message);
        if (verdict == AGAIN_AND_TELL)
            set_trouble(watch, own_words(watch, error->message));
        retry_later(watch);
    }
    watch->events->on_state(watch, watch->data);
}

static void
on_end(RpSync *sync G_GNUC_UNUSED, int problem_code, const GError *failure,
       gpointer data)
{
    RpWatch *watch = data;
    g_autoptr(GError) error = failure == NULL ? NULL : g_error_copy(failure);

    g_clear_pointer(&watch->sync, rp_sync_free);
    watch->is_reading = false;
    watch->is_settled = true;
    watch->known_us = g_get_monotonic_time();
    if (watch->known_us - watch->read_us >= STEADY_S * (int64_t)G_USEC_PER_SEC)
        watch->n_failures = 0;
    if (watch->is_stopping)
        watch->events->on_stopped(watch, watch->data);
    else if (error != NULL)
        take_failure(watch, problem_code, error);
    else
        retry_later(watch);
}

static void
tell_recovery(const RpWatch *watch)
{
    g_autofree char *text =
        g_strdup_printf("account %s: is read again", watch->account->name);

    if (watch->problem != NULL)
        rp_journal(RP_EVENT_READ, watch->account->name, text);
}

static void
on_round(RpSync *sync G_GNUC_UNUSED, RpRoundPhase phase, gpointer data)
{
    RpWatch *watch = data;

    watch->is_reading = phase == RP_ROUND_BEGIN;
    if (phase == RP_ROUND_BEGIN) {
        watch->began_us = g_get_monotonic_time();
    } else if (phase != RP_ROUND_END) {
        watch->next_at =
            now() + (phase == RP_ROUND_TOLD ? rp_told_wait_s(watch->config->poll_s)
                                            : watch->config->poll_s);
    } else {
        watch->known_us = watch->began_us;
        watch->is_settled = watch->has_read = true;
        watch->read_us = MIN(watch->read_us, g_get_monotonic_time());
        tell_recovery(watch);
        g_clear_pointer(&watch->problem, g_free);
        set_trouble(watch, NULL);
    }
    watch->events->on_state(watch, watch->data);
}

static void
on_changed(RpSync *sync G_GNUC_UNUSED, gpointer data)
{
    RpWatch *watch = data;

    watch->events->on_changed(watch, watch->data);
}

static void
on_problem(RpSync *sync G_GNUC_UNUSED, const RpProblem *problem, gpointer data)
{
    RpWatch *watch = data;
    g_autofree char *text = rp_journal_hide(problem->text);

    g_info("account %s: %s", watch->account->name, text);
}

static const RpSyncEvents SYNC_EVENTS = {
    .on_problem = on_problem,
    .on_round = on_round,
    .on_changed = on_changed,
    .on_end = on_end,
};

static void
start_sync(RpWatch *watch)
{
    RpJob *job = rp_config_job(watch->config, watch->account);

    job->watch = true;
    job->idle = watch->config->idle;
    job->poll_s = watch->config->poll_s;
    watch->read_us = INT64_MAX;
    watch->sync = rp_sync_new(watch->store, watch->account, job, &SYNC_EVENTS, watch);
    rp_sync_start(watch->sync);
}

RpWatch *
rp_watch_new(RpStore *store, const RpConfig *config, const RpAccountConfig *account,
             const RpWatchEvents *events, gpointer data)
{
    RpWatch *watch = g_new0(RpWatch, 1);

    watch->store = store;
    watch->config = config;
    watch->account = account;
    watch->events = events;
    watch->data = data;
    return watch;
}

void
rp_watch_free(RpWatch *watch)
{
    if (watch == NULL)
        return;
    g_clear_handle_id(&watch->retry_timer, g_source_remove);
    g_clear_handle_id(&watch->stopped_source, g_source_remove);
    rp_sync_free(watch->sync);
    g_free(watch->problem);
    g_free(watch);
}

void
rp_watch_start(RpWatch *watch, bool is_asked_for)
{
    if (!is_asked_for)
        watch->problem = rp_refused_lately(watch->store, watch->config, watch->account);
    if (watch->problem == NULL) {
        start_sync(watch);
        return;
    }
    watch->is_settled = true;
    halt(watch);
}

static gboolean
on_stopped_idle(gpointer data)
{
    RpWatch *watch = data;

    watch->stopped_source = 0;
    watch->events->on_stopped(watch, watch->data);
    return G_SOURCE_REMOVE;
}

void
rp_watch_stop(RpWatch *watch)
{
    if (watch->is_stopping)
        return;
    watch->is_stopping = true;
    g_clear_handle_id(&watch->retry_timer, g_source_remove);
    if (watch->sync != NULL)
        rp_sync_stop(watch->sync);
    else
        watch->stopped_source = g_idle_add(on_stopped_idle, watch);
}

void
rp_watch_poke(RpWatch *watch)
{
    if (watch->is_stopping || watch->is_halted)
        return;
    watch->is_settled = false;
    if (watch->retry_timer != 0) {
        g_clear_handle_id(&watch->retry_timer, g_source_remove);
        start_sync(watch);
    } else if (watch->sync != NULL) {
        rp_sync_poke(watch->sync);
    }
}

void
rp_watch_ask(RpWatch *watch)
{
    if (!watch->is_halted || watch->is_stopping) {
        rp_watch_poke(watch);
        return;
    }
    watch->is_halted = watch->is_settled = false;
    start_sync(watch);
}

void
rp_watch_renew(RpWatch *watch)
{
    if (watch->sync == NULL || watch->is_stopping) {
        rp_watch_poke(watch);
        return;
    }
    watch->is_settled = watch->is_reading = false;
    rp_sync_free(watch->sync);
    start_sync(watch);
}

const char *
rp_watch_account(const RpWatch *watch)
{
    return watch->account->name;
}

int64_t
rp_watch_known_us(const RpWatch *watch)
{
    return watch->is_halted ? INT64_MAX : watch->known_us;
}

RpWatchState
rp_watch_state(const RpWatch *watch)
{
    if (watch->is_halted)
        return RP_WATCH_STOPPED;
    if (watch->retry_timer != 0)
        return RP_WATCH_RETRYING;
    return watch->is_reading || !watch->is_settled ? RP_WATCH_READING
                                                   : RP_WATCH_WAITING;
}

int64_t
rp_watch_next_at(const RpWatch *watch)
{
    RpWatchState state = rp_watch_state(watch);

    return state == RP_WATCH_WAITING || state == RP_WATCH_RETRYING ? watch->next_at
                                                                   : RP_NEVER;
}

bool
rp_watch_is_reading(const RpWatch *watch)
{
    return watch->is_reading;
}

bool
rp_watch_is_settled(const RpWatch *watch)
{
    return watch->is_settled;
}

const char *
rp_watch_problem(const RpWatch *watch)
{
    return watch->problem == NULL ? "" : watch->problem;
}

bool
rp_watch_has_read(const RpWatch *watch)
{
    return watch->has_read;
}
