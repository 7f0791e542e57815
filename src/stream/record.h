/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record.h - the records between a source (riposte-fetch) and its parent
 *
 * A record on the wire: its payload's length (uint32, little endian), its type
 * (one byte), the payload. Downwards (parent to source) go a JOB, at most one SECRET, a
 * STATE for each folder known, KNOWN for file folders, CAREFUL and PASSED after sources
 * that died, then GO; after GO single bytes are commands (RP_COMMAND_*), and end of
 * file means stop at once. Upwards go all the others. A recorded stream is a test
 * fixture.
 */
#pragma once

#include "core/envelope.h"
#include "core/role.h"

enum {
    RP_RECORD_HEADER = 5,
    RP_RECORD_MAX = 1 << 20,    /* bytes of a payload; more breaks the stream */
    RP_RECORD_MAX_UIDS = 50000, /* in one FLAGS, GONE, PRESENT, KNOWN or PASSED */
    RP_MAX_FOLDER = 4096,       /* bytes of a folder's raw name; any but NUL */
    RP_MAX_TEXT = 4096,         /* bytes of any other text of a record */
    RP_MAX_SECRET = 65536,
    RP_MAX_PATTERNS = 200,   /* in a job's folders, and in its sent_folders */
    RP_MAX_WAIT_S = 25 * 60, /* a server may hang up after 30 minutes: RFC 3501 5.4 */
};
/* One more than the largest UID: what a double, so JSON, can hold. */
#define RP_UID_LIMIT (UINT64_C(1) << 53)

/* Single bytes that follow GO on a source's standard input. */
enum { RP_COMMAND_SYNC = 's' };

typedef enum {
    /* downwards */
    RP_RECORD_JOB = 1,
    RP_RECORD_SECRET,
    RP_RECORD_STATE,
    RP_RECORD_KNOWN,
    RP_RECORD_GO,
    RP_RECORD_CAREFUL, /* one message at a time, a READING before each */
    RP_RECORD_PASSED,  /* not to be read but told as UNREADABLE */
    /* upwards */
    RP_RECORD_FOLDER = 32,
    RP_RECORD_ENVELOPE,
    RP_RECORD_FLAGS,
    RP_RECORD_GONE,
    RP_RECORD_PRESENT,
    RP_RECORD_CHECKPOINT,
    RP_RECORD_PROGRESS,
    RP_RECORD_PROBLEM,
    RP_RECORD_ROUND,       /* a sync round begins or ends */
    RP_RECORD_READING,     /* one uid: what follows is about it, or our death is */
    RP_RECORD_CERTIFICATE, /* with only_list: the server's, which was taken */
} RpRecordType;

typedef enum { RP_SOURCE_IMAP, RP_SOURCE_MAILDIR, RP_SOURCE_MBOX } RpSourceType;
typedef enum { RP_SECURITY_TLS, RP_SECURITY_STARTTLS, RP_SECURITY_NONE } RpSecurity;

typedef struct {
    RpSourceType source;
    RpSecurity security;
    uint16_t port;    /* 0: the usual one */
    bool watch;       /* stay, IDLE and poll until stopped; else one round */
    bool idle;        /* with watch: use IDLE where the server has it */
    bool only_list;   /* log in, send the FOLDER records, end: setup and doctor */
    uint32_t poll_s;  /* with watch: at least one round in this time */
    int64_t since_at; /* messages delivered before may be left out; RP_NEVER: none */
    char *account, *host, *user, *ca_file, *pin, *path; /* own; "" if none */
    GPtrArray *folders; /* own, of char *: "*", "Name", "!Name" patterns in order */
    GPtrArray *sent_folders; /* own, of char *: names that have the role sent */
} RpJob;

typedef struct {
    bool is_token; /* an OAuth2 access token (XOAUTH2), else a password */
    char *text;    /* own */
} RpSecret;

/* How far a folder has been read: all UIDs of [low, high) that the server had
 * are here. low is 1 once the first sync of the folder is complete. */
typedef struct {
    char *folder; /* own; the raw name, the key */
    uint32_t uid_validity;
    uint64_t low, high;
    uint64_t mod_seq;    /* RFC 7162; 0 if not known */
    uint32_t n_messages; /* that the folder held then */
    bool is_complete;    /* nothing older is left to be read */
    char *token;         /* own; a file source's own mark of the state, or "" */
} RpFolderState;

typedef struct {
    char *folder; /* own; raw name, the key */
    char *name;   /* own; for people: decoded, valid UTF-8 */
    RpRole role;
    char delimiter; /* 0: flat */
    bool is_read;   /* false: left out by role, by pattern, or not to be selected */
} RpFolderInfo;

typedef struct {
    char *folder; /* own */
    uint32_t uid_validity;
    GArray *uids;  /* own, of uint64_t, ascending */
    GArray *flags; /* own, of uint32_t beside uids: KNOWN and FLAGS only, else empty */
    uint64_t low, high; /* PRESENT: uids are all that exist of [low, high) */
} RpUidList;

