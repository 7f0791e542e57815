/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-chunk.c - reading on past messages that break the answer or the session */
#include "fetch/imap.h"

#include <glib/gi18n.h>

enum {
    SHRINK = 8,
    MAX_LOST = 8,        /* connections lost until one message is found */
    MAX_HANGUPS = 5,     /* messages, one after the other, that end the connection */
    MAX_UNREADABLE = 20, /* or break the answer: then it is not the messages */
};

typedef struct {
    RpImap *imap;
    RpImapFolder *folder;
    GArray *left;        /* of uint32_t: still to be read, ascending */
    GArray *skipped;     /* of uint32_t: unreadable */
    GPtrArray *problems; /* of char *: why, beside skipped */
    guint size;          /* how many to ask for at once */
    guint n_passed;      /* of skipped: by the parent's wish */
    guint n_lost, n_in_row;
    RpSourceError code; /* of the last message skipped */
} Chunk;

static gint
compare_uids(gconstpointer a, gconstpointer b)
{
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

    return one < other ? -1 : one > other;
}

static void
remove_done(Chunk *chunk, guint n, GHashTable *done)
{
    guint kept = 0;

    for (guint i = 0; i < chunk->left->len; i++) {
        uint32_t uid = g_array_index(chunk->left, uint32_t, i);

        if (i >= n || !g_hash_table_contains(done, GUINT_TO_POINTER(uid)))
            g_array_index(chunk->left, uint32_t, kept++) = uid;
    }
    g_array_set_size(chunk->left, kept);
    if (g_hash_table_size(done) > 0)
        chunk->n_in_row = 0;
}

/* Opens the folder in a new session, if it is still the same one. */
static bool
reopen(Chunk *chunk, GError **error)
{
    uint32_t uid_validity = chunk->folder->uid_validity;

    if (!rp_imap_reopen(chunk->imap, error) ||
        !rp_imap_examine(chunk->imap, chunk->folder, error))
        return false;
    if (chunk->folder->uid_validity == uid_validity)
        return true;
    g_set_error(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER,
                _("%s was made anew meanwhile"), chunk->folder->info->name);
    return false;
}

static bool
is_lost(const GError *problem)
{
    return g_error_matches(problem, RP_SOURCE_ERROR, RP_SOURCE_ERROR_NETWORK);
}

/* Many messages in a row that cannot be read: then it is the connection. */
static bool
is_hopeless(const Chunk *chunk, const GError *problem)
{
    if (!is_lost(problem) &&
        !g_error_matches(problem, RP_SOURCE_ERROR, RP_SOURCE_ERROR_PROTOCOL) &&
        !g_error_matches(problem, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER))
        return true;
    return chunk->n_in_row >= (is_lost(problem) ? MAX_HANGUPS : MAX_UNREADABLE) ||
           chunk->n_lost >= MAX_LOST || rp_transport_is_timeout(chunk->imap->transport);
}

/* The message is passed over; that is told when the others have been read. */
static void
skip(Chunk *chunk, uint32_t uid, const char *why)
{
    guint at = chunk->skipped->len;

    while (at > 0 && g_array_index(chunk->skipped, uint32_t, at - 1) > uid)
        at--;
    g_array_insert_val(chunk->skipped, at, uid);
    g_ptr_array_insert(chunk->problems, (int)at, g_strdup(why));
}

/* Those that have ended other processes before. */
static void
skip_passed(Chunk *chunk)
{
    const RpImapFolder *folder = chunk->folder;
    const RpSource *source = chunk->imap->source;
    const RpUidList *passed = g_hash_table_lookup(source->passed, folder->info->folder);
    guint kept = 0;

    if (passed == NULL || passed->uid_validity != folder->uid_validity)
        return;
    for (guint i = 0; i < chunk->left->len; i++) {
        uint32_t uid = g_array_index(chunk->left, uint32_t, i);
        uint64_t wanted = uid;

        if (g_array_binary_search(passed->uids, &wanted, compare_uids, NULL))
            skip(chunk, uid, RP_SOURCE_PASSED);
        else
            g_array_index(chunk->left, uint32_t, kept++) = uid;
    }
    g_array_set_size(chunk->left, kept);
    chunk->n_passed = chunk->skipped->len;
}

