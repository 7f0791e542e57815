/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.h - how far each account has come, on standard error
 *
 * On a terminal one line an account, redrawn in place; else a line for whatever
 * was finished. Instants are of the monotonic clock, in microseconds (_us).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    const char *account, *folder; /* foreign; cleaned */
    uint64_t n_done, n_total;     /* messages of this folder */
    int64_t elapsed_us;           /* since its first message */
} RpProgressState;

/* "work  INBOX  [######......]  1,200/2,400  300/s  0:04 left", width columns wide at
 * the most; the caller's. Pure. */
char *rp_progress_line(const RpProgressState *state, int width);

typedef struct RpProgressView RpProgressView;

RpProgressView *rp_progress_new(bool is_terminal, int width);
/* Takes the lines away again. */
void rp_progress_free(RpProgressView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpProgressView, rp_progress_free)

/* Adds an account; its row's number. */
guint rp_progress_add(RpProgressView *view, const char *account);

/* Where the account is now. Texts are copied. */
void rp_progress_set(RpProgressView *view, guint index, const char *folder,
                     uint64_t n_done, uint64_t n_total, int64_t now_us);
/* The account is through: its row goes. */
void rp_progress_end(RpProgressView *view, guint index);

/* A line of its own, above the rows: "riposte: " and the text. */
void rp_progress_say(RpProgressView *view, const char *format, ...) G_GNUC_PRINTF(2, 3);
