/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-maildir.c - Maildirs as mail programs leave them, read round by round */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/instant.h"
#include "fetch-kit.h"
#include "fetch/maildir-name.h"

static void
test_names(void)
{
    static const struct {
        const char *what, *name;
        bool is_new;
        size_t n_base;
        uint32_t flags;
        int64_t delivered_at;
        uint64_t size;
    } cases[] = {
        {"seen", "1600000000.M1P2.host:2,S", false, 20, RP_FLAG_SEEN, 1600000000, 0},
        {"all flags", "1600000000.1.h:2,DFPRST", false, 14,
         (RP_FLAG_FORWARDED << 1) - 1, 1600000000, 0},
        {"no info", "1600000000.1.h", false, 14, 0, 1600000000, 0},
        {"info without flags", "1600000000.1.h:2,", false, 14, 0, 1600000000, 0},
        {"in new no flags count", "1600000000.1.h:2,S", true, 14, 0, 1600000000, 0},
        {"semicolon", "1600000000.1.h;2,S", false, 14, RP_FLAG_SEEN, 1600000000, 0},
        {"exclamation mark", "1600000000.1.h!2,S", false, 14, RP_FLAG_SEEN, 1600000000,
         0},
        {"keywords", "1600000000.1.h:2,Sab", false, 14, RP_FLAG_SEEN, 1600000000, 0},
        {"size", "1600000000.1.h,S=10,W=12:2,S", false, 24, RP_FLAG_SEEN, 1600000000,
         12},
        {"size without line ends", "1600000000.1.h,S=10:2,", false, 19, 0, 1600000000,
         0},
        {"experimental info", "1600000000.1.h:1,x", false, 18, 0, 1600000000, 0},
        {"info twice", "1600000000.1.h:2,S:2,F", false, 18, RP_FLAG_FLAGGED, 1600000000,
         0},
        {"no seconds", "hello:2,S", false, 5, RP_FLAG_SEEN, RP_NEVER, 0},
        {"OfflineIMAP", "1600000000_0.12.h,U=3:2,S", false, 21, RP_FLAG_SEEN,
         1600000000, 0},
        {"seconds alone", "1600000000:2,S", false, 10, RP_FLAG_SEEN, 1600000000, 0},
        {"a hash", "1600000000ab:2,S", false, 12, RP_FLAG_SEEN, RP_NEVER, 0},
        {"before 1990", "100.1.h", false, 7, 0, RP_NEVER, 0},
        {"after 2100", "9999999999.1.h", false, 14, 0, RP_NEVER, 0},
        {"milliseconds", "1600000000123.1.h", false, 17, 0, RP_NEVER, 0},
        {"empty", "", false, 0, 0, RP_NEVER, 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpMaildirName got = rp_maildir_name_read(cases[i].name, cases[i].is_new);

        g_test_message("%s", cases[i].what);
        g_assert_cmpuint(got.n_base, ==, cases[i].n_base);
        g_assert_cmpuint(got.flags, ==, cases[i].flags);
        g_assert_cmpint(got.delivered_at, ==, cases[i].delivered_at);
        g_assert_cmpuint(got.size, ==, cases[i].size);
    }
}

static const char MESSAGE[] =
    "From: ada@example.org\nSubject: s\n\nbody\nof two lines\n";

static void
run(FetchKit *kit)
{
    g_autoptr(GError) error = fetch_kit_run(kit);

    g_assert_no_error(error);
}

static void
test_first_round(void)
{
    FetchKit kit;
    const RpEnvelope *envelope;
    const RpRecord *last;

    fetch_kit_init(&kit, RP_SOURCE_MAILDIR);
    fetch_kit_write(&kit, "cur/1600000001.1.h:2,RS", MESSAGE);
    fetch_kit_write(&kit, "new/1600000002.1.h", "From: b@x\r\nSubject: t\r\n\r\nb\r\n");
    run(&kit);

    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 2);
    g_assert_true(fetch_kit_nth(&kit, RP_RECORD_ENVELOPE, 0)->u.copy.envelope ==
                  fetch_kit_envelope(&kit, "t")); /* newest first */

    envelope = fetch_kit_envelope(&kit, "s");
    g_assert_cmpuint(envelope->flags, ==, RP_FLAG_SEEN | RP_FLAG_ANSWERED);
    g_assert_cmpint(envelope->internal_at, ==, 1600000001);
    g_assert_cmpuint(envelope->size, ==, strlen(MESSAGE) + 5); /* a CR a line */
    g_assert_true(g_str_has_suffix(envelope->message_id, "@made.riposte.invalid"));
    g_assert_cmpuint(fetch_kit_envelope(&kit, "t")->size, ==, 28);

    last = fetch_kit_nth(&kit, RP_RECORD_CHECKPOINT,
                         fetch_kit_count(&kit, RP_RECORD_CHECKPOINT) - 1);
    g_assert_true(last->u.state->is_complete);
    g_assert_cmpuint(last->u.state->n_messages, ==, 2);
    fetch_kit_clear(&kit);
}

