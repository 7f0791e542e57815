/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coverage.c - what a report rests on, and where it has no eyes */
#include "report/report.h"

#include <string.h>

const char *
rp_report_gap_name(RpGapKind kind)
{
    static const char *const names[] = {
        [RP_GAP_NEVER_READ] = "never_read", [RP_GAP_INCOMPLETE] = "incomplete",
        [RP_GAP_STALE] = "stale",           [RP_GAP_STALE_NOW] = "stale",
        [RP_GAP_NO_SENT] = "no_sent",       [RP_GAP_PROBLEM] = "problem",
    };

    return names[kind];
}

static void
add_gap(RpCoverage *coverage, RpGapKind kind, const char *account, const char *folder)
{
    RpGap gap = {kind, account, folder};

    g_array_append_val(coverage->gaps, gap);
}

static void
cover_messages(const RpView *view, const RpScope *scope, RpCoverage *coverage)
{
    const GArray *messages = view->derivation->messages;

    for (guint i = 0; i < messages->len; i++) {
        const RpMessage *message = &g_array_index(messages, RpMessage, i);

        if (!rp_scope_has_message(scope, view, i))
            continue;
        coverage->n_messages++;
        coverage->n_kinds[message->kind]++;
        coverage->n_guessed_times += message->source == RP_TIME_GUESS;
        coverage->n_clock_anomalies += message->effective_at != message->own_at;
    }
}

/* What must have been read: up to the window's end or, while it runs, a day ago at the
 * latest. */
static bool
is_stale(const RpFolderRow *row, int64_t until_at, int64_t as_of_at)
{
    return row->last_sync_at < (until_at <= as_of_at ? until_at : as_of_at - RP_DAY_S);
}

static void
cover_folder(const RpFolderRow *row, int64_t until_at, int64_t as_of_at,
             RpCoverage *coverage)
{
    coverage->n_folders++;
    coverage->n_unreadable += row->n_unreadable;
    if (row->last_sync_at == RP_NEVER)
        add_gap(coverage, RP_GAP_NEVER_READ, row->account, row->name);
    else if (!row->is_complete)
        add_gap(coverage, RP_GAP_INCOMPLETE, row->account, row->name);
    else if (is_stale(row, until_at, as_of_at))
        add_gap(coverage, until_at <= as_of_at ? RP_GAP_STALE : RP_GAP_STALE_NOW,
                row->account, row->name);
    if (coverage->n_folders == 1 || row->last_sync_at == RP_NEVER ||
        (coverage->read_at != RP_NEVER && row->last_sync_at < coverage->read_at))
        coverage->read_at = row->last_sync_at;
}

/* Folders come by account; returns where the next account's begin. */
static guint
cover_account(guint first, int64_t until_at, int64_t as_of_at, RpCoverage *coverage)
{
    const GPtrArray *folders = coverage->folders;
    const char *account =
        ((const RpFolderRow *)g_ptr_array_index(folders, first))->account;
    bool has_sent = false;
    guint i = first;

    for (; i < folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(folders, i);

        if (strcmp(row->account, account) != 0)
            break;
        if (!row->is_read)
            continue;
        has_sent |= row->role == RP_ROLE_SENT || row->role == RP_ROLE_ALL;
        cover_folder(row, until_at, as_of_at, coverage);
    }
    coverage->n_accounts++;
    if (!has_sent)
        add_gap(coverage, RP_GAP_NO_SENT, account, "");
    return i;
}

static bool
has_folders(const GPtrArray *folders, const char *account)
{
    for (guint i = 0; i < folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(folders, i);

        if (strcmp(row->account, account) == 0)
            return true;
    }
    return false;
}

/* Accounts that are configured and were never listed. */
static void
cover_unknown(const RpView *view, const RpScope *scope, RpCoverage *coverage)
{
    for (guint i = 0; i < view->config->accounts->len; i++) {
        const RpAccountConfig *account = g_ptr_array_index(view->config->accounts, i);

        if (!rp_scope_has_account(scope, account->name) ||
            has_folders(coverage->folders, account->name))
            continue;
        add_gap(coverage, RP_GAP_NEVER_READ, account->name, "");
        coverage->read_at = RP_NEVER;
    }
}

static void
collect_rows(const RpView *view, const RpScope *scope, RpCoverage *coverage)
{
    for (guint i = 0; view->folders != NULL && i < view->folders->len; i++) {
        RpFolderRow *row = g_ptr_array_index(view->folders, i);

        if (rp_scope_has_account(scope, row->account))
            g_ptr_array_add(coverage->folders, row);
    }
    for (guint i = 0; view->problems != NULL && i < view->problems->len; i++) {
        RpProblemRow *row = g_ptr_array_index(view->problems, i);

        if (rp_scope_has_account(scope, row->account))
            g_ptr_array_add(coverage->problems, row);
    }
}

void
rp_report_cover(const RpView *view, const RpScope *scope, RpCoverage *coverage)
{
    *coverage = (RpCoverage){.read_at = RP_NEVER};
    coverage->gaps = g_array_new(FALSE, FALSE, sizeof(RpGap));
    coverage->folders = g_ptr_array_new();
    coverage->problems = g_ptr_array_new();
    collect_rows(view, scope, coverage);
    cover_messages(view, scope, coverage);
    for (guint i = 0; i < coverage->folders->len;)
        i = cover_account(i, scope->period.until_at, view->as_of_at, coverage);
    cover_unknown(view, scope, coverage);
    for (guint i = 0; i < coverage->problems->len; i++) {
        const RpProblemRow *row = g_ptr_array_index(coverage->problems, i);

        if (row->code != RP_PROBLEM_UNREADABLE)
            add_gap(coverage, RP_GAP_PROBLEM, row->account, row->folder);
    }
}

void
rp_report_coverage_clear(RpCoverage *coverage)
{
    g_clear_pointer(&coverage->gaps, g_array_unref);
    g_clear_pointer(&coverage->folders, g_ptr_array_unref);
    g_clear_pointer(&coverage->problems, g_ptr_array_unref);
}
