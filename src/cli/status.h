/* SPDX-License-Identifier: GPL-3.0-or-later */
/* status.h - what both forms of riposte status tell */
#pragma once

#include "cli/command.h"
#include "cli/live.h"

typedef struct {
    const RpView *view; /* foreign */
    RpLive live;        /* own */
} RpStatus;

/* By RpSourceType, as the configuration has it. */
extern const char *const RP_STATUS_TYPES[];

/* Bytes of the database and of what SQLite keeps beside it. */
int64_t rp_status_database_bytes(const RpCli *cli);

/* My addresses that nobody configured, of const char *: foreign. */
GPtrArray *rp_status_learned(const RpView *view);

bool rp_status_is_of(const RpFolderRow *row, const RpAccountConfig *account);

/* A folder's role for people, as wide as the widest of them; the caller's. */
char *rp_cli_role_text(RpRole role);

/* Of status-json.c. */
void rp_status_print_json(RpCli *cli, const RpStatus *status);