static void
test_nothing_new(void)
{
    FetchKit kit;

    fetch_kit_init(&kit, RP_SOURCE_MAILDIR);
    fetch_kit_write(&kit, "cur/1600000001.1.h:2,S", MESSAGE);
    run(&kit);
    run(&kit);
    g_assert_cmpuint(kit.records->len, ==, 3); /* round, folder, round */

    /* read anew, as the token is not believed: what is known is not told again */
    fetch_kit_touch(&kit, "cur", g_get_real_time() / G_USEC_PER_SEC);
    run(&kit);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 0);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_PRESENT), ==, 0);
    g_assert_cmpstr(fetch_kit_nth(&kit, RP_RECORD_CHECKPOINT, 0)->u.state->token, ==,
                    "");
    fetch_kit_clear(&kit);
}

static void
test_changes(void)
{
    FetchKit kit;
    uint64_t uid;
    const RpUidList *list;

    fetch_kit_init(&kit, RP_SOURCE_MAILDIR);
    fetch_kit_write(&kit, "new/1600000001.1.h", MESSAGE);
    fetch_kit_write(&kit, "cur/1600000002.1.h:2,", MESSAGE);
    run(&kit);
    uid = fetch_kit_nth(&kit, RP_RECORD_ENVELOPE, 1)->u.copy.envelope->uid;

    /* read and answered: a flag, no new message, and nothing gone */
    fetch_kit_rename(&kit, "new/1600000001.1.h", "cur/1600000001.1.h:2,RS");
    run(&kit);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 0);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_PRESENT), ==, 0);
    list = fetch_kit_nth(&kit, RP_RECORD_FLAGS, 0)->u.uids;
    g_assert_cmpuint(list->uids->len, ==, 1);
    g_assert_cmpuint(g_array_index(list->uids, uint64_t, 0), ==, uid);
    g_assert_cmpuint(g_array_index(list->flags, uint32_t, 0), ==,
                     RP_FLAG_SEEN | RP_FLAG_ANSWERED);

    fetch_kit_remove(&kit, "cur/1600000002.1.h:2,");
    run(&kit);
    list = fetch_kit_nth(&kit, RP_RECORD_PRESENT, 0)->u.uids;
    g_assert_cmpuint(list->uids->len, ==, 1);
    g_assert_cmpuint(g_array_index(list->uids, uint64_t, 0), ==, uid);
    g_assert_cmpuint(list->low, ==, 1);
    g_assert_cmpuint(list->high, ==, RP_UID_LIMIT);

    fetch_kit_remove(&kit, "cur/1600000001.1.h:2,RS");
    run(&kit);
    g_assert_cmpuint(fetch_kit_nth(&kit, RP_RECORD_PRESENT, 0)->u.uids->uids->len, ==,
                     0);
    fetch_kit_clear(&kit);
}

/* A file that is seen in new and, moved meanwhile, in cur is one message. */
static void
test_in_both_places(void)
{
    FetchKit kit;

    fetch_kit_init(&kit, RP_SOURCE_MAILDIR);
    fetch_kit_write(&kit, "new/1600000001.1.h", MESSAGE);
    fetch_kit_write(&kit, "cur/1600000001.1.h:2,S", MESSAGE);
    run(&kit);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 1);
    g_assert_cmpuint(fetch_kit_envelope(&kit, "s")->flags, ==, RP_FLAG_SEEN);
    fetch_kit_clear(&kit);
}

