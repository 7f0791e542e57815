/* SPDX-License-Identifier: GPL-3.0-or-later */
/* child.c - a helper process over GSubprocess and pollable pipes */
#include "config.h"

#include "sync/child.h"

#include <gio/gunixoutputstream.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum {
    CHUNK = 65536,    /* what a pipe holds */
    MAX_WORDS = 4096, /* bytes of standard error that are kept */
    LINGER_MS = 5000, /* from the first sign of its end to the kill */
};

/* Lives until rp_child_free and the last pending operation are both done. */
struct RpChild {
    const RpChildEvents *events; /* foreign; NULL once freed */
    gpointer data;
    GSubprocess *process;      /* own */
    GCancellable *cancellable; /* own; of reading and writing */
    GCancellable *writing;     /* own; of writing alone */
    GOutputStream *input;      /* foreign: the process's; NULL once it is to end */
    GQueue unwritten;          /* own, of GByteArray */
    GString *words;            /* own: the end of standard error */
    uint8_t *chunk;            /* own */
    char *error_chunk;         /* own */
    guint linger_timer;
    bool is_writing, has_output_ended, has_errors_ended, is_gone, has_told;
};

static void
wipe_array(gpointer bytes)
{
    GByteArray *array = bytes;

    if (array->len > 0) /* an empty one has no data */
        explicit_bzero(array->data, array->len);
    g_byte_array_unref(array);
}

static void
clear_child(gpointer data)
{
    RpChild *child = data;

    g_queue_clear_full(&child->unwritten, wipe_array);
    g_clear_object(&child->process);
    g_clear_object(&child->cancellable);
    g_clear_object(&child->writing);
    g_string_free(child->words, TRUE);
    g_free(child->chunk);
    g_free(child->error_chunk);
}

static void
unref_child(RpChild *child)
{
    g_rc_box_release_full(child, clear_child);
}

static gboolean
on_linger_over(gpointer data)
{
    RpChild *child = data;

    child->linger_timer = 0;
    rp_child_kill(child);
    /* A process that inherited its pipes must not keep us waiting either. */
    if (child->is_gone)
        g_cancellable_cancel(child->cancellable);
    else
        child->linger_timer = g_timeout_add(LINGER_MS, on_linger_over, child);
    return G_SOURCE_REMOVE;
}

static void
linger(RpChild *child, guint ms)
{
    g_clear_handle_id(&child->linger_timer, g_source_remove);
    child->linger_timer = g_timeout_add(ms, on_linger_over, child);
}

/* A limit is not seen in the signal's name. NULL: it was none. */
static const char *
describe_limit(int signal, const char *words)
{
    if (signal == SIGXCPU)
        return _("used more processor time than it may (ulimit -t)");
    if (signal == SIGXFSZ)
        return _("wrote more into a file than it may (ulimit -f)");
    if (strstr(words, "failed to allocate") != NULL) /* as GLib says before it ends */
        return _("needed more memory than it may have (its own limit, or ulimit -v)");
    return NULL;
}

/* NULL if all was well. */
static char *
describe_end(GSubprocess *process, const char *words)
{
    if (g_subprocess_get_if_signaled(process)) {
        int signal = g_subprocess_get_term_sig(process);
        const char *limit = describe_limit(signal, words);

        if (limit != NULL)
            return g_strdup(limit);
        return g_strdup_printf(_("was killed by signal %d (%s)"), signal,
                               g_strsignal(signal));
    }
    if (g_subprocess_get_exit_status(process) != 0)
        return g_strdup_printf(_("ended with status %d"),
                               g_subprocess_get_exit_status(process));
    return NULL;
}

static void
tell_end(RpChild *child)
{
    g_autofree char *failure = NULL;

    if (!child->is_gone || !child->has_output_ended || !child->has_errors_ended ||
        child->has_told || child->events == NULL)
        return;
    child->has_told = true;
    g_clear_handle_id(&child->linger_timer, g_source_remove);
    failure = describe_end(child->process, child->words->str);
    if (child->events->on_end != NULL)
        child->events->on_end(child, failure, child->data);
}

static void
on_gone(GObject *source, GAsyncResult *result, gpointer data)
{
    RpChild *child = data;

    g_subprocess_wait_finish(G_SUBPROCESS(source), result, NULL);
    child->is_gone = true;
    if (child->events != NULL) {
        linger(child, LINGER_MS);
        tell_end(child);
    }
    unref_child(child);
}

static void read_output(RpChild *child);

static void
on_output_read(GObject *source, GAsyncResult *result, gpointer data)
{
    RpChild *child = data;
    gssize n = g_input_stream_read_finish(G_INPUT_STREAM(source), result, NULL);

    if (child->events != NULL && n > 0) {
        if (child->events->on_output != NULL)
            child->events->on_output(child, child->chunk, (size_t)n, child->data);
        if (child->events != NULL)
            read_output(child);
    } else if (child->events != NULL) {
        child->has_output_ended = true;
        linger(child, LINGER_MS);
        tell_end(child);
    }
    unref_child(child);
}

/* A little below the default, so that timers and other pipes get their turn. */
static void
read_output(RpChild *child)
{
    g_input_stream_read_async(g_subprocess_get_stdout_pipe(child->process),
                              child->chunk, CHUNK, G_PRIORITY_DEFAULT + 10,
                              child->cancellable, on_output_read,
                              g_rc_box_acquire(child));
}

