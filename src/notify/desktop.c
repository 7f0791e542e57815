/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desktop.c - pop-ups through libnotify */
#include "notify/desktop.h"

#include <glib/gi18n.h>
#include <libnotify/notify.h>

static const char SERVICE[] = "org.freedesktop.Notifications";
static const char ICON[] = "mail-unread";
static const char KEY[] = "riposte-key"; /* what a notification is for */

enum { UNDO_MS = 15000 };

struct RpDesktop {
    const RpDesktopEvents *events; /* foreign */
    gpointer data;
    GHashTable *notices; /* own: key to NotifyNotification */
    guint watch;
    char *owner;          /* own; the daemon's unique name, NULL if there is none */
    GDBusConnection *bus; /* own; NULL if there is none */
    bool has_told, is_ready, has_markup;
};

static void
tell(RpDesktop *desktop, RpNotifyEventType type, const char *key, const char *text)
{
    g_autoptr(RpNotifyEvent) event = rp_notify_event_new(type, key, text, "");

    desktop->events->on_event(event, desktop->data);
}

/* --- the notification daemon comes and goes --- */

static void
set_absent(RpDesktop *desktop)
{
    if (desktop->has_told && !desktop->is_ready)
        return;
    desktop->has_told = true;
    desktop->is_ready = false;
    tell(desktop, RP_NOTIFY_ABSENT, "", "");
}

/* Does the body pass for markup there? Some daemons (dunst without markup in its
 * configuration) read it as such all the same, and only say that they know links. */
static bool
reads_markup(GList *caps)
{
    static const char *const SIGNS[] = {"body-markup", "body-hyperlinks", "body-images",
                                        NULL};

    for (GList *at = caps; at != NULL; at = at->next)
        if (g_strv_contains(SIGNS, at->data))
            return true;
    return false;
}

/* Asks what it can do; may block, and fail where it hangs. */
static void
query_daemon(RpDesktop *desktop)
{
    g_autofree char *name = NULL;
    GList *caps = notify_get_server_caps();

    if (caps == NULL) {
        set_absent(desktop);
        return;
    }
    desktop->has_markup = reads_markup(caps);
    g_list_free_full(caps, g_free);
    notify_get_server_info(&name, NULL, NULL, NULL);
    desktop->is_ready = true;
    desktop->has_told = true;
    tell(desktop, RP_NOTIFY_READY, "", name == NULL ? "" : name);
}

/* Without a sound: the old daemon is gone, and its ids may be another program's
 * with the new one. */
static void
forget_notice(gpointer notification)
{
    g_signal_handlers_disconnect_matched(
        notification, G_SIGNAL_MATCH_ID,
        g_signal_lookup("closed", NOTIFY_TYPE_NOTIFICATION), 0, NULL, NULL, NULL);
    g_object_unref(notification);
}

/* The name watch keeps silent about it where the daemon had gone before. */
static void
on_bus_closed(GDBusConnection *connection G_GNUC_UNUSED,
              gboolean is_by_peer G_GNUC_UNUSED, GError *error G_GNUC_UNUSED,
              gpointer data)
{
    RpDesktop *desktop = data;

    desktop->events->on_bus_lost(desktop->data);
}

static void
keep_bus(RpDesktop *desktop, GDBusConnection *bus)
{
    if (bus == NULL || desktop->bus != NULL)
        return;
    desktop->bus = g_object_ref(bus);
    g_dbus_connection_set_exit_on_close(bus, FALSE);
    g_signal_connect(bus, "closed", G_CALLBACK(on_bus_closed), desktop);
}

static void
on_appeared(GDBusConnection *connection, const char *name G_GNUC_UNUSED,
            const char *owner, gpointer data)
{
    RpDesktop *desktop = data;

    keep_bus(desktop, connection);
    if (g_strcmp0(owner, desktop->owner) == 0 && desktop->is_ready)
        return;
    g_free(desktop->owner);
    desktop->owner = g_strdup(owner);
    g_hash_table_remove_all(desktop->notices);
    query_daemon(desktop);
}

