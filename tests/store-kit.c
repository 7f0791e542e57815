/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store-kit.c - records and databases for the store's tests */
#include "store-kit.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

#include "core/instant.h"
#include "store/facts.h"

void
kit_init(Kit *kit)
{
    kit->folder = g_dir_make_tmp("riposte-store-XXXXXX", NULL);
    g_assert_nonnull(kit->folder);
    kit->path = g_build_filename(kit->folder, "data", "riposte.db", NULL);
}

static void
remove_tree(const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *below = g_build_filename(path, name, NULL);

        remove_tree(below);
    }
    if (dir != NULL)
        g_dir_close(dir);
    g_remove(path);
}

void
kit_clear(Kit *kit)
{
    remove_tree(kit->folder);
    g_free(kit->folder);
    g_free(kit->path);
}

RpStore *
kit_open(const Kit *kit)
{
    g_autoptr(GError) error = NULL;
    RpStore *store = rp_store_open(kit->path, &error);

    g_assert_no_error(error);
    g_assert_nonnull(store);
    return store;
}

RpRecord
kit_round(RpRoundPhase phase)
{
    RpRecord record = {.type = RP_RECORD_ROUND, .u.round = phase};

    return record;
}

RpRecord
kit_folder(const char *raw, RpRole role, bool is_read)
{
    RpRecord record = {.type = RP_RECORD_FOLDER};

    record.u.info = rp_folder_info_new(raw, raw, role);
    record.u.info->is_read = is_read;
    return record;
}

RpRecord
kit_copy(const char *folder, uint32_t uid_validity, uint64_t uid,
         const char *message_id, uint32_t flags)
{
    RpRecord record = {.type = RP_RECORD_ENVELOPE};
    RpEnvelope *envelope = rp_envelope_new();

    envelope->uid = uid;
    envelope->flags = flags;
    envelope->size = 1000;
    envelope->internal_at = INT64_C(1700000000) + (int64_t)uid;
    g_free(envelope->message_id);
    envelope->message_id = g_strdup(message_id);
    g_free(envelope->subject);
    envelope->subject = g_strdup_printf("About %s", message_id);
    g_ptr_array_add(envelope->from, rp_mailbox_new("Ada", "ada@example.org"));
    g_ptr_array_add(envelope->to, rp_mailbox_new("", "me@example.org"));
    g_ptr_array_add(envelope->references, g_strdup("first@example.org"));
    g_ptr_array_add(envelope->delivered_to, g_strdup("me@example.org"));
    record.u.copy.folder = g_strdup(folder);
    record.u.copy.uid_validity = uid_validity;
    record.u.copy.envelope = envelope;
    return record;
}

RpRecord
kit_checkpoint(const char *folder, uint32_t uid_validity, uint64_t low, uint64_t high,
               bool is_complete)
{
    RpRecord record = {.type = RP_RECORD_CHECKPOINT};

    record.u.state = rp_folder_state_new(folder);
    record.u.state->uid_validity = uid_validity;
    record.u.state->low = low;
    record.u.state->high = high;
    record.u.state->is_complete = is_complete;
    return record;
}

RpRecord
kit_uids(RpRecordType type, const char *folder, uint32_t uid_validity,
         const uint64_t *uids, const uint32_t *flags)
{
    RpRecord record = {.type = type};

    record.u.uids = rp_uid_list_new(folder, uid_validity);
    for (size_t i = 0; uids[i] != 0; i++) {
        g_array_append_val(record.u.uids->uids, uids[i]);
        if (flags != NULL)
            g_array_append_val(record.u.uids->flags, flags[i]);
    }
    return record;
}

RpRecord
kit_present(const char *folder, uint32_t uid_validity, uint64_t low, uint64_t high,
            const uint64_t *uids)
{
    RpRecord record = kit_uids(RP_RECORD_PRESENT, folder, uid_validity, uids, NULL);

    record.u.uids->low = low;
    record.u.uids->high = high;
    return record;
}

RpRecord
kit_problem(RpProblemCode code, const char *folder, uint64_t uid, const char *text)
{
    RpRecord record = {.type = RP_RECORD_PROBLEM};

    record.u.problem = rp_problem_new(code, folder, uid, text);
    return record;
}

void
kit_apply(RpStore *store, int64_t now_at, RpRecord *records, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_autoptr(GError) error = NULL;

        rp_store_apply(store, "work", &records[i], now_at, &error);
        g_assert_no_error(error);
        rp_record_clear(&records[i]);
    }
}

void
kit_commit(RpStore *store)
{
    g_autoptr(GError) error = NULL;

    rp_store_commit(store, &error);
    g_assert_no_error(error);
}

static void
add_members(GString *line, const RpCorpus *corpus, RpSlice slice, bool are_ids)
{
    g_string_append(line, " [");
    for (uint32_t i = 0; i < slice.n; i++) {
        uint32_t index = g_array_index(corpus->pool, uint32_t, slice.first + i);

        g_string_append_printf(
            line, " %s",
            are_ids ? (const char *)g_ptr_array_index(corpus->ids, index)
                    : g_array_index(corpus->addresses, RpAddress, index).text);
    }
    g_string_append(line, " ]");
}

static void
add_names(GString *line, const RpCorpus *corpus, RpSlice slice)
{
    for (uint32_t i = 0; i < slice.n; i++) {
        uint32_t index = g_array_index(corpus->pool, uint32_t, slice.first + i);

        g_string_append_printf(line, " '%s'",
                               (const char *)g_ptr_array_index(corpus->names, index));
    }
}

