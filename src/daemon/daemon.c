/* SPDX-License-Identifier: GPL-3.0-or-later */
/* daemon.c - riposted: what happens when, and in what order */
#include "config.h"

#include "daemon/daemon.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>

#include "daemon/journal.h"
#include "daemon/private.h"
#include "daemon/sdnotify.h"

enum { FAILED = 1, TRY_LATER = 75 }; /* exit statuses */

enum {
    NETWORK_MS = 2000, /* a network that comes up changes several times */
    CONFIG_MS = 1000,  /* and so does a file that is written */
};

static void start_accounts(RpDaemon *daemon);

/* --- the end --- */

static void
quit_if_stopped(RpDaemon *daemon)
{
    if (daemon->is_stopping && daemon->n_running == 0)
        g_main_loop_quit(daemon->loop);
}

static void
on_reminders_stopped(gpointer data)
{
    RpDaemon *daemon = data;

    daemon->n_running--;
    quit_if_stopped(daemon);
}

static void
stop_accounts(RpDaemon *daemon)
{
    for (guint i = 0; i < daemon->watches->len; i++)
        rp_watch_stop(g_ptr_array_index(daemon->watches, i));
}

void
rp_daemon_stop(RpDaemon *daemon)
{
    if (daemon->is_stopping)
        return;
    daemon->is_stopping = true;
    rp_sdnotify("STOPPING=1");
    rp_journal(RP_EVENT_END, NULL, "riposted ends");
    daemon->n_running++;
    rp_reminders_stop(daemon->reminders, on_reminders_stopped, daemon);
    stop_accounts(daemon);
}

static gboolean
on_term(gpointer data)
{
    rp_daemon_stop(data);
    return G_SOURCE_CONTINUE;
}

/* --- accounts --- */

static void
on_changed(RpWatch *watch G_GNUC_UNUSED, gpointer data)
{
    rp_daemon_refresh_soon(data);
}

static void
on_state(RpWatch *watch G_GNUC_UNUSED, gpointer data)
{
    RpDaemon *daemon = data;

    if (daemon->is_dirty)
        rp_daemon_refresh_soon(daemon);
    rp_daemon_tell_manager(daemon);
    rp_daemon_tell_problems(daemon);
    rp_daemon_answer(daemon);
}

static void
on_trouble(RpWatch *watch, const char *text, gpointer data)
{
    RpDaemon *daemon = data;

    if (text == NULL)
        rp_reminders_clear_trouble(daemon->reminders, rp_watch_account(watch));
    else
        rp_reminders_set_trouble(daemon->reminders, rp_watch_account(watch), text);
}

static void
on_fatal(RpWatch *watch G_GNUC_UNUSED, const GError *error, gpointer data)
{
    RpDaemon *daemon = data;

    if (daemon->failure == NULL)
        daemon->failure = g_error_copy(error);
    rp_daemon_stop(daemon);
}

/* All accounts are stopped: to begin anew with the next configuration, or for good. */
static void
on_watch_stopped(RpWatch *watch G_GNUC_UNUSED, gpointer data)
{
    RpDaemon *daemon = data;

    daemon->n_running--;
    if (daemon->next_config != NULL && !daemon->is_stopping && daemon->n_running == 0)
        start_accounts(daemon);
    quit_if_stopped(daemon);
}

static const RpWatchEvents WATCH_EVENTS = {on_changed, on_state, on_trouble,
                                           on_watch_stopped, on_fatal};

static void
on_books_changed(gpointer data)
{
    rp_daemon_refresh_soon(data);
}

static void
take_next_config(RpDaemon *daemon)
{
    RpConfig *old = daemon->config;

    g_clear_pointer(&daemon->books, rp_books_free);
    g_ptr_array_set_size(daemon->watches, 0);
    daemon->config = g_steal_pointer(&daemon->next_config);
    daemon->has_config = true;
    rp_reminders_set_config(daemon->reminders, daemon->config);
    rp_config_free(old);
    rp_journal(RP_EVENT_CONFIG, NULL, "the configuration was read");
    rp_sdnotify("READY=1");
}

static void
start_accounts(RpDaemon *daemon)
{
    bool is_asked_for = daemon->next_config != NULL;

    if (is_asked_for)
        take_next_config(daemon);
    g_clear_pointer(&daemon->books, rp_books_free);
    daemon->books =
        rp_books_new(daemon->store, daemon->config, on_books_changed, daemon);
    for (guint i = 0; i < daemon->config->accounts->len; i++) {
        RpWatch *watch = rp_watch_new(daemon->store, daemon->config,
                                      g_ptr_array_index(daemon->config->accounts, i),
                                      &WATCH_EVENTS, daemon);

        g_ptr_array_add(daemon->watches, watch);
        daemon->n_running++;
        rp_watch_start(watch, is_asked_for);
    }
    rp_daemon_tell_manager(daemon);
    rp_daemon_tell_problems(daemon);
    rp_daemon_refresh_soon(daemon);
}

