/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-mbox.c - mbox files as mail programs leave them, read round by round */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/instant.h"
#include "fetch-kit.h"
#include "fetch/mbox-reader.h"

static void
test_from_lines(void)
{
    static const struct {
        const char *what, *line;
        int64_t expected; /* RP_NEVER: parts nothing */
    } cases[] = {
        {"plain", "From ada@x Sun Nov 22 21:40:02 2026", 1795383602},
        {"day below 10", "From ada@x Sun Nov  2 21:40:02 2026", 1793655602},
        {"zone behind", "From ada@x Sun Nov 22 22:40:02 2026 +0100", 1795383602},
        {"zone before the year", "From ada@x Sun Nov 22 22:40:02 +0100 2026",
         1795383602},
        {"named zone", "From ada@x Sun Nov 22 16:40:02 EST 2026", 1795383602},
        {"no sender", "From - Sun Nov 22 21:40:02 2026", 1795383602},
        {"sender with spaces", "From ada at x.org  Sun Nov 22 21:40:02 2026",
         1795383602},
        {"sender called like a day", "From Sun Sun Nov 22 21:40:02 2026", 1795383602},
        {"no weekday", "From ada@x 22 Nov 2026 21:40:02", 1795383602},
        {"carriage return", "From ada@x Sun Nov 22 21:40:02 2026\r\n", 1795383602},
        {"a sentence", "From now on we meet on Monday", RP_NEVER},
        {"a sentence with a day", "From Mon on it is 21:40", RP_NEVER},
        {"no date", "From ada@x", RP_NEVER},
        {"impossible date", "From ada@x Tue Feb 31 21:40:02 2026", RP_NEVER},
        {"lower case", "from ada@x Sun Nov 22 21:40:02 2026", RP_NEVER},
        {"quoted", ">From ada@x Sun Nov 22 21:40:02 2026", RP_NEVER},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t at = RP_NEVER;

        g_test_message("%s", cases[i].what);
        g_assert_true(rp_mbox_is_from_line(cases[i].line, strlen(cases[i].line), &at) ==
                      (cases[i].expected != RP_NEVER));
        g_assert_cmpint(at, ==, cases[i].expected);
    }
}

#define FROM_LINE "From ada@x Sun Nov 22 21:40:02 2026\n"

static void
run(FetchKit *kit)
{
    g_autoptr(GError) error = fetch_kit_run(kit);

    g_assert_no_error(error);
}

/* The kit's directory holds one file called Inbox. */
static void
write_inbox(FetchKit *kit, const char *text)
{
    static int64_t at = 1700000000;

    fetch_kit_write(kit, "Inbox", text);
    fetch_kit_touch(kit, "Inbox", ++at);
}

/* Sizes: each line of the message with CR LF. */
static void
test_messages(void)
{
    static const struct {
        const char *what, *text;
        guint n;
        const char *subject; /* of the message looked at */
        uint32_t size, flags;
    } cases[] = {
        {"one", FROM_LINE "Subject: a\n\nbody\n", 1, "a", 12 + 2 + 6, 0},
        {"empty line behind", FROM_LINE "Subject: a\n\nbody\n\n", 1, "a", 20, 0},
        {"two", FROM_LINE "Subject: a\n\nbody\n\n" FROM_LINE "Subject: b\n\nx\n\n", 2,
         "a", 20, 0},
        {"the second", FROM_LINE "Subject: a\n\nbody\n\n" FROM_LINE "Subject: b\n\nx\n",
         2, "b", 17, 0},
        {"no body", FROM_LINE "Subject: a\n\n" FROM_LINE "Subject: b\n\n", 2, "a", 14,
         0},
        {"From_ line within a body", FROM_LINE "Subject: a\n\nx\n" FROM_LINE "y\n", 1,
         "a", 14 + 3 + 37 + 3, 0},
        {"sentence behind an empty line", FROM_LINE "Subject: a\n\nx\n\nFrom now on\n",
         1, "a", 14 + 3 + 2 + 13, 0},
        {"quoted From_ line", FROM_LINE "Subject: a\n\n>From x\n>>From y\n", 1, "a",
         14 + 8 + 9, 0},
        {"no line feed at the end", FROM_LINE "Subject: a\n\nx", 1, "a", 15, 0},
        {"carriage returns",
         FROM_LINE "Subject: a\r\n\r\nx\r\n\r\n" FROM_LINE "Subject: b\r\n\r\n", 2, "a",
         17, 0},
        {"flags", FROM_LINE "Subject: a\nStatus: RO\nX-Status: AF\n\n", 1, "a",
         12 + 12 + 14 + 2, RP_FLAG_SEEN | RP_FLAG_ANSWERED | RP_FLAG_FLAGGED},
        {"Thunderbird's flags", FROM_LINE "Subject: a\nX-Mozilla-Status: 1003\n\n", 1,
         "a", 12 + 24 + 2, RP_FLAG_SEEN | RP_FLAG_ANSWERED | RP_FLAG_FORWARDED},
        {"deleted in Thunderbird", FROM_LINE "Subject: a\nX-Mozilla-Status: 0009\n\n",
         0, NULL, 0, 0},
        {"a server's own data", FROM_LINE "Subject: DON'T DELETE\nX-IMAP: 1 2\n\n", 0,
         NULL, 0, 0},
        {"wrong Content-Length",
         FROM_LINE "Subject: a\nContent-Length: 9999\n\nx\n\n" FROM_LINE
                   "Subject: b\n\n",
         2, "b", 14, 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const RpEnvelope *envelope;
        FetchKit kit;

        g_test_message("%s", cases[i].what);
        fetch_kit_init(&kit, RP_SOURCE_MBOX);
        write_inbox(&kit, cases[i].text);
        fetch_kit_write(&kit, "Other", FROM_LINE "Subject: other\n\n");
        run(&kit);
        g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, cases[i].n + 1);
        envelope = cases[i].subject != NULL ? fetch_kit_envelope(&kit, cases[i].subject)
                                            : NULL;
        if (envelope != NULL) {
            g_assert_cmpuint(envelope->size, ==, cases[i].size);
            g_assert_cmpuint(envelope->flags, ==, cases[i].flags);
            g_assert_cmpint(envelope->internal_at, ==, 1795383602);
        } else {
            g_assert_cmpuint(cases[i].n, ==, 0);
        }
        fetch_kit_clear(&kit);
    }
}

