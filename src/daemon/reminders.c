/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reminders.c - raises notices when they are due */
#include "daemon/reminders.h"

#include "daemon/notifier.h"
#include "daemon/schedule.h"
#include "daemon/sent.h"
#include "daemon/troubles.h"
#include "daemon/wording.h"
#include "sync/sync.h"

enum {
    FRESH_S = 60,  /* older candidates are asked for anew before a notice */
    RETRY_S = 300, /* after a notice could not be shown */
};

struct RpReminders {
    RpStore *store;         /* foreign */
    const RpConfig *config; /* foreign */
    const RpReminderEvents *events;
    gpointer data;
    RpNotifier *notifier;  /* own */
    GPtrArray *candidates; /* own; NULL until there are some */
    int64_t as_of_at;      /* of the candidates */
    GHashTable *sent;      /* own: key to RpSent */
    GPtrArray *up;         /* own, of char *: follow-up ids */
    GPtrArray *summarised; /* own, of char *: follow-up ids */
    GPtrArray *unkept;     /* own, of RpNoticeRow: shown, and not yet in the store */
    RpTroubles *troubles;  /* own */
    int64_t not_before_at;
    bool is_known, is_ready; /* of the notification daemon */
};

static int64_t
now(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

static RpSent *
add_sent(RpReminders *reminders, const char *key)
{
    RpSent *sent = rp_sent_new();

    g_hash_table_replace(reminders->sent, g_strdup(key), sent);
    return sent;
}

static bool
remove_text(GPtrArray *texts, const char *text)
{
    guint index;

    if (!g_ptr_array_find_with_equal_func(texts, text, g_str_equal, &index))
        return false;
    g_ptr_array_remove_index(texts, index);
    return true;
}

/* --- raising --- */

static void
raise_single(RpReminders *reminders, const RpDueNotice *due)
{
    g_autoptr(RpNotice) notice = rp_wording_single(due->candidate, now());

    rp_sent_add_stage(add_sent(reminders, notice->key), due->candidate->id, due->stage);
    rp_notifier_show(reminders->notifier, notice);
}

static void
raise_summary(RpReminders *reminders, const RpSchedule *schedule)
{
    g_autoptr(RpNotice) notice =
        rp_wording_summary(RP_SUMMARY_ID, schedule->members, now());
    g_autofree char *stage = rp_instant_format(now());
    RpSent *sent = add_sent(reminders, notice->key);

    rp_sent_add_stage(sent, RP_SUMMARY_ID, stage);
    for (guint i = 0; i < schedule->due->len; i++) {
        const RpDueNotice *due = g_ptr_array_index(schedule->due, i);

        rp_sent_add_stage(sent, due->candidate->id, due->stage);
    }
    for (guint i = 0; i < schedule->members->len; i++) {
        const RpCandidate *candidate = g_ptr_array_index(schedule->members, i);

        g_ptr_array_add(sent->members, g_strdup(candidate->id));
    }
    rp_notifier_show(reminders->notifier, notice);
}

static void
raise_due(RpReminders *reminders, const RpSchedule *schedule)
{
    if (schedule->members->len > 0) {
        raise_summary(reminders, schedule);
        return;
    }
    for (guint i = 0; i < schedule->due->len; i++)
        raise_single(reminders, g_ptr_array_index(schedule->due, i));
}

static void
close_untrue(RpReminders *reminders, const RpSchedule *schedule)
{
    for (guint i = 0; i < schedule->closing->len; i++) {
        const char *id = g_ptr_array_index(schedule->closing, i);

        rp_notifier_close(reminders->notifier, id);
        remove_text(reminders->up, id);
    }
    if (schedule->is_summary_over) {
        rp_notifier_close(reminders->notifier, RP_SUMMARY_ID);
        g_ptr_array_set_size(reminders->summarised, 0);
    }
}

static void
raise_troubles(RpReminders *reminders)
{
    int64_t until_at;

    if (reminders->is_ready && now() >= reminders->not_before_at &&
        !rp_quiet_at(&reminders->config->notify, reminders->config->policy->zone, now(),
                     &until_at))
        rp_troubles_raise(reminders->troubles);
}

static RpSchedule *
decide(RpReminders *reminders)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) notices = rp_store_load_notices(reminders->store, &error);
    const RpScheduleInput input = {
        .candidates = reminders->candidates,
        .notices = notices,
        .up = reminders->up,
        .summarised = reminders->summarised,
        .config = &reminders->config->notify,
        .zone = reminders->config->policy->zone,
        .now_at = now(),
    };

    if (notices == NULL) {
        g_message("cannot decide about notices: %s", error->message);
        return NULL;
    }
    rp_sent_copy_rows(reminders->unkept, notices);
    return rp_schedule(&input);
}

