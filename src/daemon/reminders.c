/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reminders.c - raises notices when they are due */
#include "daemon/reminders.h"

#include "daemon/backoff.h"
#include "daemon/budget.h"
#include "daemon/notifier.h"
#include "daemon/rows.h"
#include "daemon/schedule.h"
#include "daemon/troubles.h"
#include "daemon/wording.h"

enum {
    FRESH_S = 60,         /* older candidates are asked for anew before a notice */
    HOLD_MS = 300 * 1000, /* the longest pause after what could not be shown */
    AGAIN_S = 60, /* for what the store did not keep, and what quiet hours hold back */
};

struct RpReminders {
    RpStore *store;         /* foreign */
    const RpConfig *config; /* foreign */
    const RpReminderEvents *events;
    gpointer data;
    RpNotifier *notifier;  /* own */
    GPtrArray *candidates; /* own; NULL until there are some */
    int64_t as_of_at;      /* of the candidates */
    GPtrArray *popups;     /* own, of RpPopup: on the screen, or on its way there */
    GPtrArray *again;      /* own, of char *: follow-ups whose pop-up was lost */
    GPtrArray *unkept;     /* own, of RpNoticeRow: shown, and not yet in the store */
    RpTroubles *troubles;  /* own */
    guint n_failures;
    guint hold_timer;        /* while it runs nothing is shown */
    bool is_known, is_ready; /* of the notification daemon */
};

static int64_t
now(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

/* --- raising --- */

static RpNotice *
word(const RpSchedule *schedule, const RpRaise *raise)
{
    const char *key = raise->popup->key;

    if (!g_str_equal(key, RP_SUMMARY_KEY))
        return rp_wording_person(key, raise->members, now());
    if (schedule->is_digest)
        return rp_wording_digest(key, raise->members, schedule->n_late, now());
    return rp_wording_summary(key, raise->members, now());
}

static void
raise_due(RpReminders *reminders, const RpSchedule *schedule)
{
    for (guint i = 0; i < schedule->raises->len; i++) {
        RpRaise *raise = g_ptr_array_index(schedule->raises, i);
        g_autoptr(RpNotice) notice = word(schedule, raise);

        rp_popups_put(reminders->popups, g_steal_pointer(&raise->popup));
        rp_notifier_show(reminders->notifier, notice);
    }
}

static void
take_away(RpReminders *reminders, const char *key)
{
    rp_notifier_close(reminders->notifier, key);
    rp_popups_remove(reminders->popups, key);
}

static void
raise_troubles(RpReminders *reminders)
{
    int64_t until_at;

    if (reminders->is_ready && reminders->hold_timer == 0 &&
        !rp_quiet_at(&reminders->config->notify, reminders->config->policy->zone, now(),
                     &until_at))
        rp_troubles_raise(reminders->troubles);
}

static RpSchedule *
decide(RpReminders *reminders)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) notices =
        rp_rows_load(reminders->store, reminders->candidates, &error);
    const RpScheduleInput input = {
        .candidates = reminders->candidates,
        .notices = notices,
        .popups = reminders->popups,
        .again = reminders->again,
        .config = &reminders->config->notify,
        .zone = reminders->config->policy->zone,
        .now_at = now(),
    };

    if (notices == NULL) {
        g_message("cannot decide about notices: %s", error->message);
        return NULL;
    }
    rp_rows_copy(notices, reminders->unkept);
    return rp_schedule(&input);
}

/* Answers to what was sent decide what is still to be shown. */
static int64_t
look(RpReminders *reminders)
{
    g_autoptr(RpSchedule) schedule = NULL;

    rp_rows_keep(reminders->unkept, reminders->store);
    if (!reminders->config->notify.enabled || !reminders->is_known)
        return RP_NEVER;
    raise_troubles(reminders);
    if (reminders->candidates == NULL)
        return RP_NEVER;
    if ((schedule = decide(reminders)) == NULL)
        return now() + AGAIN_S;
    for (guint i = 0; i < schedule->closing->len; i++)
        take_away(reminders, g_ptr_array_index(schedule->closing, i));
    if (schedule->raises->len == 0 || reminders->hold_timer != 0 ||
        rp_popups_are_pending(reminders->popups))
        return schedule->next_at;
    if (now() - reminders->as_of_at > FRESH_S)
        reminders->events->on_stale(reminders->data);
    else
        raise_due(reminders, schedule);
    return schedule->next_at;
}

int64_t
rp_reminders_look(RpReminders *reminders)
{
    int64_t next_at = look(reminders);
    bool is_behind =
        reminders->unkept->len > 0 ||
        (reminders->is_ready && rp_troubles_has_unsent(reminders->troubles));

    return is_behind ? MIN(next_at, now() + AGAIN_S) : next_at;
}

static gboolean
on_held(gpointer data)
{
    RpReminders *reminders = data;

    reminders->hold_timer = 0;
    reminders->events->on_changed(reminders->data);
    return G_SOURCE_REMOVE;
}

static void
hold(RpReminders *reminders, guint for_ms)
{
    g_clear_handle_id(&reminders->hold_timer, g_source_remove);
    reminders->hold_timer = g_timeout_add(for_ms, on_held, reminders);
}

/* --- what riposte-notify says --- */

