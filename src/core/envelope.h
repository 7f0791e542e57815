/* SPDX-License-Identifier: GPL-3.0-or-later */
/* envelope.h - the raw facts of one copy of a message, as found in its header
 *
 * Plain data. All text is valid UTF-8 without control characters. Instants are
 * seconds since 1970 UTC, RP_NEVER where the header has none that is real.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What is kept of one header at the most; a cut is recorded in cuts. */
enum {
    RP_MAX_ADDRESSES = 1000, /* over From, Reply-To, To and Cc together */
    RP_MAX_REFERENCES = 200, /* the first and the last ones; as many In-Reply-To */
    RP_MAX_LIST_POSTS = 50,
    RP_MAX_DELIVERED_TO = 50,
    RP_MAX_SUBJECT = 4096, /* bytes */
    RP_MAX_ID = 998,       /* bytes of a Message-ID: RFC 5322 2.1.1 */
    RP_MAX_NAME = 256,     /* bytes of a display name */
    RP_MAX_ADDRESS = 320,  /* bytes: RFC 3696 erratum 1690 */
    RP_THREAD_INDEX_LEN = 22,
};

typedef enum {
    RP_FLAG_SEEN = 1 << 0,
    RP_FLAG_ANSWERED = 1 << 1,
    RP_FLAG_FLAGGED = 1 << 2,
    RP_FLAG_DELETED = 1 << 3,
    RP_FLAG_DRAFT = 1 << 4,
    RP_FLAG_FORWARDED = 1 << 5, /* $Forwarded */
} RpFlags;

/* Signs of R3 that a header field gives by itself. */
typedef enum {
    RP_SIGN_AUTO_SUBMITTED = 1 << 0, /* present and not "no": RFC 3834 section 5 */
    RP_SIGN_X_AUTOREPLY = 1 << 1,
    RP_SIGN_X_AUTORESPOND = 1 << 2,
    RP_SIGN_NULL_RETURN_PATH = 1 << 3, /* Return-Path: <> */
    RP_SIGN_CALENDAR_TYPE = 1 << 4,    /* Content-Type: text/calendar */
    RP_SIGN_CALENDAR_CLASS = 1 << 5,   /* Content-Class ... calendarmessage */
    RP_SIGN_LIST_ID = 1 << 6,
    RP_SIGN_LIST_POST = 1 << 7,
    RP_SIGN_LIST_UNSUBSCRIBE = 1 << 8,
    RP_SIGN_X_MAILING_LIST = 1 << 9,
    RP_SIGN_FEEDBACK_ID = 1 << 10,
    RP_SIGN_PRECEDENCE = 1 << 11, /* bulk, list or junk */
} RpSigns;

typedef enum {
    RP_CUT_ADDRESSES = 1 << 0,
    RP_CUT_REFERENCES = 1 << 1,
    RP_CUT_SUBJECT = 1 << 2,
    RP_CUT_ID = 1 << 3,
    RP_CUT_NAME = 1 << 4,
    RP_CUT_VALUE = 1 << 5, /* a field was too long to be read whole */
} RpCuts;

/* A mailbox of RFC 5322 3.4: lower case, domain as A-labels; name may be "". */
typedef struct {
    char *name;    /* own */
    char *address; /* own, never "" */
} RpMailbox;

typedef struct {
    uint64_t uid;   /* unique in its folder and UIDVALIDITY; < 2^53 */
    uint32_t flags; /* RpFlags */
    uint32_t signs; /* RpSigns */
    uint32_t cuts;  /* RpCuts */
    uint32_t size;  /* octets with CR LF line ends, as RFC822.SIZE counts */
    int64_t internal_at;
    int64_t date_at;  /* of the Date field; RP_NEVER if none or impossible */
    char *message_id; /* own; never "": made up if the header has none (R2) */
    char *subject;    /* own; decoded, white space collapsed; "" if none */
    char *list_id;    /* own; what stands between < and >, lower case; or "" */
    uint8_t thread_index[RP_THREAD_INDEX_LEN]; /* decoded head of Thread-Index */
    bool has_thread_index;
    GPtrArray *from;        /* own, of RpMailbox; these are never NULL */
    GPtrArray *reply_to;    /* own, of RpMailbox */
    GPtrArray *to;          /* own, of RpMailbox */
    GPtrArray *cc;          /* own, of RpMailbox */
    GPtrArray *in_reply_to; /* own, of char *: every id, in order, as sent */
    GPtrArray *references;  /* own, of char *: every id, in order, as sent */
    GPtrArray *list_posts;  /* own, of char *: addresses of List-Post, X-Mailing-List */
    GPtrArray
        *delivered_to; /* own, of char *: Delivered-To, X-Original-To, Envelope-To */
} RpEnvelope;

RpMailbox *rp_mailbox_new(const char *name, const char *address);
void rp_mailbox_free(RpMailbox *mailbox);

/* Empty: texts "", instants RP_NEVER, lists without members. */
RpEnvelope *rp_envelope_new(void);
void rp_envelope_free(RpEnvelope *envelope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpMailbox, rp_mailbox_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpEnvelope, rp_envelope_free)

/* The names of the flags set, as IMAP writes them ("\\Seen"), in a fixed order;
 * NULL-terminated, owned by the caller, strings static (free with g_free). */
const char **rp_flags_names(uint32_t flags);

/* Signs of one header field (R3); name in any case, value unfolded and decoded
 * no further. 0 if the field gives none. */
uint32_t rp_signs_from_field(const char *name, const char *value);
