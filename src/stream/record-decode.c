/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record-decode.c - one payload into a record: nothing in it is trusted */
#include <string.h>

#include "stream/codec.h"

/* Replaces an owned text. */
static void
take_text(char **text, RpWire *wire, size_t max)
{
    g_free(*text);
    *text = rp_wire_text(wire, max);
}

static char *
folder(RpWire *wire)
{
    char *name = rp_wire_text(wire, RP_MAX_FOLDER);

    wire->is_broken = wire->is_broken || *name == '\0';
    return name;
}

static bool
get_job(RpWire *wire, RpJob *job)
{
    char **texts[] = {&job->account, &job->host, &job->user,
                      &job->ca_file, &job->pin,  &job->path};

    job->source = (RpSourceType)rp_wire_uint(wire, RP_SOURCE_MBOX);
    job->security = (RpSecurity)rp_wire_uint(wire, RP_SECURITY_NONE);
    job->port = (uint16_t)rp_wire_uint(wire, UINT16_MAX);
    job->watch = rp_wire_bool(wire);
    job->idle = rp_wire_bool(wire);
    job->only_list = rp_wire_bool(wire);
    job->poll_s = (uint32_t)rp_wire_uint(wire, UINT32_MAX);
    job->since_at = rp_wire_int(wire);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        take_text(texts[i], wire, RP_MAX_TEXT);
    rp_wire_texts(wire, job->folders, RP_MAX_PATTERNS, RP_MAX_TEXT / 2);
    rp_wire_texts(wire, job->sent_folders, RP_MAX_PATTERNS, RP_MAX_TEXT / 2);
    return rp_instant_is_sound(job->since_at);
}

static bool
get_secret(RpWire *wire, RpSecret *secret)
{
    secret->is_token = rp_wire_bool(wire);
    secret->text = rp_wire_text(wire, RP_MAX_SECRET);
    return true;
}

static bool
get_state(RpWire *wire, RpFolderState *state)
{
    state->folder = folder(wire);
    state->uid_validity = (uint32_t)rp_wire_uint(wire, UINT32_MAX);
    state->low = rp_wire_uint(wire, RP_UID_LIMIT);
    state->high = rp_wire_uint(wire, RP_UID_LIMIT);
    state->mod_seq = rp_wire_uint(wire, INT64_MAX); /* RFC 7162: 63 bits */
    state->n_messages = (uint32_t)rp_wire_uint(wire, UINT32_MAX);
    state->is_complete = rp_wire_bool(wire);
    state->token = rp_wire_text(wire, RP_MAX_TEXT);
    return state->low <= state->high;
}

static void
get_uid_run(RpWire *wire, GArray *uids)
{
    uint32_t n = rp_wire_count(wire, RP_RECORD_MAX_UIDS, 1);
    uint64_t uid = 0;

    g_array_set_size(uids, 0);
    for (uint32_t i = 0; i < n && !wire->is_broken; i++) {
        uint64_t step = rp_wire_uint(wire, RP_UID_LIMIT - 1 - uid);

        wire->is_broken = wire->is_broken || step == 0;
        uid += step;
        g_array_append_val(uids, uid);
    }
}

static void
get_flags_run(RpWire *wire, GArray *flags)
{
    uint32_t n = rp_wire_count(wire, RP_RECORD_MAX_UIDS, 1);

    for (uint32_t i = 0; i < n && !wire->is_broken; i++) {
        uint32_t set = (uint32_t)rp_wire_uint(wire, UINT32_MAX);

        wire->is_broken = wire->is_broken || !rp_flags_are_known(set);
        g_array_append_val(flags, set);
    }
}

static bool
is_within(const RpUidList *list)
{
    guint n = list->uids->len;

    if (list->low > list->high)
        return false;
    return n == 0 || (g_array_index(list->uids, uint64_t, 0) >= list->low &&
                      g_array_index(list->uids, uint64_t, n - 1) < list->high);
}

static bool
get_uids(RpWire *wire, RpRecordType type, RpUidList *list)
{
    bool has_flags = type == RP_RECORD_KNOWN || type == RP_RECORD_FLAGS;

    list->folder = folder(wire);
    list->uid_validity = (uint32_t)rp_wire_uint(wire, UINT32_MAX);
    list->low = rp_wire_uint(wire, RP_UID_LIMIT);
    list->high = rp_wire_uint(wire, RP_UID_LIMIT);
    get_uid_run(wire, list->uids);
    get_flags_run(wire, list->flags);
    if (list->flags->len != (has_flags ? list->uids->len : 0))
        return false;
    if (type == RP_RECORD_READING && list->uids->len != 1)
        return false;
    return type != RP_RECORD_PRESENT || is_within(list);
}

static bool
get_info(RpWire *wire, RpFolderInfo *info)
{
    info->folder = folder(wire);
    info->name = rp_wire_text(wire, RP_MAX_TEXT);
    info->role = (RpRole)rp_wire_uint(wire, RP_N_ROLES - 1);
    info->delimiter = (char)rp_wire_uint(wire, 0x7e);
    info->is_read = rp_wire_bool(wire);
    return rp_text_is_clean(info->name, RP_MAX_TEXT) &&
           (info->delimiter == 0 || info->delimiter >= 0x20);
}