/* Answers to what was sent decide what is still to be shown. */
int64_t
rp_reminders_look(RpReminders *reminders)
{
    g_autoptr(RpSchedule) schedule = NULL;
    int64_t now_at = now();

    rp_sent_keep_rows(reminders->unkept, reminders->store);
    if (!reminders->config->notify.enabled || !reminders->is_known)
        return RP_NEVER;
    raise_troubles(reminders);
    if (reminders->candidates == NULL || (schedule = decide(reminders)) == NULL)
        return RP_NEVER;
    close_untrue(reminders, schedule);
    if (schedule->due->len == 0 || g_hash_table_size(reminders->sent) > 0)
        return schedule->next_at;
    if (now_at < reminders->not_before_at)
        return MIN(schedule->next_at, reminders->not_before_at);
    if (now_at - reminders->as_of_at > FRESH_S)
        reminders->events->on_stale(reminders->data);
    else
        raise_due(reminders, schedule);
    return schedule->next_at;
}

/* --- what riposte-notify says --- */

static void
take_summary(RpReminders *reminders, RpSent *sent)
{
    g_ptr_array_unref(reminders->summarised);
    reminders->summarised = g_ptr_array_ref(sent->members);
    for (guint i = 0; i < reminders->up->len; i++)
        rp_notifier_close(reminders->notifier, g_ptr_array_index(reminders->up, i));
    g_ptr_array_set_size(reminders->up, 0);
}

static void
take_shown(RpReminders *reminders, const char *key)
{
    RpSent *sent = g_hash_table_lookup(reminders->sent, key);

    if (sent == NULL)
        return;
    rp_sent_add_rows(sent, now(), reminders->unkept);
    if (sent->members->len > 0)
        take_summary(reminders, sent);
    else if (!g_ptr_array_find_with_equal_func(reminders->up, key, g_str_equal, NULL))
        g_ptr_array_add(reminders->up, g_strdup(key));
    g_hash_table_remove(reminders->sent, key);
}

static void
take_failed(RpReminders *reminders, const RpNotifyEvent *event)
{
    g_message("a notice could not be shown: %s", event->text);
    g_hash_table_remove(reminders->sent, event->key);
    reminders->not_before_at = now() + RETRY_S;
}

/* What was up is no longer, and what was sent may never have been. */
static void
take_state(RpReminders *reminders, const RpNotifyEvent *event)
{
    bool is_ready = event->type == RP_NOTIFY_READY;

    if (!reminders->is_known || is_ready != reminders->is_ready)
        g_message("notification daemon: %s", is_ready ? event->text : "none");
    reminders->is_known = true;
    reminders->is_ready = is_ready;
    reminders->not_before_at = is_ready ? 0 : now() + RETRY_S;
    g_hash_table_remove_all(reminders->sent);
    g_ptr_array_set_size(reminders->up, 0);
    g_ptr_array_set_size(reminders->summarised, 0);
}

static void
take_action(RpReminders *reminders, const RpNotifyEvent *event)
{
    const RpCandidate *candidate = NULL;

    if (reminders->candidates != NULL)
        candidate = rp_candidates_find(reminders->candidates, event->key);
    if (candidate != NULL)
        reminders->events->on_action(candidate, event->text, event->token,
                                     reminders->data);
}