/* It speaks of what others tell, too: one takes the place of all. */
static void
take_summary(RpReminders *reminders)
{
    for (guint i = reminders->popups->len; i > 0; i--) {
        const RpPopup *popup = g_ptr_array_index(reminders->popups, i - 1);
        g_autofree char *key = g_strdup(popup->key);

        if (!g_str_equal(key, RP_SUMMARY_KEY))
            take_away(reminders, key);
    }
}

static void
take_shown(RpReminders *reminders, const char *key)
{
    RpPopup *popup = rp_popups_find(reminders->popups, key);

    reminders->n_failures = 0;
    if (popup == NULL || popup->is_up)
        return;
    rp_popup_set_up(popup);
    rp_rows_add(reminders->unkept, popup, now());
    for (guint i = reminders->again->len; i > 0; i--)
        if (rp_popup_has(popup, g_ptr_array_index(reminders->again, i - 1)))
            g_ptr_array_remove_index(reminders->again, i - 1);
    if (g_str_equal(key, RP_SUMMARY_KEY))
        take_summary(reminders);
}

/* What has not been shown before is due as it was. */
static void
lose(RpReminders *reminders, const RpPopup *popup)
{
    for (guint i = 0; i < popup->ids->len; i++)
        if (popup->is_up || g_ptr_array_index(popup->stages, i) == NULL)
            rp_ids_add(reminders->again, g_ptr_array_index(popup->ids, i));
}

static void
take_failed(RpReminders *reminders, const RpNotifyEvent *event)
{
    const RpPopup *popup = rp_popups_find(reminders->popups, event->key);

    g_message("a notice could not be shown: %s", event->text);
    if (popup != NULL)
        lose(reminders, popup);
    rp_popups_remove(reminders->popups, event->key);
    reminders->n_failures++;
    hold(reminders,
         reminders->is_ready
             ? MIN(rp_backoff_ms(reminders->n_failures, g_random_double()), HOLD_MS)
             : HOLD_MS);
}

/* What was up is no longer, and what was sent may never have been. A show starts a
 * notification daemon where the bus can, so it is tried without one too. */
static void
take_state(RpReminders *reminders, const RpNotifyEvent *event)
{
    bool is_ready = event->type == RP_NOTIFY_READY;

    if (!reminders->is_known || is_ready != reminders->is_ready)
        g_message("notification daemon: %s", is_ready ? event->text : "none");
    reminders->is_known = true;
    reminders->is_ready = is_ready;
    reminders->n_failures = 0;
    g_clear_handle_id(&reminders->hold_timer, g_source_remove);
    if (!is_ready)
        hold(reminders, HOLD_MS);
    for (guint i = 0; i < reminders->popups->len; i++)
        lose(reminders, g_ptr_array_index(reminders->popups, i));
    g_ptr_array_set_size(reminders->popups, 0);
}

/* For those meant of whom it is still true. What has come beside them is shown anew. */
static void
take_action(RpReminders *reminders, const RpNotifyEvent *event)
{
    const RpPopup *popup = rp_popups_find(reminders->popups, event->key);
    g_autoptr(GPtrArray) members = g_ptr_array_new();
    const GPtrArray *meant;

    if (g_str_equal(event->text, "undo"))
        reminders->events->on_undo(event->key, reminders->data);
    if (popup == NULL || reminders->candidates == NULL)
        return;
    meant = rp_popup_meant(popup, reminders->again);
    for (guint i = 0; i < meant->len; i++) {
        RpCandidate *candidate =
            rp_candidates_find(reminders->candidates, g_ptr_array_index(meant, i));

        if (candidate != NULL)
            g_ptr_array_add(members, candidate);
    }
    if (members->len > 0)
        reminders->events->on_action(members, event->text, event->token,
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
        rp_popups_remove(reminders->popups, event->key);
        break;
    }
    reminders->events->on_changed(reminders->data);
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
    reminders->popups = rp_popups_new();
    reminders->again = g_ptr_array_new_with_free_func(g_free);
    reminders->unkept = rp_rows_new();
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
    g_clear_handle_id(&reminders->hold_timer, g_source_remove);
    g_ptr_array_unref(reminders->popups);
    g_ptr_array_unref(reminders->again);
    rp_rows_keep(reminders->unkept, reminders->store);
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
    for (guint i = 0; i < reminders->popups->len; i++) {
        const RpPopup *popup = g_ptr_array_index(reminders->popups, i);

        rp_notifier_close(reminders->notifier, popup->key);
    }
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
    for (guint i = reminders->again->len; i > 0; i--)
        if (rp_candidates_find(candidates,
                               g_ptr_array_index(reminders->again, i - 1)) == NULL)
            g_ptr_array_remove_index(reminders->again, i - 1);
}

void
rp_reminders_say(RpReminders *reminders, const RpNotice *notice)
{
    rp_notifier_show(reminders->notifier, notice);
}

void
rp_reminders_show_again(RpReminders *reminders, const GPtrArray *ids)
{
    for (guint i = 0; i < ids->len; i++)
        rp_ids_add(reminders->again, g_ptr_array_index(ids, i));
}

void
rp_reminders_set_trouble(RpReminders *reminders, const char *account, const char *text)
{
    rp_troubles_set(reminders->troubles, account, text);
    reminders->events->on_changed(reminders->data);
}

void
rp_reminders_clear_trouble(RpReminders *reminders, const char *account)
{
    rp_troubles_clear(reminders->troubles, account);
}
