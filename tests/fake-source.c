/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fake-source.c - a source that does what the job's path says, well or badly
 *
 * The path, or the file it names, is a list of words: begin, end, idle, listen (a
 * round's phases), in=FOLDER (of what follows; INBOX if never given), mails=N (copies,
 * uids going on from uid=N), mail=ID,HOURS,FROM,TO,SUBJECT,PARENT (one of so many hours
 * ago;
 * "_" is a space, the parent may be left out), await=FILE (until it is there; it goes
 * then), checkpoint, problem=CODE (of record.h), told (a PROGRESS whose folder names
 * what came on standard input, and the environment's variables), play=FILE (a recorded
 * stream), fatal=UID (a message of INBOX that kills it, unless it is to be passed
 * over), garbage, half (of a record), words=TEXT (to standard error), pokes=N (waits
 * for so many commands), wait (for the end of standard input), hang (and never look at
 * it), exit=N, kill (itself), signal=N (the
 * same by another), huge (asks for more memory than there is).
 */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stream/record.h"

/* Of the address sanitizer: as without it, what can't be had is NULL. */
const char *__asan_default_options(void);
const char *
__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

typedef struct {
    RpRecordReader *reader;
    char *path;        /* own; of the job */
    char *secret;      /* own; "" if none came */
    char *folder;      /* own; of the copies that follow */
    RpUidList *passed; /* own; or NULL */
    bool is_careful;
    guint n_states, n_known_uids, n_known_lists;
    uint64_t next_uid;
} Source;

static void
put(const void *bytes, size_t n)
{
    const char *at = bytes;

    while (n > 0) {
        ssize_t done = write(STDOUT_FILENO, at, n);

        if (done <= 0)
            exit(9);
        at += done;
        n -= (size_t)done;
    }
}

static void
put_record(const RpRecord *record)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    rp_record_write(bytes, record);
    put(bytes->data, bytes->len);
}

static void
put_round(RpRoundPhase phase)
{
    RpRecord record = {.type = RP_RECORD_ROUND, .u.round = phase};

    put_record(&record);
}

static void
put_mails(Source *source, guint n)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    for (guint i = 0; i < n; i++) {
        g_autoptr(RpEnvelope) envelope = rp_envelope_new();
        RpRecord record = {.type = RP_RECORD_ENVELOPE};

        envelope->uid = source->next_uid++;
        envelope->internal_at = 1700000000 + (int64_t)envelope->uid;
        g_free(envelope->message_id);
        envelope->message_id =
            g_strdup_printf("%" G_GUINT64_FORMAT "@fake.example", envelope->uid);
        g_ptr_array_add(envelope->from, rp_mailbox_new("Ada", "ada@example.org"));
        record.u.copy.folder = source->folder;
        record.u.copy.uid_validity = 1;
        record.u.copy.envelope = envelope;
        rp_record_write(bytes, &record);
    }
    put(bytes->data, bytes->len);
}

static void
put_folder(Source *source, const char *name)
{
    g_autoptr(RpFolderInfo) info =
        rp_folder_info_new(name, name, rp_role_from_name(name, 0));
    RpRecord record = {.type = RP_RECORD_FOLDER, .u.info = info};

    info->is_read = true;
    put_record(&record);
    g_free(source->folder);
    source->folder = g_strdup(name);
}

static void
put_mail(Source *source, const char *text)
{
    g_autofree char *spaced = g_strdelimit(g_strdup(text), "_", ' ');
    g_auto(GStrv) parts = g_strsplit(spaced, ",", -1);
    g_autoptr(RpEnvelope) envelope = rp_envelope_new();
    RpRecord record = {.type = RP_RECORD_ENVELOPE};

    if (g_strv_length(parts) < 5)
        exit(7);
    envelope->uid = source->next_uid++;
    envelope->internal_at = g_get_real_time() / G_USEC_PER_SEC -
                            (int64_t)(g_ascii_strtod(parts[1], NULL) * 3600);
    envelope->date_at = envelope->internal_at;
    g_free(envelope->message_id);
    envelope->message_id = g_strdup(parts[0]);
    g_ptr_array_add(envelope->from, rp_mailbox_new("", parts[2]));
    g_ptr_array_add(envelope->to, rp_mailbox_new("", parts[3]));
    g_free(envelope->subject);
    envelope->subject = g_strdup(parts[4]);
    if (parts[5] != NULL)
        g_ptr_array_add(envelope->in_reply_to, g_strdup(parts[5]));
    record.u.copy.folder = source->folder;
    record.u.copy.uid_validity = 1;
    record.u.copy.envelope = envelope;
    put_record(&record);
}

