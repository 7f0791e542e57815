/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-record.c - the record stream: round trips, caps, sound envelopes */
#include <string.h>

#include "core/instant.h"
#include "stream/record.h"

static RpEnvelope *
sample_envelope(void)
{
    RpEnvelope *envelope = rp_envelope_new();

    envelope->uid = RP_UID_LIMIT - 1;
    envelope->flags = RP_FLAG_SEEN | RP_FLAG_FORWARDED;
    envelope->signs = RP_SIGN_LIST_ID | RP_SIGN_PRECEDENCE;
    envelope->cuts = RP_CUT_VALUE;
    envelope->size = UINT32_MAX;
    envelope->internal_at = INT64_C(1767225600);
    envelope->date_at = -86400; /* 1969 */
    g_free(envelope->message_id);
    envelope->message_id = g_strdup("a@example.org");
    g_free(envelope->subject);
    envelope->subject = g_strdup("Gr\u00fc\u00dfe");
    envelope->has_thread_index = true;
    memset(envelope->thread_index, 0xff, RP_THREAD_INDEX_LEN);
    g_ptr_array_add(envelope->from, rp_mailbox_new("Ada", "ada@example.org"));
    g_ptr_array_add(envelope->to, rp_mailbox_new("", "me@example.org"));
    g_ptr_array_add(envelope->references, g_strdup("b@example.org"));
    g_ptr_array_add(envelope->delivered_to, g_strdup("me@example.org"));
    return envelope;
}

static RpRecord
envelope_record(RpEnvelope *envelope)
{
    RpRecord record = {.type = RP_RECORD_ENVELOPE};

    record.u.copy.folder = g_strdup("INBOX");
    record.u.copy.uid_validity = 7;
    record.u.copy.envelope = envelope;
    return record;
}

static RpRecord
uids_record(RpRecordType type, bool has_flags)
{
    RpRecord record = {.type = type};
    static const uint64_t uids[] = {1, 2, 9, RP_UID_LIMIT - 1};
    static const uint32_t flags[] = {0, RP_FLAG_SEEN, RP_FLAG_ANSWERED, RP_FLAG_DRAFT};

    record.u.uids = rp_uid_list_new("Sent &- more", 4);
    g_array_append_vals(record.u.uids->uids, uids, G_N_ELEMENTS(uids));
    if (has_flags)
        g_array_append_vals(record.u.uids->flags, flags, G_N_ELEMENTS(flags));
    record.u.uids->low = 1;
    record.u.uids->high = RP_UID_LIMIT;
    return record;
}

static RpRecord
job_record(void)
{
    RpRecord record = {.type = RP_RECORD_JOB};
    RpJob *job = rp_job_new();

    job->source = RP_SOURCE_MBOX;
    job->security = RP_SECURITY_STARTTLS;
    job->port = 65535;
    job->idle = true;
    job->poll_s = 300;
    g_free(job->host);
    job->host = g_strdup("mail.example.org");
    g_ptr_array_add(job->folders, g_strdup("*"));
    g_ptr_array_add(job->folders, g_strdup("!Spam"));
    record.u.job = job;
    return record;
}

static RpRecord
state_record(RpRecordType type)
{
    RpRecord record = {.type = type};

    record.u.state = rp_folder_state_new("Entw&APw-rfe");
    record.u.state->uid_validity = UINT32_MAX;
    record.u.state->low = 1;
    record.u.state->high = RP_UID_LIMIT;
    record.u.state->mod_seq = INT64_MAX;
    record.u.state->is_complete = true;
    return record;
}

static RpRecord
secret_record(void)
{
    RpRecord record = {.type = RP_RECORD_SECRET};

    record.u.secret = g_new0(RpSecret, 1);
    record.u.secret->text = g_strdup("p\xe4ss"); /* no UTF-8: Latin-1 passwords are */
    return record;
}

