/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intake.c - the open batch of a store */
#include "sync/intake.h"

#include "sync/sync.h"

enum { BATCH_SIZE = 10000, BATCH_MS = 1000 };

struct RpIntake {
    RpStore *store;     /* foreign */
    GPtrArray *members; /* own, of RpIntakeMember, foreign */
    guint timer;        /* runs while a batch is open */
};

/* One a store; a process has very few. */
static GPtrArray *intakes;

static RpIntake *
find_intake(const RpStore *store)
{
    for (guint i = 0; intakes != NULL && i < intakes->len; i++) {
        RpIntake *intake = g_ptr_array_index(intakes, i);

        if (intake->store == store)
            return intake;
    }
    return NULL;
}

RpIntake *
rp_intake_join(RpStore *store, RpIntakeMember *member)
{
    RpIntake *intake = find_intake(store);

    if (intake == NULL) {
        intake = g_new0(RpIntake, 1);
        intake->store = store;
        intake->members = g_ptr_array_new();
        if (intakes == NULL)
            intakes = g_ptr_array_new();
        g_ptr_array_add(intakes, intake);
    }
    member->has_uncommitted = false;
    g_ptr_array_add(intake->members, member);
    return intake;
}

/* Those who had records in the batch, which is over. Callbacks may leave, so
 * that the list is walked in a copy. */
static GPtrArray *
take_feeders(RpIntake *intake)
{
    GPtrArray *feeders = g_ptr_array_new();

    g_clear_handle_id(&intake->timer, g_source_remove);
    for (guint i = 0; i < intake->members->len; i++) {
        RpIntakeMember *member = g_ptr_array_index(intake->members, i);

        if (member->has_uncommitted)
            g_ptr_array_add(feeders, member);
        member->has_uncommitted = false;
    }
    return feeders;
}

static bool
is_member(const RpStore *store, const RpIntakeMember *member)
{
    const RpIntake *intake = find_intake(store);

    return intake != NULL && g_ptr_array_find(intake->members, member, NULL);
}

static void
tell_lost(RpIntake *intake, const RpIntakeMember *except, const GError *error)
{
    RpStore *store = intake->store;
    g_autoptr(GPtrArray) feeders = take_feeders(intake);

    for (guint i = 0; i < feeders->len; i++) {
        RpIntakeMember *member = g_ptr_array_index(feeders, i);

        if (member != except && is_member(store, member))
            member->on_lost(error, member->data);
    }
}

static void
tell_committed(RpIntake *intake)
{
    RpStore *store = intake->store;
    bool is_changed = rp_store_take_changed(store);
    g_autoptr(GPtrArray) feeders = take_feeders(intake);

    for (guint i = 0; i < feeders->len; i++) {
        RpIntakeMember *member = g_ptr_array_index(feeders, i);

        if (is_member(store, member))
            member->on_committed(is_changed, member->data);
    }
}

bool
rp_intake_commit(RpIntake *intake, RpIntakeMember *member, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (rp_store_commit(intake->store, &failure)) {
        tell_committed(intake);
        return true;
    }
    rp_store_rollback(intake->store);
    tell_lost(intake, member, failure);
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

static void
free_intake(RpIntake *intake)
{
    g_ptr_array_remove(intakes, intake);
    if (intakes->len == 0)
        g_clear_pointer(&intakes, g_ptr_array_unref);
    g_clear_handle_id(&intake->timer, g_source_remove);
    g_ptr_array_unref(intake->members);
    g_free(intake);
}

void
rp_intake_leave(RpIntake *intake, RpIntakeMember *member)
{
    bool is_last = intake->members->len == 1;

    g_ptr_array_remove(intake->members, member);
    if (member->has_uncommitted)
        rp_intake_commit(intake, NULL, NULL);
    if (is_last)
        free_intake(intake);
}

static gboolean
on_batch_old(gpointer data)
{
    RpIntake *intake = data;
    g_autoptr(GError) error = NULL;

    intake->timer = 0;
    rp_intake_commit(intake, NULL, &error); /* on_lost has told all of them */
    return G_SOURCE_REMOVE;
}

bool
rp_intake_apply(RpIntake *intake, RpIntakeMember *member, const char *account,
                const RpRecord *record, GError **error)
{
    g_autoptr(GError) failure = NULL;
    int64_t now_at = g_get_real_time() / G_USEC_PER_SEC;

    if (!rp_store_apply(intake->store, account, record, now_at, &failure)) {
        tell_lost(intake, member, failure);
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    member->has_uncommitted = true;
    if (intake->timer == 0)
        intake->timer = g_timeout_add(BATCH_MS, on_batch_old, intake);
    if (rp_store_batch_size(intake->store) >= BATCH_SIZE)
        return rp_intake_commit(intake, member, error);
    return true;
}

bool
rp_sync_flush(RpStore *store, GError **error)
{
    RpIntake *intake = find_intake(store);

    return intake == NULL || intake->timer == 0 ||
           rp_intake_commit(intake, NULL, error);
}
