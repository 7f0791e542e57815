/* SPDX-License-Identifier: GPL-3.0-or-later */
/* role.h - what a folder is for
 *
 * Roles come from SPECIAL-USE (RFC 6154) or, without it, from the name.
 */
#pragma once

#include <stdbool.h>

typedef enum {
    RP_ROLE_OTHER,
    RP_ROLE_INBOX,
    RP_ROLE_SENT,
    RP_ROLE_ARCHIVE,
    RP_ROLE_DRAFTS,
    RP_ROLE_JUNK,
    RP_ROLE_TRASH,
    RP_ROLE_ALL,     /* virtual: every message once more */
    RP_ROLE_FLAGGED, /* virtual */
    RP_N_ROLES
} RpRole;

/* "inbox", "sent" ...: the word the export and the report use. */
const char *rp_role_name(RpRole role);

/* The role that a SPECIAL-USE attribute, with or without its backslash, names:
 * RFC 6154 section 2, and \Important as FLAGGED. RP_ROLE_OTHER if none. */
RpRole rp_role_from_attribute(const char *attribute);

/* The role that a folder's decoded name suggests, by its last part in the usual
 * languages ("Sent Items", "Gesendet", "Papierkorb"); delimiter parts the name
 * (0: none). "INBOX" in any case is the inbox. */
RpRole rp_role_from_name(const char *name, char delimiter);

/* Drafts, junk, trash and virtual folders are left out unless asked for. */
bool rp_role_is_read_by_default(RpRole role);
