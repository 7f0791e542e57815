/* SPDX-License-Identifier: GPL-3.0-or-later */
/* request.c - what a source is told */
#include "sync/request.h"

#include <string.h>

static const char *const PASSED_ON[] = {
    "PATH",
    "HOME",
    "LANG",
    "LANGUAGE",
    "LOCPATH",
    "TEXTDOMAINDIR",
    "TZ",
    "TMPDIR",
    "G_DEBUG",
    "G_SLICE",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    "ASAN_OPTIONS",
    "LSAN_OPTIONS",
    "UBSAN_OPTIONS",
    "GIO_MODULE_DIR",
    "LD_LIBRARY_PATH",
};

typedef enum { AT_JOB, AT_SECRET, AT_STATES, AT_KNOWN, AT_MISHAP, AT_GO, AT_END } Step;

struct RpRequest {
    RpStore *store;         /* foreign */
    RpJob *job;             /* foreign */
    const RpMishap *mishap; /* foreign */
    RpSecret *secret;       /* own */
    GPtrArray *states;      /* own, of RpFolderState */
    Step step;
    guint n_known; /* states whose KNOWN has been given */
};

RpRequest *
rp_request_new(RpStore *store, RpJob *job, const RpMishap *mishap, RpSecret *secret,
               GError **error)
{
    RpRequest *request = g_new0(RpRequest, 1);

    request->store = store;
    request->job = job;
    request->mishap = mishap;
    request->secret = secret;
    if (store == NULL)
        request->states = g_ptr_array_new();
    else
        request->states = rp_store_load_states(store, job->account, error);
    if (request->states == NULL)
        g_clear_pointer(&request, rp_request_free);
    return request;
}

void
rp_request_free(RpRequest *request)
{
    if (request == NULL)
        return;
    g_clear_pointer(&request->secret, rp_secret_free);
    g_clear_pointer(&request->states, g_ptr_array_unref);
    g_free(request);
}

static GByteArray *
write_one(const RpRecord *record)
{
    GByteArray *bytes = g_byte_array_new();

    rp_record_write(bytes, record);
    return bytes;
}

static GByteArray *
write_job(RpJob *job)
{
    RpRecord record = {.type = RP_RECORD_JOB, .u.job = job};

    return write_one(&record);
}

/* Large enough at once: an array that grows leaves a copy in freed memory. */
static GByteArray *
write_secret(RpSecret *secret)
{
    RpRecord record = {.type = RP_RECORD_SECRET, .u.secret = secret};
    GByteArray *bytes = g_byte_array_sized_new((guint)strlen(secret->text) + 64);

    rp_record_write(bytes, &record);
    return bytes;
}

static GByteArray *
write_states(const GPtrArray *states)
{
    GByteArray *bytes = g_byte_array_new();

    for (guint i = 0; i < states->len; i++) {
        RpRecord record = {.type = RP_RECORD_STATE,
                           .u.state = g_ptr_array_index(states, i)};

        rp_record_write(bytes, &record);
    }
    return bytes;
}

static void
write_known_part(GByteArray *bytes, const RpUidList *uids, guint from, guint n)
{
    g_autoptr(RpUidList) part = rp_uid_list_new(uids->folder, uids->uid_validity);
    RpRecord record = {.type = RP_RECORD_KNOWN, .u.uids = part};

    g_array_append_vals(part->uids, &g_array_index(uids->uids, uint64_t, from), n);
    if (uids->flags->len == uids->uids->len)
        g_array_append_vals(part->flags, &g_array_index(uids->flags, uint32_t, from),
                            n);
    rp_record_write(bytes, &record);
}

/* Empty if nothing is known of the folder. */
static GByteArray *
write_known(RpRequest *request, const char *folder, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(RpUidList) uids =
        rp_store_load_known(request->store, request->job->account, folder, &failure);
    GByteArray *bytes;

    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    bytes = g_byte_array_new();
    for (guint at = 0; uids != NULL && at < uids->uids->len; at += RP_RECORD_MAX_UIDS)
        write_known_part(bytes, uids, at,
                         MIN(uids->uids->len - at, RP_RECORD_MAX_UIDS));
    return bytes;
}

/* Empty if no source has died. */
static GByteArray *
write_mishap(const RpMishap *mishap)
{
    const GPtrArray *passed = rp_mishap_passed(mishap);
    static const RpRecord careful = {.type = RP_RECORD_CAREFUL};
    GByteArray *bytes = g_byte_array_new();

    if (rp_mishap_is_careful(mishap))
        rp_record_write(bytes, &careful);
    for (guint i = 0; i < passed->len; i++) {
        RpRecord record = {.type = RP_RECORD_PASSED,
                           .u.uids = g_ptr_array_index(passed, i)};

        rp_record_write(bytes, &record);
    }
    return bytes;
}

static bool
has_step(const RpRequest *request, Step step)
{
    if (step == AT_SECRET)
        return request->secret != NULL;
    if (step == AT_STATES)
        return request->states->len > 0;
    if (step == AT_KNOWN)
        return request->job->source != RP_SOURCE_IMAP &&
               request->n_known < request->states->len;
    return true;
}

/* KNOWN is given once a folder, the others once. */
static GByteArray *
write_step(RpRequest *request, GError **error)
{
    static const RpRecord go = {.type = RP_RECORD_GO};
    const RpFolderState *state;

    switch (request->step) {
    case AT_JOB:
        request->step++;
        return write_job(request->job);
    case AT_SECRET:
        request->step++;
        return write_secret(request->secret);
    case AT_STATES:
        request->step++;
        return write_states(request->states);
    case AT_KNOWN:
        state = g_ptr_array_index(request->states, request->n_known++);
        return write_known(request, state->folder, error);
    case AT_MISHAP:
        request->step++;
        return write_mishap(request->mishap);
    case AT_GO:
        request->step++;
        return write_one(&go);
    case AT_END:
        break;
    }
    return NULL;
}

GByteArray *
rp_request_next(RpRequest *request, GError **error)
{
    while (!has_step(request, request->step))
        request->step++;
    return write_step(request, error);
}

bool
rp_request_is_complete(const RpRequest *request)
{
    return request->step == AT_END;
}

char **
rp_request_environment(void)
{
    g_auto(GStrv) all = g_get_environ();
    g_autoptr(GStrvBuilder) kept = g_strv_builder_new();

    for (char **at = all; *at != NULL; at++) {
        g_autofree char *name = g_strndup(*at, strcspn(*at, "="));
        bool is_kept = g_str_has_prefix(name, "LC_");

        for (size_t i = 0; i < G_N_ELEMENTS(PASSED_ON); i++)
            is_kept = is_kept || g_str_equal(name, PASSED_ON[i]);
        if (is_kept)
            g_strv_builder_add(kept, *at);
    }
    return g_strv_builder_end(kept);
}