/* The user mends it, and it is taken then: there is no better time. */
static void
tell_mistake(RpDaemon *daemon)
{
    g_autofree char *text =
        g_strconcat(daemon->has_config ? "the configuration stays as it was: "
                                       : "waiting for a configuration: ",
                    daemon->config_error->message, NULL);

    rp_journal(RP_EVENT_MISTAKE, NULL, text);
    rp_reminders_clear_trouble(daemon->reminders, "");
    rp_reminders_set_trouble(daemon->reminders, "", daemon->config_error->message);
    rp_daemon_tell_problems(daemon);
}

static void
read_config(RpDaemon *daemon)
{
    RpConfig *config;

    g_clear_error(&daemon->config_error);
    config = rp_config_load(daemon->config_path, &daemon->config_error);
    if (config == NULL) {
        tell_mistake(daemon);
        return;
    }
    rp_sdnotify_reloading();
    g_clear_pointer(&daemon->next_config, rp_config_free);
    daemon->next_config = config;
    if (daemon->n_running == 0)
        start_accounts(daemon);
    else
        stop_accounts(daemon);
}

static gboolean
on_hup(gpointer data)
{
    read_config(data);
    return G_SOURCE_CONTINUE;
}

static gboolean on_config_settled(gpointer data);

/* Editors write in several steps, and some leave no file for a moment. */
static void
on_config_changed(GFileMonitor *monitor G_GNUC_UNUSED, GFile *file G_GNUC_UNUSED,
                  GFile *other G_GNUC_UNUSED, GFileMonitorEvent event, gpointer data)
{
    RpDaemon *daemon = data;

    if (event == G_FILE_MONITOR_EVENT_DELETED ||
        event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
        return;
    g_clear_handle_id(&daemon->config_timer, g_source_remove);
    daemon->config_timer = g_timeout_add(CONFIG_MS, on_config_settled, daemon);
}

/* Where nothing can be watched, SIGHUP is left. */
static void
watch_file(RpDaemon *daemon, const char *path)
{
    g_autoptr(GFile) file = g_file_new_for_path(path);
    GFileMonitor *monitor =
        g_file_monitor_file(file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

    if (monitor == NULL)
        return;
    g_signal_connect(monitor, "changed", G_CALLBACK(on_config_changed), daemon);
    g_ptr_array_add(daemon->config_monitors, monitor);
}

/* The link, if it is one, and what it leads to. */
static void
watch_config(RpDaemon *daemon)
{
    g_autofree char *target = realpath(daemon->config_path, NULL);

    g_ptr_array_set_size(daemon->config_monitors, 0);
    watch_file(daemon, daemon->config_path);
    if (target != NULL && !g_str_equal(target, daemon->config_path))
        watch_file(daemon, target);
}

static gboolean
on_config_settled(gpointer data)
{
    RpDaemon *daemon = data;

    daemon->config_timer = 0;
    if (daemon->is_stopping)
        return G_SOURCE_REMOVE;
    watch_config(daemon);
    read_config(daemon);
    return G_SOURCE_REMOVE;
}

static gboolean
on_network_settled(gpointer data)
{
    RpDaemon *daemon = data;

    daemon->network_timer = 0;
    rp_daemon_poke_all(daemon);
    return G_SOURCE_REMOVE;
}

static void
on_network_changed(GNetworkMonitor *monitor G_GNUC_UNUSED, gboolean is_available,
                   gpointer data)
{
    RpDaemon *daemon = data;

    if (is_available && daemon->network_timer == 0)
        daemon->network_timer = g_timeout_add(NETWORK_MS, on_network_settled, daemon);
}

/* --- from beginning to end --- */

static void
clear_daemon(RpDaemon *daemon)
{
    g_clear_handle_id(&daemon->refresh_timer, g_source_remove);
    g_clear_handle_id(&daemon->look_timer, g_source_remove);
    g_clear_handle_id(&daemon->deeds_timer, g_source_remove);
    g_clear_handle_id(&daemon->network_timer, g_source_remove);
    g_clear_handle_id(&daemon->config_timer, g_source_remove);
    g_clear_pointer(&daemon->config_monitors, g_ptr_array_unref);
    g_clear_pointer(&daemon->bus, rp_bus_free);
    g_clear_pointer(&daemon->wake, rp_wake_free);
    g_clear_pointer(&daemon->written, rp_written_free);
    g_clear_pointer(&daemon->books, rp_books_free);
    g_clear_pointer(&daemon->watches, g_ptr_array_unref);
    g_clear_pointer(&daemon->reminders, rp_reminders_free);
    g_clear_pointer(&daemon->next_config, rp_config_free);
    g_clear_pointer(&daemon->config, rp_config_free);
    g_clear_pointer(&daemon->deeds, rp_deeds_free);
    g_clear_pointer(&daemon->calls, rp_calls_free);
    g_clear_pointer(&daemon->store, rp_store_close);
    g_clear_pointer(&daemon->loop, g_main_loop_unref);
    g_clear_error(&daemon->failure);
    g_clear_error(&daemon->config_error);
    g_free(daemon->config_path);
    g_free(daemon->told);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RpDaemon, clear_daemon)

static bool
open_all(RpDaemon *daemon, const char *config_path, const char *db_path, GError **error)
{
    g_autofree char *default_db = rp_config_default_db();

    daemon->config_path =
        config_path == NULL ? rp_config_default_path() : g_strdup(config_path);
    daemon->config = rp_config_load(daemon->config_path, &daemon->config_error);
    daemon->has_config = daemon->config != NULL;
    if (daemon->config == NULL)
        daemon->config = rp_config_new();
    daemon->store = rp_store_open(db_path == NULL ? default_db : db_path, error);
    return daemon->store != NULL && rp_store_lock(daemon->store, "daemon", error);
}

static void
run(RpDaemon *daemon)
{
    GNetworkMonitor *network = g_network_monitor_get_default();
    guint sources[] = {
        g_unix_signal_add(SIGTERM, on_term, daemon),
        g_unix_signal_add(SIGINT, on_term, daemon),
        g_unix_signal_add(SIGHUP, on_hup, daemon),
    };
    gulong handler = g_signal_connect(network, "network-changed",
                                      G_CALLBACK(on_network_changed), daemon);

    daemon->data_version = rp_store_data_version(daemon->store);
    daemon->offset_s = rp_daemon_clock_offset();
    daemon->slept_s = rp_daemon_slept();
    daemon->deeds = rp_deeds_new(daemon->store);
    daemon->calls = rp_calls_new(daemon->store);
    daemon->reminders = rp_reminders_new(daemon->store, daemon->config,
                                         &RP_DAEMON_REMINDER_EVENTS, daemon);
    daemon->bus =
        rp_bus_new(rp_store_path(daemon->store), &RP_DAEMON_BUS_EVENTS, daemon);
    daemon->wake = rp_wake_new(rp_daemon_wake, rp_daemon_sleep, daemon);
    daemon->written =
        rp_written_new(rp_store_path(daemon->store), rp_daemon_poll, daemon);
    daemon->config_monitors = g_ptr_array_new_with_free_func(g_object_unref);
    watch_config(daemon);
    start_accounts(daemon);
    if (daemon->config_error != NULL)
        tell_mistake(daemon);
    rp_daemon_look(daemon);
    rp_sdnotify("READY=1");
    rp_journal(RP_EVENT_READY, NULL, "riposted has begun");
    rp_daemon_show_list(daemon);
    g_main_loop_run(daemon->loop);

    rp_daemon_write_decisions(daemon);
    g_signal_handler_disconnect(network, handler);
    for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
        g_source_remove(sources[i]);
}

/* Time mends all but what a person must. */
static int
take_failure(GError *failure, GError **error)
{
    bool is_lasting =
        g_error_matches(failure, RP_STORE_ERROR, RP_STORE_ERROR_CORRUPT) ||
        g_error_matches(failure, RP_STORE_ERROR, RP_STORE_ERROR_NEWER);

    g_propagate_error(error, failure);
    return is_lasting ? FAILED : TRY_LATER;
}

int
rp_daemon_run(const char *config_path, const char *db_path, GError **error)
{
    g_auto(RpDaemon) daemon = {.list_next_at = RP_NEVER};

    signal(SIGPIPE, SIG_IGN);
    rp_sdnotify_begin();
    daemon.loop = g_main_loop_new(NULL, FALSE);
    daemon.watches = g_ptr_array_new_with_free_func((GDestroyNotify)rp_watch_free);
    if (open_all(&daemon, config_path, db_path, &daemon.failure))
        run(&daemon);
    rp_sdnotify_end();
    if (daemon.failure == NULL)
        return 0;
    return take_failure(g_steal_pointer(&daemon.failure), error);
}
