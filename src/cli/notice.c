/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notice.c - one notice on the desktop, through riposte-notify */
#include "cli/notice.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "cli/args.h"
#include "notify/protocol.h"
#include "sync/sync.h"

enum { PATIENCE_MS = 10000 };

static const char KEY[] = "demo";

typedef struct {
    GMainLoop *loop;            /* foreign */
    GSubprocess *child;         /* foreign */
    GDataInputStream *lines;    /* own */
    GCancellable *cancellable;  /* foreign */
    const char *summary, *body; /* foreign */
    bool is_shown;
    char *why; /* own; why it was not shown */
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
        rp_notice_new(KEY, showing->summary, showing->body, RP_BUTTONS_NONE);
    g_autofree char *line = rp_protocol_show(notice);
    GOutputStream *in = g_subprocess_get_stdin_pipe(showing->child);

    if (!g_output_stream_write_all(in, line, strlen(line), NULL, NULL, NULL))
        finish(showing, false, "riposte-notify ended");
    else
        read_next(showing);
}

/* {"state": ...} comes first; {"shown": KEY} or {"failed": KEY} answers. */
static void
take_line(Showing *showing, JsonObject *object)
{
    const char *state = json_object_get_string_member_with_default(object, "state", "");

    if (json_object_has_member(object, "shown"))
        finish(showing, true, "");
    else if (json_object_has_member(object, "failed"))
        finish(showing, false,
               json_object_get_string_member_with_default(object, "why", "it failed"));
    else if (strcmp(state, "absent") == 0)
        finish(showing, false, "no program shows notices in this session");
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
        finish(showing, false,
               g_cancellable_is_cancelled(showing->cancellable)
                   ? "the desktop does not answer"
                   : "riposte-notify ended");
        return;
    }
    if (json_parser_load_from_data(parser, line, -1, NULL) &&
        JSON_NODE_HOLDS_OBJECT(json_parser_get_root(parser)))
        take_line(showing, json_node_get_object(json_parser_get_root(parser)));
    else
        finish(showing, false, "riposte-notify said what is no answer");
}

static void
read_next(Showing *showing)
{
    g_data_input_stream_read_line_async(showing->lines, G_PRIORITY_DEFAULT,
                                        showing->cancellable, on_line, showing);
}

static gboolean
on_timeout(gpointer data)
{
    g_cancellable_cancel(data);
    return G_SOURCE_CONTINUE;
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

bool
rp_notice_show_once(const char *summary, const char *body, GError **error)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(GSubprocess) child = start_child(error);
    Showing showing = {.loop = loop,
                       .child = child,
                       .cancellable = cancellable,
                       .summary = summary,
                       .body = body};
    guint timer;

    if (child == NULL)
        return false;
    timer = g_timeout_add(PATIENCE_MS, on_timeout, cancellable);
    showing.lines = g_data_input_stream_new(g_subprocess_get_stdout_pipe(child));
    read_next(&showing);
    g_main_loop_run(loop);
    g_source_remove(timer);
    g_object_unref(showing.lines);
    if (!showing.is_shown)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, "%s", showing.why);
    g_free(showing.why);
    g_output_stream_close(g_subprocess_get_stdin_pipe(child), NULL, NULL);
    return showing.is_shown;
}
