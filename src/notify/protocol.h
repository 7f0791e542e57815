/* SPDX-License-Identifier: GPL-3.0-or-later */
/* protocol.h - lines between riposted and riposte-notify
 *
 * JSON, one object a line, UTF-8. Downwards: {"show": KEY, "summary": ..., "body":
 * ..., "buttons": "followup"|"undo"|"open"} (KEY names the notice; one already up is
 * replaced in place; no buttons: none), {"close": KEY} or, of one that another
 * riposte-notify left on the screen, {"close": KEY, "place": PLACE}. Upwards: {"state":
 * "ready"|"absent", "server": NAME} whenever the notification daemon appears, changes
 * or goes (nothing is up any more then), {"shown": KEY, "place": where it is, to be
 * handed back only},
 * {"failed": KEY, "why": ...}, {"action": "default"|"snooze"|"done"|"undo", "key": KEY,
 * "token": an activation token or ""}, {"closed": KEY}. A show while absent fails, but
 * asks the bus to start a notification daemon. End of file downwards ends
 * riposte-notify, and takes its notices from the screen.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
    RP_BUTTONS_NONE,
    RP_BUTTONS_FOLLOWUP, /* Open, Snooze, Done */
    RP_BUTTONS_UNDO,     /* Undo; and it goes by itself after a while */
    RP_BUTTONS_OPEN,     /* Open */
} RpButtons;

typedef struct {
    char *key, *summary, *body; /* own; plain text, cleaned (report/text.h) */
    RpButtons buttons;
} RpNotice;

RpNotice *rp_notice_new(const char *key, const char *summary, const char *body,
                        RpButtons buttons);
void rp_notice_free(RpNotice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpNotice, rp_notice_free)

/* One line with its newline; owned by the caller. */
char *rp_protocol_show(const RpNotice *notice);
/* place: of one that a riposte-notify before this one has shown; else NULL. */
char *rp_protocol_close(const char *key, const char *place);

/* Of RpNotice and texts, own. */
typedef struct {
    RpNotice *show;          /* NULL: to close */
    char *close_key, *place; /* NULL: to show; place is "" if none came */
} RpOrder;
void rp_order_clear(RpOrder *order);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RpOrder, rp_order_clear)

/* Reads such a line into *order, which is empty. False, and it still is, if the line is
 * none. */
bool rp_protocol_read_order(const char *line, RpOrder *order);

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
    char *key;  /* own; "" with READY and ABSENT */
    char *text; /* own; READY: the server's name; SHOWN: its place; FAILED: why; ACTION:
                   which; or "" */
    char *token; /* own; ACTION: xdg-activation token; or "" */
} RpNotifyEvent;

RpNotifyEvent *rp_notify_event_new(RpNotifyEventType type, const char *key,
                                   const char *text, const char *token);
void rp_notify_event_free(RpNotifyEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpNotifyEvent, rp_notify_event_free)

char *rp_protocol_event(const RpNotifyEvent *event);
RpNotifyEvent *rp_protocol_read_event(const char *line); /* NULL if it is none */
