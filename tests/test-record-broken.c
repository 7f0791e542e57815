/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-record-broken.c - what breaks a record stream */
#include "stream/record.h"

#define RAW(text) (text), sizeof(text) - 1

/* Payloads as no writer writes them, each beside a sound one that it differs from. */
static void
test_payloads(void)
{
    static const struct {
        const char *what;
        RpRecordType type;
        RpReadResult expected;
        const char *payload;
        size_t n;
    } cases[] = {
        {"GO", RP_RECORD_GO, RP_READ_RECORD, RAW("")},
        {"GO with a payload", RP_RECORD_GO, RP_READ_BROKEN, RAW("\0")},
        {"CAREFUL with a payload", RP_RECORD_CAREFUL, RP_READ_BROKEN, RAW("\0")},
        {"READING of one", RP_RECORD_READING, RP_READ_RECORD, RAW("\1a\1\0\0\1\5\0")},
        {"READING of two", RP_RECORD_READING, RP_READ_BROKEN, RAW("\1a\1\0\0\2\1\1\0")},
        {"READING of none", RP_RECORD_READING, RP_READ_BROKEN, RAW("\1a\1\0\0\0\0")},
        {"type 0", 0, RP_READ_BROKEN, RAW("")},
        {"no such type", 99, RP_READ_BROKEN, RAW("")},
        {"last phase", RP_RECORD_ROUND, RP_READ_RECORD, RAW("\3")},
        {"no such phase", RP_RECORD_ROUND, RP_READ_BROKEN, RAW("\4")},
        {"cut short", RP_RECORD_ROUND, RP_READ_BROKEN, RAW("")},
        {"number in more bytes than needed", RP_RECORD_ROUND, RP_READ_RECORD,
         RAW("\x82\x80\0")},
        {"number of 65 bits", RP_RECORD_ROUND, RP_READ_BROKEN,
         RAW("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x02")},
        {"number of 11 bytes", RP_RECORD_ROUND, RP_READ_BROKEN,
         RAW("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\0")},
        {"number without an end", RP_RECORD_ROUND, RP_READ_BROKEN, RAW("\x80")},
        {"folder", RP_RECORD_FOLDER, RP_READ_RECORD, RAW("\1a\1a\0/\1")},
        {"raw name in no UTF-8", RP_RECORD_FOLDER, RP_READ_RECORD,
         RAW("\1\xe9\1a\0/\1")},
        {"no raw name", RP_RECORD_FOLDER, RP_READ_BROKEN, RAW("\0\1a\0/\1")},
        {"no known role", RP_RECORD_FOLDER, RP_READ_BROKEN, RAW("\1a\1a\x09/\1")},
        {"name no UTF-8", RP_RECORD_FOLDER, RP_READ_BROKEN, RAW("\1a\1\xe9\0/\1")},
        {"NUL in a name", RP_RECORD_FOLDER, RP_READ_BROKEN, RAW("\1\0\1a\0/\1")},
        {"delimiter a control", RP_RECORD_FOLDER, RP_READ_BROKEN, RAW("\1a\1a\0\n\1")},
        {"text longer than its record", RP_RECORD_FOLDER, RP_READ_BROKEN,
         RAW("\1a\x7f"
             "a\0/\1")},
        {"neither yes nor no", RP_RECORD_FOLDER, RP_READ_BROKEN, RAW("\1a\1a\0/\2")},
        {"gone", RP_RECORD_GONE, RP_READ_RECORD, RAW("\1a\1\0\0\2\1\1\0")},
        {"not ascending", RP_RECORD_GONE, RP_READ_BROKEN, RAW("\1a\1\0\0\2\1\0\0")},
        {"UID 0", RP_RECORD_GONE, RP_READ_BROKEN, RAW("\1a\1\0\0\2\0\1\0")},
        {"50,000 promised", RP_RECORD_GONE, RP_READ_BROKEN,
         RAW("\1a\1\0\0\xd0\x86\3\1\0")},
        {"largest UID", RP_RECORD_GONE, RP_READ_RECORD,
         RAW("\1a\1\0\0\1\xff\xff\xff\xff\xff\xff\xff\x0f\0")},
        {"sum beyond the limit", RP_RECORD_GONE, RP_READ_BROKEN,
         RAW("\1a\1\0\0\2\1\xff\xff\xff\xff\xff\xff\xff\x0f\0")},
        {"flags where none belong", RP_RECORD_GONE, RP_READ_BROKEN,
         RAW("\1a\1\0\0\1\1\1\1")},
        {"flags", RP_RECORD_FLAGS, RP_READ_RECORD, RAW("\1a\1\0\0\1\1\1\1")},
        {"flags missing", RP_RECORD_FLAGS, RP_READ_BROKEN, RAW("\1a\1\0\0\1\1\0")},
        {"no such flag", RP_RECORD_FLAGS, RP_READ_BROKEN, RAW("\1a\1\0\0\1\1\1\x40")},
        {"present", RP_RECORD_PRESENT, RP_READ_RECORD, RAW("\1a\1\2\3\1\2\0")},
        {"below the range", RP_RECORD_PRESENT, RP_READ_BROKEN, RAW("\1a\1\2\3\1\1\0")},
        {"above the range", RP_RECORD_PRESENT, RP_READ_BROKEN, RAW("\1a\1\1\2\1\2\0")},
        {"range upside down", RP_RECORD_PRESENT, RP_READ_BROKEN, RAW("\1a\1\2\1\0\0")},
        {"checkpoint", RP_RECORD_CHECKPOINT, RP_READ_RECORD, RAW("\1a\1\1\2\0\0\1\0")},
        {"checkpoint upside down", RP_RECORD_CHECKPOINT, RP_READ_BROKEN,
         RAW("\1a\1\2\1\0\0\1\0")},
        {"modification sequence of 64 bits", RP_RECORD_CHECKPOINT, RP_READ_BROKEN,
         RAW("\1a\1\1\2\xff\xff\xff\xff\xff\xff\xff\xff\xff\1\0\1\0")},
        {"unreadable", RP_RECORD_PROBLEM, RP_READ_RECORD, RAW("\0\1a\1\0")},
        {"unreadable without a UID", RP_RECORD_PROBLEM, RP_READ_BROKEN,
         RAW("\0\1a\0\0")},
        {"unreadable without a folder", RP_RECORD_PROBLEM, RP_READ_BROKEN,
         RAW("\0\0\1\0")},
        {"no such problem", RP_RECORD_PROBLEM, RP_READ_BROKEN, RAW("\7\0\0\0")},
        {"certificate", RP_RECORD_CERTIFICATE, RP_READ_RECORD, RAW("\2")},
        {"certificate of no year", RP_RECORD_CERTIFICATE, RP_READ_BROKEN,
         RAW("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")},
        {"envelope of nothing", RP_RECORD_ENVELOPE, RP_READ_BROKEN, RAW("\1a\1")},
        {"job of nothing", RP_RECORD_JOB, RP_READ_BROKEN, RAW("")},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpRecordReader) reader = rp_record_reader_new();
        uint8_t header[] = {(uint8_t)cases[i].n, 0, 0, 0, (uint8_t)cases[i].type};
        g_auto(RpRecord) record = {0};

        rp_record_reader_push(reader, header, sizeof header);
        rp_record_reader_push(reader, cases[i].payload, cases[i].n);
        g_test_message("%s", cases[i].what);
        g_assert_cmpint(rp_record_reader_next(reader, &record), ==, cases[i].expected);
    }
}

/* A length beyond RP_RECORD_MAX is not waited for, and a broken stream stays so. */
static void
test_too_long(void)
{
    g_autoptr(RpRecordReader) reader = rp_record_reader_new();
    RpRecord record;

    rp_record_reader_push(reader, RAW("\0\0\x10\0\x21"));
    g_assert_cmpint(rp_record_reader_next(reader, &record), ==, RP_READ_MORE);

    g_clear_pointer(&reader, rp_record_reader_free);
    reader = rp_record_reader_new();
    rp_record_reader_push(reader, RAW("\1\0\x10\0\x21"));
    g_assert_cmpint(rp_record_reader_next(reader, &record), ==, RP_READ_BROKEN);
    rp_record_reader_push(reader, RAW("\0\0\0\0\5"));
    g_assert_cmpint(rp_record_reader_next(reader, &record), ==, RP_READ_BROKEN);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/record-broken/payloads", test_payloads);
    g_test_add_func("/record-broken/too-long", test_too_long);
    return g_test_run();
}