static void
test_delivery_times(void)
{
    static const struct {
        const char *what, *text;
        int64_t expected;
    } cases[] = {
        {"From_ line", FROM_LINE "Subject: a\nDate: 1 Jan 2020 00:00:00 +0000\n\n",
         1795383602},
        {"the epoch is none",
         "From - Thu Jan 01 00:00:00 1970\nSubject: a\nDate: 1 Jan 2020 00:00:00 "
         "+0000\n\n",
         1577836800},
        {"no date in the first line", "From ada@x\nSubject: a\n\n", 1600000000},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        FetchKit kit;

        g_test_message("%s", cases[i].what);
        fetch_kit_init(&kit, RP_SOURCE_MBOX);
        fetch_kit_write(&kit, "Inbox", cases[i].text);
        fetch_kit_touch(&kit, "Inbox", 1600000000);
        g_free(kit.source->job->path);
        kit.source->job->path = fetch_kit_path(&kit, "Inbox");
        run(&kit);
        g_assert_cmpint(fetch_kit_envelope(&kit, "a")->internal_at, ==,
                        cases[i].expected);
        fetch_kit_clear(&kit);
    }
}

static void
test_changes(void)
{
    static const char a[] = FROM_LINE "Subject: a\n\n\n";
    static const char a_read[] = FROM_LINE "Status: RO\nSubject: a\n\n\n";
    static const char b[] = FROM_LINE "Subject: b\n\n\n";
    g_autofree char *both = g_strconcat(a, b, NULL);
    g_autofree char *both_read = g_strconcat(a_read, b, NULL);
    uint64_t uid;
    FetchKit kit;

    fetch_kit_init(&kit, RP_SOURCE_MBOX);
    write_inbox(&kit, a);
    run(&kit);
    uid = fetch_kit_envelope(&kit, "a")->uid;
    run(&kit);
    g_assert_cmpuint(kit.records->len, ==, 3); /* round, folder, round */

    write_inbox(&kit, both);
    run(&kit);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 1);
    g_assert_nonnull(fetch_kit_envelope(&kit, "b"));
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_PRESENT), ==, 0);

    write_inbox(&kit, both_read);
    run(&kit);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 0);
    g_assert_cmpuint(
        g_array_index(fetch_kit_nth(&kit, RP_RECORD_FLAGS, 0)->u.uids->uids, uint64_t,
                      0),
        ==, uid);

    write_inbox(&kit, b);
    run(&kit);
    g_assert_cmpuint(fetch_kit_nth(&kit, RP_RECORD_PRESENT, 0)->u.uids->uids->len, ==,
                     1);

    write_inbox(&kit, "");
    run(&kit);
    g_assert_cmpuint(fetch_kit_nth(&kit, RP_RECORD_PRESENT, 0)->u.uids->uids->len, ==,
                     0);
    fetch_kit_clear(&kit);
}

/* The same message twice is two, whichever of them goes. */
static void
test_doubles(void)
{
    static const char a[] = FROM_LINE "Subject: a\n\n\n";
    g_autofree char *twice = g_strconcat(a, a, NULL);
    FetchKit kit;

    fetch_kit_init(&kit, RP_SOURCE_MBOX);
    write_inbox(&kit, twice);
    run(&kit);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 2);
    write_inbox(&kit, a);
    run(&kit);
    g_assert_cmpuint(fetch_kit_nth(&kit, RP_RECORD_PRESENT, 0)->u.uids->uids->len, ==,
                     1);
    fetch_kit_clear(&kit);
}

