/* SPDX-License-Identifier: GPL-3.0-or-later */
/* records.c - what riposte-fetch says, record by record */
#include "sync/private.h"

#include <glib/gi18n.h>

/* Messages after which the WAL goes back into the file. */
enum { LARGE_SYNC = 10000 };

static void
take_problem(RpSync *sync, const RpProblem *problem)
{
    if (problem->code == RP_PROBLEM_UNREADABLE)
        sync->counts.n_unreadable++;
    else
        sync->counts.n_problems++;
    if (problem->code != RP_PROBLEM_UNREADABLE && *problem->folder == '\0') {
        sync->problem_code = (int)problem->code;
        g_free(sync->problem_text);
        sync->problem_text = g_strdup(problem->text);
    }
    if (sync->events->on_problem != NULL)
        sync->events->on_problem(sync, problem, sync->data);
}

static bool
end_round(RpSync *sync, GError **error)
{
    if (sync->intake == NULL)
        return true;
    if (!rp_intake_commit(sync->intake, &sync->member, error))
        return false;
    if (sync->n_since_checkpoint < LARGE_SYNC)
        return true;
    sync->n_since_checkpoint = 0;
    return rp_store_checkpoint_wal(sync->store, error);
}

static bool
take_round(RpSync *sync, RpRoundPhase phase, GError **error)
{
    if (phase == RP_ROUND_BEGIN) {
        sync->problem_code = -1;
        g_clear_pointer(&sync->problem_text, g_free);
    }
    if (phase == RP_ROUND_END && !end_round(sync, error))
        return false;
    if (phase == RP_ROUND_END)
        rp_mishap_survived(sync->mishap);
    if (sync->events != NULL && sync->events->on_round != NULL)
        sync->events->on_round(sync, phase, sync->data);
    return true;
}

static bool
is_wait(const RpRecord *record)
{
    return record->type == RP_RECORD_ROUND &&
           (record->u.round == RP_ROUND_IDLE || record->u.round == RP_ROUND_TOLD);
}

/* What is told at once. PROGRESS is not kept. */
static bool
take_record(RpSync *sync, const RpRecord *record, GError **error)
{
    const RpSyncEvents *events = sync->events;

    if (record->type == RP_RECORD_PROGRESS) {
        if (events->on_progress != NULL)
            events->on_progress(sync, record->u.progress, sync->data);
        return true;
    }
    if (record->type == RP_RECORD_READING) {
        rp_mishap_begin(sync->mishap, record->u.uids);
        return true;
    }
    rp_mishap_end(sync->mishap);
    if (record->type == RP_RECORD_ENVELOPE) {
        sync->counts.n_messages++;
        sync->n_since_checkpoint++;
    }
    /* What changes nothing would open a batch, and be waited for. */
    if (sync->intake != NULL && !is_wait(record) &&
        !rp_intake_apply(sync->intake, &sync->member, sync->name, record, error))
        return false;
    if (sync->events == NULL)
        return true;
    if (record->type == RP_RECORD_FOLDER && events->on_folder != NULL)
        events->on_folder(sync, record->u.info, sync->data);
    if (record->type == RP_RECORD_CERTIFICATE && events->on_certificate != NULL)
        events->on_certificate(sync, record->u.expires_at, sync->data);
    if (record->type == RP_RECORD_PROBLEM)
        take_problem(sync, record->u.problem);
    if (record->type == RP_RECORD_ROUND)
        return take_round(sync, record->u.round, error);
    return true;
}

void
rp_sync_fail_broken(RpSync *sync)
{
    rp_sync_fail_dead(
        sync, g_error_new(RP_SYNC_ERROR, RP_SYNC_ERROR_RETRY,
                          _("account %s: riposte-fetch broke the stream of records"),
                          sync->name));
}

/* False if there is no next one, or must not be. */
static bool
take_next(RpSync *sync)
{
    g_auto(RpRecord) record = {0};
    RpReadResult result = rp_record_reader_next(sync->reader, &record);
    GError *error = NULL;

    if (result == RP_READ_MORE)
        return false;
    if (result == RP_READ_BROKEN || record.type < RP_RECORD_FOLDER) {
        rp_sync_fail_broken(sync);
        return false;
    }
    if (!take_record(sync, &record, &error)) {
        rp_sync_fail(sync, error);
        return false;
    }
    return sync->events != NULL && sync->child != NULL;
}

void
rp_sync_take(RpSync *sync, const uint8_t *bytes, size_t n)
{
    rp_record_reader_push(sync->reader, bytes, n);
    g_rc_box_acquire(sync);
    while (take_next(sync))
        ;
    rp_sync_unref(sync);
}
