/* SPDX-License-Identifier: GPL-3.0-or-later */
/* files-sync.c - what is known of a folder of files against what is there */
#include <stdlib.h>
#include <string.h>

#include "core/instant.h"
#include "fetch/files.h"
#include "fetch/header.h"

enum {
    CHECKPOINT_MESSAGES = 2000,
    /* File systems may count time in steps as long as this. */
    TIME_STEP_S = 2,
};

uint64_t
rp_file_uid(const char *key, size_t n)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    uint8_t digest[32];
    gsize n_digest = sizeof digest;
    uint64_t uid = 0;

    g_checksum_update(checksum, (const guchar *)key, (gssize)n);
    g_checksum_get_digest(checksum, digest, &n_digest);
    for (int i = 0; i < 8; i++)
        uid = uid << 8 | digest[i];
    uid >>= 12;
    return uid > 0 ? uid : 1;
}

char *
rp_file_token(const char *text, int64_t changed_at)
{
    bool is_settled = changed_at + TIME_STEP_S < g_get_real_time() / G_USEC_PER_SEC;

    return g_strdup(is_settled ? text : "");
}

static guint
n_known(const RpFileSync *sync)
{
    return sync->known != NULL ? sync->known->uids->len : 0;
}

static gint
compare_uids(gconstpointer a, gconstpointer b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

    return left < right ? -1 : left > right;
}

static bool
find_known(const RpFileSync *sync, uint64_t uid, guint *index)
{
    return n_known(sync) > 0 &&
           g_array_binary_search(sync->known->uids, &uid, compare_uids, index);
}

bool
rp_file_sync_is_known(const RpFileSync *sync, uint64_t uid)
{
    guint index;

    return find_known(sync, uid, &index);
}

static void
append(RpUidList *list, uint64_t uid, uint32_t flags)
{
    g_array_append_val(list->uids, uid);
    g_array_append_val(list->flags, flags);
}

bool
rp_file_sync_take_known(RpFileSync *sync, uint64_t uid, uint32_t flags)
{
    guint index;

    if (!find_known(sync, uid, &index))
        return false;
    append(sync->present, uid, flags);
    if (index < sync->known->flags->len &&
        g_array_index(sync->known->flags, uint32_t, index) != flags)
        append(sync->changed, uid, flags);
    return true;
}

static bool
emit_checkpoint(RpFileSync *sync, const char *token, bool is_complete)
{
    const char *name = sync->folder->info->folder;
    RpFolderState *state = rp_folder_state_new(name);

    state->uid_validity = RP_FILE_UID_VALIDITY;
    state->low = 1;
    state->high = RP_UID_LIMIT;
    state->n_messages = sync->present->uids->len;
    state->is_complete = is_complete;
    g_free(state->token);
    state->token = g_strdup(token);
    g_hash_table_replace(sync->source->states, state->folder, state);
    sync->n_since_checkpoint = 0;
    return rp_source_emit_checkpoint(sync->source, state);
}

/* A first checkpoint before any message: what a cut round has brought is then known
 * to the next one. An account of another type may have had a folder of the name. */
bool
rp_file_sync_begin(RpFileSync *sync, RpSource *source, const RpFileFolder *folder)
{
    const char *name = folder->info->folder;
    const RpFolderState *state = g_hash_table_lookup(source->states, name);

    *sync = (RpFileSync){.source = source, .folder = folder};
    sync->known = g_hash_table_lookup(source->known, name);
    if (sync->known != NULL && sync->known->uid_validity != RP_FILE_UID_VALIDITY)
        sync->known = NULL;
    sync->present = rp_uid_list_new(name, RP_FILE_UID_VALIDITY);
    sync->changed = rp_uid_list_new(name, RP_FILE_UID_VALIDITY);
    return (state != NULL && state->uid_validity == RP_FILE_UID_VALIDITY) ||
           emit_checkpoint(sync, "", false);
}

