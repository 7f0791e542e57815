/* SPDX-License-Identifier: GPL-3.0-or-later */
/* protocol.h - lines between riposted and riposte-notify
 *
 * JSON, one object a line, UTF-8. Downwards: {"show": KEY, "summary": ..., "body":
 * ..., "actions": true} (KEY names the notice; one already up is replaced in place),
 * {"close": KEY}. Upwards: {"state": "ready"|"absent", "server": NAME} whenever the
 * notification daemon appears, changes or goes, {"shown": KEY}, {"failed": KEY,
 * "why": ...}, {"action": "default"|"snooze"|"done", "key": KEY},
 * {"closed": KEY}. End of file downwards ends riposte-notify.
 */
#pragma once

#include <glib.h>

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
