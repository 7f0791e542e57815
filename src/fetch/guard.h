/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard.h - reads what an IMAP server sends before any parser does
 *
 * A state machine over bytes: no clock, socket or file. It knows what was asked
 * for, lets through only what answers that, and writes it so that libetpan and
 * it cannot read it differently; the rest of what RFC 3501 allows a server to
 * say is dropped here. What is ambiguous, too long or never to be sent ends the
 * connection. Sizes are bytes.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    RP_GUARD_OK,
    RP_GUARD_CONTROL_BYTE, /* NUL, control or DEL outside a literal */
    RP_GUARD_LINE_END,     /* CR without LF, LF without CR */
    RP_GUARD_LINE_LENGTH,
    RP_GUARD_LINES,    /* too many */
    RP_GUARD_BYTES,    /* too many for this command */
    RP_GUARD_RESPONSE, /* one that no server may send here */
    RP_GUARD_TAG,      /* not ours, or answered already */
    RP_GUARD_SYNTAX,
    RP_GUARD_NUMBER, /* leading zero, sign or above 2^32 - 1 */
    RP_GUARD_DEPTH,  /* parentheses in parentheses */
    RP_GUARD_ITEM,   /* message text that was never asked for */
    RP_GUARD_LITERAL,
    RP_GUARD_LITERAL_LENGTH,
    RP_GUARD_MISSING, /* OK without the data that the command asked for */
    RP_N_GUARD_VERDICTS
} RpGuardVerdict;

/* Untagged responses. */
typedef enum {
    RP_WORD_TEXT = 1 << 0, /* OK, NO, BAD */
    RP_WORD_BYE = 1 << 1,
    RP_WORD_PREAUTH = 1 << 2,
    RP_WORD_CAPABILITY = 1 << 3,
    RP_WORD_ENABLED = 1 << 4,
    RP_WORD_FLAGS = 1 << 5,
    RP_WORD_LIST = 1 << 6,
    RP_WORD_LSUB = 1 << 7,
    RP_WORD_STATUS = 1 << 8,
    RP_WORD_SEARCH = 1 << 9,
    RP_WORD_VANISHED = 1 << 10,
    RP_WORD_EXISTS = 1 << 11,
    RP_WORD_RECENT = 1 << 12,
    RP_WORD_EXPUNGE = 1 << 13,
    RP_WORD_FETCH = 1 << 14,
    RP_WORD_NAMESPACE = 1 << 15,
} RpGuardWords;

/* What one command may bring. A response of another word is dropped, or refused
 * where RFC 3501 does not allow it. */
typedef struct {
    uint32_t pass;       /* RpGuardWords that the reader gets */
    uint32_t need;       /* RpGuardWords, one of which must come before OK */
    bool may_continue;   /* a line of "+" may come */
    bool selects;        /* a folder is opened: from now on FETCH may come unasked */
    bool listens;        /* the server may speak with no command running: RFC 5465 */
    bool keep_codes;     /* else [ in text becomes (: libetpan crashes on some codes */
    uint32_t line;       /* of one line, literals not counted */
    uint32_t lines;      /* that pass, FETCH not counted */
    uint32_t fetches;    /* FETCH lines that pass */
    uint32_t line_bytes; /* of all lines that pass: libetpan keeps them to the end */
    uint32_t literal;
    uint64_t total; /* of all that comes */
} RpGuardProfile;

extern const RpGuardProfile rp_guard_greeting, rp_guard_plain, rp_guard_login,
    rp_guard_capability, rp_guard_agree, rp_guard_list, rp_guard_status,
    rp_guard_examine, rp_guard_search, rp_guard_flags, rp_guard_fetch, rp_guard_idle,
    rp_guard_notify;

enum {
    RP_GUARD_HOLD = 64, /* what the guard may hold back from one read to the next */
    RP_GUARD_REPLY = 240,
    RP_GUARD_MAX_TAGS = 32,
};

typedef struct {
    uint64_t exists, expunge, fetch; /* lines of these */
} RpGuardCounts;
typedef struct RpGuard RpGuard;

RpGuard *rp_guard_new(void); /* awaits the greeting */
void rp_guard_free(RpGuard *guard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpGuard, rp_guard_free)

/* Before a command, or n_tags <= RP_GUARD_MAX_TAGS pipelined ones, is written; 0 if the
 * profile listens. It is copied. */
void rp_guard_begin(RpGuard *guard, uint32_t first_tag, uint32_t n_tags,
                    const RpGuardProfile *profile);

/* What n bytes may become, with what was held back before. */
#define RP_GUARD_ROOM(n) (2 * (n) + RP_GUARD_HOLD)

/* Reads of the n bytes up to the end of what is awaited, writes what may be read to
 * out, which has room for RP_GUARD_ROOM(n), and says in *n_out how much. Returns how
 * many bytes were read: less than n if all is answered, what follows then belongs to
 * the next command. Once the verdict is not OK it stays, and nothing is read. */
size_t rp_guard_filter(RpGuard *guard, const unsigned char *bytes, size_t n,
                       unsigned char *out, size_t *n_out);

RpGuardVerdict rp_guard_verdict(const RpGuard *guard);
const char *rp_guard_verdict_name(RpGuardVerdict verdict);

/* A new command may be written: between lines, nothing awaited, nothing refused. */
bool rp_guard_is_idle(const RpGuard *guard);
/* Since the last begin. */
const RpGuardCounts *rp_guard_counts(const RpGuard *guard);

/* The last tagged line after its tag ("NO no"), the last BYE or "", and the line being
 * read when the guard refused: cut at RP_GUARD_REPLY, as sent. */
const char *rp_guard_reply(const RpGuard *guard);
const char *rp_guard_bye(const RpGuard *guard);
const char *rp_guard_line(const RpGuard *guard);