static char *
folder_names(const FetchKit *kit)
{
    GString *names = g_string_new(NULL);
    const RpRecord *record;

    for (guint n = 0; (record = fetch_kit_nth(kit, RP_RECORD_FOLDER, n)) != NULL; n++)
        g_string_append_printf(names, "%s%s=%s%s", n > 0 ? " " : "",
                               record->u.info->name, rp_role_name(record->u.info->role),
                               record->u.info->is_read ? "" : "!");
    return g_string_free(names, FALSE);
}

static void
test_folders(void)
{
    static const struct {
        const char *what, *files, *patterns, *expected;
    } cases[] = {
        {"one Maildir", "cur/a", "", "INBOX=inbox"},
        {"only new", "new/a", "", "INBOX=inbox"},
        {"Maildir++", "cur/a .Sent/cur/a .Sub.Trash/cur/a .Entw&APw-rfe/cur/a", "",
         "INBOX=inbox Entwürfe=drafts! Sent=sent Sub.Trash=trash!"},
        {"plain UTF-8", "cur/a .Gelöscht/cur/a", "", "INBOX=inbox Gelöscht=trash!"},
        {"directories", "INBOX/cur/a Sent/new/a Work/2026/cur/a", "",
         "INBOX=inbox Sent=sent Work/2026=other"},
        {"directories with dots", "INBOX/cur/a INBOX.Sent/cur/a", "",
         "INBOX=inbox INBOX.Sent=sent"},
        {"mixed", "INBOX/cur/a INBOX/.Sent/cur/a", "", "INBOX=inbox INBOX.Sent=sent"},
        {"folder in a folder", "Work/cur/a Work/Old/cur/a", "",
         "Work=other Work/Old=other"},
        {"other files", "cur/a .notmuch/xapian/x .mbsyncstate notes.txt", "",
         "INBOX=inbox"},
        {"patterns", "cur/a .Spam/cur/a .Work/cur/a", "*;!Work;Spam",
         "INBOX=inbox Spam=junk Work=other!"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(GStrv) files = g_strsplit(cases[i].files, " ", -1);
        g_auto(GStrv) patterns = g_strsplit(cases[i].patterns, ";", -1);
        g_autofree char *names = NULL;
        FetchKit kit;

        g_test_message("%s", cases[i].what);
        fetch_kit_init(&kit, RP_SOURCE_MAILDIR);
        kit.source->job->only_list = true;
        for (char **file = files; *file != NULL; file++)
            fetch_kit_write(&kit, *file, MESSAGE);
        for (char **pattern = patterns; *pattern != NULL; pattern++)
            g_ptr_array_add(kit.source->job->folders, g_strdup(*pattern));
        run(&kit);
        names = folder_names(&kit);
        g_assert_cmpstr(names, ==, cases[i].expected);
        g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 0);
        fetch_kit_clear(&kit);
    }
}

/* A link back up, a FIFO, a file that may not be read, a directory: none holds us. */
static void
test_traps(void)
{
    FetchKit kit;
    g_autofree char *loop = NULL, *fifo = NULL, *closed = NULL;

    fetch_kit_init(&kit, RP_SOURCE_MAILDIR);
    fetch_kit_write(&kit, "cur/1600000001.1.h:2,S", MESSAGE);
    fetch_kit_write(&kit, "cur/1600000002.1.h:2,S", MESSAGE);
    fetch_kit_write(&kit, "cur/directory/x", MESSAGE);
    loop = fetch_kit_path(&kit, "loop");
    fifo = fetch_kit_path(&kit, "cur/fifo");
    closed = fetch_kit_path(&kit, "cur/1600000002.1.h:2,S");
    g_assert_cmpint(symlink(kit.directory, loop), ==, 0);
    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    g_assert_cmpint(g_unlink(closed), ==, 0);
    g_assert_cmpint(symlink(closed, closed), ==, 0); /* ELOOP */
    run(&kit);

    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_FOLDER), ==, 1);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 1);
    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_PROBLEM), ==, 2);
    g_assert_cmpint(fetch_kit_nth(&kit, RP_RECORD_PROBLEM, 0)->u.problem->code, ==,
                    RP_PROBLEM_UNREADABLE);
    fetch_kit_clear(&kit);
}

