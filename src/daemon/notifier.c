/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notifier.c - keeps riposte-notify running and talks to it */
#include "daemon/notifier.h"

#include <string.h>

#include "daemon/backoff.h"
#include "sync/child.h"
#include "sync/sync.h"

enum {
    GRACE_MS = 900,
    ANSWER_MS = 180 * 1000, /* a show asks a hung daemon three things, 25 s each */
    STEADY_MS = 60 * 1000,  /* who has lived so long may die again at no cost */
    MAX_LINE = 65536,
};

struct RpNotifier {
    RpNotifierCallback on_event;
    gpointer data;
    void (*on_stopped)(gpointer data); /* NULL unless it is stopping */
    gpointer stopped_data;
    RpChild *child; /* own; NULL while it does not run */
    GString *line;  /* own: what came of the next line */
    guint n_failures, n_unanswered;
    int64_t started_us; /* monotonic */
    guint retry_timer, answer_timer, stopped_source;
    GHashTable *places; /* own: key to the place of what is up */
    GHashTable *left;   /* own: the same of what a riposte-notify that died has left */
};

static void
tell_absent(RpNotifier *notifier)
{
    g_autoptr(RpNotifyEvent) event = rp_notify_event_new(RP_NOTIFY_ABSENT, "", "", "");

    notifier->on_event(event, notifier->data);
}

static gboolean
on_retry(gpointer data)
{
    RpNotifier *notifier = data;

    notifier->retry_timer = 0;
    rp_notifier_start(notifier);
    return G_SOURCE_REMOVE;
}

static void
retry_later(RpNotifier *notifier)
{
    bool was_steady = g_get_monotonic_time() - notifier->started_us >
                      STEADY_MS * G_TIME_SPAN_MILLISECOND;

    notifier->n_failures = was_steady ? 1 : notifier->n_failures + 1;
    notifier->retry_timer = g_timeout_add(
        rp_backoff_ms(notifier->n_failures, g_random_double()), on_retry, notifier);
}

static gboolean
on_stopped_idle(gpointer data)
{
    RpNotifier *notifier = data;

    notifier->stopped_source = 0;
    notifier->on_stopped(notifier->stopped_data);
    return G_SOURCE_REMOVE;
}

/* Takes the line over. */
static void
send_line(RpNotifier *notifier, char *line)
{
    rp_child_write(notifier->child,
                   g_byte_array_new_take((guint8 *)line, strlen(line)));
}

static void
leave_all(RpNotifier *notifier)
{
    GHashTableIter iter;
    gpointer key, place;

    g_hash_table_iter_init(&iter, notifier->places);
    while (g_hash_table_iter_next(&iter, &key, &place))
        g_hash_table_replace(notifier->left, g_strdup(key), g_strdup(place));
    g_hash_table_remove_all(notifier->places);
}

/* Nobody hears of their buttons any more. */
static void
close_left(RpNotifier *notifier)
{
    GHashTableIter iter;
    gpointer key, place;

    g_hash_table_iter_init(&iter, notifier->left);
    while (g_hash_table_iter_next(&iter, &key, &place))
        send_line(notifier, rp_protocol_close(key, place));
    g_hash_table_remove_all(notifier->left);
}

/* Where things are, as far as the next riposte-notify will need it. */
static void
note_place(RpNotifier *notifier, const RpNotifyEvent *event)
{
    if (event->type == RP_NOTIFY_SHOWN)
        g_hash_table_replace(notifier->places, g_strdup(event->key),
                             g_strdup(event->text));
    else if (event->type == RP_NOTIFY_CLOSED)
        g_hash_table_remove(notifier->places, event->key);
    else if (event->type == RP_NOTIFY_READY || event->type == RP_NOTIFY_ABSENT)
        g_hash_table_remove_all(notifier->places);
    if (event->type == RP_NOTIFY_READY)
        close_left(notifier);
}

static void
on_child_end(RpChild *child, const char *failure, gpointer data)
{
    RpNotifier *notifier = data;
    g_autofree char *words = rp_child_last_words(child);

    g_clear_pointer(&notifier->child, rp_child_free);
    g_clear_handle_id(&notifier->answer_timer, g_source_remove);
    g_string_truncate(notifier->line, 0);
    notifier->n_unanswered = 0;
    if (notifier->on_stopped != NULL) {
        notifier->stopped_source = g_idle_add(on_stopped_idle, notifier);
        return;
    }
    leave_all(notifier);
    g_message("riposte-notify %s%s%s", failure == NULL ? "ended" : failure,
              *words == '\0' ? "" : ": ", words);
    retry_later(notifier);
    tell_absent(notifier);
}