static void
on_vanished(GDBusConnection *connection, const char *name G_GNUC_UNUSED, gpointer data)
{
    RpDesktop *desktop = data;

    g_clear_pointer(&desktop->owner, g_free);
    g_hash_table_remove_all(desktop->notices);
    set_absent(desktop);
    keep_bus(desktop, connection);
}

/* Some daemons run only once somebody has asked the bus for them. */
static void
watch(RpDesktop *desktop)
{
    g_clear_handle_id(&desktop->watch, g_bus_unwatch_name);
    desktop->watch = g_bus_watch_name(G_BUS_TYPE_SESSION, SERVICE,
                                      G_BUS_NAME_WATCHER_FLAGS_AUTO_START, on_appeared,
                                      on_vanished, desktop, NULL);
}

/* --- notices --- */

static void
take_away(RpDesktop *desktop, const char *given_key)
{
    g_autofree char *key = g_strdup(given_key);

    if (g_hash_table_remove(desktop->notices, key))
        tell(desktop, RP_NOTIFY_CLOSED, key, "");
}

static void
on_closed(NotifyNotification *notification, gpointer data)
{
    take_away(data, g_object_get_data(G_OBJECT(notification), KEY));
}

/* Not every daemon closes it by itself then. */
static void
on_action(NotifyNotification *given, char *action, gpointer data)
{
    RpDesktop *desktop = data;
    /* Its own type has a g_autoptr from libnotify's later versions on. */
    g_autoptr(GObject) kept = g_object_ref(G_OBJECT(given));
    const char *key = g_object_get_data(kept, KEY);
    const char *token = notify_notification_get_activation_token(given);
    g_autoptr(RpNotifyEvent) event =
        rp_notify_event_new(RP_NOTIFY_ACTION, key, action, token == NULL ? "" : token);

    desktop->events->on_event(event, desktop->data);
    rp_desktop_close(desktop, key);
}

/* "default" is a click on the notice itself, and a button only with some daemons. */
static void
add_buttons(RpDesktop *desktop, NotifyNotification *notification, RpButtons buttons)
{
    static const struct {
        RpButtons buttons;
        const char *action, *label;
    } rows[] = {
        {RP_BUTTONS_FOLLOWUP, "default", NC_("button", "Open")},
        {RP_BUTTONS_FOLLOWUP, "snooze", NC_("button", "Snooze")},
        {RP_BUTTONS_FOLLOWUP, "done", NC_("button", "Done")},
        {RP_BUTTONS_UNDO, "undo", NC_("button", "Undo")},
        {RP_BUTTONS_OPEN, "default", NC_("button", "Open")},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].buttons == buttons)
            notify_notification_add_action(notification, rows[i].action,
                                           g_dpgettext2(NULL, "button", rows[i].label),
                                           on_action, desktop, NULL);
    if (buttons == RP_BUTTONS_UNDO) {
        notify_notification_set_timeout(notification, UNDO_MS);
        notify_notification_set_hint(notification, "transient",
                                     g_variant_new_boolean(TRUE));
    }
}

static NotifyNotification *
make_notification(RpDesktop *desktop, const RpNotice *notice, const char *body)
{
    NotifyNotification *notification =
        notify_notification_new(notice->summary, body, ICON);

    g_object_set_data_full(G_OBJECT(notification), KEY, g_strdup(notice->key), g_free);
    notify_notification_set_hint(notification, "desktop-entry",
                                 g_variant_new_string("riposte"));
    notify_notification_set_category(notification, "email.arrived");
    notify_notification_set_urgency(notification, NOTIFY_URGENCY_NORMAL);
    add_buttons(desktop, notification, notice->buttons);
    g_signal_connect(notification, "closed", G_CALLBACK(on_closed), desktop);
    return notification;
}

