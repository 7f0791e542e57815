/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-wait.c - between two rounds: waiting for news, or for the next poll */
#include "fetch/imap-wait.h"
#include "fetch/imap-reply.h"

#include <malloc.h>

enum {
    IDLE_S = RP_MAX_WAIT_S,
    AWAKE_S = 10 * 60, /* without IDLE: between two signs of life */
    QUICK_S = 2,       /* a wait that ends sooner was hardly one */
    MAX_QUICK = 3,     /* in a row; then there is a pause: */
    COST_FACTOR = 3,   /* so many times the round before it, ... */
    PAUSE_S = 15,      /* ... and this at most, or if there were no news at all */
    SETTLE_MS = 700,   /* Dovecot looks away for a second after commands and news: */
    N_SETTLE = 3,      /* so many looks of our own, until it surely tells again */
    MAX_MISSED = 1,    /* news that nobody told of: those may just have come */
};

typedef RpImapWatch Watch;

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

/* IDLE of the second session is for sent mail. */
static void
wait_in_sent(Watch *watch, bool *has_news)
{
    const RpImapFolder *folder = find_role(watch, RP_ROLE_SENT);

    watch->is_told = false;
    if (folder == NULL || (watch->imap->caps & RP_CAP_IDLE) == 0 ||
        !enter(watch->second, folder, has_news, NULL))
        g_clear_pointer(&watch->second, rp_imap_close);
}

/* Others' folders are not told of. */
static bool
may_be_told(const Watch *watch)
{
    for (guint i = 0; i < watch->folders->len; i++) {
        const RpImapFolder *folder = watch->folders->pdata[i];

        if (folder->info->is_read && folder->is_foreign)
            return false;
    }
    return (watch->imap->caps & RP_CAP_NOTIFY) != 0;
}

static void
stop_telling(Watch *watch, bool *has_news)
{
    RpImapNews news = {.folders = watch->folders};

    rp_imap_notify_none(watch->second, &news);
    wait_in_sent(watch, has_news);
}

/* A second session is a help, not a need: many servers allow but a few. */
static void
open_second(Watch *watch, const RpImapFolder *inbox, bool *has_news)
{
    RpImapNews news = {.folders = watch->folders};
    bool may_tell = may_be_told(watch);

    if (watch->has_tried_second ||
        (!may_tell && find_role(watch, RP_ROLE_SENT) == NULL))
        return;
    watch->has_tried_second = true;
    watch->second = rp_imap_open(watch->source, NULL);
    if (watch->second == NULL)
        return;
    if (may_tell && enter(watch->second, inbox, has_news, NULL) &&
        rp_imap_notify(watch->second, &news, NULL) && !news.is_over)
        watch->is_told = true;
    else
        wait_in_sent(watch, has_news);
    watch->n_settle = watch->is_told ? N_SETTLE : 0;
    watch->said_us = g_get_monotonic_time();
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
    if (watch->second != NULL)
        rp_transport_forget_trust(watch->second->transport);
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

    watch->n_vain += !watch->has_found;
    if (g_get_monotonic_time() - from_us >= QUICK_S * (int64_t)G_USEC_PER_SEC) {
        watch->n_quick = watch->n_vain = 0;
        return true;
    }
    if (++watch->n_quick <= MAX_QUICK)
        return true;
    if (watch->n_vain <= MAX_QUICK)
        pause_us = MIN(pause_us, COST_FACTOR * watch->round_us);
    return rp_source_sleep(watch->source, pause_us) || rp_source_set_stopped(error);
}

static bool
wait_idle(Watch *watch, const RpImapFolder *inbox, bool has_news, GError **error)
{
    int64_t from_us = g_get_monotonic_time();
    RpImap *imaps[2] = {watch->imap, watch->second};
    uint32_t poll_s = watch->source->job->poll_s;

    if (!enter(watch->imap, inbox, &has_news, error))
        return false;
    /* Once: a server may always count in two ways. */
    watch->is_again = has_news && !watch->is_again;
    if (watch->is_again)
        return true;
    return rp_imap_idle(imaps, watch->second == NULL ? 1 : 2,
                        poll_s == 0 ? IDLE_S : MIN(poll_s, IDLE_S), error) &&
           slow_down(watch, from_us, error);
}

/* How long nothing but what is told makes a round: five times what it is otherwise, but
 * not for a server that has once told nothing. */
static uint32_t
told_wait_s(const Watch *watch)
{
    uint32_t poll_s = watch->source->job->poll_s;

    return watch->n_missed == 0 || poll_s == 0 ? rp_told_wait_s(poll_s)
                                               : MIN(poll_s, IDLE_S);
}