/* One record of each type; the last has the type GO. */
static GArray *
one_of_each(void)
{
    GArray *records = g_array_new(FALSE, FALSE, sizeof(RpRecord));
    RpRecord more[] = {
        job_record(),
        secret_record(),
        state_record(RP_RECORD_STATE),
        state_record(RP_RECORD_CHECKPOINT),
        uids_record(RP_RECORD_KNOWN, true),
        uids_record(RP_RECORD_PASSED, false),
        {.type = RP_RECORD_CAREFUL},
        uids_record(RP_RECORD_FLAGS, true),
        uids_record(RP_RECORD_GONE, false),
        uids_record(RP_RECORD_PRESENT, false),
        envelope_record(sample_envelope()),
        {.type = RP_RECORD_FOLDER,
         .u.info = rp_folder_info_new("Sent", "Ges\u00e4ndt", RP_ROLE_SENT)},
        {.type = RP_RECORD_PROBLEM,
         .u.problem = rp_problem_new(RP_PROBLEM_TLS, NULL, 0, "certificate expired")},
        {.type = RP_RECORD_PROGRESS, .u.progress = g_new0(RpProgress, 1)},
        {.type = RP_RECORD_ROUND, .u.round = RP_ROUND_TOLD},
        {.type = RP_RECORD_CERTIFICATE, .u.expires_at = 4102444800},
        {.type = RP_RECORD_GO},
    };

    more[13].u.progress->folder = g_strdup("INBOX");
    g_array_set_clear_func(records, (GDestroyNotify)rp_record_clear);
    g_array_append_vals(records, more, G_N_ELEMENTS(more));
    return records;
}

static GByteArray *
stream_of(const GArray *records)
{
    GByteArray *stream = g_byte_array_new();

    for (guint i = 0; i < records->len; i++)
        rp_record_write(stream, &g_array_index(records, RpRecord, i));
    return stream;
}

/* Reads the stream in pieces of n bytes and writes what came again. */
static GByteArray *
copy_stream(const GByteArray *stream, size_t n)
{
    g_autoptr(RpRecordReader) reader = rp_record_reader_new();
    GByteArray *copy = g_byte_array_new();

    for (size_t at = 0; at < stream->len; at += n) {
        RpRecord record;

        rp_record_reader_push(reader, stream->data + at, MIN(n, stream->len - at));
        while (rp_record_reader_next(reader, &record) == RP_READ_RECORD) {
            rp_record_write(copy, &record);
            rp_record_clear(&record);
        }
    }
    g_assert_cmpuint(rp_record_reader_left(reader), ==, 0);
    return copy;
}

static bool
is_same(const GByteArray *a, const GByteArray *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

/* Whatever the pieces, what is read is what was written. */
static void
test_round_trip(void)
{
    static const size_t pieces[] = {1, 2, 3, 7, 4096, G_MAXINT};
    g_autoptr(GArray) records = one_of_each();
    g_autoptr(GByteArray) stream = stream_of(records);

    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GByteArray) copy = copy_stream(stream, pieces[i]);

        g_test_message("pieces of %zu bytes", pieces[i]);
        g_assert_true(is_same(copy, stream));
    }
}

static void
test_values(void)
{
    g_autoptr(RpRecordReader) reader = rp_record_reader_new();
    g_autoptr(GByteArray) stream = g_byte_array_new();
    g_auto(RpRecord) record = envelope_record(sample_envelope());
    g_auto(RpRecord) read = {0};
    const RpEnvelope *envelope;

    rp_record_write(stream, &record);
    rp_record_reader_push(reader, stream->data, stream->len);
    g_assert_cmpint(rp_record_reader_next(reader, &read), ==, RP_READ_RECORD);
    envelope = read.u.copy.envelope;
    g_assert_cmpstr(read.u.copy.folder, ==, "INBOX");
    g_assert_cmpuint(envelope->uid, ==, RP_UID_LIMIT - 1);
    g_assert_cmpint(envelope->date_at, ==, -86400);
    g_assert_cmpuint(envelope->size, ==, UINT32_MAX);
    g_assert_cmpuint(envelope->thread_index[RP_THREAD_INDEX_LEN - 1], ==, 0xff);
    g_assert_cmpstr(envelope->subject, ==, "Gr\u00fc\u00dfe");
    g_assert_cmpuint(envelope->references->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(envelope->references, 0), ==, "b@example.org");
}

