/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.c - rows that are redrawn in place, or plain lines */
#include "cli/progress.h"

#include <glib/gi18n.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "report/text.h"

enum {
    NAME_COLUMNS = 10, /* so that there is a bar in the usual 80 columns */
    FOLDER_COLUMNS = 14,
    FIGURE_COLUMNS = 38, /* counts, rate, time left */
    MIN_BAR = 4,
    MAX_BAR = 30,
    REDRAW_US = 100 * 1000,
};

typedef struct {
    char *account, *folder; /* own; cleaned; folder "" before the first */
    uint64_t n_done, n_total;
    int64_t start_us, now_us;
    bool is_ended;
} Row;

struct RpProgressView {
    GPtrArray *rows; /* own, of Row * */
    bool is_terminal;
    int width;
    int n_drawn; /* lines that stand on the terminal */
    int64_t drawn_us;
};

/* "12,345,678", or as the language parts thousands; the caller's. */
static char *
group_digits(uint64_t number)
{
    g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, number);
    g_autoptr(GString) out = g_string_new(NULL);
    size_t n = strlen(digits);

    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            g_string_append(out, C_("between thousands", ","));
        g_string_append_c(out, digits[i]);
    }
    return g_strdup(out->str);
}

/* "1,200/2,400  300/s  0:04 left"; the rate once it means something. */
static char *
format_figures(const RpProgressState *state)
{
    g_autofree char *done = group_digits(state->n_done);
    g_autofree char *total = group_digits(state->n_total);
    double seconds = (double)state->elapsed_us / G_USEC_PER_SEC;
    double rate = seconds >= 0.5 ? (double)state->n_done / seconds : 0;
    g_autofree char *per_second = group_digits((uint64_t)rate);
    uint64_t left_s;

    if (rate < 1 || state->n_done >= state->n_total)
        return g_strdup_printf("%s/%s", done, total);
    left_s = (uint64_t)((double)(state->n_total - state->n_done) / rate + 0.5);
    return g_strdup_printf(_("%s/%s  %s/s  %u:%02u left"), done, total, per_second,
                           (unsigned)(left_s / 60), (unsigned)(left_s % 60));
}

static char *
format_bar(const RpProgressState *state, int columns)
{
    int n_full = state->n_total > 0 ? (int)((double)MIN(state->n_done, state->n_total) /
                                            (double)state->n_total * columns)
                                    : 0;
    g_autoptr(GString) bar = g_string_new("[");

    for (int i = 0; i < columns; i++)
        g_string_append_c(bar, i < n_full ? '#' : '.');
    g_string_append_c(bar, ']');
    return g_strdup(bar->str);
}

char *
rp_progress_line(const RpProgressState *state, int width)
{
    g_autofree char *account = rp_text_pad(state->account, NAME_COLUMNS);
    g_autofree char *folder = rp_text_pad(state->folder, FOLDER_COLUMNS);
    g_autofree char *figures = format_figures(state);
    int room = width - NAME_COLUMNS - FOLDER_COLUMNS - FIGURE_COLUMNS - 5;
    g_autofree char *bar =
        room >= MIN_BAR ? format_bar(state, MIN(room, MAX_BAR)) : g_strdup("");
    g_autofree char *line = NULL;

    if (*state->folder == '\0')
        line = g_strdup_printf(_("%s connecting"), account);
    else
        line = g_strdup_printf("%s %s %s%s%s", account, folder, bar,
                               *bar != '\0' ? " " : "", figures);
    /* Cutting takes runs of spaces away too: only what is too wide is cut. */
    return rp_text_width(line) > width ? rp_text_clean(line, width)
                                       : g_steal_pointer(&line);
}

static void
row_free(Row *row)
{
    g_free(row->account);
    g_free(row->folder);
    g_free(row);
}

RpProgressView *
rp_progress_new(bool is_terminal, int width)
{
    RpProgressView *view = g_new0(RpProgressView, 1);

    view->rows = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
    view->is_terminal = is_terminal;
    view->width = width;
    return view;
}

/* Takes the drawn lines away; the cursor stands where the first of them was. */
static void
wipe(RpProgressView *view)
{
    if (view->n_drawn > 0)
        fprintf(stderr, "\033[%dF\033[J", view->n_drawn);
    view->n_drawn = 0;
}

static void
draw(RpProgressView *view)
{
    if (!view->is_terminal)
        return;
    wipe(view);
    for (guint i = 0; i < view->rows->len; i++) {
        const Row *row = g_ptr_array_index(view->rows, i);
        RpProgressState state = {row->account, row->folder, row->n_done, row->n_total,
                                 row->now_us - row->start_us};
        g_autofree char *line = NULL;

        if (row->is_ended)
            continue;
        line = rp_progress_line(&state, view->width - 1);
        fprintf(stderr, "%s\n", line);
        view->n_drawn++;
    }
    fflush(stderr);
}

void
rp_progress_free(RpProgressView *view)
{
    if (view == NULL)
        return;
    wipe(view);
    fflush(stderr);
    g_ptr_array_unref(view->rows);
    g_free(view);
}

guint
rp_progress_add(RpProgressView *view, const char *account)
{
    Row *row = g_new0(Row, 1);

    row->account = rp_text_clean(account, 0);
    row->folder = g_strdup("");
    g_ptr_array_add(view->rows, row);
    if (view->is_terminal)
        draw(view);
    else
        rp_progress_say(view, _("%s: begins"), row->account);
    return view->rows->len - 1;
}

static void
say_folder_done(RpProgressView *view, const Row *row)
{
    g_autofree char *count = group_digits(row->n_total);

    if (!view->is_terminal)
        rp_progress_say(
            view,
            ngettext("%s: %s: %s message", "%s: %s: %s messages", (gulong)row->n_total),
            row->account, row->folder, count);
}

void
rp_progress_set(RpProgressView *view, guint index, const char *folder, uint64_t n_done,
                uint64_t n_total, int64_t now_us)
{
    Row *row = g_ptr_array_index(view->rows, index);
    g_autofree char *clean = rp_text_clean(folder, 0);
    bool is_new = strcmp(row->folder, clean) != 0 || n_done < row->n_done;

    if (is_new) {
        g_free(row->folder);
        row->folder = g_steal_pointer(&clean);
        row->start_us = now_us;
    }
    row->n_done = n_done;
    row->n_total = n_total;
    row->now_us = now_us;
    if (n_total > 0 && n_done >= n_total)
        say_folder_done(view, row);
    if (is_new || n_done >= n_total || now_us - view->drawn_us >= REDRAW_US) {
        view->drawn_us = now_us;
        draw(view);
    }
}

void
rp_progress_end(RpProgressView *view, guint index)
{
    Row *row = g_ptr_array_index(view->rows, index);

    row->is_ended = true;
    draw(view);
}

void
rp_progress_say(RpProgressView *view, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    wipe(view);
    rp_cli_warn("%s", text);
    draw(view);
}