static void
await_file(const char *path)
{
    while (unlink(path) != 0)
        g_usleep(20000);
}

static void
put_checkpoint(const Source *source)
{
    g_autoptr(RpFolderState) state = rp_folder_state_new(source->folder);
    RpRecord record = {.type = RP_RECORD_CHECKPOINT, .u.state = state};

    state->uid_validity = 1;
    state->low = 1;
    state->high = source->next_uid;
    state->is_complete = true;
    put_record(&record);
}

static void
put_problem(int code)
{
    bool is_message = code == RP_PROBLEM_UNREADABLE;
    g_autoptr(RpProblem) problem =
        rp_problem_new((RpProblemCode)code, is_message ? "INBOX" : "", is_message,
                       "the fake one said so");
    RpRecord record = {.type = RP_RECORD_PROBLEM, .u.problem = problem};

    put_record(&record);
}

static bool
is_passed(const Source *source, uint64_t uid)
{
    for (guint i = 0; source->passed != NULL && i < source->passed->uids->len; i++)
        if (g_array_index(source->passed->uids, uint64_t, i) == uid)
            return source->passed->uid_validity == 1;
    return false;
}

static void
put_fatal(const Source *source, uint64_t uid)
{
    g_autoptr(RpUidList) list = rp_uid_list_new("INBOX", 1);
    RpRecord record = {.type = RP_RECORD_READING, .u.uids = list};
    g_autoptr(RpProblem) problem =
        rp_problem_new(RP_PROBLEM_UNREADABLE, "INBOX", uid, "passed over");
    RpRecord told = {.type = RP_RECORD_PROBLEM, .u.problem = problem};

    if (is_passed(source, uid)) {
        put_record(&told);
        return;
    }
    g_array_append_val(list->uids, uid);
    if (source->is_careful)
        put_record(&record);
    raise(SIGKILL);
}

static void
put_told(const Source *source)
{
    g_auto(GStrv) names = g_listenv();
    g_autofree char *variables = g_strjoinv(",", names);
    RpProgress progress = {0};
    RpRecord record = {.type = RP_RECORD_PROGRESS, .u.progress = &progress};

    progress.folder = g_strdup_printf(
        "secret=%s states=%u lists=%u known=%u env=%s", source->secret,
        source->n_states, source->n_known_lists, source->n_known_uids, variables);
    put_record(&record);
    g_free(progress.folder);
}

static void
put_file(const char *path)
{
    g_autofree char *bytes = NULL;
    size_t n = 0;

    if (!g_file_get_contents(path, &bytes, &n, NULL))
        exit(8);
    put(bytes, n);
}

static void
put_half(void)
{
    g_autoptr(RpProblem) problem = rp_problem_new(RP_PROBLEM_FOLDER, "", 0, "half");
    RpRecord record = {.type = RP_RECORD_PROBLEM, .u.problem = problem};
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    rp_record_write(bytes, &record);
    put(bytes->data, bytes->len / 2);
}

/* Commands that came together with GO are in the reader. */
static void
wait_for_pokes(const Source *source, guint n)
{
    size_t n_left = rp_record_reader_left(source->reader);
    char byte;

    for (guint i = (guint)n_left; i < n; i++)
        if (read(STDIN_FILENO, &byte, 1) != 1)
            exit(0);
}

static void
wait_for_end(void)
{
    char byte;

    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
}

static void
do_plain(Source *source, const char *verb)
{
    static const char garbage[] = "HTTP/1.1 400 Bad Request\r\n\r\n";

    if (g_str_equal(verb, "begin"))
        put_round(RP_ROUND_BEGIN);
    else if (g_str_equal(verb, "end"))
        put_round(RP_ROUND_END);
    else if (g_str_equal(verb, "idle"))
        put_round(RP_ROUND_IDLE);
    else if (g_str_equal(verb, "listen"))
        put_round(RP_ROUND_TOLD);
    else if (g_str_equal(verb, "checkpoint"))
        put_checkpoint(source);
    else if (g_str_equal(verb, "told"))
        put_told(source);
    else if (g_str_equal(verb, "garbage"))
        put(garbage, sizeof garbage);
    else if (g_str_equal(verb, "half"))
        put_half();
    else if (g_str_equal(verb, "wait"))
        wait_for_end();
    else if (g_str_equal(verb, "kill"))
        raise(SIGKILL);
    else if (g_str_equal(verb, "huge"))
        g_free(g_malloc(G_MAXSSIZE - 4096));
    else if (g_str_equal(verb, "hang"))
        for (;;)
            pause();
    else
        exit(7);
}

