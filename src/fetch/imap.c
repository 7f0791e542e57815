/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap.c - the IMAP backend: rounds over all folders, and the wait between them */
#include "fetch/imap-reply.h"

#include <malloc.h>
#include <string.h>

enum {
    IDLE_S = 25 * 60,     /* a server may hang up after 30 minutes: RFC 3501 5.4 */
    AWAKE_S = 10 * 60,    /* without IDLE: between two signs of life */
    QUICK_S = 2,          /* an IDLE that ends sooner was hardly one */
    MAX_QUICK = 3,        /* in a row; then there is a pause: */
    COST_FACTOR = 3,      /* so many times the round before it, ... */
    PAUSE_S = 15,         /* ... and this at most, or if there were no news at all */
    THOROUGH_S = 60 * 60, /* between two looks at all flags that nothing announces */
};

typedef struct {
    RpSource *source;
    RpImap *imap;       /* own */
    RpImap *sent;       /* own; waits in the sent folder; NULL if there is none */
    GPtrArray *folders; /* own, of RpImapFolder */
    bool is_thorough, has_tried_sent, is_again;
    bool has_found;      /* in the last round: something that STATUS told of */
    int64_t thorough_us; /* when the last such round began; 0: never */
    int64_t round_us;    /* how long the last round took */
    uint32_t n_quick;
} Watch;

static bool
emit_folders(Watch *watch, GError **error)
{
    for (guint i = 0; i < watch->folders->len; i++) {
        const RpImapFolder *folder = watch->folders->pdata[i];

        if (!rp_source_emit_folder(watch->source, folder->info))
            return rp_source_set_stopped(error);
    }
    return true;
}

static bool
list(Watch *watch, GError **error)
{
    g_clear_pointer(&watch->folders, g_ptr_array_unref);
    watch->folders = rp_imap_list(watch->imap, error);
    return watch->folders != NULL && emit_folders(watch, error);
}

static bool
tell_certificate(Watch *watch, GError **error)
{
    RpRecord record = {.type = RP_RECORD_CERTIFICATE};

    record.u.expires_at = rp_transport_expires_at(watch->imap->transport);
    return record.u.expires_at == RP_NEVER || rp_source_emit(watch->source, &record) ||
           rp_source_set_stopped(error);
}

static bool
needs_sync(const Watch *watch, const RpImapFolder *folder)
{
    bool has_news = watch->imap->has_flag_news && folder->info->role == RP_ROLE_INBOX;

    return folder->is_refused ||
           rp_imap_needs_sync(watch->imap, folder, watch->is_thorough || has_news);
}

