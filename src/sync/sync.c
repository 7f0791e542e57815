/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sync.c - one run of riposte-fetch, from the secret to the last commit */
#include "sync/sync.h"

#include <glib/gi18n.h>
#include <signal.h>

#include "sync/private.h"

enum { GRACE_MS = 900, SILENCE_MS = 600 * 1000 };

G_DEFINE_QUARK(rp_sync_error, rp_sync_error)

static void
clear_sync(gpointer data)
{
    RpSync *sync = data;

    g_free(sync->name);
    rp_job_free(sync->job);
    g_clear_pointer(&sync->reader, rp_record_reader_free);
    g_clear_pointer(&sync->request, rp_request_free);
    g_clear_pointer(&sync->mishap, rp_mishap_free);
    g_free(sync->problem_text);
    g_clear_error(&sync->error);
    g_clear_object(&sync->asking);
}

void
rp_sync_unref(RpSync *sync)
{
    g_rc_box_release_full(sync, clear_sync);
}

static gboolean
on_end_idle(gpointer data)
{
    RpSync *sync = data;

    sync->end_source = 0;
    if (sync->events->on_end != NULL)
        sync->events->on_end(sync, sync->problem_code, sync->error, sync->data);
    return G_SOURCE_REMOVE;
}

static void
commit_rest(RpSync *sync)
{
    g_autoptr(GError) failure = NULL;

    if (sync->intake != NULL && sync->member.has_uncommitted &&
        !rp_intake_commit(sync->intake, &sync->member, &failure) && sync->error == NULL)
        sync->error = g_steal_pointer(&failure);
}

/* What came complete is kept, however it ended. */
static void
end(RpSync *sync)
{
    if (sync->has_ended)
        return;
    sync->has_ended = true;
    g_rc_box_acquire(sync);
    g_clear_handle_id(&sync->silence_timer, g_source_remove);
    g_clear_pointer(&sync->child, rp_child_free);
    sync->end_source = g_idle_add(on_end_idle, sync);
    commit_rest(sync);
    rp_sync_unref(sync);
}

void
rp_sync_fail(RpSync *sync, GError *error)
{
    if (sync->error == NULL)
        sync->error = error;
    else
        g_error_free(error);
    end(sync);
}

void
rp_sync_fail_dead(RpSync *sync, GError *error)
{
    bool is_first = !sync->has_ended;

    g_rc_box_acquire(sync);
    rp_sync_fail(sync, error);
    if (is_first)
        rp_mishap_died(sync->mishap);
    rp_sync_unref(sync);
}

static void
on_committed(bool is_changed, gpointer data)
{
    RpSync *sync = data;

    if (is_changed && sync->events != NULL && sync->events->on_changed != NULL)
        sync->events->on_changed(sync, sync->data);
}

/* The batch with our records was rolled back for another's sake: what follows
 * in this stream builds on them. */
static void
on_lost(const GError *error, gpointer data)
{
    rp_sync_fail(data, g_error_copy(error));
}

static gboolean
on_silence(gpointer data)
{
    RpSync *sync = data;

    sync->silence_timer = 0;
    rp_sync_fail_dead(
        sync, g_error_new(RP_SYNC_ERROR, RP_SYNC_ERROR_RETRY,
                          _("account %s: riposte-fetch gave no sign of life for %u s"),
                          sync->name, sync->silence_ms / 1000));
    return G_SOURCE_REMOVE;
}

static void
restart_silence(RpSync *sync)
{
    g_clear_handle_id(&sync->silence_timer, g_source_remove);
    sync->silence_timer = g_timeout_add(sync->silence_ms, on_silence, sync);
}

static void
on_output(RpChild *child G_GNUC_UNUSED, const uint8_t *bytes, size_t n, gpointer data)
{
    RpSync *sync = data;

    restart_silence(sync);
    rp_sync_take(sync, bytes, n);
}

/* One piece at a time: the next is made when the child has taken the last. */
static void
on_drained(RpChild *child, gpointer data)
{
    RpSync *sync = data;
    GError *error = NULL;
    GByteArray *bytes = rp_request_next(sync->request, &error);

    if (error != NULL)
        rp_sync_fail(sync, error);
    else if (bytes != NULL)
        rp_child_write(child, bytes);
}

static GError *
describe_end(const RpSync *sync, const RpChild *child, const char *failure)
{
    g_autofree char *words = rp_child_last_words(child);

    if (sync->problem_text != NULL)
        return g_error_new(RP_SYNC_ERROR, RP_SYNC_ERROR_RETRY, _("account %s: %s"),
                           sync->name, sync->problem_text);
    return g_error_new(RP_SYNC_ERROR, RP_SYNC_ERROR_RETRY,
                       _("account %s: riposte-fetch %s%s%s"), sync->name, failure,
                       *words == '\0' ? "" : ": ", words);
}