static void
test_folders(void)
{
    static const struct {
        const char *what, *files, *expected;
    } cases[] = {
        {"Thunderbird", "Inbox Inbox.msf Sent Archives.sbd/2020 msgFilterRules.dat",
         "Inbox:Inbox=inbox Archives.sbd/2020:Archives/2020=other Sent:Sent=sent"},
        {"an IMAP server's", ".imap/INBOX/x Drafts Entw&APw-rfe",
         "Drafts:Drafts=drafts! Entw&APw-rfe:Entwürfe=drafts!"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(GStrv) files = g_strsplit(cases[i].files, " ", -1);
        g_autoptr(GString) names = g_string_new(NULL);
        const RpRecord *record;
        FetchKit kit;

        g_test_message("%s", cases[i].what);
        fetch_kit_init(&kit, RP_SOURCE_MBOX);
        for (char **file = files; *file != NULL; file++)
            fetch_kit_write(&kit, *file, FROM_LINE "Subject: a\n\n");
        fetch_kit_write(&kit, "notes.txt", "From where?\n");
        fetch_kit_write(&kit, "Empty", "");
        run(&kit);
        for (guint n = 0; (record = fetch_kit_nth(&kit, RP_RECORD_FOLDER, n)) != NULL;
             n++)
            g_string_append_printf(names, "%s%s:%s=%s%s", n > 0 ? " " : "",
                                   record->u.info->folder, record->u.info->name,
                                   rp_role_name(record->u.info->role),
                                   record->u.info->is_read ? "" : "!");
        g_assert_cmpstr(names->str, ==, cases[i].expected);
        fetch_kit_clear(&kit);
    }
}

static void
test_one_file(void)
{
    static const struct {
        const char *file, *expected;
    } cases[] = {{"mbox", "INBOX"}, {"inbox", "INBOX"}, {"2019", "2019"}};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        FetchKit kit;

        fetch_kit_init(&kit, RP_SOURCE_MBOX);
        fetch_kit_write(&kit, cases[i].file, FROM_LINE "Subject: a\n\n");
        g_free(kit.source->job->path);
        kit.source->job->path = fetch_kit_path(&kit, cases[i].file);
        run(&kit);
        g_assert_cmpstr(fetch_kit_nth(&kit, RP_RECORD_FOLDER, 0)->u.info->name, ==,
                        cases[i].expected);
        g_assert_nonnull(fetch_kit_envelope(&kit, "a"));
        fetch_kit_clear(&kit);
    }
}

static void
test_long_lines(void)
{
    g_autofree char *filler = g_strnfill(200 * 1024, 'x');
    g_autofree char *text = g_strconcat(FROM_LINE "Subject: a\n\n", filler,
                                        "\n\n" FROM_LINE "Subject: b\nX: ", filler,
                                        filler, "\nTo: c@x\n\n", NULL);
    FetchKit kit;

    fetch_kit_init(&kit, RP_SOURCE_MBOX);
    write_inbox(&kit, text);
    run(&kit);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 2);
    g_assert_cmpuint(fetch_kit_envelope(&kit, "a")->size, ==, 14 + 200 * 1024 + 2);
    g_assert_cmpuint(fetch_kit_envelope(&kit, "b")->size, ==,
                     12 + 3 + 400 * 1024 + 2 + 9 + 2);
    g_assert_cmpuint(fetch_kit_envelope(&kit, "b")->cuts, ==, RP_CUT_VALUE);
    fetch_kit_clear(&kit);
}

/* What is read is the file as it was when reading began. */
static void
test_reader_stops_in_time(void)
{
    FetchKit kit;
    g_autofree char *path = NULL;
    g_autoptr(RpMboxReader) reader = NULL;
    int failure;
    int fd;

    fetch_kit_init(&kit, RP_SOURCE_MBOX);
    fetch_kit_write(&kit, "Inbox",
                    FROM_LINE "Subject: a\n\n\n" FROM_LINE "Subject: b\n\n");
    path = fetch_kit_path(&kit, "Inbox");
    fd = g_open(path, O_RDONLY, 0);
    reader =
        rp_mbox_reader_new(fd, strlen(FROM_LINE "Subject: a\n\n\n" FROM_LINE "Sub"));
    g_assert_true(rp_mbox_reader_next(reader, &failure)->is_header_whole);
    g_assert_false(rp_mbox_reader_next(reader, &failure)->is_header_whole);
    g_assert_null(rp_mbox_reader_next(reader, &failure));
    g_assert_cmpint(failure, ==, 0);
    close(fd);
    fetch_kit_clear(&kit);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/mbox/from-lines", test_from_lines);
    g_test_add_func("/mbox/messages", test_messages);
    g_test_add_func("/mbox/delivery-times", test_delivery_times);
    g_test_add_func("/mbox/changes", test_changes);
    g_test_add_func("/mbox/doubles", test_doubles);
    g_test_add_func("/mbox/folders", test_folders);
    g_test_add_func("/mbox/one-file", test_one_file);
    g_test_add_func("/mbox/long-lines", test_long_lines);
    g_test_add_func("/mbox/reader-stops-in-time", test_reader_stops_in_time);
    return g_test_run();
}