/* One that is up already is changed in place. Foreign: the table's. */
static NotifyNotification *
find_or_make(RpDesktop *desktop, const RpNotice *notice)
{
    g_autofree char *body = desktop->has_markup ? g_markup_escape_text(notice->body, -1)
                                                : g_strdup(notice->body);
    NotifyNotification *known = g_hash_table_lookup(desktop->notices, notice->key);

    if (known != NULL) {
        notify_notification_update(known, notice->summary, body, ICON);
        return known;
    }
    known = make_notification(desktop, notice, body);
    g_hash_table_insert(desktop->notices, g_strdup(notice->key), known);
    return known;
}

/* A notice that a hung daemon does not answer in time comes up all the same when it
 * goes on, under a number that nobody has heard of; what it is asked here is harmless.
 */
static bool
does_answer(void)
{
    GList *caps = notify_get_server_caps();
    bool has_caps = caps != NULL;

    g_list_free_full(caps, g_free);
    return has_caps;
}

/* Its number, and whose number it is. */
static char *
make_place(const RpDesktop *desktop, NotifyNotification *notification)
{
    int id = 0;

    g_object_get(notification, "id", &id, NULL);
    return g_strdup_printf("%d %s", id, desktop->owner);
}

void
rp_desktop_show(RpDesktop *desktop, const RpNotice *notice)
{
    NotifyNotification *notification;
    g_autoptr(GError) error = NULL;

    if (!desktop->is_ready && desktop->owner != NULL) {
        query_daemon(desktop);
    } else if (desktop->is_ready && !does_answer()) {
        tell(desktop, RP_NOTIFY_FAILED, notice->key, "the notification daemon hangs");
        return;
    }
    if (!desktop->is_ready) {
        tell(desktop, RP_NOTIFY_FAILED, notice->key, "no notification daemon answers");
        if (desktop->owner == NULL)
            watch(desktop);
        return;
    }
    notification = find_or_make(desktop, notice);
    if (notify_notification_show(notification, &error)) {
        g_autofree char *place = make_place(desktop, notification);

        tell(desktop, RP_NOTIFY_SHOWN, notice->key, place);
    } else {
        g_hash_table_remove(desktop->notices, notice->key);
        tell(desktop, RP_NOTIFY_FAILED, notice->key, error->message);
    }
}

void
rp_desktop_close(RpDesktop *desktop, const char *key)
{
    NotifyNotification *notification = g_hash_table_lookup(desktop->notices, key);

    if (notification == NULL)
        return;
    notify_notification_close(notification, NULL);
    take_away(desktop, key);
}

void
rp_desktop_close_left(RpDesktop *desktop, const char *place)
{
    char *owner;
    gint64 id = g_ascii_strtoll(place, &owner, 10);
    g_autoptr(GObject) left = NULL;

    if (id <= 0 || id > G_MAXINT || *owner != ' ' ||
        g_strcmp0(owner + 1, desktop->owner) != 0)
        return;
    left = g_object_new(NOTIFY_TYPE_NOTIFICATION, "id", (int)id, NULL);
    notify_notification_close(NOTIFY_NOTIFICATION(left), NULL);
}

RpDesktop *
rp_desktop_new(const RpDesktopEvents *events, gpointer data)
{
    RpDesktop *desktop = g_new0(RpDesktop, 1);

    desktop->events = events;
    desktop->data = data;
    desktop->notices =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, forget_notice);
    notify_init("riposte");
    watch(desktop);
    return desktop;
}

/* notify_uninit leaves those without actions on the screen. */
static void
close_all(RpDesktop *desktop)
{
    GHashTableIter iter;
    gpointer notification;

    g_hash_table_iter_init(&iter, desktop->notices);
    while (g_hash_table_iter_next(&iter, NULL, &notification))
        notify_notification_close(notification, NULL);
}

void
rp_desktop_free(RpDesktop *desktop)
{
    if (desktop == NULL)
        return;
    g_clear_handle_id(&desktop->watch, g_bus_unwatch_name);
    if (desktop->bus != NULL)
        g_signal_handlers_disconnect_by_data(desktop->bus, desktop);
    g_clear_object(&desktop->bus);
    close_all(desktop);
    g_hash_table_unref(desktop->notices);
    notify_uninit();
    g_free(desktop->owner);
    g_free(desktop);
}