/* What the parent can do about a problem. */
typedef enum {
    RP_PROBLEM_UNREADABLE, /* one message (folder, uid) is passed over */
    RP_PROBLEM_FOLDER,     /* one folder could not be read */
    RP_PROBLEM_NETWORK,    /* try again later */
    RP_PROBLEM_AUTH,       /* ask for another password or token */
    RP_PROBLEM_TLS,        /* certificate or encryption: a person must look */
    RP_PROBLEM_PROTOCOL,   /* the server said what it must not: try later, tell */
    RP_PROBLEM_CONFIG,     /* no such host, path, file: a person must look */
} RpProblemCode;

typedef struct {
    RpProblemCode code;
    char *folder; /* own; "" if of the account */
    uint64_t uid; /* 0 if none */
    char *text;   /* own; for people: lower case, no full stop */
} RpProblem;

typedef struct {
    char *folder;             /* own; raw name */
    uint64_t n_done, n_total; /* messages of this folder in this round */
} RpProgress;
/* After its end a source waits: IDLE, for the poll interval at most; TOLD of news in
 * all folders, for rp_told_wait_s(). */
typedef enum {
    RP_ROUND_BEGIN,
    RP_ROUND_END,
    RP_ROUND_IDLE,
    RP_ROUND_TOLD
} RpRoundPhase;
uint32_t rp_told_wait_s(uint32_t poll_s);

typedef struct {
    RpRecordType type;
    union {
        RpJob *job;
        RpSecret *secret;
        RpFolderState *state; /* STATE and CHECKPOINT */
        RpUidList *uids;      /* KNOWN, PASSED, FLAGS, GONE, PRESENT, READING */
        RpFolderInfo *info;
        struct {
            char *folder; /* own */
            uint32_t uid_validity;
            RpEnvelope *envelope; /* own */
        } copy;
        RpProgress *progress;
        RpProblem *problem;
        RpRoundPhase round;
        int64_t expires_at; /* CERTIFICATE */
    } u;
} RpRecord;

/* Clears what the record owns; the struct itself stays the caller's. */
void rp_record_clear(RpRecord *record);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RpRecord, rp_record_clear)

RpJob *rp_job_new(void);
void rp_job_free(RpJob *job);
void rp_secret_free(RpSecret *secret); /* overwrites the text */
RpFolderState *rp_folder_state_new(const char *folder);
void rp_folder_state_free(RpFolderState *state);
RpUidList *rp_uid_list_new(const char *folder, uint32_t uid_validity);
void rp_uid_list_free(RpUidList *uids);
RpFolderInfo *rp_folder_info_new(const char *folder, const char *name, RpRole role);
void rp_folder_info_free(RpFolderInfo *info);
RpProblem *rp_problem_new(RpProblemCode code, const char *folder, uint64_t uid,
                          const char *text);
void rp_problem_free(RpProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpJob, rp_job_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpSecret, rp_secret_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpFolderState, rp_folder_state_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpUidList, rp_uid_list_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpFolderInfo, rp_folder_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpProblem, rp_problem_free)

/* A text for people as records carry it: valid UTF-8, control characters made
 * spaces, cut to RP_MAX_TEXT. Owned by the caller. */
char *rp_record_clean_text(const char *text);

/* Is all of it as envelope.h says: caps kept, ids and addresses not empty, UTF-8
 * without control characters, real instants, known flags? The reader breaks the
 * stream at one that is not, so a source asks first and reports that message as
 * unreadable. */
bool rp_envelope_is_sound(const RpEnvelope *envelope);

/* Appends the record to out. The caps of envelope.h and above keep it below
 * RP_RECORD_MAX; the caller keeps them. */
void rp_record_write(GByteArray *out, const RpRecord *record);

/* Takes bytes as they come and gives records. */
typedef struct RpRecordReader RpRecordReader;
typedef enum { RP_READ_MORE, RP_READ_RECORD, RP_READ_BROKEN } RpReadResult;

RpRecordReader *rp_record_reader_new(void);
void rp_record_reader_free(RpRecordReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpRecordReader, rp_record_reader_free)

void rp_record_reader_push(RpRecordReader *reader, const void *bytes, size_t n);

/* RP_READ_RECORD: *record is filled, the caller clears it. RP_READ_MORE: push
 * more bytes. RP_READ_BROKEN: length, type, a count or a text was wrong (not
 * UTF-8 where text is expected, an enum out of range); the stream can't go on. */
RpReadResult rp_record_reader_next(RpRecordReader *reader, RpRecord *record);

/* Bytes pushed and not yet taken: after GO on a source's standard input they are
 * commands. */
size_t rp_record_reader_left(const RpRecordReader *reader);