static void
add_texts(GPtrArray *texts, guint n, size_t n_bytes)
{
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(texts, g_strnfill(n_bytes, 'x'));
}

static RpEnvelope *
largest_envelope(void)
{
    RpEnvelope *envelope = sample_envelope();

    g_ptr_array_set_size(envelope->from, 0);
    g_ptr_array_set_size(envelope->to, 0);
    g_ptr_array_set_size(envelope->references, 0);
    g_ptr_array_set_size(envelope->delivered_to, 0);
    for (int i = 0; i < RP_MAX_ADDRESSES; i++) {
        RpMailbox *mailbox = g_new(RpMailbox, 1);

        mailbox->name = g_strnfill(RP_MAX_NAME, 'n');
        mailbox->address = g_strnfill(RP_MAX_ADDRESS, 'a');
        g_ptr_array_add(envelope->cc, mailbox);
    }
    add_texts(envelope->in_reply_to, RP_MAX_REFERENCES, RP_MAX_ID);
    add_texts(envelope->references, RP_MAX_REFERENCES, RP_MAX_ID);
    add_texts(envelope->list_posts, RP_MAX_LIST_POSTS, RP_MAX_ADDRESS);
    add_texts(envelope->delivered_to, RP_MAX_DELIVERED_TO, RP_MAX_ADDRESS);
    g_free(envelope->message_id);
    envelope->message_id = g_strnfill(RP_MAX_ID, 'm');
    g_free(envelope->list_id);
    envelope->list_id = g_strnfill(RP_MAX_ID, 'l');
    g_free(envelope->subject);
    envelope->subject = g_strnfill(RP_MAX_SUBJECT, 's');
    return envelope;
}

/* Every cap of envelope.h reached at once still fits. */
static void
test_largest_envelope(void)
{
    g_autoptr(GByteArray) stream = g_byte_array_new();
    g_autoptr(GByteArray) copy = NULL;
    g_auto(RpRecord) record = envelope_record(largest_envelope());

    g_free(record.u.copy.folder);
    record.u.copy.folder = g_strnfill(RP_MAX_FOLDER, 'f');
    g_assert_true(rp_envelope_is_sound(record.u.copy.envelope));
    rp_record_write(stream, &record);
    g_assert_cmpuint(stream->len, <=, RP_RECORD_MAX + RP_RECORD_HEADER);
    copy = copy_stream(stream, G_MAXINT);
    g_assert_true(is_same(copy, stream));
}

static void
test_largest_uids(void)
{
    g_autoptr(GByteArray) stream = g_byte_array_new();
    g_autoptr(GByteArray) copy = NULL;
    g_auto(RpRecord) record = {.type = RP_RECORD_FLAGS};

    record.u.uids = rp_uid_list_new("f", UINT32_MAX);
    for (uint64_t i = 1; i <= RP_RECORD_MAX_UIDS; i++) {
        uint64_t uid = i * ((RP_UID_LIMIT - 1) / RP_RECORD_MAX_UIDS);
        uint32_t flags = RP_FLAG_FORWARDED;

        g_array_append_val(record.u.uids->uids, uid);
        g_array_append_val(record.u.uids->flags, flags);
    }
    rp_record_write(stream, &record);
    copy = copy_stream(stream, G_MAXINT);
    g_assert_true(is_same(copy, stream));
}

