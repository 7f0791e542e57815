/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-sync.c - one folder brought up to date: changes, new messages, older ones */
#include "fetch/imap.h"

#include <string.h>

enum { CHUNK = 4000 }; /* messages a command */

/* A folder with the state that is told in checkpoints. */
typedef struct {
    RpImap *imap;
    RpImapFolder *folder;
    RpFolderState *state; /* own */
} Sync;

static RpFolderState *
copy_state(const RpFolderState *state)
{
    RpFolderState *copy = rp_folder_state_new(state->folder);

    copy->uid_validity = state->uid_validity;
    copy->low = state->low;
    copy->high = state->high;
    copy->mod_seq = state->mod_seq;
    copy->n_messages = state->n_messages;
    copy->is_complete = state->is_complete;
    return copy;
}

bool
rp_imap_needs_sync(const RpImap *imap, const RpImapFolder *folder, bool thorough)
{
    const RpFolderState *state =
        g_hash_table_lookup(imap->source->states, folder->info->folder);

    if (state == NULL || !state->is_complete || !folder->has_status ||
        folder->uid_next == 0)
        return true;
    if (folder->uid_validity != state->uid_validity ||
        folder->uid_next != state->high || folder->n_messages != state->n_messages)
        return true;
    if (folder->mod_seq == 0)
        return thorough; /* only a look at all flags can tell */
    return folder->mod_seq != state->mod_seq;
}

/* What is told now is where the next session, or a later round, goes on from. */
static bool
checkpoint(Sync *sync, GError **error)
{
    RpFolderState *kept = copy_state(sync->state);

    g_hash_table_replace(sync->imap->source->states, kept->folder, kept);
    return rp_source_emit_checkpoint(sync->imap->source, sync->state) ||
           rp_source_set_stopped(error);
}

/* The new ones from the oldest on, so that [low, high) has no hole at any time. */
static bool
read_new(Sync *sync, const GArray *uids, guint from, GError **error)
{
    while (from < uids->len) {
        guint to = MIN(from + CHUNK, uids->len);

        if (!rp_imap_fetch_all(sync->imap, sync->folder,
                               &g_array_index(uids, uint32_t, from), to - from, error))
            return false;
        sync->state->high = g_array_index(uids, uint32_t, to - 1) + UINT64_C(1);
        if (!checkpoint(sync, error))
            return false;
        from = to;
    }
    return true;
}

/* uids[from, to), newest first. */
static bool
read_old(Sync *sync, const GArray *uids, guint from, guint to, GError **error)
{
    while (to > from) {
        guint at = to - from > CHUNK ? to - CHUNK : from;

        if (!rp_imap_fetch_all(sync->imap, sync->folder,
                               &g_array_index(uids, uint32_t, at), to - at, error))
            return false;
        sync->state->low = g_array_index(uids, uint32_t, at);
        if (at > from && !checkpoint(sync, error))
            return false;
        to = at;
    }
    return true;
}

static guint
find_first(const GArray *uids, uint64_t at_least)
{
    guint i = 0;

    while (i < uids->len && g_array_index(uids, uint32_t, i) < at_least)
        i++;
    return i;
}

/* Where the messages begin that are not to be left out by their age. */
static bool
find_since(Sync *sync, const GArray *uids, guint *from, GError **error)
{
    int64_t since_at = sync->imap->source->job->since_at;
    g_autoptr(GArray) recent = NULL;

    *from = 0;
    if (since_at == RP_NEVER || sync->state->is_complete)
        return true;
    if (!rp_imap_search(sync->imap, 1, sync->folder->n_messages, since_at, &recent,
                        error))
        return false;
    *from = recent->len == 0 ? uids->len
                             : find_first(uids, g_array_index(recent, uint32_t, 0));
    return true;
}

/* The state to go on from; a new one if the folder is new or was made anew. */
static void
begin(Sync *sync)
{
    const RpImapFolder *folder = sync->folder;
    const RpFolderState *known =
        g_hash_table_lookup(sync->imap->source->states, folder->info->folder);

    if (known != NULL && known->uid_validity == folder->uid_validity &&
        known->high > 0) {
        sync->state = copy_state(known);
        return;
    }
    sync->state = rp_folder_state_new(folder->info->folder);
    sync->state->uid_validity = folder->uid_validity;
}

