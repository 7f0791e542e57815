/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source.c - a backend's job in, its records out, both without ever hanging */
#include "config.h"

#include "fetch/source.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

enum {
    FLUSH_BYTES = 64 * 1024,
    PIPE_PIECE = 4096, /* PIPE_BUF: after POLLOUT a pipe takes it without waiting */
    PROGRESS_US = 100 * 1000,
};

GQuark
rp_source_error_quark(void)
{
    return g_quark_from_static_string("rp-source-error");
}

RpSource *
rp_source_new(int wake_fd, int out_fd)
{
    RpSource *source = g_new0(RpSource, 1);

    source->states = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify)rp_folder_state_free);
    source->known = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                          (GDestroyNotify)rp_uid_list_free);
    source->passed = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify)rp_uid_list_free);
    source->pending = g_byte_array_new();
    source->wake_fd = wake_fd;
    source->out_fd = out_fd;
    return source;
}

void
rp_source_free(RpSource *source)
{
    if (source == NULL)
        return;
    g_clear_pointer(&source->job, rp_job_free);
    g_clear_pointer(&source->secret, rp_secret_free);
    g_hash_table_unref(source->states);
    g_hash_table_unref(source->known);
    g_hash_table_unref(source->passed);
    g_byte_array_unref(source->pending);
    g_free(source);
}

bool
rp_source_set_stopped(GError **error)
{
    g_set_error_literal(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_STOPPED, "stopped");
    return false;
}

/* A folder's messages may come in several records. */
static void
add_known(RpSource *source, RpRecord *record)
{
    RpUidList *uids = record->u.uids;
    RpUidList *old = g_hash_table_lookup(source->known, uids->folder);

    if (old == NULL) {
        record->u.uids = NULL;
        g_hash_table_replace(source->known, uids->folder, uids);
        return;
    }
    g_array_append_vals(old->uids, uids->uids->data, uids->uids->len);
    g_array_append_vals(old->flags, uids->flags->data, uids->flags->len);
}

/* Keeps what the record holds; *is_go at GO. False if it may not come here. */
static bool
take_record(RpSource *source, RpRecord *record, bool *is_go)
{
    RpFolderState *state;
    RpUidList *uids;

    switch ((int)record->type) {
    case RP_RECORD_JOB:
        g_clear_pointer(&source->job, rp_job_free);
        source->job = g_steal_pointer(&record->u.job);
        return true;
    case RP_RECORD_SECRET:
        g_clear_pointer(&source->secret, rp_secret_free);
        source->secret = g_steal_pointer(&record->u.secret);
        return true;
    case RP_RECORD_STATE:
        state = g_steal_pointer(&record->u.state);
        g_hash_table_replace(source->states, state->folder, state);
        return true;
    case RP_RECORD_KNOWN:
        add_known(source, record);
        return true;
    case RP_RECORD_CAREFUL:
        source->is_careful = true;
        return true;
    case RP_RECORD_PASSED:
        uids = g_steal_pointer(&record->u.uids);
        g_hash_table_replace(source->passed, uids->folder, uids);
        return true;
    case RP_RECORD_GO:
        *is_go = true;
        return source->job != NULL;
    default:
        return false;
    }
}

static bool
take_records(RpSource *source, RpRecordReader *reader, bool *is_go)
{
    RpReadResult result = RP_READ_RECORD;

    while (!*is_go && result == RP_READ_RECORD) {
        g_auto(RpRecord) record = {0};

        result = rp_record_reader_next(reader, &record);
        if (result == RP_READ_RECORD && !take_record(source, &record, is_go))
            return false;
    }
    return result != RP_READ_BROKEN;
}

bool
rp_source_read_job(RpSource *source, GError **error)
{
    g_autoptr(RpRecordReader) reader = rp_record_reader_new();
    bool is_go = false;

    while (!is_go) {
        char bytes[4096];
        ssize_t n = read(source->wake_fd, bytes, sizeof bytes);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return rp_source_set_stopped(error);
        rp_record_reader_push(reader, bytes, (size_t)n);
        explicit_bzero(bytes, sizeof bytes);
        if (!take_records(source, reader, &is_go)) {
            g_set_error_literal(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_PROTOCOL,
                                _("the job on standard input is broken"));
            return false;
        }
    }
    source->is_sync_wanted = rp_record_reader_left(reader) > 0;
    return true;
}

