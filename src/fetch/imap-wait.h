/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-wait.h - sessions that wait for news
 *
 * Errors are RP_SOURCE_ERROR: NETWORK if a connection is lost.
 */
#pragma once

#include "fetch/imap.h"

/* What STATUS said of a folder. */
typedef struct {
    uint64_t uid_validity, uid_next, n_messages, mod_seq;
} RpImapTold;

typedef struct {
    RpSource *source;
    RpImap *imap;       /* own */
    GPtrArray *folders; /* own, of RpImapFolder */
    /* imap.c: the last round */
    bool is_thorough;
    GHashTable *told;    /* own; of RpImapTold by raw folder name */
    bool has_found;      /* something that STATUS told of, and not the last time */
    int64_t thorough_us; /* when the last thorough one began; 0: never */
    int64_t round_us;    /* how long it took */
    /* imap-wait.c */
    RpImap *second; /* own; waits in the sent folder, or is told; NULL: none */
    bool has_tried_second;
    bool is_told;      /* of news in all folders, by the second session */
    int64_t said_us;   /* when the second session last said something, being told */
    uint32_t n_settle; /* rounds that come, as it may have overlooked something */
    bool is_check;     /* nothing told of news before this round */
    bool is_heard;     /* something did */
    uint32_t n_missed; /* rounds of the first kind that found some */
    bool has_told;     /* one of the second has, since there was n_missed */
    bool is_again;
    uint32_t n_quick, n_vain; /* short waits in a row, and for nothing */
} RpImapWatch;

/* imap-wait.c: until there may be news, or the next poll. */
bool rp_imap_wait(RpImapWatch *watch, GError **error);

/* imap-idle.c: waits for news in INBOX or, with two, the sent folder, at most for
 * timeout_s. */
bool rp_imap_idle(RpImap *const *imaps, size_t n, uint32_t timeout_s, GError **error);
/* Sleeps until one of the connections or the parent has something, or left_us. */
void rp_imap_sleep(RpImap *const *imaps, size_t n, int64_t left_us);

/* imap-notify.c: being told of news in all of the user's folders. */
typedef struct {
    GPtrArray *folders; /* foreign, of RpImapFolder: what is known */
    bool has_any, has_flags;
    bool is_open; /* some are of the open folder */
    bool is_over; /* no more will be told */
} RpImapNews;
/* Asks for it; the inbox is open. FOLDER if the server will not. */
bool rp_imap_notify(RpImap *imap, RpImapNews *news, GError **error);
bool rp_imap_notify_none(RpImap *imap, RpImapNews *news);
bool rp_imap_keep_alive(RpImap *imap, RpImapNews *news, GError **error);
/* Waits until one of the sessions has news, at most for timeout_ms; the first is the
 * one that is told. */
bool rp_imap_listen(RpImap *const *imaps, size_t n, uint32_t timeout_ms,
                    RpImapNews *news, GError **error);
