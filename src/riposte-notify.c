/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riposte-notify.c - orders on standard input, events on standard output */
#include "config.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "language.h"
#include "notify/desktop.h"

typedef struct {
    GMainLoop *loop;         /* own */
    RpDesktop *desktop;      /* own */
    GDataInputStream *input; /* own */
} Program;

static void read_next(Program *program);

/* A parent that no longer reads has gone: SIGPIPE ends us. */
static void
on_event(const RpNotifyEvent *event, gpointer data G_GNUC_UNUSED)
{
    g_autofree char *line = rp_protocol_event(event);

    fputs(line, stdout);
    fflush(stdout);
}

static void
on_bus_lost(gpointer data)
{
    Program *program = data;

    g_main_loop_quit(program->loop);
}

static void
obey(Program *program, const char *line)
{
    g_auto(RpOrder) order = {0};

    if (!rp_protocol_read_order(line, &order))
        g_message("a line is no order and is passed over");
    else if (order.show != NULL)
        rp_desktop_show(program->desktop, order.show);
    else if (*order.place != '\0')
        rp_desktop_close_left(program->desktop, order.place);
    else
        rp_desktop_close(program->desktop, order.close_key);
}

static void
on_line(GObject *source, GAsyncResult *result, gpointer data)
{
    Program *program = data;
    g_autofree char *line = g_data_input_stream_read_line_finish(
        G_DATA_INPUT_STREAM(source), result, NULL, NULL);

    if (line == NULL) {
        g_main_loop_quit(program->loop);
        return;
    }
    obey(program, line);
    read_next(program);
}

static void
read_next(Program *program)
{
    g_data_input_stream_read_line_async(program->input, G_PRIORITY_DEFAULT, NULL,
                                        on_line, program);
}

static int
run(void)
{
    static const RpDesktopEvents events = {on_event, on_bus_lost};
    g_autoptr(GInputStream) input = g_unix_input_stream_new(STDIN_FILENO, FALSE);
    Program program = {0};

    program.loop = g_main_loop_new(NULL, FALSE);
    program.desktop = rp_desktop_new(&events, &program);
    program.input = g_data_input_stream_new(input);
    read_next(&program);
    g_main_loop_run(program.loop);

    rp_desktop_free(program.desktop);
    g_object_unref(program.input);
    g_main_loop_unref(program.loop);
    return 0;
}

int
main(int argc, char **argv)
{
    gboolean is_version = FALSE;
    const GOptionEntry entries[] = {
        {"version", 0, 0, G_OPTION_ARG_NONE, &is_version, _("Show the version"), NULL},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;

    rp_language_start();
    g_log_writer_default_set_use_stderr(TRUE); /* standard output is for events */
    g_option_context_set_summary(context,
                                 _("Shows riposted's notices on the desktop."));
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        g_printerr("riposte-notify: %s\n", error->message);
        return 2;
    }
    if (is_version) {
        g_print("riposte-notify %s\n", PACKAGE_VERSION);
        return 0;
    }
    return run();
}