static void
test_odd_files(void)
{
    g_autofree char *filler = g_strnfill(300 * 1024, 'x');
    g_autofree char *huge = g_strconcat("Subject: huge\nX: ", filler, "\n\nbody", NULL);
    FetchKit kit;

    fetch_kit_init(&kit, RP_SOURCE_MAILDIR);
    fetch_kit_write(&kit, "cur/1600000001.1.h:2,S", "");
    fetch_kit_write(&kit, "cur/1600000002.1.h:2,S", huge);
    fetch_kit_write(&kit, "cur/nodate", "Subject: nodate\n\n");
    fetch_kit_touch(&kit, "cur/nodate", 1500000000);
    fetch_kit_write(&kit, "cur/1600000003.1.h,W=4711:2,S", "Subject: told\n\nx");
    fetch_kit_write(&kit, "cur/.hidden", MESSAGE);
    run(&kit);

    g_assert_cmpuint(fetch_kit_count(&kit, RP_RECORD_ENVELOPE), ==, 4);
    g_assert_cmpuint(fetch_kit_envelope(&kit, "")->size, ==, 0);
    g_assert_cmpuint(fetch_kit_envelope(&kit, "huge")->size, ==, strlen(huge) + 3);
    g_assert_cmpuint(fetch_kit_envelope(&kit, "huge")->cuts, ==, RP_CUT_VALUE);
    g_assert_cmpint(fetch_kit_envelope(&kit, "nodate")->internal_at, ==, 1500000000);
    g_assert_cmpuint(fetch_kit_envelope(&kit, "told")->size, ==, 4711);
    fetch_kit_clear(&kit);
}

static void
test_since(void)
{
    FetchKit kit;

    fetch_kit_init(&kit, RP_SOURCE_MAILDIR);
    kit.source->job->since_at = 1600000000;
    fetch_kit_write(&kit, "cur/1599999999.1.h:2,S", "Subject: old\n\n");
    fetch_kit_write(&kit, "cur/1600000000.1.h:2,S", "Subject: new\n\n");
    run(&kit);
    g_assert_null(fetch_kit_envelope(&kit, "old"));
    g_assert_nonnull(fetch_kit_envelope(&kit, "new"));

    kit.source->job->since_at = 1500000000;
    run(&kit);
    g_assert_nonnull(fetch_kit_envelope(&kit, "old"));
    g_assert_null(fetch_kit_envelope(&kit, "new"));
    fetch_kit_clear(&kit);
}

static void
test_no_maildir(void)
{
    FetchKit kit;
    g_autoptr(GError) empty = NULL;
    g_autoptr(GError) missing = NULL;

    fetch_kit_init(&kit, RP_SOURCE_MAILDIR);
    empty = fetch_kit_run(&kit);
    g_assert_error(empty, RP_SOURCE_ERROR, RP_SOURCE_ERROR_CONFIG);

    g_free(kit.source->job->path);
    kit.source->job->path = fetch_kit_path(&kit, "missing");
    missing = fetch_kit_run(&kit);
    g_assert_error(missing, RP_SOURCE_ERROR, RP_SOURCE_ERROR_CONFIG);
    g_assert_true(g_str_has_suffix(missing->message, "No such file or directory"));
    fetch_kit_clear(&kit);
}

static void
test_stopped(void)
{
    FetchKit kit;
    g_autoptr(GError) error = NULL;

    fetch_kit_init(&kit, RP_SOURCE_MAILDIR);
    fetch_kit_write(&kit, "cur/1600000001.1.h:2,S", MESSAGE);
    close(kit.wake_fds[1]);
    error = fetch_kit_run(&kit);
    g_assert_error(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_STOPPED);
    kit.wake_fds[1] = -1;
    fetch_kit_clear(&kit);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/maildir/names", test_names);
    g_test_add_func("/maildir/first-round", test_first_round);
    g_test_add_func("/maildir/nothing-new", test_nothing_new);
    g_test_add_func("/maildir/changes", test_changes);
    g_test_add_func("/maildir/in-both-places", test_in_both_places);
    g_test_add_func("/maildir/folders", test_folders);
    g_test_add_func("/maildir/traps", test_traps);
    g_test_add_func("/maildir/odd-files", test_odd_files);
    g_test_add_func("/maildir/since", test_since);
    g_test_add_func("/maildir/no-maildir", test_no_maildir);
    g_test_add_func("/maildir/stopped", test_stopped);
    return g_test_run();
}