void
rp_file_sync_clear(RpFileSync *sync)
{
    g_clear_pointer(&sync->present, rp_uid_list_free);
    g_clear_pointer(&sync->changed, rp_uid_list_free);
}

bool
rp_file_sync_add(RpFileSync *sync, RpEnvelope *envelope, const char *header, size_t n)
{
    const RpFolderInfo *info = sync->folder->info;
    const RpHeaderPlace place = {sync->source->job->account, info->folder,
                                 RP_FILE_UID_VALIDITY};

    rp_header_make_id(envelope, header, n, &place);
    append(sync->present, envelope->uid, envelope->flags);
    sync->n_new++;
    if (!rp_source_emit_envelope(sync->source, info->folder, RP_FILE_UID_VALIDITY,
                                 envelope) ||
        !rp_source_emit_progress(sync->source, info->folder, sync->n_new,
                                 MAX(sync->n_to_read, sync->n_new + 1)))
        return false;
    return ++sync->n_since_checkpoint < CHECKPOINT_MESSAGES ||
           emit_checkpoint(sync, "", false);
}

bool
rp_file_sync_begin_message(const RpFileSync *sync, uint64_t uid)
{
    return rp_source_begin_message(sync->source, sync->folder->info->folder,
                                   RP_FILE_UID_VALIDITY, uid);
}

bool
rp_file_sync_problem(RpFileSync *sync, uint64_t uid, const char *text)
{
    return rp_source_emit_problem(sync->source, RP_PROBLEM_UNREADABLE,
                                  sync->folder->info->folder, uid, text);
}

typedef struct {
    uint64_t uid;
    uint32_t flags;
} Pair;

/* Sorted by uid, as the records want it; each uid once. */
static void
sort_list(RpUidList *list)
{
    guint n = list->uids->len;
    g_autofree Pair *pairs = g_new(Pair, n + 1);

    for (guint i = 0; i < n; i++)
        pairs[i] = (Pair){g_array_index(list->uids, uint64_t, i),
                          g_array_index(list->flags, uint32_t, i)};
    qsort(pairs, n, sizeof(Pair), compare_uids);
    g_array_set_size(list->uids, 0);
    g_array_set_size(list->flags, 0);
    for (guint i = 0; i < n; i++)
        if (i == 0 || pairs[i].uid != pairs[i - 1].uid)
            append(list, pairs[i].uid, pairs[i].flags);
}

/* Adds what is known and was not met to present: it may be there still. */
static void
keep_known(RpFileSync *sync)
{
    for (guint i = 0; i < n_known(sync); i++)
        append(sync->present, g_array_index(sync->known->uids, uint64_t, i),
               i < sync->known->flags->len
                   ? g_array_index(sync->known->flags, uint32_t, i)
                   : 0);
    sort_list(sync->present);
}

/* What was met becomes what is known, for the next round. */
bool
rp_file_sync_end(RpFileSync *sync, const char *token)
{
    RpUidList *present;
    bool is_gone;

    if (sync->n_new > 0)
        rp_source_emit_progress(sync->source, sync->folder->info->folder, sync->n_new,
                                sync->n_new);
    sort_list(sync->present);
    sort_list(sync->changed);
    if (sync->is_unsure)
        keep_known(sync);
    is_gone = sync->present->uids->len < n_known(sync) + sync->n_new;
    if (!rp_source_emit_uids(sync->source, RP_RECORD_FLAGS, sync->changed))
        return false;
    sync->present->low = 1;
    sync->present->high = RP_UID_LIMIT;
    if (is_gone && !rp_source_emit_uids(sync->source, RP_RECORD_PRESENT, sync->present))
        return false;
    if (!emit_checkpoint(sync, sync->is_unsure ? "" : token, true))
        return false;
    present = g_steal_pointer(&sync->present);
    sync->known = NULL;
    g_hash_table_replace(sync->source->known, present->folder, present);
    return true;
}
