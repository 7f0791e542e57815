/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notice.h - one notice on the desktop, through riposte-notify */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Shows it without actions, so that it stays when we are gone; waits until the
 * desktop has it. Fails with RP_CLI_ERROR_FAILED, saying why: no session, nothing
 * that shows notices. Texts are plain and cleaned. */
bool rp_notice_show_once(const char *summary, const char *body, GError **error);

/* Shows one with the action Open and waits until it is taken or the notice is gone. If
 * it was taken *token, the caller's, is what the desktop lets a window come up by, or
 * ""; else NULL. Fails as above. */
bool rp_notice_offer(const char *summary, const char *body, char **token,
                     GError **error);
