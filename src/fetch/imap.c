/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap.c - the IMAP backend: rounds over all folders */
#include "fetch/imap-reply.h"
#include "fetch/imap-wait.h"

#include <string.h>

enum {
    THOROUGH_S = 60 * 60
}; /* between two looks at all flags that nothing announces */

typedef RpImapWatch Watch;

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
has_flag_news(const Watch *watch, const RpImapFolder *folder)
{
    return watch->imap->has_flag_news && folder->info->role == RP_ROLE_INBOX;
}

static bool
needs_sync(const Watch *watch, const RpImapFolder *folder)
{
    return folder->is_refused ||
           rp_imap_needs_sync(watch->imap, folder,
                              watch->is_thorough || has_flag_news(watch, folder));
}

/* Of a folder whose STATUS never agrees with what is in it nothing is learnt. */
static bool
is_told_anew(Watch *watch, const RpImapFolder *folder)
{
    RpImapTold told = {folder->uid_validity, folder->uid_next, folder->n_messages,
                       folder->mod_seq};
    RpImapTold *last = g_hash_table_lookup(watch->told, folder->info->folder);
    bool is_new = last == NULL || memcmp(last, &told, sizeof told) != 0;

    if (last != NULL)
        *last = told;
    else
        g_hash_table_insert(watch->told, g_strdup(folder->info->folder),
                            g_memdup2(&told, sizeof told));
    return is_new;
}

/* A folder that the server will not open is told of and passed over. */
static bool
sync_folder(Watch *watch, RpImapFolder *folder, GError **error)
{
    g_autoptr(GError) problem = NULL;
    bool is_new;

    if (!folder->info->is_read)
        return true;
    is_new = folder->has_status &&
             (is_told_anew(watch, folder) || has_flag_news(watch, folder));
    if (!needs_sync(watch, folder))
        return true;
    watch->has_found = watch->has_found || is_new;
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

static bool
run(Watch *watch, GError **error)
{
    if (watch->source->job->only_list)
        return tell_certificate(watch, error) && list(watch, error);
    if (!run_round(watch, error))
        return false;
    while (watch->source->job->watch)
        if (!rp_imap_wait(watch, error) || !run_round(watch, error))
            return false;
    return true;
}

bool
rp_imap_run(RpSource *source, GError **error)
{
    Watch watch = {.source = source};
    bool is_done;

    watch.told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    watch.imap = rp_imap_open(source, error);
    is_done = watch.imap != NULL && run(&watch, error);
    g_clear_pointer(&watch.folders, g_ptr_array_unref);
    g_hash_table_unref(watch.told);
    rp_imap_close(watch.second);
    rp_imap_close(watch.imap);
    return is_done;
}
