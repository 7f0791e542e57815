/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal.h - the main events, for people and for systemd's journal
 *
 * Where standard error is the journal, each has the fields MESSAGE_ID, PRIORITY and,
 * if it is about an account, RIPOSTE_ACCOUNT; riposted(8) has the numbers. Whatever is
 * quoted, a server's words or a program's: no address gets into the log.
 */
#pragma once

#include <glib.h>

typedef enum {
    RP_EVENT_READY,   /* riposted has begun */
    RP_EVENT_END,     /* and ends in order */
    RP_EVENT_CONFIG,  /* a configuration was taken */
    RP_EVENT_MISTAKE, /* one can't be taken */
    RP_EVENT_READ,    /* an account that had failed is well again */
    RP_EVENT_FAILED,  /* an account will be tried again */
    RP_EVENT_HALTED,  /* an account waits for a person */
    RP_EVENT_WAKE,    /* the machine has slept */
    RP_N_JOURNAL_EVENTS
} RpJournalEvent;

/* account may be NULL. */
void rp_journal(RpJournalEvent event, const char *account, const char *text);

/* text with "<address>" for each; the caller's. */
char *rp_journal_hide(const char *text);