bool
rp_source_take_commands(RpSource *source)
{
    char bytes[64];
    ssize_t n = read(source->wake_fd, bytes, sizeof bytes);

    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
        source->is_stopped = true;
    if (n > 0 && memchr(bytes, RP_COMMAND_SYNC, (size_t)n) != NULL)
        source->is_sync_wanted = true;
    return !source->is_stopped;
}

bool
rp_source_go_on(RpSource *source)
{
    GPollFD fd = {.fd = source->wake_fd, .events = G_IO_IN | G_IO_HUP | G_IO_ERR};

    if (!source->is_stopped && g_poll(&fd, 1, 0) > 0)
        rp_source_take_commands(source);
    return !source->is_stopped;
}

bool
rp_source_sleep(RpSource *source, int64_t timeout_us)
{
    int64_t until_us = g_get_monotonic_time() + timeout_us;

    while (!source->is_stopped && !source->is_sync_wanted) {
        GPollFD fd = {.fd = source->wake_fd, .events = G_IO_IN | G_IO_HUP | G_IO_ERR};
        int64_t left_us = until_us - g_get_monotonic_time();

        if (left_us <= 0)
            break;
        if (g_poll(&fd, 1, (int)MIN(left_us / 1000 + 1, INT_MAX)) > 0)
            rp_source_take_commands(source);
    }
    return !source->is_stopped;
}

/* Waits until the parent reads; a parent that has closed our input does not. */
static bool
wait_for_reader(RpSource *source)
{
    int64_t from_us = g_get_monotonic_time();

    while (!source->is_stopped) {
        GPollFD fds[2] = {
            {.fd = source->out_fd, .events = G_IO_OUT},
            {.fd = source->wake_fd, .events = G_IO_IN | G_IO_HUP | G_IO_ERR},
        };

        if (g_poll(fds, 2, -1) < 0)
            continue;
        if (fds[1].revents != 0)
            rp_source_take_commands(source);
        if (fds[0].revents != 0)
            break;
    }
    source->blocked_us += g_get_monotonic_time() - from_us;
    return !source->is_stopped;
}

bool
rp_source_flush(RpSource *source)
{
    size_t done = 0;

    while (done < source->pending->len && wait_for_reader(source)) {
        size_t left = source->pending->len - done;
        ssize_t n = write(source->out_fd, source->pending->data + done,
                          MIN(left, (size_t)PIPE_PIECE));

        if (n > 0)
            done += (size_t)n;
        else if (errno != EINTR && errno != EAGAIN)
            source->is_stopped = true;
    }
    g_byte_array_set_size(source->pending, 0);
    return !source->is_stopped;
}

bool
rp_source_emit(RpSource *source, const RpRecord *record)
{
    if (source->is_stopped)
        return false;
    rp_record_write(source->pending, record);
    return source->pending->len < FLUSH_BYTES || rp_source_flush(source);
}

/* The casts: a record to be written is not changed. */
bool
rp_source_emit_folder(RpSource *source, const RpFolderInfo *info)
{
    RpFolderInfo copy = *info;

    return rp_source_emit(source,
                          &(RpRecord){.type = RP_RECORD_FOLDER, .u.info = &copy});
}

bool
rp_source_emit_envelope(RpSource *source, const char *folder, uint32_t uid_validity,
                        const RpEnvelope *envelope)
{
    RpEnvelope content = *envelope;
    g_autofree char *name = g_strdup(folder);
    RpRecord record = {.type = RP_RECORD_ENVELOPE};

    if (!rp_envelope_is_sound(envelope)) /* it would break the stream */
        return rp_source_emit_problem(source, RP_PROBLEM_UNREADABLE, folder,
                                      envelope->uid, _("its header cannot be told"));
    record.u.copy.folder = name;
    record.u.copy.uid_validity = uid_validity;
    record.u.copy.envelope = &content;
    return rp_source_emit(source, &record) &&
           (!source->is_careful || rp_source_flush(source));
}

