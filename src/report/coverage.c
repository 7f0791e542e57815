/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coverage.c - what a report rests on, and where it has no eyes */
#include "report/report.h"

#include <string.h>

const char *
rp_report_gap_name(RpGapKind kind)
{
    static const char *const names[] = {
        [RP_GAP_NEVER_READ] = "never_read", [RP_GAP_INCOMPLETE] = "incomplete",
        [RP_GAP_STALE] = "stale",           [RP_GAP_NO_SENT] = "no_sent",
        [RP_GAP_PROBLEM] = "problem",
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
cover_messages(const RpDerivation *derivation, RpCoverage *coverage)
{
    coverage->n_messages = derivation->messages->len;
    coverage->n_clock_anomalies = derivation->n_clock_anomalies;
    for (guint i = 0; i < derivation->messages->len; i++) {
        const RpMessage *message = &g_array_index(derivation->messages, RpMessage, i);

        coverage->n_kinds[message->kind]++;
        coverage->n_guessed_times += message->source == RP_TIME_GUESS ? 1 : 0;
    }
}

static void
cover_folder(const RpFolderRow *row, int64_t until_at, RpCoverage *coverage)
{
    coverage->n_folders++;
    coverage->n_unreadable += row->n_unreadable;
    if (row->last_sync_at == RP_NEVER)
        add_gap(coverage, RP_GAP_NEVER_READ, row->account, row->name);
    else if (!row->is_complete)
        add_gap(coverage, RP_GAP_INCOMPLETE, row->account, row->name);
    else if (row->last_sync_at < until_at)
        add_gap(coverage, RP_GAP_STALE, row->account, row->name);
    if (coverage->n_folders == 1 || row->last_sync_at == RP_NEVER ||
        (coverage->read_at != RP_NEVER && row->last_sync_at < coverage->read_at))
        coverage->read_at = row->last_sync_at;
}

/* Folders come by account; returns where the next account's begin. */
static guint
cover_account(const GPtrArray *folders, guint first, int64_t until_at,
              RpCoverage *coverage)
{
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
        cover_folder(row, until_at, coverage);
    }
    coverage->n_accounts++;
    if (!has_sent)
        add_gap(coverage, RP_GAP_NO_SENT, account, "");
    return i;
}

static bool
has_folders(const GPtrArray *folders, const char *account)
{
    for (guint i = 0; folders != NULL && i < folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(folders, i);

        if (strcmp(row->account, account) == 0)
            return true;
    }
    return false;
}

/* Accounts that are configured and were never listed. */
static void
cover_unknown(const RpView *view, RpCoverage *coverage)
{
    for (guint i = 0; i < view->config->accounts->len; i++) {
        const RpAccountConfig *account = g_ptr_array_index(view->config->accounts, i);

        if (!has_folders(view->folders, account->name))
            add_gap(coverage, RP_GAP_NEVER_READ, account->name, "");
    }
}

void
rp_report_cover(const RpView *view, int64_t until_at, RpCoverage *coverage)
{
    guint n_folders = view->folders != NULL ? view->folders->len : 0;
    guint n_problems = view->problems != NULL ? view->problems->len : 0;

    *coverage = (RpCoverage){.read_at = RP_NEVER};
    coverage->gaps = g_array_new(FALSE, FALSE, sizeof(RpGap));
    cover_messages(view->derivation, coverage);
    for (guint i = 0; i < n_folders;)
        i = cover_account(view->folders, i, MIN(until_at, view->as_of_at), coverage);
    cover_unknown(view, coverage);
    for (guint i = 0; i < n_problems; i++) {
        const RpProblemRow *row = g_ptr_array_index(view->problems, i);

        if (row->code != RP_PROBLEM_UNREADABLE)
            add_gap(coverage, RP_GAP_PROBLEM, row->account, row->folder);
    }
}