static void read_errors(RpChild *child);

static void
on_errors_read(GObject *source, GAsyncResult *result, gpointer data)
{
    RpChild *child = data;
    gssize n = g_input_stream_read_finish(G_INPUT_STREAM(source), result, NULL);

    if (child->events != NULL && n > 0) {
        g_string_append_len(child->words, child->error_chunk, n);
        if (child->words->len > MAX_WORDS)
            g_string_erase(child->words, 0, (gssize)(child->words->len - MAX_WORDS));
        read_errors(child);
    } else if (child->events != NULL) {
        child->has_errors_ended = true;
        tell_end(child);
    }
    unref_child(child);
}

static void
read_errors(RpChild *child)
{
    g_input_stream_read_async(g_subprocess_get_stderr_pipe(child->process),
                              child->error_chunk, MAX_WORDS, G_PRIORITY_DEFAULT,
                              child->cancellable, on_errors_read,
                              g_rc_box_acquire(child));
}

static void write_next(RpChild *child);

/* A stream can't be closed while it is written to: then on_written does it. */
static void
end_input(RpChild *child)
{
    GOutputStream *input = g_steal_pointer(&child->input);

    g_cancellable_cancel(child->writing);
    if (input != NULL && !child->is_writing)
        g_output_stream_close(input, NULL, NULL);
}

static void
on_written(GObject *source, GAsyncResult *result, gpointer data)
{
    RpChild *child = data;
    bool is_ok =
        g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, NULL);

    child->is_writing = false;
    wipe_array(g_queue_pop_head(&child->unwritten));
    if (child->input == NULL || !is_ok) {
        child->input = NULL;
        g_output_stream_close(G_OUTPUT_STREAM(source), NULL, NULL);
    }
    if (child->events != NULL && child->input != NULL) {
        write_next(child);
        if (!child->is_writing && child->events->on_drained != NULL)
            child->events->on_drained(child, child->data);
    }
    unref_child(child);
}

static void
write_next(RpChild *child)
{
    const GByteArray *bytes = g_queue_peek_head(&child->unwritten);

    if (child->is_writing || bytes == NULL || child->input == NULL)
        return;
    child->is_writing = true;
    g_output_stream_write_all_async(child->input, bytes->data, bytes->len,
                                    G_PRIORITY_DEFAULT, child->writing, on_written,
                                    g_rc_box_acquire(child));
}

void
rp_child_write(RpChild *child, GByteArray *bytes)
{
    if (child->input == NULL) {
        wipe_array(bytes);
        return;
    }
    g_queue_push_tail(&child->unwritten, bytes);
    write_next(child);
}

/* A blocking pipe that can take one byte would block on many. */
static bool
set_up_input(RpChild *child, GError **error)
{
    int fd;

    child->input = g_subprocess_get_stdin_pipe(child->process);
    fd = g_unix_output_stream_get_fd(G_UNIX_OUTPUT_STREAM(child->input));
    return g_unix_set_fd_nonblocking(fd, TRUE, error);
}

/* A Ctrl-C on our terminal is for us, who then end it in order. */
static void
leave_group(gpointer data G_GNUC_UNUSED)
{
    setpgid(0, 0);
}

RpChild *
rp_child_new(const char *path, char **envp, const RpChildEvents *events, gpointer data,
             GError **error)
{
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
        G_SUBPROCESS_FLAGS_STDERR_PIPE);
    const char *const argv[] = {path, NULL};
    RpChild *child;
    GSubprocess *process;

    g_subprocess_launcher_set_child_setup(launcher, leave_group, NULL, NULL);
    if (envp != NULL)
        g_subprocess_launcher_set_environ(launcher, envp);
    process = g_subprocess_launcher_spawnv(launcher, argv, error);
    if (process == NULL)
        return NULL;

    child = g_rc_box_new0(RpChild);
    child->process = process;
    child->events = events;
    child->data = data;
    child->cancellable = g_cancellable_new();
    child->writing = g_cancellable_new();
    child->words = g_string_new(NULL);
    child->chunk = g_malloc(CHUNK);
    child->error_chunk = g_malloc(MAX_WORDS);
    if (!set_up_input(child, error)) {
        rp_child_free(child);
        return NULL;
    }
    read_output(child);
    read_errors(child);
    g_subprocess_wait_async(process, NULL, on_gone, g_rc_box_acquire(child));
    return child;
}

void
rp_child_stop(RpChild *child, guint grace_ms)
{
    end_input(child);
    if (!child->has_told)
        linger(child, grace_ms);
}

void
rp_child_kill(RpChild *child)
{
    g_subprocess_force_exit(child->process);
}

void
rp_child_free(RpChild *child)
{
    if (child == NULL)
        return;
    child->events = NULL;
    g_clear_handle_id(&child->linger_timer, g_source_remove);
    g_cancellable_cancel(child->writing);
    g_cancellable_cancel(child->cancellable);
    rp_child_kill(child);
    unref_child(child);
}

char *
rp_child_last_words(const RpChild *child)
{
    g_autofree char *text =
        g_utf8_make_valid(child->words->str, (gssize)child->words->len);
    char *line;

    g_strchomp(text);
    line = strrchr(text, '\n');
    line = line == NULL ? text : line + 1;
    for (char *at = line; *at != '\0'; at++)
        if (g_ascii_iscntrl(*at))
            *at = ' ';
    return g_strdup(g_strstrip(line));
}
