/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fake-store.c - what libsync.a calls of a store */
#include "fake-store.h"

G_DEFINE_QUARK(rp_store_error, rp_store_error)

bool
rp_store_apply(RpStore *store, const char *account G_GNUC_UNUSED,
               const RpRecord *record G_GNUC_UNUSED, int64_t now_at G_GNUC_UNUSED,
               GError **error)
{
    if (store->fail_apply_at == store->n_committed + store->n_batch + 1) {
        g_set_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FULL, "the disk is full");
        rp_store_rollback(store);
        return false;
    }
    store->n_batch++;
    store->n_max_batch = MAX(store->n_max_batch, store->n_batch);
    return true;
}

bool
rp_store_commit(RpStore *store, GError **error)
{
    if (store->fail_commit) {
        g_set_error(error, RP_STORE_ERROR, RP_STORE_ERROR_FAILED, "no commit today");
        return false;
    }
    store->n_committed += store->n_batch;
    store->n_batch = 0;
    store->n_commits++;
    return true;
}

void
rp_store_rollback(RpStore *store)
{
    store->n_batch = 0;
    store->n_rollbacks++;
}

uint32_t
rp_store_batch_size(const RpStore *store)
{
    return store->n_batch;
}

bool
rp_store_take_changed(RpStore *store)
{
    return store->n_committed > 0;
}

bool
rp_store_checkpoint_wal(RpStore *store, GError **error G_GNUC_UNUSED)
{
    store->n_wal_checkpoints++;
    return true;
}

GPtrArray *
rp_store_load_states(RpStore *store, const char *account G_GNUC_UNUSED,
                     GError **error G_GNUC_UNUSED)
{
    GPtrArray *states =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_folder_state_free);

    for (uint32_t i = 0; i < store->n_states; i++) {
        g_autofree char *name = g_strdup_printf("folder %u", i);

        g_ptr_array_add(states, rp_folder_state_new(name));
    }
    return states;
}

RpUidList *
rp_store_load_known(RpStore *store, const char *account G_GNUC_UNUSED,
                    const char *folder, GError **error G_GNUC_UNUSED)
{
    RpUidList *uids = rp_uid_list_new(folder, 1);

    for (uint64_t i = 1; i <= store->n_known; i++) {
        uint32_t flags = RP_FLAG_SEEN;

        g_array_append_val(uids->uids, i);
        g_array_append_val(uids->flags, flags);
    }
    return uids;
}

bool
rp_store_set_value(RpStore *store, const char *name G_GNUC_UNUSED, const char *value,
                   GError **error G_GNUC_UNUSED)
{
    return g_strlcpy(store->value, value, sizeof store->value) < sizeof store->value;
}

char *
rp_store_get_value(RpStore *store, const char *name G_GNUC_UNUSED,
                   GError **error G_GNUC_UNUSED)
{
    return *store->value == '\0' ? NULL : g_strdup(store->value);
}
