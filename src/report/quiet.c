/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quiet.c - with whom to be in touch again: by cadence, or as mail went both ways and
 * then no more */
#include "report/report.h"
#include "view/marks.h"

enum { QUIET_MAX = 30, EACH_WAY = 3 };
#define QUIET_FROM_S (90 * (int64_t)RP_DAY_S)
#define QUIET_UNTIL_S (730 * (int64_t)RP_DAY_S)

static uint32_t
person_of(const RpView *view, uint32_t address)
{
    return g_array_index(view->corpus->addresses, RpAddress, address).person;
}

static void
count_out(const RpView *view, const RpMessage *message, RpReportQuiet *rows)
{
    RpSlice to = rp_message_copy(view->derivation, message)->to;

    for (uint32_t i = 0; i < to.n; i++) {
        uint32_t address = g_array_index(view->corpus->pool, uint32_t, to.first + i);
        RpReportQuiet *row = &rows[person_of(view, address)];

        row->n_out++;
        row->address = address;
        row->last_out_at = message->effective_at;
    }
}

static void
count_in(const RpView *view, const RpMessage *message, RpReportQuiet *rows)
{
    RpReportQuiet *row = &rows[person_of(view, message->sender)];

    row->n_in++;
    row->address = message->sender;
    row->last_in_at = message->effective_at;
}

/* Messages come by their effective time: the last one counted is the latest. */
static void
count_messages(const RpView *view, const RpScope *scope, RpReportQuiet *rows)
{
    const GArray *messages = view->derivation->messages;

    for (guint i = 0; i < messages->len; i++) {
        const RpMessage *message = &g_array_index(messages, RpMessage, i);

        if (message->kind != RP_KIND_PERSONAL || !rp_scope_has_message(scope, view, i))
            continue;
        if (message->is_mine)
            count_out(view, message, rows);
        else if (message->sender != RP_NONE)
            count_in(view, message, rows);
    }
}

static bool
is_quiet(const RpView *view, const RpReportQuiet *row)
{
    const RpDerivation *derivation = view->derivation;

    return row->n_in >= EACH_WAY && row->n_out >= EACH_WAY &&
           row->silent_s > QUIET_FROM_S && row->silent_s <= QUIET_UNTIL_S &&
           !derivation->is_me[row->address] && !derivation->is_machine[row->address] &&
           !rp_is_list(derivation, row->address, RP_NONE) &&
           rp_view_ignoring(view, row->person) == NULL;
}

/* Who wrote most with me: of the two ways, the lesser counts. */
static int
compare_quiet(gconstpointer a, gconstpointer b, gpointer data)
{
    const RpReportQuiet *left = a, *right = b;
    const RpPerson *persons =
        &g_array_index(((const RpCorpus *)data)->persons, RpPerson, 0);
    uint32_t n_left = MIN(left->n_in, left->n_out);
    uint32_t n_right = MIN(right->n_in, right->n_out);

    if (n_left != n_right)
        return n_left > n_right ? -1 : 1;
    return persons[left->person].id < persons[right->person].id ? -1 : 1;
}

/* Is the person of the scope; of an account's, if any mail of theirs is in it. */
static bool
is_of_scope(const RpScope *scope, const RpReportQuiet *row)
{
    return rp_scope_has_person(scope, row->person) &&
           (scope->account == NULL || row->n_in + row->n_out > 0);
}

/* K3; whoever has a cadence is quiet by it alone. */
static void
add_keeps(const RpView *view, const RpScope *scope, RpReportQuiet *rows, GArray *quiet)
{
    g_autoptr(GArray) due = rp_view_keep_due(view);
    g_autoptr(GArray) all = rp_view_keep(view);

    for (guint i = 0; i < all->len; i++) {
        const RpKeep *keep = &g_array_index(all, RpKeep, i);

        rows[keep->person].keep = *keep;
    }
    for (guint i = 0; i < due->len; i++) {
        const RpKeep *keep = &g_array_index(due, RpKeep, i);
        RpReportQuiet *row = &rows[keep->person];

        if (!is_of_scope(scope, row))
            continue;
        if (row->n_in + row->n_out == 0)
            row->address = rp_view_person_address(view, row->person);
        row->silent_s = keep->last_at != RP_NEVER ? view->as_of_at - keep->last_at : -1;
        g_array_append_val(quiet, *row);
    }
}

static void
add_silent(const RpView *view, const RpScope *scope, const RpReportQuiet *rows,
           GArray *quiet)
{
    g_autoptr(GArray) silent = g_array_new(FALSE, FALSE, sizeof(RpReportQuiet));

    for (uint32_t i = 0; i < view->corpus->persons->len; i++)
        if (rows[i].keep.cadence == NULL && is_of_scope(scope, &rows[i]) &&
            is_quiet(view, &rows[i]))
            g_array_append_val(silent, rows[i]);
    g_array_sort_with_data(silent, compare_quiet, view->corpus);
    g_array_append_vals(quiet, silent->data, MIN(silent->len, QUIET_MAX));
}

GArray *
rp_report_quiet(const RpView *view, const RpScope *scope)
{
    uint32_t n = view->corpus->persons->len;
    g_autofree RpReportQuiet *rows = g_new0(RpReportQuiet, n + 1);
    GArray *quiet = g_array_new(FALSE, FALSE, sizeof(RpReportQuiet));

    count_messages(view, scope, rows);
    for (uint32_t i = 0; i < n; i++) {
        RpReportQuiet *row = &rows[i];

        row->person = i;
        row->silent_s = view->as_of_at - MAX(row->last_in_at, row->last_out_at);
        row->last_in_at = row->n_in > 0 ? row->last_in_at : RP_NEVER;
        row->last_out_at = row->n_out > 0 ? row->last_out_at : RP_NEVER;
    }
    add_keeps(view, scope, rows, quiet);
    add_silent(view, scope, rows, quiet);
    return quiet;
}

guint
rp_report_n_keep(const GArray *quiet)
{
    guint n = 0;

    while (n < quiet->len &&
           g_array_index(quiet, RpReportQuiet, n).keep.cadence != NULL)
        n++;
    return n;
}