static void
get_mailboxes(RpWire *wire, GPtrArray *mailboxes)
{
    uint32_t n = rp_wire_count(wire, RP_MAX_ADDRESSES, 3);

    for (uint32_t i = 0; i < n && !wire->is_broken; i++) {
        RpMailbox *mailbox = g_new(RpMailbox, 1);

        mailbox->name = rp_wire_text(wire, RP_MAX_NAME);
        mailbox->address = rp_wire_text(wire, RP_MAX_ADDRESS);
        g_ptr_array_add(mailboxes, mailbox);
    }
}

static bool
get_envelope(RpWire *wire, RpEnvelope *envelope)
{
    envelope->uid = rp_wire_uint(wire, RP_UID_LIMIT - 1);
    envelope->flags = (uint32_t)rp_wire_uint(wire, UINT32_MAX);
    envelope->signs = (uint32_t)rp_wire_uint(wire, UINT32_MAX);
    envelope->cuts = (uint32_t)rp_wire_uint(wire, UINT32_MAX);
    envelope->size = (uint32_t)rp_wire_uint(wire, UINT32_MAX);
    envelope->internal_at = rp_wire_int(wire);
    envelope->date_at = rp_wire_int(wire);
    take_text(&envelope->message_id, wire, RP_MAX_ID);
    take_text(&envelope->subject, wire, RP_MAX_SUBJECT);
    take_text(&envelope->list_id, wire, RP_MAX_ID);
    envelope->has_thread_index = rp_wire_bool(wire);
    if (envelope->has_thread_index)
        rp_wire_bytes(wire, envelope->thread_index, RP_THREAD_INDEX_LEN);
    get_mailboxes(wire, envelope->from);
    get_mailboxes(wire, envelope->reply_to);
    get_mailboxes(wire, envelope->to);
    get_mailboxes(wire, envelope->cc);
    rp_wire_texts(wire, envelope->in_reply_to, RP_MAX_REFERENCES, RP_MAX_ID);
    rp_wire_texts(wire, envelope->references, RP_MAX_REFERENCES, RP_MAX_ID);
    rp_wire_texts(wire, envelope->list_posts, RP_MAX_LIST_POSTS, RP_MAX_ADDRESS);
    rp_wire_texts(wire, envelope->delivered_to, RP_MAX_DELIVERED_TO, RP_MAX_ADDRESS);
    return !wire->is_broken && rp_envelope_is_sound(envelope);
}

static bool
get_copy(RpWire *wire, RpRecord *record)
{
    record->u.copy.folder = folder(wire);
    record->u.copy.uid_validity = (uint32_t)rp_wire_uint(wire, UINT32_MAX);
    record->u.copy.envelope = rp_envelope_new();
    return get_envelope(wire, record->u.copy.envelope);
}

static bool
get_progress(RpWire *wire, RpProgress *progress)
{
    progress->folder = folder(wire);
    progress->n_done = rp_wire_uint(wire, RP_UID_LIMIT);
    progress->n_total = rp_wire_uint(wire, RP_UID_LIMIT);
    return true;
}

static bool
get_problem(RpWire *wire, RpProblem *problem)
{
    problem->code = (RpProblemCode)rp_wire_uint(wire, RP_PROBLEM_CONFIG);
    problem->folder = rp_wire_text(wire, RP_MAX_FOLDER);
    problem->uid = rp_wire_uint(wire, RP_UID_LIMIT - 1);
    problem->text = rp_wire_text(wire, RP_MAX_TEXT);
    if (problem->code == RP_PROBLEM_UNREADABLE &&
        (problem->uid == 0 || *problem->folder == '\0'))
        return false;
    return rp_text_is_clean(problem->text, RP_MAX_TEXT);
}

static bool
get_payload(RpWire *wire, RpRecord *record)
{
    switch (record->type) {
    case RP_RECORD_JOB:
        record->u.job = rp_job_new();
        return get_job(wire, record->u.job);
    case RP_RECORD_SECRET:
        record->u.secret = g_new0(RpSecret, 1);
        return get_secret(wire, record->u.secret);
    case RP_RECORD_STATE:
    case RP_RECORD_CHECKPOINT:
        record->u.state = g_new0(RpFolderState, 1);
        return get_state(wire, record->u.state);
    case RP_RECORD_KNOWN:
    case RP_RECORD_PASSED:
    case RP_RECORD_READING:
    case RP_RECORD_FLAGS:
    case RP_RECORD_GONE:
    case RP_RECORD_PRESENT:
        record->u.uids = rp_uid_list_new(NULL, 0);
        return get_uids(wire, record->type, record->u.uids);
    case RP_RECORD_FOLDER:
        record->u.info = g_new0(RpFolderInfo, 1);
        return get_info(wire, record->u.info);
    case RP_RECORD_ENVELOPE:
        return get_copy(wire, record);
    case RP_RECORD_PROGRESS:
        record->u.progress = g_new0(RpProgress, 1);
        return get_progress(wire, record->u.progress);
    case RP_RECORD_PROBLEM:
        record->u.problem = g_new0(RpProblem, 1);
        return get_problem(wire, record->u.problem);
    case RP_RECORD_ROUND:
        record->u.round = (RpRoundPhase)rp_wire_uint(wire, RP_ROUND_TOLD);
        return true;
    case RP_RECORD_CERTIFICATE:
        record->u.expires_at = rp_wire_int(wire);
        return rp_instant_is_sound(record->u.expires_at);
    case RP_RECORD_GO:
    case RP_RECORD_CAREFUL:
        return true;
    }
    return false; /* no such type */
}

bool
rp_record_decode(RpWire *wire, RpRecord *record)
{
    return get_payload(wire, record) && !wire->is_broken && wire->at == wire->end;
}
