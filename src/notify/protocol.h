/* SPDX-License-Identifier: GPL-3.0-or-later */
/* protocol.h - lines between riposted and riposte-notify
 *
 * JSON, one object a line, UTF-8. Downwards: {"show": KEY, "summary": ..., "body":
 * ..., "actions": true} (KEY names the notice; one already up is replaced in place),
 * {"close": KEY}. Upwards: {"state": "ready"|"absent", "server": NAME} whenever the
 * notification daemon appears, changes or goes (nothing is up any more then),
 * {"shown": KEY}, {"failed": KEY, "why": ...}, {"action": "default"|"snooze"|"done",
 * "key": KEY, "token": an activation token or ""}, {"closed": KEY}. A show while
 * absent fails, but asks the bus to start a notification daemon. End of file
 * downwards ends riposte-notify, and takes its notices from the screen.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
    char *key, *summary, *body; /* own; plain text, cleaned (report/text.h) */
    gboolean has_actions;
} RpNotice;

RpNotice *rp_notice_new(const char *key, const char *summary, const char *body,
                        gboolean has_actions);
void rp_notice_free(RpNotice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpNotice, rp_notice_free)

/* One line with its newline; owned by the caller. */
char *rp_protocol_show(const RpNotice *notice);
char *rp_protocol_close(const char *key);

/* Reads such a line: sets *show or *close_key, the caller's then, the other one NULL.
 * False, both untouched, if it is neither. */
bool rp_protocol_read_order(const char *line, RpNotice **show, char **close_key);

typedef enum {
    RP_NOTIFY_READY,
    RP_NOTIFY_ABSENT,
    RP_NOTIFY_SHOWN,
    RP_NOTIFY_FAILED,
    RP_NOTIFY_ACTION,
    RP_NOTIFY_CLOSED,
} RpNotifyEventType;

typedef struct {
    RpNotifyEventType type;
    char *key;   /* own; "" with READY and ABSENT */
    char *text;  /* own; READY: the server's name; FAILED: why; ACTION: which; or "" */
    char *token; /* own; ACTION: xdg-activation token; or "" */
} RpNotifyEvent;

RpNotifyEvent *rp_notify_event_new(RpNotifyEventType type, const char *key,
                                   const char *text, const char *token);
void rp_notify_event_free(RpNotifyEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpNotifyEvent, rp_notify_event_free)

char *rp_protocol_event(const RpNotifyEvent *event);
RpNotifyEvent *rp_protocol_read_event(const char *line); /* NULL if it is none */
