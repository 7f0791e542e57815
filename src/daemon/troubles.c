/* SPDX-License-Identifier: GPL-3.0-or-later */
/* troubles.c - accounts that a person must see to */
#include "daemon/troubles.h"

#include "daemon/wording.h"

typedef struct {
    char *account, *text;  /* own */
    bool is_sent, is_seen; /* seen: it was up, and went from there */
} Trouble;

struct RpTroubles {
    RpNotifier *notifier; /* foreign */
    GHashTable *table;    /* own: the notice's key to Trouble */
};

static void
free_trouble(gpointer data)
{
    Trouble *trouble = data;

    g_free(trouble->account);
    g_free(trouble->text);
    g_free(trouble);
}

static char *
make_key(const char *account)
{
    return g_strconcat("account ", account, NULL);
}

RpTroubles *
rp_troubles_new(RpNotifier *notifier)
{
    RpTroubles *troubles = g_new0(RpTroubles, 1);

    troubles->notifier = notifier;
    troubles->table =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_trouble);
    return troubles;
}

void
rp_troubles_free(RpTroubles *troubles)
{
    if (troubles == NULL)
        return;
    g_hash_table_unref(troubles->table);
    g_free(troubles);
}

void
rp_troubles_set(RpTroubles *troubles, const char *account, const char *text)
{
    g_autofree char *key = make_key(account);
    Trouble *trouble;

    if (g_hash_table_contains(troubles->table, key))
        return;
    trouble = g_new0(Trouble, 1);
    trouble->account = g_strdup(account);
    trouble->text = g_strdup(text);
    g_hash_table_insert(troubles->table, g_steal_pointer(&key), trouble);
}

void
rp_troubles_clear(RpTroubles *troubles, const char *account)
{
    g_autofree char *key = make_key(account);

    if (g_hash_table_remove(troubles->table, key))
        rp_notifier_close(troubles->notifier, key);
}

void
rp_troubles_clear_all(RpTroubles *troubles)
{
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, troubles->table);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        rp_notifier_close(troubles->notifier, key);
    g_hash_table_remove_all(troubles->table);
}

void
rp_troubles_raise(RpTroubles *troubles)
{
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, troubles->table);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        Trouble *trouble = value;
        g_autoptr(RpNotice) notice =
            rp_wording_trouble(key, trouble->account, trouble->text);

        if (!trouble->is_sent)
            rp_notifier_show(troubles->notifier, notice);
        trouble->is_sent = true;
    }
}

bool
rp_troubles_has_unsent(const RpTroubles *troubles)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, troubles->table);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (!((const Trouble *)value)->is_sent)
            return true;
    return false;
}

/* What is on the screen goes with the notification daemon. */
static void
send_lost_again(RpTroubles *troubles)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, troubles->table);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        Trouble *trouble = value;

        trouble->is_sent = trouble->is_seen;
    }
}

void
rp_troubles_take(RpTroubles *troubles, const RpNotifyEvent *event)
{
    Trouble *trouble = g_hash_table_lookup(troubles->table, event->key);

    if (event->type == RP_NOTIFY_READY || event->type == RP_NOTIFY_ABSENT)
        send_lost_again(troubles);
    else if (trouble != NULL && event->type == RP_NOTIFY_CLOSED)
        trouble->is_seen = true;
    else if (trouble != NULL && event->type == RP_NOTIFY_FAILED)
        trouble->is_sent = false;
}