static gboolean
on_no_answer(gpointer data)
{
    RpNotifier *notifier = data;

    notifier->answer_timer = 0;
    g_message("riposte-notify does not answer and is started anew");
    rp_child_kill(notifier->child);
    return G_SOURCE_REMOVE;
}

static void
wait_for_answer(RpNotifier *notifier)
{
    g_clear_handle_id(&notifier->answer_timer, g_source_remove);
    if (notifier->n_unanswered > 0)
        notifier->answer_timer = g_timeout_add(ANSWER_MS, on_no_answer, notifier);
}

static void
take_line(RpNotifier *notifier, const char *line)
{
    g_autoptr(RpNotifyEvent) event = rp_protocol_read_event(line);

    if (event == NULL) {
        g_message("riposte-notify said what is no event");
        return;
    }
    if ((event->type == RP_NOTIFY_SHOWN || event->type == RP_NOTIFY_FAILED) &&
        notifier->n_unanswered > 0)
        notifier->n_unanswered--;
    wait_for_answer(notifier);
    note_place(notifier, event);
    notifier->on_event(event, notifier->data);
}

static void
on_output(RpChild *child, const uint8_t *bytes, size_t n, gpointer data)
{
    RpNotifier *notifier = data;
    char *end;

    g_string_append_len(notifier->line, (const char *)bytes, (gssize)n);
    while ((end = memchr(notifier->line->str, '\n', notifier->line->len)) != NULL) {
        size_t length = (size_t)(end - notifier->line->str);
        g_autofree char *line = g_strndup(notifier->line->str, length);

        g_string_erase(notifier->line, 0, (gssize)length + 1);
        take_line(notifier, line);
    }
    if (notifier->line->len > MAX_LINE)
        rp_child_kill(child);
}

static const RpChildEvents CHILD_EVENTS = {on_output, NULL, on_child_end};

RpNotifier *
rp_notifier_new(RpNotifierCallback on_event, gpointer data)
{
    RpNotifier *notifier = g_new0(RpNotifier, 1);

    notifier->on_event = on_event;
    notifier->data = data;
    notifier->line = g_string_new(NULL);
    notifier->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    notifier->left = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return notifier;
}

void
rp_notifier_free(RpNotifier *notifier)
{
    if (notifier == NULL)
        return;
    g_clear_handle_id(&notifier->retry_timer, g_source_remove);
    g_clear_handle_id(&notifier->answer_timer, g_source_remove);
    g_clear_handle_id(&notifier->stopped_source, g_source_remove);
    g_clear_pointer(&notifier->child, rp_child_free);
    g_string_free(notifier->line, TRUE);
    g_hash_table_unref(notifier->places);
    g_hash_table_unref(notifier->left);
    g_free(notifier);
}

void
rp_notifier_start(RpNotifier *notifier)
{
    g_autofree char *path = rp_sync_find_program("riposte-notify");
    g_autoptr(GError) error = NULL;

    if (notifier->child != NULL || notifier->retry_timer != 0)
        return;
    notifier->started_us = g_get_monotonic_time();
    notifier->child = rp_child_new(path, NULL, &CHILD_EVENTS, notifier, &error);
    if (notifier->child == NULL) {
        g_message("cannot run %s: %s", path, error->message);
        retry_later(notifier);
    }
}

void
rp_notifier_stop(RpNotifier *notifier, void (*on_stopped)(gpointer data), gpointer data)
{
    notifier->on_stopped = on_stopped;
    notifier->stopped_data = data;
    g_clear_handle_id(&notifier->retry_timer, g_source_remove);
    if (notifier->child != NULL)
        rp_child_stop(notifier->child, GRACE_MS);
    else
        notifier->stopped_source = g_idle_add(on_stopped_idle, notifier);
}

void
rp_notifier_show(RpNotifier *notifier, const RpNotice *notice)
{
    if (notifier->child == NULL)
        return;
    notifier->n_unanswered++;
    if (notifier->answer_timer == 0)
        wait_for_answer(notifier);
    send_line(notifier, rp_protocol_show(notice));
}

void
rp_notifier_close(RpNotifier *notifier, const char *key)
{
    if (notifier->child != NULL)
        send_line(notifier, rp_protocol_close(key, NULL));
}