static void
skip_first(Chunk *chunk, const GError *problem)
{
    skip(chunk, g_array_index(chunk->left, uint32_t, 0), problem->message);
    chunk->code = is_lost(problem) ? RP_SOURCE_ERROR_NETWORK : RP_SOURCE_ERROR_PROTOCOL;
    g_array_remove_index(chunk->left, 0);
    chunk->n_in_row++;
    chunk->n_lost = 0;
}

/* After a failed command for n messages. Takes problem. */
static bool
recover(Chunk *chunk, guint n, GHashTable *done, GError *problem, GError **error)
{
    g_autoptr(GError) kept = problem;

    remove_done(chunk, n, done);
    if (is_hopeless(chunk, problem)) {
        g_propagate_error(error, g_steal_pointer(&kept));
        return false;
    }
    if (is_lost(problem))
        chunk->n_lost++;
    if (n == 1 && g_hash_table_size(done) == 0)
        skip_first(chunk, problem);
    chunk->size = MAX(1, n / SHRINK);
    return g_error_matches(problem, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER) ||
           reopen(chunk, error);
}

/* The server said OK to the first n and sent none of them: some servers do for what
 * they cannot read (Exchange, iCloud), and all for what is gone meanwhile. */
static bool
pass_over(Chunk *chunk, guint n, GError **error)
{
    g_autoptr(GArray) there = NULL;
    guint at = 0;

    if (!rp_imap_search(chunk->imap, g_array_index(chunk->left, uint32_t, 0),
                        chunk->folder->n_messages, RP_NEVER, &there, error))
        return false;
    for (guint i = 0; i < n; i++) {
        uint32_t uid = g_array_index(chunk->left, uint32_t, i);

        while (at < there->len && g_array_index(there, uint32_t, at) < uid)
            at++;
        if (at < there->len && g_array_index(there, uint32_t, at) == uid)
            skip(chunk, uid, _("the server does not send its header"));
    }
    g_array_remove_range(chunk->left, 0, n);
    return true;
}

static bool
read_some(Chunk *chunk, GError **error)
{
    g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
    guint n = MIN(chunk->size, chunk->left->len);
    GError *problem = NULL;

    if (chunk->imap->source->is_careful)
        rp_source_begin_message(chunk->imap->source, chunk->folder->info->folder,
                                chunk->folder->uid_validity,
                                g_array_index(chunk->left, uint32_t, 0));
    if (!rp_imap_fetch(chunk->imap, chunk->folder, chunk->left, n, chunk->skipped, done,
                       &problem))
        return recover(chunk, n, done, problem, error);
    if (g_hash_table_size(done) == 0)
        return pass_over(chunk, n, error);
    remove_done(chunk, n, done);
    if (chunk->size < chunk->left->len && !chunk->imap->source->is_careful)
        chunk->size *= SHRINK;
    return true;
}

/* If none of several could be read, it is not they who are to blame. */
static bool
tell_skipped(const Chunk *chunk, guint n, GError **error)
{
    if (n > chunk->n_passed + 1 && chunk->skipped->len == n) {
        g_set_error_literal(error, RP_SOURCE_ERROR, (gint)chunk->code,
                            chunk->problems->pdata[n - 1]);
        return false;
    }
    for (guint i = 0; i < chunk->skipped->len; i++)
        if (!rp_source_emit_problem(
                chunk->imap->source, RP_PROBLEM_UNREADABLE, chunk->folder->info->folder,
                g_array_index(chunk->skipped, uint32_t, i), chunk->problems->pdata[i]))
            return rp_source_set_stopped(error);
    return true;
}

bool
rp_imap_fetch_all(RpImap *imap, RpImapFolder *folder, const uint32_t *uids, guint n,
                  GError **error)
{
    g_autoptr(GArray) left = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) skipped = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    Chunk chunk = {.imap = imap,
                   .folder = folder,
                   .left = left,
                   .skipped = skipped,
                   .problems = problems,
                   .size = imap->source->is_careful ? 1 : n,
                   .code = RP_SOURCE_ERROR_PROTOCOL};

    g_array_append_vals(left, uids, n);
    skip_passed(&chunk);
    while (left->len > 0)
        if (!read_some(&chunk, error))
            return false;
    return tell_skipped(&chunk, n, error);
}
