/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record-write.c - records into bytes */
#include <string.h>

#include "stream/codec.h"

static void
put_job(GByteArray *out, const RpJob *job)
{
    rp_wire_put_uint(out, job->source);
    rp_wire_put_uint(out, job->security);
    rp_wire_put_uint(out, job->port);
    rp_wire_put_uint(out, job->watch);
    rp_wire_put_uint(out, job->idle);
    rp_wire_put_uint(out, job->only_list);
    rp_wire_put_uint(out, job->poll_s);
    rp_wire_put_int(out, job->since_at);
    rp_wire_put_text(out, job->account);
    rp_wire_put_text(out, job->host);
    rp_wire_put_text(out, job->user);
    rp_wire_put_text(out, job->ca_file);
    rp_wire_put_text(out, job->pin);
    rp_wire_put_text(out, job->path);
    rp_wire_put_texts(out, job->folders);
    rp_wire_put_texts(out, job->sent_folders);
}

static void
put_secret(GByteArray *out, const RpSecret *secret)
{
    rp_wire_put_uint(out, secret->is_token);
    rp_wire_put_text(out, secret->text);
}

static void
put_state(GByteArray *out, const RpFolderState *state)
{
    rp_wire_put_text(out, state->folder);
    rp_wire_put_uint(out, state->uid_validity);
    rp_wire_put_uint(out, state->low);
    rp_wire_put_uint(out, state->high);
    rp_wire_put_uint(out, state->mod_seq);
    rp_wire_put_uint(out, state->n_messages);
    rp_wire_put_uint(out, state->is_complete);
    rp_wire_put_text(out, state->token);
}

/* UIDs ascend: the first, then the steps. */
static void
put_uids(GByteArray *out, const RpUidList *list)
{
    uint64_t before = 0;

    rp_wire_put_text(out, list->folder);
    rp_wire_put_uint(out, list->uid_validity);
    rp_wire_put_uint(out, list->low);
    rp_wire_put_uint(out, list->high);
    rp_wire_put_uint(out, list->uids->len);
    for (guint i = 0; i < list->uids->len; i++) {
        uint64_t uid = g_array_index(list->uids, uint64_t, i);

        rp_wire_put_uint(out, uid - before);
        before = uid;
    }
    rp_wire_put_uint(out, list->flags->len);
    for (guint i = 0; i < list->flags->len; i++)
        rp_wire_put_uint(out, g_array_index(list->flags, uint32_t, i));
}

static void
put_info(GByteArray *out, const RpFolderInfo *info)
{
    rp_wire_put_text(out, info->folder);
    rp_wire_put_text(out, info->name);
    rp_wire_put_uint(out, info->role);
    rp_wire_put_uint(out, (uint8_t)info->delimiter);
    rp_wire_put_uint(out, info->is_read);
}

static void
put_mailboxes(GByteArray *out, const GPtrArray *mailboxes)
{
    rp_wire_put_uint(out, mailboxes->len);
    for (guint i = 0; i < mailboxes->len; i++) {
        const RpMailbox *mailbox = g_ptr_array_index(mailboxes, i);

        rp_wire_put_text(out, mailbox->name);
        rp_wire_put_text(out, mailbox->address);
    }
}

static void
put_envelope(GByteArray *out, const RpEnvelope *envelope)
{
    rp_wire_put_uint(out, envelope->uid);
    rp_wire_put_uint(out, envelope->flags);
    rp_wire_put_uint(out, envelope->signs);
    rp_wire_put_uint(out, envelope->cuts);
    rp_wire_put_uint(out, envelope->size);
    rp_wire_put_int(out, envelope->internal_at);
    rp_wire_put_int(out, envelope->date_at);
    rp_wire_put_text(out, envelope->message_id);
    rp_wire_put_text(out, envelope->subject);
    rp_wire_put_text(out, envelope->list_id);
    rp_wire_put_uint(out, envelope->has_thread_index);
    if (envelope->has_thread_index)
        rp_wire_put_bytes(out, envelope->thread_index, RP_THREAD_INDEX_LEN);
    put_mailboxes(out, envelope->from);
    put_mailboxes(out, envelope->reply_to);
    put_mailboxes(out, envelope->to);
    put_mailboxes(out, envelope->cc);
    rp_wire_put_texts(out, envelope->in_reply_to);
    rp_wire_put_texts(out, envelope->references);
    rp_wire_put_texts(out, envelope->list_posts);
    rp_wire_put_texts(out, envelope->delivered_to);
}

static void
put_copy(GByteArray *out, const RpRecord *record)
{
    rp_wire_put_text(out, record->u.copy.folder);
    rp_wire_put_uint(out, record->u.copy.uid_validity);
    put_envelope(out, record->u.copy.envelope);
}

static void
put_progress(GByteArray *out, const RpProgress *progress)
{
    rp_wire_put_text(out, progress->folder);
    rp_wire_put_uint(out, progress->n_done);
    rp_wire_put_uint(out, progress->n_total);
}

static void
put_problem(GByteArray *out, const RpProblem *problem)
{
    rp_wire_put_uint(out, problem->code);
    rp_wire_put_text(out, problem->folder);
    rp_wire_put_uint(out, problem->uid);
    rp_wire_put_text(out, problem->text);
}

static void
put_payload(GByteArray *out, const RpRecord *record)
{
    switch (record->type) {
    case RP_RECORD_JOB:
        put_job(out, record->u.job);
        break;
    case RP_RECORD_SECRET:
        put_secret(out, record->u.secret);
        break;
    case RP_RECORD_STATE:
    case RP_RECORD_CHECKPOINT:
        put_state(out, record->u.state);
        break;
    case RP_RECORD_KNOWN:
    case RP_RECORD_PASSED:
    case RP_RECORD_READING:
    case RP_RECORD_FLAGS:
    case RP_RECORD_GONE:
    case RP_RECORD_PRESENT:
        put_uids(out, record->u.uids);
        break;
    case RP_RECORD_FOLDER:
        put_info(out, record->u.info);
        break;
    case RP_RECORD_ENVELOPE:
        put_copy(out, record);
        break;
    case RP_RECORD_PROGRESS:
        put_progress(out, record->u.progress);
        break;
    case RP_RECORD_PROBLEM:
        put_problem(out, record->u.problem);
        break;
    case RP_RECORD_ROUND:
        rp_wire_put_uint(out, record->u.round);
        break;
    case RP_RECORD_CERTIFICATE:
        rp_wire_put_int(out, record->u.expires_at);
        break;
    case RP_RECORD_GO:
    case RP_RECORD_CAREFUL:
        break;
    }
}

void
rp_record_write(GByteArray *out, const RpRecord *record)
{
    guint start = out->len;
    uint8_t header[RP_RECORD_HEADER] = {0};
    guint32 length;

    g_byte_array_append(out, header, RP_RECORD_HEADER);
    put_payload(out, record);
    length = out->len - start - RP_RECORD_HEADER;
    g_assert(length <= RP_RECORD_MAX);
    length = GUINT32_TO_LE(length);
    memcpy(out->data + start, &length, sizeof length);
    out->data[start + sizeof length] = (uint8_t)record->type;
}
