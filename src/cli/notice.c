/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notice.c - one notice on the desktop, through riposte-notify */
#include "cli/notice.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "cli/args.h"
#include "notify/protocol.h"
#include "sync/sync.h"

/* An offer is kept for a day. */
enum { PATIENCE_MS = 10000, OFFER_MS = 24 * 3600 * 1000 };

static const char KEY[] = "riposte";

typedef struct {
    GMainLoop *loop;            /* foreign */
    GSubprocess *child;         /* foreign */
    GDataInputStream *lines;    /* own */
    GCancellable *cancellable;  /* foreign */
    const char *summary, *body; /* foreign */
    bool is_offer;              /* with an action that is waited for */
    bool has_come;              /* it was shown */
    guint timer;
    bool is_shown;
    char *token; /* own; of the action taken, or NULL */
    char *why;   /* own; why it was not shown */
} Showing;

static void read_next(Showing *showing);

static void
finish(Showing *showing, bool is_shown, const char *why)
{
    showing->is_shown = is_shown;
    g_free(showing->why);
    showing->why = g_strdup(why);
    g_main_loop_quit(showing->loop);
}

static void
send_notice(Showing *showing)
{
    g_autoptr(RpNotice) notice =
        rp_notice_new(KEY, showing->summary, showing->body,
                      showing->is_offer ? RP_BUTTONS_OPEN : RP_BUTTONS_NONE);
    g_autofree char *line = rp_protocol_show(notice);
    GOutputStream *in = g_subprocess_get_stdin_pipe(showing->child);

    if (!g_output_stream_write_all(in, line, strlen(line), NULL, NULL, NULL))
        finish(showing, false, _("riposte-notify ended"));
    else
        read_next(showing);
}

static gboolean
on_timeout(gpointer data)
{
    g_cancellable_cancel(data);
    return G_SOURCE_CONTINUE;
}

static void
stop_timer(Showing *showing)
{
    if (showing->timer != 0)
        g_source_remove(showing->timer);
    showing->timer = 0;
}

/* An offer stays up until somebody sees it. */
static void
take_shown(Showing *showing)
{
    if (!showing->is_offer) {
        finish(showing, true, "");
        return;
    }
    stop_timer(showing);
    showing->has_come = true;
    showing->timer = g_timeout_add(OFFER_MS, on_timeout, showing->cancellable);
    read_next(showing);
}

static void
take_action(Showing *showing, JsonObject *object)
{
    showing->token =
        g_strdup(json_object_get_string_member_with_default(object, "token", ""));
    finish(showing, true, "");
}

/* {"state": ...} comes first; {"shown": KEY} or {"failed": KEY} answers; then, of an
 * offer, {"action": ...} or {"closed": KEY}. */
static void
take_line(Showing *showing, JsonObject *object)
{
    const char *state = json_object_get_string_member_with_default(object, "state", "");

    if (json_object_has_member(object, "shown"))
        take_shown(showing);
    else if (json_object_has_member(object, "action"))
        take_action(showing, object);
    else if (json_object_has_member(object, "closed"))
        finish(showing, true, "");
    else if (json_object_has_member(object, "failed"))
        finish(showing, false,
               json_object_get_string_member_with_default(object, "why", "it failed"));
    else if (strcmp(state, "absent") == 0)
        finish(showing, showing->has_come,
               _("no program shows notices in this session"));
    else if (strcmp(state, "ready") == 0)
        send_notice(showing);
    else
        read_next(showing);
}

static void
on_line(GObject *source, GAsyncResult *result, gpointer data)
{
    Showing *showing = data;
    g_autofree char *line = g_data_input_stream_read_line_finish(
        G_DATA_INPUT_STREAM(source), result, NULL, NULL);
    g_autoptr(JsonParser) parser = json_parser_new();

    if (line == NULL) {
        finish(showing, showing->has_come,
               g_cancellable_is_cancelled(showing->cancellable)
                   ? _("the desktop does not answer")
                   : _("riposte-notify ended"));
        return;
    }
    if (json_parser_load_from_data(parser, line, -1, NULL) &&
        JSON_NODE_HOLDS_OBJECT(json_parser_get_root(parser)))
        take_line(showing, json_node_get_object(json_parser_get_root(parser)));
    else
        finish(showing, false, _("riposte-notify said what is no answer"));
}

static void
read_next(Showing *showing)
{
    g_data_input_stream_read_line_async(showing->lines, G_PRIORITY_DEFAULT,
                                        showing->cancellable, on_line, showing);
}

static GSubprocess *
start_child(GError **error)
{
    g_autofree char *path = rp_sync_find_program("riposte-notify");

    return g_subprocess_new(G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                            error, path, NULL);
}

/* The token of the action, if one was taken, is the caller's. */
static bool
show(Showing *showing, GError **error)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(GSubprocess) child = start_child(error);

    if (child == NULL)
        return false;
    showing->loop = loop;
    showing->child = child;
    showing->cancellable = cancellable;
    showing->timer = g_timeout_add(PATIENCE_MS, on_timeout, cancellable);
    showing->lines = g_data_input_stream_new(g_subprocess_get_stdout_pipe(child));
    read_next(showing);
    g_main_loop_run(loop);
    stop_timer(showing);
    g_object_unref(showing->lines);
    if (!showing->is_shown)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, "%s", showing->why);
    g_free(showing->why);
    g_output_stream_close(g_subprocess_get_stdin_pipe(child), NULL, NULL);
    return showing->is_shown;
}

bool
rp_notice_show_once(const char *summary, const char *body, GError **error)
{
    Showing showing = {.summary = summary, .body = body};

    return show(&showing, error);
}

bool
rp_notice_offer(const char *summary, const char *body, char **token, GError **error)
{
    Showing showing = {.summary = summary, .body = body, .is_offer = true};
    bool is_shown = show(&showing, error);

    *token = showing.token;
    return is_shown;
}
