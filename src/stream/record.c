/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record.c - life of a record and of what it holds */
#include "stream/record.h"

#include <string.h>

#include "core/instant.h"
#include "stream/wire.h"

RpJob *
rp_job_new(void)
{
    RpJob *job = g_new0(RpJob, 1);

    job->since_at = RP_NEVER;
    job->account = g_strdup("");
    job->host = g_strdup("");
    job->user = g_strdup("");
    job->ca_file = g_strdup("");
    job->pin = g_strdup("");
    job->path = g_strdup("");
    job->folders = g_ptr_array_new_with_free_func(g_free);
    job->sent_folders = g_ptr_array_new_with_free_func(g_free);
    return job;
}

void
rp_job_free(RpJob *job)
{
    if (job == NULL)
        return;
    g_free(job->account);
    g_free(job->host);
    g_free(job->user);
    g_free(job->ca_file);
    g_free(job->pin);
    g_free(job->path);
    g_ptr_array_unref(job->folders);
    g_ptr_array_unref(job->sent_folders);
    g_free(job);
}

void
rp_secret_free(RpSecret *secret)
{
    if (secret == NULL)
        return;
    if (secret->text != NULL)
        rp_wire_wipe(secret->text, strlen(secret->text));
    g_free(secret->text);
    g_free(secret);
}

RpFolderState *
rp_folder_state_new(const char *folder)
{
    RpFolderState *state = g_new0(RpFolderState, 1);

    state->folder = g_strdup(folder);
    state->token = g_strdup("");
    return state;
}

void
rp_folder_state_free(RpFolderState *state)
{
    if (state == NULL)
        return;
    g_free(state->folder);
    g_free(state->token);
    g_free(state);
}

RpUidList *
rp_uid_list_new(const char *folder, uint32_t uid_validity)
{
    RpUidList *uids = g_new0(RpUidList, 1);

    uids->folder = g_strdup(folder);
    uids->uid_validity = uid_validity;
    uids->uids = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    uids->flags = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    return uids;
}

void
rp_uid_list_free(RpUidList *uids)
{
    if (uids == NULL)
        return;
    g_free(uids->folder);
    g_array_unref(uids->uids);
    g_array_unref(uids->flags);
    g_free(uids);
}

RpFolderInfo *
rp_folder_info_new(const char *folder, const char *name, RpRole role)
{
    RpFolderInfo *info = g_new0(RpFolderInfo, 1);

    info->folder = g_strdup(folder);
    info->name = rp_record_clean_text(name);
    info->role = role;
    info->is_read = true;
    return info;
}

void
rp_folder_info_free(RpFolderInfo *info)
{
    if (info == NULL)
        return;
    g_free(info->folder);
    g_free(info->name);
    g_free(info);
}

RpProblem *
rp_problem_new(RpProblemCode code, const char *folder, uint64_t uid, const char *text)
{
    RpProblem *problem = g_new0(RpProblem, 1);

    problem->code = code;
    problem->folder = g_strdup(folder != NULL ? folder : "");
    problem->uid = uid;
    problem->text = rp_record_clean_text(text);
    return problem;
}

void
rp_problem_free(RpProblem *problem)
{
    if (problem == NULL)
        return;
    g_free(problem->folder);
    g_free(problem->text);
    g_free(problem);
}

static void
progress_free(RpProgress *progress)
{
    if (progress == NULL)
        return;
    g_free(progress->folder);
    g_free(progress);
}

static void
free_payload(RpRecord *record)
{
    switch (record->type) {
    case RP_RECORD_JOB:
        rp_job_free(record->u.job);
        break;
    case RP_RECORD_SECRET:
        rp_secret_free(record->u.secret);
        break;
    case RP_RECORD_STATE:
    case RP_RECORD_CHECKPOINT:
        rp_folder_state_free(record->u.state);
        break;
    case RP_RECORD_KNOWN:
    case RP_RECORD_PASSED:
    case RP_RECORD_READING:
    case RP_RECORD_FLAGS:
    case RP_RECORD_GONE:
    case RP_RECORD_PRESENT:
        rp_uid_list_free(record->u.uids);
        break;
    case RP_RECORD_FOLDER:
        rp_folder_info_free(record->u.info);
        break;
    case RP_RECORD_ENVELOPE:
        g_free(record->u.copy.folder);
        rp_envelope_free(record->u.copy.envelope);
        break;
    case RP_RECORD_PROGRESS:
        progress_free(record->u.progress);
        break;
    case RP_RECORD_PROBLEM:
        rp_problem_free(record->u.problem);
        break;
    case RP_RECORD_GO:
    case RP_RECORD_CAREFUL:
    case RP_RECORD_ROUND:
    case RP_RECORD_CERTIFICATE:
        break;
    }
}

void
rp_record_clear(RpRecord *record)
{
    free_payload(record);
    memset(record, 0, sizeof *record);
}

/* Five times as long as where nothing is told: what is missed would be found late. */
uint32_t
rp_told_wait_s(uint32_t poll_s)
{
    return poll_s == 0 ? RP_MAX_WAIT_S
                       : (uint32_t)MIN(UINT64_C(5) * poll_s, RP_MAX_WAIT_S);
}
