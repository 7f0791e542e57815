/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decide.h - what done, dismiss, snooze and undo share (R10) */
#pragma once

#include "cli/command.h"

/* What the user has decided about a follow-up, or its conversation. Foreign texts. */
typedef struct {
    RpDecisionKind kind;
    int64_t at;         /* as RpDecision has it */
    const char *detail; /* channel or reason; "" for snooze */
    const char *note;   /* or NULL */
} RpVerdict;

/* The command line's word for the follow-up: its id or number. Keeps the decision,
 * prints what happened and how to undo it. Fails with FAILED if the follow-up is
 * closed already, NOT_FOUND or USAGE as rp_cli_find_followup(). */
RpExit rp_cli_decide(RpCli *cli, const char *word, const RpVerdict *verdict,
                     GError **error);

/* "Ada L., \"Lunch?\"", cleaned; the caller's. */
char *rp_cli_describe(const RpView *view, const RpFollowup *followup);

/* "Mon 16 Mar 2026 10:00" in rp_cli_zone(); the caller's. */
char *rp_cli_format_time(const RpCli *cli, int64_t at);

/* The detail of a decision of that kind for people: a channel or reason in their
 * language. Foreign. */
const char *rp_cli_detail_text(RpDecisionKind kind, const char *detail);

/* Prints {"schema": SCHEMA, "followup": {...}} as it is after the decision. */
RpExit rp_cli_print_decided(RpCli *cli, const char *schema, const char *id,
                            GError **error);