/* A folder that the server will not open is told of and passed over. */
static bool
sync_folder(Watch *watch, RpImapFolder *folder, GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (!folder->info->is_read || !needs_sync(watch, folder))
        return true;
    watch->has_found = watch->has_found || folder->has_status;
    if (rp_imap_sync_folder(watch->imap, folder, &problem))
        return true;
    if (!g_error_matches(problem, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    return rp_source_emit_problem(watch->source, RP_PROBLEM_FOLDER,
                                  folder->info->folder, 0, problem->message) ||
           rp_source_set_stopped(error);
}

/* STATUS of the open folder is discouraged: RFC 3501 6.3.10. */
static bool
unselect(RpImap *imap, GError **error)
{
    if (!imap->is_selected || (imap->caps & RP_CAP_UNSELECT) == 0)
        return true;
    imap->is_selected = false;
    return rp_imap_run_plain(imap, "UNSELECT", error);
}

static bool
go_round(Watch *watch, GError **error)
{
    if (!unselect(watch->imap, error) || !list(watch, error) ||
        !rp_imap_status(watch->imap, watch->folders, error))
        return false;
    for (guint i = 0; i < watch->folders->len; i++)
        if (!sync_folder(watch, watch->folders->pdata[i], error))
            return false;
    return true;
}

static bool
may_retry(const Watch *watch, const GError *problem)
{
    return (g_error_matches(problem, RP_SOURCE_ERROR, RP_SOURCE_ERROR_NETWORK) ||
            g_error_matches(problem, RP_SOURCE_ERROR, RP_SOURCE_ERROR_PROTOCOL)) &&
           !watch->imap->is_secret_gone &&
           !rp_transport_is_timeout(watch->imap->transport);
}

/* The first round, one that is asked for, and one an hour look at all flags. */
static void
begin_round(Watch *watch)
{
    int64_t now_us = g_get_monotonic_time();

    watch->is_thorough =
        watch->thorough_us == 0 || watch->source->is_sync_wanted ||
        now_us - watch->thorough_us >= THOROUGH_S * (int64_t)G_USEC_PER_SEC;
    if (watch->is_thorough)
        watch->thorough_us = now_us;
    watch->imap->n_reopened = 0;
    watch->has_found = false;
    watch->source->is_sync_wanted = false;
}

/* Once in a round a lost session is made up for; the checkpoints hold. */
static bool
run_round(Watch *watch, GError **error)
{
    g_autoptr(GError) problem = NULL;
    int64_t from_us = g_get_monotonic_time();

    begin_round(watch);
    if (!rp_source_emit_round(watch->source, RP_ROUND_BEGIN))
        return rp_source_set_stopped(error);
    if (!go_round(watch, &problem)) {
        if (!may_retry(watch, problem)) {
            g_propagate_error(error, g_steal_pointer(&problem));
            return false;
        }
        if (!rp_imap_reopen(watch->imap, error) || !go_round(watch, error))
            return false;
    }
    watch->imap->has_flag_news = false;
    watch->round_us = g_get_monotonic_time() - from_us;
    return rp_source_emit_round(watch->source, RP_ROUND_END) ||
           rp_source_set_stopped(error);
}

static RpImapFolder *
find_role(const Watch *watch, RpRole role)
{
    for (guint i = 0; i < watch->folders->len; i++) {
        RpImapFolder *folder = watch->folders->pdata[i];

        if (folder->info->is_read && folder->info->role == role)
            return folder;
    }
    return NULL;
}

/* Opens the folder again, so that IDLE tells of it. What the server says of it now is
 * not what was read: it must not look like it. IDLE tells of nothing that came in
 * between: then *has_news. */
static bool
enter(RpImap *imap, const RpImapFolder *folder, bool *has_news, GError **error)
{
    RpImapFolder copy = *folder;

    if (!rp_imap_examine(imap, &copy, error))
        return false;
    if (copy.n_messages != folder->n_messages ||
        (folder->uid_next != 0 && copy.uid_next != folder->uid_next))
        *has_news = true;
    return true;
}

/* A second session is a help, not a need: many servers allow but a few. */
static void
open_sent(Watch *watch, bool *has_news)
{
    const RpImapFolder *folder = find_role(watch, RP_ROLE_SENT);

    if (watch->has_tried_sent || folder == NULL)
        return;
    watch->has_tried_sent = true;
    watch->sent = rp_imap_open(watch->source, NULL);
    if (watch->sent != NULL && !enter(watch->sent, folder, has_news, NULL))
        g_clear_pointer(&watch->sent, rp_imap_close);
}

/* What is needed to connect is not kept while waiting: after a loss the parent starts
 * anew, and asks for the secret. */
static void
forget_secret(Watch *watch)
{
    if (watch->imap->is_secret_gone)
        return;
    g_clear_pointer(&watch->source->secret, rp_secret_free);
    watch->imap->is_secret_gone = true;
    rp_transport_forget_trust(watch->imap->transport);
    if (watch->sent != NULL)
        rp_transport_forget_trust(watch->sent->transport);
#ifdef __GLIBC__
    malloc_trim(0); /* the authorities, and a first round's messages */
#endif
}

/* A server that has news whenever it is asked must not keep us running; mail that comes
 * in a row is read all the same. */
static bool
slow_down(Watch *watch, int64_t from_us, GError **error)
{
    int64_t pause_us = PAUSE_S * (int64_t)G_USEC_PER_SEC;

    if (g_get_monotonic_time() - from_us >= QUICK_S * (int64_t)G_USEC_PER_SEC) {
        watch->n_quick = 0;
        return true;
    }
    if (++watch->n_quick <= MAX_QUICK)
        return true;
    if (watch->has_found)
        pause_us = MIN(pause_us, COST_FACTOR * watch->round_us);
    return rp_source_sleep(watch->source, pause_us) || rp_source_set_stopped(error);
}

static bool
wait_idle(Watch *watch, const RpImapFolder *inbox, GError **error)
{
    int64_t from_us = g_get_monotonic_time();
    RpImap *imaps[2] = {watch->imap, NULL};
    uint32_t poll_s = watch->source->job->poll_s;
    bool has_news = false;

    if (!enter(watch->imap, inbox, &has_news, error))
        return false;
    open_sent(watch, &has_news);
    forget_secret(watch);
    /* Once: a server may always count in two ways. */
    watch->is_again = has_news && !watch->is_again;
    if (watch->is_again)
        return true;
    imaps[1] = watch->sent;
    return rp_imap_idle(imaps, watch->sent == NULL ? 1 : 2,
                        poll_s == 0 ? IDLE_S : MIN(poll_s, IDLE_S), error) &&
           slow_down(watch, from_us, error);
}

/* Until poll_s is over or a sync is asked for; the server is told that we live. */
static bool
wait_awake(Watch *watch, GError **error)
{
    int64_t until_us = g_get_monotonic_time() +
                       MAX(watch->source->job->poll_s, 1) * (int64_t)G_USEC_PER_SEC;

    while (!watch->source->is_sync_wanted) {
        int64_t left_us = until_us - g_get_monotonic_time();

        if (left_us <= 0)
            return true;
        if (!rp_source_sleep(watch->source,
                             MIN(left_us, AWAKE_S * (int64_t)G_USEC_PER_SEC)))
            return rp_source_set_stopped(error);
        if (!rp_imap_run_plain(watch->imap, "NOOP", error))
            return false;
    }
    return true;
}

static bool
wait_for_news(Watch *watch, GError **error)
{
    const RpImapFolder *inbox = find_role(watch, RP_ROLE_INBOX);
    bool may_idle = watch->source->job->idle && inbox != NULL &&
                    (watch->imap->caps & RP_CAP_IDLE) != 0;

    if (!rp_source_emit_round(watch->source, RP_ROUND_IDLE))
        return rp_source_set_stopped(error);
    if (may_idle)
        return wait_idle(watch, inbox, error);
    forget_secret(watch);
    return wait_awake(watch, error);
}

static bool
run(Watch *watch, GError **error)
{
    if (watch->source->job->only_list)
        return tell_certificate(watch, error) && list(watch, error);
    if (!run_round(watch, error))
        return false;
    while (watch->source->job->watch)
        if (!wait_for_news(watch, error) || !run_round(watch, error))
            return false;
    return true;
}

bool
rp_imap_run(RpSource *source, GError **error)
{
    Watch watch = {.source = source};
    bool is_done;

    watch.imap = rp_imap_open(source, error);
    is_done = watch.imap != NULL && run(&watch, error);
    g_clear_pointer(&watch.folders, g_ptr_array_unref);
    rp_imap_close(watch.sent);
    rp_imap_close(watch.imap);
    return is_done;
}