static char *
copy_line(const RpCorpus *corpus, const RpCopy *copy)
{
    const RpFolder *folder = &g_array_index(corpus->folders, RpFolder, copy->folder);
    GString *line = g_string_new("copy");

    g_string_append_printf(
        line,
        " %s %s %d %" PRIu64 " %s %" PRId64 " %" PRId64 " %" PRId64 " %u %u %u '%s' %s",
        folder->account, folder->name, (int)folder->role, copy->uid,
        (const char *)g_ptr_array_index(corpus->ids, copy->id), copy->internal_at,
        copy->date_at, copy->answered_at, copy->size, copy->flags, copy->signs,
        copy->subject, copy->list_id);
    if (copy->thread_index != NULL)
        for (int i = 0; i < RP_THREAD_INDEX_LEN; i++)
            g_string_append_printf(line, " %02x", copy->thread_index[i]);
    add_members(line, corpus, copy->from, false);
    add_members(line, corpus, copy->reply_to, false);
    add_members(line, corpus, copy->to, false);
    add_members(line, corpus, copy->cc, false);
    add_members(line, corpus, copy->in_reply_to, true);
    add_members(line, corpus, copy->references, true);
    add_members(line, corpus, copy->list_posts, false);
    add_names(line, corpus, copy->from_names);
    add_names(line, corpus, copy->to_names);
    add_names(line, corpus, copy->cc_names);
    return g_string_free(line, FALSE);
}

static void
dump_corpus(RpStore *store, GPtrArray *lines)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RpCorpus) corpus = rp_store_load_corpus(store, &error);

    g_assert_no_error(error);
    for (guint i = 0; i < corpus->copies->len; i++)
        g_ptr_array_add(lines,
                        copy_line(corpus, &g_array_index(corpus->copies, RpCopy, i)));
}

static void
dump_folders(RpStore *store, GPtrArray *lines)
{
    g_autoptr(GPtrArray) states = rp_store_load_states(store, "work", NULL);
    g_autoptr(GPtrArray) folders = rp_store_load_folders(store, NULL);
    g_autoptr(GPtrArray) problems = rp_store_load_problems(store, NULL);

    for (guint i = 0; i < states->len; i++) {
        const RpFolderState *state = g_ptr_array_index(states, i);

        g_ptr_array_add(lines,
                        g_strdup_printf("state %s %u %" PRIu64 " %" PRIu64 " %" PRIu64
                                        " %u %d %s",
                                        state->folder, state->uid_validity, state->low,
                                        state->high, state->mod_seq, state->n_messages,
                                        state->is_complete, state->token));
    }
    for (guint i = 0; i < folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(folders, i);

        g_ptr_array_add(
            lines, g_strdup_printf("folder %s %s %s %d %d %d %u %u %" PRId64,
                                   row->account, row->folder, row->name, (int)row->role,
                                   row->is_read, row->is_complete, row->n_messages,
                                   row->n_unreadable, row->last_sync_at));
    }
    for (guint i = 0; i < problems->len; i++) {
        const RpProblemRow *row = g_ptr_array_index(problems, i);

        g_ptr_array_add(lines,
                        g_strdup_printf("problem %s %s %d %" PRIu64 " %s %" PRId64,
                                        row->account, row->folder, (int)row->code,
                                        row->uid, row->text, row->at));
    }
}

static void
dump_delivered(RpStore *store, GPtrArray *lines)
{
    g_autoptr(GPtrArray) addresses = NULL;
    g_autoptr(GArray) counts = NULL;

    g_assert_true(rp_store_load_delivered_to(store, &addresses, &counts, NULL));
    for (guint i = 0; i < addresses->len; i++)
        g_ptr_array_add(lines,
                        g_strdup_printf("delivered %s %u",
                                        (const char *)g_ptr_array_index(addresses, i),
                                        g_array_index(counts, uint32_t, i)));
}

static int
compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *
join_sorted(GPtrArray *lines, const char *between)
{
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv(between, (char **)lines->pdata);
}

char *
kit_dump(RpStore *store)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    dump_corpus(store, lines);
    dump_folders(store, lines);
    dump_delivered(store, lines);
    return join_sorted(lines, "\n");
}

char *
kit_uids_text(RpStore *store)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(RpCorpus) corpus = rp_store_load_corpus(store, &error);

    g_assert_no_error(error);
    for (guint i = 0; i < corpus->copies->len; i++) {
        const RpCopy *copy = &g_array_index(corpus->copies, RpCopy, i);

        g_ptr_array_add(
            words,
            g_strdup_printf("%s:%" PRIu64,
                            g_array_index(corpus->folders, RpFolder, copy->folder).name,
                            copy->uid));
    }
    return join_sorted(words, " ");
}

bool
kit_say(RpStore *store, const char *person_key, const char *name, const char *value)
{
    g_autoptr(RpFactRow) row = g_new0(RpFactRow, 1);

    row->person_key = g_strdup(person_key);
    row->name = g_strdup(name);
    row->value = g_strdup(value);
    row->type = g_strdup("");
    return rp_store_put_fact(store, row, NULL);
}

unsigned
kit_mode_of(const char *path)
{
    GStatBuf info = {0};

    g_assert_cmpint(g_stat(path, &info), ==, 0);
    return info.st_mode & 0777;
}
