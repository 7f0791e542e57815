/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap.h - one IMAP session: what its files share
 *
 * libetpan reads the greeting, the login and the headers; every other answer is
 * read by imap-reply.c, behind the same guard. Only EXAMINE, LIST, STATUS, SEARCH,
 * FETCH with PEEK, IDLE, NOTIFY, UNSELECT and what a login needs are ever sent.
 *
 * Errors are RP_SOURCE_ERROR. FOLDER means that the server said NO or BAD and the
 * session can go on; after any other it is of no use.
 */
#pragma once

#include "core/instant.h"
#include "fetch/source.h"
#include "fetch/transport.h"

enum {
    RP_IMAP_COMMAND_S = 60, /* for one command, or between two messages */
    RP_IMAP_MAX_UID = UINT32_MAX,
};

typedef enum {
    RP_CAP_STARTTLS = 1 << 0,
    RP_CAP_LOGINDISABLED = 1 << 1,
    RP_CAP_AUTH_PLAIN = 1 << 2,
    RP_CAP_AUTH_SCRAM_SHA_1 = 1 << 3,
    RP_CAP_AUTH_SCRAM_SHA_256 = 1 << 4,
    RP_CAP_IDLE = 1 << 5,
    RP_CAP_ENABLE = 1 << 6,
    RP_CAP_CONDSTORE = 1 << 7,
    RP_CAP_QRESYNC = 1 << 8,
    RP_CAP_SPECIAL_USE = 1 << 9,
    RP_CAP_LIST_EXTENDED = 1 << 10,
    RP_CAP_UNSELECT = 1 << 11,
    RP_CAP_AUTH_LOGIN = 1 << 12,
    RP_CAP_AUTH_CRAM_MD5 = 1 << 15,
    RP_CAP_ID = 1 << 13,
    RP_CAP_NAMESPACE = 1 << 14,
    RP_CAP_NOTIFY = 1 << 16,
} RpImapCaps;

typedef struct {
    RpSource *source;         /* foreign */
    RpTransport *transport;   /* own */
    mailimap *session;        /* own */
    GHashTable *namespaces;   /* own; prefix -> is it others'? */
    uint32_t caps;            /* RpImapCaps */
    bool has_qresync;         /* enabled: VANISHED may be asked for */
    bool is_selected;         /* a folder is open, always read-only */
    bool is_secret_gone;      /* it cannot log in again */
    bool has_flag_news;       /* IDLE told of flags, and they are not read yet */
    uint32_t n_reopened;      /* in this round */
    uint64_t n_done, n_total; /* messages of the folder that is read */
} RpImap;

/* A folder of LIST, with what STATUS said of it last. */
typedef struct {
    RpFolderInfo *info; /* own */
    bool is_selectable, is_foreign, has_status, is_refused;
    uint32_t uid_validity, uid_next, n_messages; /* 0 if not told */
    uint64_t mod_seq;
} RpImapFolder;
void rp_imap_folder_free(RpImapFolder *folder);

/* imap-session.c: connected, encrypted as the job says, logged in. */
RpImap *rp_imap_open(RpSource *source, GError **error);
/* Anew, in place. NETWORK if that was done too often in this round. */
bool rp_imap_reopen(RpImap *imap, GError **error);
void rp_imap_close(RpImap *imap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpImap, rp_imap_close)

/* Before a command of libetpan's. */
void rp_imap_begin(RpImap *imap, const RpGuardProfile *profile, uint32_t total_s);
/* After a command with libetpan's result r, or 0: did the server say OK?
 * what is for the message: "opening Sent". */
bool rp_imap_check(RpImap *imap, int r, const char *what, GError **error);

/* imap-login.c */
bool rp_imap_login(RpImap *imap, GError **error);
bool rp_imap_ask_capabilities(RpImap *imap, GError **error);
/* imap-folders.c: LIST; of RpImapFolder, in the order of the server with the inbox
 * first and sent mail second; and what NAMESPACE says, for it. */
GPtrArray *rp_imap_list(RpImap *imap, GError **error);
void rp_imap_take_namespaces(RpImap *imap, const char *line, size_t n);

/* imap-status.c: STATUS of all folders that are read, in one go. */
bool rp_imap_status(RpImap *imap, GPtrArray *folders, GError **error);
/* Does this line tell anything that is not known of a folder that is read, or of one
 * that is not known? */
bool rp_imap_is_status_new(GPtrArray *folders, const char *line, size_t n);
/* imap-examine.c: opens the folder; takes over what the server says of it. */
bool rp_imap_examine(RpImap *imap, RpImapFolder *folder, GError **error);
/* imap-search.c: the UIDs from low on of the open folder, which holds n messages,
 * ascending. With RP_NEVER for since_at, all. */
bool rp_imap_search(RpImap *imap, uint32_t low, uint32_t n, int64_t since_at,
                    GArray **uids, GError **error);

/* imap-sync.c: brings the folder up to date. It needs that if it looks other than it
 * was left; where only a look at all flags can tell, thorough decides. */
bool rp_imap_sync_folder(RpImap *imap, RpImapFolder *folder, GError **error);
bool rp_imap_needs_sync(const RpImap *imap, const RpImapFolder *folder, bool thorough);

/* imap-changes.c: flags and losses of what is known already, in [low, high) of state.
 * Adds to gone (of uint64_t) what the server says is lost; *is_sure if all is told. */
bool rp_imap_sync_changes(RpImap *imap, const RpImapFolder *folder,
                          const RpFolderState *state, GArray *gone, bool *is_sure,
                          GError **error);
bool rp_imap_emit_gone(RpImap *imap, const RpFolderState *state, const GArray *gone);
/* Tells which of uids (of uint32_t) there are. */
bool rp_imap_emit_present(RpImap *imap, const RpFolderState *state, const GArray *uids);
/* \\Seen and the like to RpFlags; 0 if it is none that is kept. */
uint32_t rp_imap_flag(const char *name);
/* imap-fetch.c: the headers of the first n of uids (of uint32_t), as ENVELOPE records.
 * What came is added to done (a set of UIDs), also when it fails. None of skipped,
 * ascending like uids, is asked for. */
bool rp_imap_fetch(RpImap *imap, const RpImapFolder *folder, const GArray *uids,
                   guint n, const GArray *skipped, GHashTable *done, GError **error);
/* The same for all (imap-chunk.c); what cannot be read is told as UNREADABLE. */
bool rp_imap_fetch_all(RpImap *imap, RpImapFolder *folder, const uint32_t *uids,
                       guint n, GError **error);
