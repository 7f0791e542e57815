/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-sync.h - one round of several accounts, side by side, on the main loop */
#pragma once

#include "cli/command.h"

/* How one account ended. */
typedef struct {
    char *account;       /* own */
    char *message;       /* own; NULL if all went well */
    bool is_later;       /* it failed for a reason that passes: network, busy */
    uint64_t n_messages; /* copies read */
    uint32_t n_unreadable;
    uint32_t n_folders; /* told of, and read */
} RpSyncOutcome;
void rp_sync_outcome_free(RpSyncOutcome *outcome);

typedef struct {
    GPtrArray *outcomes; /* own, of RpSyncOutcome, in the order of accounts */
    bool is_interrupted; /* SIGINT or SIGTERM */
} RpSyncResult;
void rp_sync_result_free(RpSyncResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpSyncResult, rp_sync_result_free)

/* Reads accounts (of const RpAccountConfig *) into the store; returns when all have
 * ended. Messages delivered before since_at may be left to a later round (RP_NEVER:
 * none). The first SIGINT or SIGTERM stops them cleanly, the second at once. */
RpSyncResult *rp_cli_run_sync(RpCli *cli, const GPtrArray *accounts, int64_t since_at);

/* What a login told besides. */
typedef struct {
    int problem_code;            /* RpProblemCode; -1 if the server was not to blame */
    int64_t certificate_ends_at; /* RP_NEVER if there was none */
} RpLogin;

/* Logs in and lists the folders: of RpFolderInfo *. Fails with the account's problem
 * (FAILED, or LATER for the network). config may be one that is not yet written; login
 * may be NULL. */
GPtrArray *rp_cli_list_folders(const RpConfig *config, const RpAccountConfig *account,
                               RpLogin *login, GError **error);