static void
on_notifier_event(const RpNotifyEvent *event, gpointer data)
{
    RpReminders *reminders = data;

    rp_troubles_take(reminders->troubles, event);
    switch (event->type) {
    case RP_NOTIFY_READY:
    case RP_NOTIFY_ABSENT:
        take_state(reminders, event);
        break;
    case RP_NOTIFY_SHOWN:
        take_shown(reminders, event->key);
        break;
    case RP_NOTIFY_FAILED:
        take_failed(reminders, event);
        break;
    case RP_NOTIFY_ACTION:
        take_action(reminders, event);
        break;
    case RP_NOTIFY_CLOSED:
        remove_text(reminders->up, event->key);
        if (g_str_equal(event->key, RP_SUMMARY_ID))
            g_ptr_array_set_size(reminders->summarised, 0);
        break;
    }
    rp_reminders_look(reminders);
}

/* --- its life --- */

RpReminders *
rp_reminders_new(RpStore *store, const RpConfig *config, const RpReminderEvents *events,
                 gpointer data)
{
    RpReminders *reminders = g_new0(RpReminders, 1);

    reminders->store = store;
    reminders->events = events;
    reminders->data = data;
    reminders->sent = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify)rp_sent_free);
    reminders->up = g_ptr_array_new_with_free_func(g_free);
    reminders->summarised = g_ptr_array_new_with_free_func(g_free);
    reminders->unkept = rp_sent_rows_new();
    reminders->notifier = rp_notifier_new(on_notifier_event, reminders);
    reminders->troubles = rp_troubles_new(reminders->notifier);
    rp_reminders_set_config(reminders, config);
    return reminders;
}

void
rp_reminders_free(RpReminders *reminders)
{
    if (reminders == NULL)
        return;
    rp_troubles_free(reminders->troubles);
    rp_notifier_free(reminders->notifier);
    g_clear_pointer(&reminders->candidates, g_ptr_array_unref);
    g_hash_table_unref(reminders->sent);
    g_ptr_array_unref(reminders->up);
    g_ptr_array_unref(reminders->summarised);
    rp_sent_keep_rows(reminders->unkept, reminders->store);
    g_ptr_array_unref(reminders->unkept);
    g_free(reminders);
}

void
rp_reminders_stop(RpReminders *reminders, void (*on_stopped)(gpointer data),
                  gpointer data)
{
    rp_notifier_stop(reminders->notifier, on_stopped, data);
}

/* What is on its way, too; riposte-notify obeys in order. */
static void
take_all_away(RpReminders *reminders)
{
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, reminders->sent);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        rp_notifier_close(reminders->notifier, key);
    for (guint i = 0; i < reminders->up->len; i++)
        rp_notifier_close(reminders->notifier, g_ptr_array_index(reminders->up, i));
    if (reminders->summarised->len > 0)
        rp_notifier_close(reminders->notifier, RP_SUMMARY_ID);
}

void
rp_reminders_set_config(RpReminders *reminders, const RpConfig *config)
{
    reminders->config = config;
    rp_troubles_clear_all(reminders->troubles);
    if (config->notify.enabled)
        rp_notifier_start(reminders->notifier);
    else
        take_all_away(reminders);
}

void
rp_reminders_set_candidates(RpReminders *reminders, GPtrArray *candidates,
                            int64_t as_of_at)
{
    g_clear_pointer(&reminders->candidates, g_ptr_array_unref);
    reminders->candidates = candidates;
    reminders->as_of_at = as_of_at;
}

void
rp_reminders_set_trouble(RpReminders *reminders, const char *account, const char *text)
{
    rp_troubles_set(reminders->troubles, account, text);
    rp_reminders_look(reminders);
}

void
rp_reminders_clear_trouble(RpReminders *reminders, const char *account)
{
    rp_troubles_clear(reminders->troubles, account);
}
