/* SPDX-License-Identifier: GPL-3.0-or-later */
/* files.c - rounds over folders of files */
#include "fetch/files.h"

#include <string.h>

#include "core/instant.h"
#include "fetch/select.h"
#include "fetch/utf7.h"
#include "fetch/watch.h"

void
rp_file_folder_free(RpFileFolder *folder)
{
    if (folder == NULL)
        return;
    rp_folder_info_free(folder->info);
    g_free(folder->path);
    g_free(folder);
}

/* Below a delimiter of the disk there may be names in dots: "INBOX.Sent". */
static RpRole
role_of(const char *name, char delimiter)
{
    RpRole role = rp_role_from_name(name, delimiter);

    return role == RP_ROLE_OTHER ? rp_role_from_name(name, '.') : role;
}

RpFileFolder *
rp_file_folder_new(const RpJob *job, const char *path, const char *raw,
                   const char *name, char delimiter)
{
    RpFileFolder *folder = g_new0(RpFileFolder, 1);
    g_autofree char *decoded = rp_utf7_decode(name);
    RpRole role =
        rp_folder_role(job->sent_folders, decoded, role_of(decoded, delimiter));

    folder->info = rp_folder_info_new(raw, decoded, role);
    folder->info->delimiter = delimiter;
    folder->info->is_read = rp_folder_is_selected(job->folders, decoded, role);
    folder->path = g_strdup(path);
    return folder;
}

/* Reports the folder's problem and goes on; false if all has to end. */
static bool
bear(RpSource *source, const RpFileFolder *folder, GError *problem, GError **error)
{
    if (g_error_matches(problem, RP_SOURCE_ERROR, RP_SOURCE_ERROR_STOPPED)) {
        g_propagate_error(error, problem);
        return false;
    }
    rp_source_emit_problem(source, RP_PROBLEM_FOLDER, folder->info->folder, 0,
                           problem->message);
    g_error_free(problem);
    return true;
}

static bool
read_folder(RpSource *source, const RpFileBackend *backend, const RpFileFolder *folder,
            GError **error)
{
    RpFileSync sync;
    GError *problem = NULL;
    const RpFolderState *state;
    g_autofree char *old = NULL, *token = NULL;

    if (!rp_file_sync_begin(&sync, source, folder))
        return rp_source_set_stopped(error);
    state = g_hash_table_lookup(source->states, folder->info->folder);
    old = g_strdup(state->token);
    token = backend->read(&sync, old, &problem);
    if (token != NULL)
        rp_file_sync_end(&sync, token);
    rp_file_sync_clear(&sync);
    if (problem != NULL)
        return bear(source, folder, problem, error);
    return !source->is_stopped || rp_source_set_stopped(error);
}

static bool
emit_folders(RpSource *source, const GPtrArray *folders)
{
    for (guint i = 0; i < folders->len; i++) {
        const RpFileFolder *folder = g_ptr_array_index(folders, i);

        if (!rp_source_emit_folder(source, folder->info))
            return false;
    }
    return true;
}

static bool
read_folders(RpSource *source, const RpFileBackend *backend, const GPtrArray *folders,
             GError **error)
{
    for (guint i = 0; i < folders->len; i++) {
        const RpFileFolder *folder = g_ptr_array_index(folders, i);

        if (folder->info->is_read && !read_folder(source, backend, folder, error))
            return false;
    }
    return true;
}

static gint
compare_folders(gconstpointer a, gconstpointer b)
{
    const RpFolderInfo *left = (*(RpFileFolder *const *)a)->info;
    const RpFolderInfo *right = (*(RpFileFolder *const *)b)->info;
    int order = (right->role == RP_ROLE_INBOX) - (left->role == RP_ROLE_INBOX);

    return order != 0 ? order : strcmp(left->folder, right->folder);
}

static GPtrArray *
run_round(RpSource *source, const RpFileBackend *backend, GError **error)
{
    g_autoptr(GPtrArray) folders = NULL;

    rp_source_emit_round(source, RP_ROUND_BEGIN);
    folders = backend->find(source, error);
    if (folders == NULL)
        return NULL;
    g_ptr_array_sort(folders, compare_folders);
    if (!emit_folders(source, folders)) {
        rp_source_set_stopped(error);
        return NULL;
    }
    if (!source->job->only_list && !read_folders(source, backend, folders, error))
        return NULL;
    if (!rp_source_emit_round(source, RP_ROUND_END)) {
        rp_source_set_stopped(error);
        return NULL;
    }
    return g_steal_pointer(&folders);
}

static GPtrArray *
paths_to_watch(const RpSource *source, const RpFileBackend *backend,
               const GPtrArray *folders)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(paths, g_strdup(source->job->path));
    for (guint i = 0; i < folders->len; i++) {
        const RpFileFolder *folder = g_ptr_array_index(folders, i);

        if (folder->info->is_read)
            backend->watch(folder, paths);
    }
    return paths;
}

/* What is watched from now on may have changed before: then one more round follows,
 * so that no change falls between reading and waiting. */
bool
rp_files_run(RpSource *source, const RpFileBackend *backend, GError **error)
{
    g_autoptr(RpWatch) watch = NULL;
    bool is_watching = source->job->watch && !source->job->only_list;

    do {
        g_autoptr(GPtrArray) folders = NULL;
        g_autoptr(GPtrArray) paths = NULL;

        source->is_sync_wanted = false;
        folders = run_round(source, backend, error);
        if (folders == NULL)
            return false;
        if (!is_watching)
            return true;
        if (watch == NULL)
            watch = rp_watch_new();
        paths = paths_to_watch(source, backend, folders);
        if (rp_watch_set_paths(watch, paths))
            continue; /* what was not watched until now may have changed */
        if (!rp_source_emit_round(source, RP_ROUND_IDLE))
            break;
        rp_watch_wait(watch, source, MAX(source->job->poll_s, 1));
    } while (!source->is_stopped);
    return rp_source_set_stopped(error);
}