static void
test_unsound(void)
{
    static const struct {
        const char *what, *subject, *id;
        uint64_t uid;
        int64_t date_at;
        uint32_t flags;
        bool expected;
    } cases[] = {
        {"sound", "Hi \u00e4", "a@b", 1, 0, 0, true},
        {"no UTF-8", "caf\xe9", "a@b", 1, 0, 0, false},
        {"overlong", "\xc0\xaf", "a@b", 1, 0, 0, false},
        {"surrogate", "\xed\xa0\x80", "a@b", 1, 0, 0, false},
        {"escape character", "\x1b[31m", "a@b", 1, 0, 0, false},
        {"C1 control",
         "\xc2\x9b"
         "31m",
         "a@b", 1, 0, 0, false},
        {"delete", "a\x7f", "a@b", 1, 0, 0, false},
        {"C2 begins other characters too", "\u00a9", "a@b", 1, 0, 0, true},
        {"no id", "", "", 1, 0, 0, false},
        {"UID 0", "", "a@b", 0, 0, 0, false},
        {"UID too large", "", "a@b", RP_UID_LIMIT, 0, 0, false},
        {"no date", "", "a@b", 1, RP_NEVER, 0, true},
        {"date before year 1", "", "a@b", 1, INT64_MIN, 0, false},
        {"date after year 9999", "", "a@b", 1, RP_NEVER - 1, 0, false},
        {"unknown flag", "", "a@b", 1, 0, RP_FLAG_FORWARDED << 1, false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpEnvelope) envelope = sample_envelope();

        g_free(envelope->subject);
        envelope->subject = g_strdup(cases[i].subject);
        g_free(envelope->message_id);
        envelope->message_id = g_strdup(cases[i].id);
        envelope->uid = cases[i].uid;
        envelope->date_at = cases[i].date_at;
        envelope->flags = cases[i].flags;
        g_test_message("%s", cases[i].what);
        g_assert_true(rp_envelope_is_sound(envelope) == cases[i].expected);
    }
}

/* Any single byte changed gives records or a broken stream, never a crash. */
static void
test_changed_bytes(void)
{
    g_autoptr(GArray) records = one_of_each();
    g_autoptr(GByteArray) stream = stream_of(records);

    for (guint i = 0; i < stream->len * 8; i++) {
        g_autoptr(RpRecordReader) reader = rp_record_reader_new();
        uint8_t *byte = &stream->data[i / 8];
        uint8_t before = *byte;
        RpRecord record;

        *byte ^= (uint8_t)(1U << i % 8);
        rp_record_reader_push(reader, stream->data, stream->len);
        while (rp_record_reader_next(reader, &record) == RP_READ_RECORD)
            rp_record_clear(&record);
        *byte = before;
    }
}

/* What follows GO is no record but single bytes, left to be counted. */
static void
test_left(void)
{
    g_autoptr(RpRecordReader) reader = rp_record_reader_new();
    RpRecord record;

    rp_record_reader_push(reader, "\0\0\0\0\5sss", 8);
    g_assert_cmpint(rp_record_reader_next(reader, &record), ==, RP_READ_RECORD);
    g_assert_cmpint(record.type, ==, RP_RECORD_GO);
    g_assert_cmpuint(rp_record_reader_left(reader), ==, 3);
}

static void
test_clean_text(void)
{
    g_autofree char *text = rp_record_clean_text("a\x1b[m\xc2\x9bz\r\n\xe9");
    g_autofree char *filled = g_strnfill(RP_MAX_TEXT - 1, 'x');
    g_autofree char *large = g_strconcat(filled, "\u00e4", NULL);
    g_autofree char *cut = rp_record_clean_text(large);

    g_assert_cmpstr(text, ==, "a [m z  \ufffd");
    g_assert_cmpstr(cut, ==, filled); /* not within a character */
}

static void
test_told_wait(void)
{
    static const struct {
        uint32_t poll_s, expected_s;
    } cases[] = {
        {0, 1500}, {1, 5}, {60, 300}, {300, 1500}, {301, 1500}, {UINT32_MAX, 1500},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(rp_told_wait_s(cases[i].poll_s), ==, cases[i].expected_s);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/record/round-trip", test_round_trip);
    g_test_add_func("/record/values", test_values);
    g_test_add_func("/record/largest-envelope", test_largest_envelope);
    g_test_add_func("/record/largest-uids", test_largest_uids);
    g_test_add_func("/record/unsound", test_unsound);
    g_test_add_func("/record/changed-bytes", test_changed_bytes);
    g_test_add_func("/record/left", test_left);
    g_test_add_func("/record/clean-text", test_clean_text);
    g_test_add_func("/record/told-wait", test_told_wait);
    return g_test_run();
}