static bool
is_passed(const RpSource *source, const char *folder, uint32_t uid_validity,
          uint64_t uid)
{
    const RpUidList *list = g_hash_table_lookup(source->passed, folder);

    for (guint i = 0; list != NULL && i < list->uids->len; i++)
        if (g_array_index(list->uids, uint64_t, i) == uid)
            return list->uid_validity == uid_validity;
    return false;
}

bool
rp_source_begin_message(RpSource *source, const char *folder, uint32_t uid_validity,
                        uint64_t uid)
{
    g_autoptr(RpUidList) list = NULL;

    if (is_passed(source, folder, uid_validity, uid))
        return false;
    if (!source->is_careful)
        return true;
    list = rp_uid_list_new(folder, uid_validity);
    g_array_append_val(list->uids, uid);
    rp_source_emit(source, &(RpRecord){.type = RP_RECORD_READING, .u.uids = list});
    rp_source_flush(source);
    return true;
}

/* The part [from, to) of uids, which spans [low, high) of the folder. */
static bool
emit_part(RpSource *source, RpRecordType type, const RpUidList *uids, guint from,
          guint to)
{
    g_autoptr(RpUidList) part = rp_uid_list_new(uids->folder, uids->uid_validity);

    part->low = from == 0 ? uids->low : g_array_index(uids->uids, uint64_t, from);
    part->high =
        to == uids->uids->len ? uids->high : g_array_index(uids->uids, uint64_t, to);
    if (to > from)
        g_array_append_vals(part->uids, &g_array_index(uids->uids, uint64_t, from),
                            to - from);
    if (type == RP_RECORD_FLAGS && to > from)
        g_array_append_vals(part->flags, &g_array_index(uids->flags, uint32_t, from),
                            to - from);
    return rp_source_emit(source, &(RpRecord){.type = type, .u.uids = part});
}

bool
rp_source_emit_uids(RpSource *source, RpRecordType type, const RpUidList *uids)
{
    guint from = 0;

    if (uids->uids->len == 0 && type != RP_RECORD_PRESENT)
        return true;
    do {
        guint to = MIN(from + RP_RECORD_MAX_UIDS, uids->uids->len);

        if (!emit_part(source, type, uids, from, to))
            return false;
        from = to;
    } while (from < uids->uids->len);
    return true;
}

bool
rp_source_emit_checkpoint(RpSource *source, const RpFolderState *state)
{
    RpFolderState copy = *state;

    return rp_source_emit(
               source, &(RpRecord){.type = RP_RECORD_CHECKPOINT, .u.state = &copy}) &&
           rp_source_flush(source);
}

bool
rp_source_emit_problem(RpSource *source, RpProblemCode code, const char *folder,
                       uint64_t uid, const char *text)
{
    g_autofree char *clean = rp_record_clean_text(text);
    g_autoptr(RpProblem) problem = rp_problem_new(code, folder, uid, clean);

    return rp_source_emit(source,
                          &(RpRecord){.type = RP_RECORD_PROBLEM, .u.problem = problem});
}

/* While watching, a round's end goes with what is told next, which is at once: each
 * flush wakes up the parent. */
bool
rp_source_emit_round(RpSource *source, RpRoundPhase phase)
{
    bool goes_on = phase == RP_ROUND_END && source->job->watch;

    source->is_careful = source->is_careful && phase != RP_ROUND_END;
    return rp_source_emit(source,
                          &(RpRecord){.type = RP_RECORD_ROUND, .u.round = phase}) &&
           (goes_on || rp_source_flush(source));
}

bool
rp_source_emit_progress(RpSource *source, const char *folder, uint64_t n_done,
                        uint64_t n_total)
{
    int64_t now_us = g_get_monotonic_time();
    bool is_edge = n_done == 0 || n_done >= n_total;
    g_autofree char *name = NULL;
    RpProgress progress = {.n_done = n_done, .n_total = n_total};

    if (!is_edge && now_us < source->progress_us + PROGRESS_US)
        return !source->is_stopped;
    source->progress_us = now_us;
    name = g_strdup(folder);
    progress.folder = name;
    return rp_source_emit(source, &(RpRecord){.type = RP_RECORD_PROGRESS,
                                              .u.progress = &progress}) &&
           rp_source_flush(source);
}
