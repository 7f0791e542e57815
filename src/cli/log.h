/* SPDX-License-Identifier: GPL-3.0-or-later */
/* log.h - what log, favour and undo share: events on the command line (C1) */
#pragma once

#include "cli/command.h"

/* Whom an event is with, as the command line says: an address or number, met in mail or
 * not, or any part of a name. Sets person_key or number of the event, and *person to
 * their index in the view, or RP_NONE if nothing is known of them. Fails with NOT_FOUND
 * (nobody) or USAGE (several, listed). */
bool rp_cli_event_person(RpCli *cli, const char *text, RpContactEvent *event,
                         uint32_t *person, GError **error);

/* A whole event but for kind, way, outcome and detail: of --at (a time past, default
 * now) and --note. Fails with USAGE. */
RpContactEvent *rp_cli_event_new(RpCli *cli, const char *whom, uint32_t *person,
                                 GError **error);

/* Keeps it and tells the daemon. */
bool rp_cli_event_keep(RpCli *cli, RpContactEvent *event, GError **error);

/* "Ada L.: they called, you missed it", cleaned; the caller's. */
char *rp_cli_event_text(const RpView *view, const RpContactEvent *event);

/* {"schema": SCHEMA, "entry": 3, "event": {...}} */
void rp_cli_event_print_json(RpCli *cli, const char *schema,
                             const RpContactEvent *event);

/* The event written down last that stands, of any follow-up (NULL), or that opened or
 * closed this one; NULL if there is none. Foreign. */
const RpContactEvent *rp_cli_event_last(const RpView *view, const RpFollowup *followup);

/* Takes it back and says so. */
bool rp_cli_event_undo(RpCli *cli, const RpContactEvent *event, GError **error);

/* Prints what was logged, with one person or anybody (RP_NONE): is_favour or all else.
 */
void rp_cli_event_list(RpCli *cli, uint32_t person, bool is_favour);
