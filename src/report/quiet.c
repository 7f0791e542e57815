/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quiet.c - with whom mail went both ways, and then no more */
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
count_messages(const RpView *view, RpReportQuiet *rows)
{
    const GArray *messages = view->derivation->messages;

    for (guint i = 0; i < messages->len; i++) {
        const RpMessage *message = &g_array_index(messages, RpMessage, i);

        if (message->kind != RP_KIND_PERSONAL)
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

GArray *
rp_report_quiet(const RpView *view, const RpScope *scope)
{
    uint32_t n = view->corpus->persons->len;
    g_autofree RpReportQuiet *rows = g_new0(RpReportQuiet, n + 1);
    GArray *quiet = g_array_new(FALSE, FALSE, sizeof(RpReportQuiet));

    count_messages(view, rows);
    for (uint32_t i = 0; i < n; i++) {
        rows[i].person = i;
        rows[i].silent_s =
            view->as_of_at - MAX(rows[i].last_in_at, rows[i].last_out_at);
        if (rp_scope_has_person(scope, i) && is_quiet(view, &rows[i]))
            g_array_append_val(quiet, rows[i]);
    }
    g_array_sort_with_data(quiet, compare_quiet, view->corpus);
    if (quiet->len > QUIET_MAX)
        g_array_set_size(quiet, QUIET_MAX);
    return quiet;
}