/* Until something is told, or the second session has said nothing for long: a server
 * may hang up after half an hour, whatever it says itself (RFC 3501 5.4). It is kept
 * alive, and the round comes when the server tells again. */
static bool
wait_quietly(Watch *watch, RpImap *const *imaps, RpImapNews *news, GError **error)
{
    int64_t silent_ms = (g_get_monotonic_time() - watch->said_us) / 1000;
    int64_t left_ms = MAX(told_wait_s(watch) * (int64_t)1000 - silent_ms, 0);

    if (!rp_imap_listen(imaps, 2, (uint32_t)left_ms, news, error))
        return false;
    watch->is_check = !news->has_any && !watch->source->is_sync_wanted;
    if (!watch->is_check)
        return true;
    watch->said_us = g_get_monotonic_time();
    if (!rp_imap_keep_alive(watch->second, news, error))
        return false;
    news->has_any = false; /* what must be asked for is not told */
    return rp_imap_listen(imaps, 2, N_SETTLE * SETTLE_MS, news, error);
}

/* The second session is a help, not a need: one that is lost, or says what nobody can
 * read, ends alone, and the server is not asked to tell again. */
static bool
lose_second(Watch *watch, GError **error)
{
    if (watch->source->is_stopped || !rp_transport_is_good(watch->imap->transport))
        return false;
    g_clear_error(error);
    g_clear_pointer(&watch->second, rp_imap_close);
    watch->is_told = watch->is_check = false;
    watch->n_settle = 0;
    return true;
}

/* After news of the folder that the second session has open some rounds come by
 * themselves: they find what came while the server did not look. */
static bool
wait_told(Watch *watch, GError **error)
{
    RpImap *imaps[2] = {watch->second, watch->imap};
    RpImapNews news = {.folders = watch->folders};
    int64_t from_us = g_get_monotonic_time();
    uint32_t round_ms = (uint32_t)MIN(watch->round_us / 1000, PAUSE_S * 1000);
    bool is_settling = watch->n_settle > 0;

    if (is_settling ? !rp_imap_listen(imaps, 2, MAX(SETTLE_MS, round_ms), &news, error)
                    : !wait_quietly(watch, imaps, &news, error))
        return lose_second(watch, error);
    watch->is_check = watch->is_check && !news.has_any;
    watch->is_heard = news.has_any;
    watch->n_settle = !news.is_open                     ? watch->n_settle - is_settling
                      : round_ms > N_SETTLE * SETTLE_MS ? 1
                                                        : N_SETTLE;
    watch->imap->has_flag_news = watch->imap->has_flag_news || news.has_flags;
    if (news.is_over)
        stop_telling(watch, &news.has_any);
    return (is_settling && !news.has_any) || slow_down(watch, from_us, error);
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

/* After a round. What is missed is forgiven by the hour, but only to a server that
 * tells: one that is mute has promised as much. */
static void
judge_telling(Watch *watch, bool *has_news)
{
    watch->has_told = watch->has_told || (watch->is_heard && watch->has_found);
    if (watch->is_check && watch->has_found && ++watch->n_missed > MAX_MISSED)
        stop_telling(watch, has_news);
    else if (watch->is_thorough && watch->has_told) {
        watch->n_missed = 0;
        watch->has_told = false;
    }
    watch->is_check = watch->is_heard = false;
}

bool
rp_imap_wait(RpImapWatch *watch, GError **error)
{
    const RpImapFolder *inbox = find_role(watch, RP_ROLE_INBOX);
    uint32_t waiting = RP_CAP_IDLE | RP_CAP_NOTIFY;
    bool may_wait =
        watch->source->job->idle && inbox != NULL && (watch->imap->caps & waiting) != 0;
    bool has_news = false, is_sure;

    judge_telling(watch, &has_news);
    if (watch->has_found)
        watch->n_vain = 0;
    if (watch->is_told && !may_be_told(watch)) /* somebody has just shared a folder */
        stop_telling(watch, &has_news);
    is_sure = watch->is_told && watch->n_missed == 0;
    if (!rp_source_emit_round(watch->source, is_sure ? RP_ROUND_TOLD : RP_ROUND_IDLE))
        return rp_source_set_stopped(error);
    if (may_wait)
        open_second(watch, inbox, &has_news);
    forget_secret(watch);
    if (watch->is_told)
        return wait_told(watch, error);
    if (may_wait && (watch->imap->caps & RP_CAP_IDLE) != 0)
        return wait_idle(watch, inbox, has_news, error);
    return wait_awake(watch, error);
}
