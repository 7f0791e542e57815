/* SPDX-License-Identifier: GPL-3.0-or-later */
/* child.h - a helper process: bytes in, bytes out, its end
 *
 * Never blocks, however slow either side is. Callbacks come from the default
 * main context, none after rp_child_free. SIGPIPE must be ignored.
 */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct RpChild RpChild;

/* Any may be NULL; each may free the child. */
typedef struct {
    /* Bytes of its standard output. More are read when the call has returned, so
     * a slow receiver slows the child down and nothing piles up. */
    void (*on_output)(RpChild *child, const uint8_t *bytes, size_t n, gpointer data);
    /* It has taken all that was written. */
    void (*on_drained)(RpChild *child, gpointer data);
    /* It is gone and its output was read to the end. failure is NULL if it ended
     * with status 0, else for people: "was killed by signal 9 (Killed)". */
    void (*on_end)(RpChild *child, const char *failure, gpointer data);
} RpChildEvents;

/* Runs the program at path with environment envp (NULL: ours). Fails if it cannot
 * be started; the error is GIO's. */
RpChild *rp_child_new(const char *path, char **envp, const RpChildEvents *events,
                      gpointer data, GError **error);
void rp_child_free(RpChild *child); /* kills it if it still runs */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpChild, rp_child_free)

/* Hands bytes to its standard input, in order; takes the array over and overwrites
 * it once written. What a dead child leaves unread is dropped. */
void rp_child_write(RpChild *child, GByteArray *bytes);

/* Ends its standard input at once, unwritten bytes are dropped, and gives it
 * grace_ms to end by itself before it is killed. */
void rp_child_stop(RpChild *child, guint grace_ms);
void rp_child_kill(RpChild *child);

/* The last line it wrote to standard error, cleaned; "" if none. */
char *rp_child_last_words(const RpChild *child);