static void
do_with_value(Source *source, const char *verb, const char *value)
{
    if (g_str_equal(verb, "mails"))
        put_mails(source, (guint)atoi(value));
    else if (g_str_equal(verb, "mail"))
        put_mail(source, value);
    else if (g_str_equal(verb, "in"))
        put_folder(source, value);
    else if (g_str_equal(verb, "uid"))
        source->next_uid = g_ascii_strtoull(value, NULL, 10);
    else if (g_str_equal(verb, "fatal"))
        put_fatal(source, g_ascii_strtoull(value, NULL, 10));
    else if (g_str_equal(verb, "await"))
        await_file(value);
    else if (g_str_equal(verb, "problem"))
        put_problem(atoi(value));
    else if (g_str_equal(verb, "play"))
        put_file(value);
    else if (g_str_equal(verb, "words"))
        g_printerr("%s\n", value);
    else if (g_str_equal(verb, "pokes"))
        wait_for_pokes(source, (guint)atoi(value));
    else if (g_str_equal(verb, "signal"))
        raise(atoi(value));
    else if (g_str_equal(verb, "exit"))
        exit(atoi(value));
    else
        exit(7);
}

static void
take(Source *source, RpRecord *record)
{
    if (record->type == RP_RECORD_CAREFUL)
        source->is_careful = true;
    if (record->type == RP_RECORD_PASSED) {
        g_clear_pointer(&source->passed, rp_uid_list_free);
        source->passed = g_steal_pointer(&record->u.uids);
        return;
    }
    if (record->type == RP_RECORD_JOB)
        source->path = g_strdup(record->u.job->path);
    if (record->type == RP_RECORD_SECRET) {
        g_free(source->secret);
        source->secret = g_strdup(record->u.secret->text);
    }
    if (record->type == RP_RECORD_STATE)
        source->n_states++;
    if (record->type == RP_RECORD_KNOWN) {
        source->n_known_lists++;
        source->n_known_uids += record->u.uids->uids->len;
    }
}

/* Up to GO. */
static void
listen(Source *source)
{
    char bytes[4096];

    for (;;) {
        g_auto(RpRecord) record = {0};
        RpReadResult result = rp_record_reader_next(source->reader, &record);
        ssize_t n;

        if (result == RP_READ_BROKEN)
            exit(6);
        if (result == RP_READ_RECORD && record.type == RP_RECORD_GO)
            return;
        if (result == RP_READ_RECORD) {
            take(source, &record);
            continue;
        }
        if ((n = read(STDIN_FILENO, bytes, sizeof bytes)) <= 0)
            exit(5);
        rp_record_reader_push(source->reader, bytes, (size_t)n);
    }
}

/* A file's text stands for its name. */
static void
read_script(Source *source)
{
    char *text = NULL;

    if (!g_file_get_contents(source->path, &text, NULL, NULL))
        return;
    g_free(source->path);
    source->path = g_strdelimit(g_strchomp(text), "\n", ' ');
}

int
main(void)
{
    Source source = {.next_uid = 1};
    g_auto(GStrv) words = NULL;

    source.reader = rp_record_reader_new();
    source.secret = g_strdup("");
    source.folder = g_strdup("INBOX");
    listen(&source);
    read_script(&source);
    words = g_strsplit(source.path, " ", -1);
    for (char **word = words; *word != NULL; word++) {
        g_auto(GStrv) parts = g_strsplit(*word, "=", 2);

        if (**word == '\0')
            continue;
        if (parts[1] == NULL)
            do_plain(&source, parts[0]);
        else
            do_with_value(&source, parts[0], parts[1]);
    }
    rp_record_reader_free(source.reader);
    rp_uid_list_free(source.passed);
    g_free(source.path);
    g_free(source.secret);
    g_free(source.folder);
    return 0;
}