static void
on_child_end(RpChild *child, const char *failure, gpointer data)
{
    RpSync *sync = data;
    bool is_cut = rp_record_reader_left(sync->reader) > 0;

    if (failure == NULL && sync->job->watch)
        failure = _("ended unasked");
    if (sync->is_stopping || (failure == NULL && !is_cut && sync->problem_text == NULL))
        end(sync);
    else if (failure == NULL && is_cut)
        rp_sync_fail_broken(sync);
    else if (sync->problem_text == NULL)
        rp_sync_fail_dead(sync, describe_end(sync, child, failure));
    else
        rp_sync_fail(sync, describe_end(sync, child, failure));
}

static const RpChildEvents CHILD_EVENTS = {on_output, on_drained, on_child_end};

/* Takes the secret over. */
static bool
run(RpSync *sync, RpSecret *secret, GError **error)
{
    g_autofree char *path = rp_sync_find_program("riposte-fetch");
    g_auto(GStrv) envp = rp_request_environment();
    g_autoptr(GError) failure = NULL;

    sync->mishap = rp_mishap_load(sync->store, sync->name);
    sync->request = rp_request_new(sync->store, sync->job, sync->mishap, secret, error);
    if (sync->request == NULL)
        return false;
    sync->child = rp_child_new(path, envp, &CHILD_EVENTS, sync, &failure);
    if (sync->child == NULL) {
        g_set_error(error, RP_SYNC_ERROR, RP_SYNC_ERROR_INSTALL, _("cannot run %s: %s"),
                    path, failure->message);
        return false;
    }
    restart_silence(sync);
    on_drained(sync->child, sync);
    return true;
}

static void
on_secret(RpSecret *given, const GError *failure, gpointer data)
{
    RpSync *sync = data;
    g_autoptr(RpSecret) secret = given;
    GError *error = NULL;

    g_clear_object(&sync->asking);
    if (sync->events != NULL && sync->is_stopping)
        end(sync);
    else if (sync->events != NULL && failure != NULL)
        rp_sync_fail(sync, g_error_copy(failure));
    else if (sync->events != NULL && !run(sync, g_steal_pointer(&secret), &error))
        rp_sync_fail(sync, error);
    rp_sync_unref(sync);
}

RpSync *
rp_sync_new(RpStore *store, const RpAccountConfig *account, RpJob *job,
            const RpSyncEvents *events, gpointer data)
{
    RpSync *sync = g_rc_box_new0(RpSync);

    g_return_val_if_fail(store != NULL || job->only_list, NULL);
    sync->events = events;
    sync->data = data;
    sync->store = store;
    sync->account = account;
    sync->name = g_strdup(account->name);
    sync->job = job;
    sync->reader = rp_record_reader_new();
    sync->problem_code = -1;
    sync->silence_ms = SILENCE_MS;
    if (job->watch)
        sync->silence_ms += 2 * 1000 * MAX(job->poll_s, rp_told_wait_s(job->poll_s));
    sync->grace_ms = GRACE_MS;
    sync->member.on_committed = on_committed;
    sync->member.on_lost = on_lost;
    sync->member.data = sync;
    if (store != NULL)
        sync->intake = rp_intake_join(store, &sync->member);
    return sync;
}

void
rp_sync_free(RpSync *sync)
{
    if (sync == NULL)
        return;
    sync->events = NULL;
    g_clear_handle_id(&sync->silence_timer, g_source_remove);
    g_clear_handle_id(&sync->end_source, g_source_remove);
    g_clear_pointer(&sync->child, rp_child_free);
    if (sync->intake != NULL)
        rp_intake_leave(sync->intake, &sync->member);
    sync->intake = NULL;
    if (sync->asking != NULL)
        g_cancellable_cancel(sync->asking);
    rp_sync_unref(sync);
}

void
rp_sync_start(RpSync *sync)
{
    signal(SIGPIPE, SIG_IGN);
    sync->asking = g_cancellable_new();
    rp_config_get_secret(sync->account, sync->asking, on_secret,
                         g_rc_box_acquire(sync));
}

void
rp_sync_poke(RpSync *sync)
{
    const uint8_t command = RP_COMMAND_SYNC;

    if (sync->child != NULL && rp_request_is_complete(sync->request) &&
        !sync->is_stopping)
        rp_child_write(sync->child,
                       g_byte_array_append(g_byte_array_new(), &command, 1));
}

void
rp_sync_stop(RpSync *sync)
{
    sync->is_stopping = true;
    if (sync->asking != NULL)
        g_cancellable_cancel(sync->asking);
    else if (sync->child != NULL)
        rp_child_stop(sync->child, sync->grace_ms);
    else
        end(sync);
}

void
rp_sync_set_patience(RpSync *sync, guint silence_ms, guint grace_ms)
{
    sync->silence_ms = silence_ms;
    sync->grace_ms = grace_ms;
}

const char *
rp_sync_account(const RpSync *sync)
{
    return sync->name;
}

RpSyncCounts
rp_sync_counts(const RpSync *sync)
{
    return sync->counts;
}