static bool
sync_known(Sync *sync, GArray *gone, bool *is_sure, GError **error)
{
    *is_sure = true;
    return sync->state->low >= sync->state->high ||
           rp_imap_sync_changes(sync->imap, sync->folder, sync->state, gone, is_sure,
                                error);
}

/* If the numbers do not add up, messages were lost that nobody told of, or are not
 * that were (iCloud): what was told is then no ground to drop any. */
static bool
check_losses(Sync *sync, const GArray *gone, uint32_t n_new, GError **error)
{
    g_autoptr(GArray) uids = NULL;
    int64_t expected = (int64_t)sync->state->n_messages - gone->len + n_new;

    if (sync->state->is_complete && expected == sync->folder->n_messages)
        return rp_imap_emit_gone(sync->imap, sync->state, gone) ||
               rp_source_set_stopped(error);
    if (!rp_imap_search(sync->imap, (uint32_t)sync->state->low,
                        sync->folder->n_messages, RP_NEVER, &uids, error))
        return false;
    return rp_imap_emit_present(sync->imap, sync->state, uids) ||
           rp_source_set_stopped(error);
}

static bool
read_messages(Sync *sync, const GArray *uids, GError **error)
{
    RpFolderState *state = sync->state;
    guint from, old, new;

    if (state->high == 0) {
        uint64_t last =
            uids->len == 0 ? 0 : g_array_index(uids, uint32_t, uids->len - 1);

        state->low = state->high = MAX(last + 1, sync->folder->uid_next);
    }
    if (!find_since(sync, uids, &from, error))
        return false;
    old = state->is_complete ? 0 : find_first(uids, state->low);
    new = find_first(uids, state->high);
    from = MIN(from, old);
    sync->imap->n_done = 0;
    sync->imap->n_total = uids->len - new + old - from;
    if (!rp_source_emit_progress(sync->imap->source, state->folder, 0,
                                 sync->imap->n_total))
        return rp_source_set_stopped(error);
    if (!read_new(sync, uids, new, error) || !read_old(sync, uids, from, old, error))
        return false;
    state->low = from > 0 ? g_array_index(uids, uint32_t, from - 1) + UINT64_C(1) : 1;
    state->is_complete = from == 0; /* else the older ones are another round's */
    state->high = MAX(state->high, sync->folder->uid_next);
    return true;
}

static bool
sync_state(Sync *sync, GError **error)
{
    RpFolderState *state = sync->state;
    RpImapFolder *folder = sync->folder;
    uint64_t low = state->is_complete ? state->high : 1;
    g_autoptr(GArray) uids = NULL, gone = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    uint32_t n_new, n_exists = folder->n_messages;
    bool is_sure;

    if (!sync_known(sync, gone, &is_sure, error))
        return false;
    if (low > RP_IMAP_MAX_UID)
        uids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    else if (!rp_imap_search(sync->imap, (uint32_t)low, n_exists, RP_NEVER, &uids,
                             error))
        return false;
    n_new = uids->len - find_first(uids, state->high);
    if (!is_sure && !check_losses(sync, gone, n_new, error))
        return false;
    state->mod_seq = folder->mod_seq; /* all up to it is told, or is read below */
    state->n_messages = n_exists;
    if (!read_messages(sync, uids, error))
        return false;
    return checkpoint(sync, error);
}

bool
rp_imap_sync_folder(RpImap *imap, RpImapFolder *folder, GError **error)
{
    Sync sync = {imap, folder, NULL};
    bool is_done;

    if (!rp_imap_examine(imap, folder, error))
        return false;
    if (folder->uid_validity == 0)
        folder->uid_validity = 1; /* not told: RFC 3501 6.3.1 lets them be taken so */
    begin(&sync);
    is_done = sync_state(&sync, error);
    rp_folder_state_free(sync.state);
    return is_done;
}
