/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-opener.c - open_command: no text of a message becomes more than a part of
 * one argument */
#include "config/opener.h"

#include <glib/gstdio.h>

static const RpOpenTarget MESSAGE = {
    .message_id = "a+b.c$1@mail.example.org",
    .address = "ada@example.org",
    .folder = "INBOX",
    .subject = "Lunch; rm -rf /",
    .uid = 42,
    .mailbox = "=INBOX",
};

static void
test_templates(void)
{
    static const struct {
        const char *what, *command, *expected;
    } cases[] = {
        {"raw id", "thunderbird mid:%m", "thunderbird|mid:a+b.c$1@mail.example.org"},
        {"encoded id", "x %M", "x|a%2Bb.c%241%40mail.example.org"},
        {"as a regular expression", "x %r", "x|a.b.c.1@mail.example.org"},
        {"as notmuch quotes", "x id:%q", "x|id:\"a+b.c$1@mail.example.org\""},
        {"as neomutt names the folder", "x %b", "x|=INBOX"},
        {"subject stays one argument", "x 'about: %s' %u",
         "x|about: Lunch; rm -rf /|42"},
        {"address, folder, percent", "x %a:%f 100%%", "x|ada@example.org:INBOX|100%"},
        {"an option of the template", "x -f %f --uid=%u", "x|-f|INBOX|--uid=42"},
        {"thunderbird", "thunderbird", "thunderbird|mid:a+b.c$1@mail.example.org"},
        {"gmail", "gmail",
         "xdg-open|https://mail.google.com/mail/u/0/"
         "#search/rfc822msgid%3Aa%2Bb.c%241%40mail.example.org"},
        {"notmuch", "notmuch", "notmuch|show|id:\"a+b.c$1@mail.example.org\""},
        {"neomutt", "neomutt",
         "neomutt|-R|-f|=INBOX|-e|push \"<limit>~i "
         "a.b.c.1@mail.example.org<enter><display-message>\""},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_auto(GStrv) argv = rp_opener_argv(cases[i].command, &MESSAGE, &error);
        g_autofree char *got = argv != NULL ? g_strjoinv("|", argv) : NULL;

        g_test_message("%s", cases[i].what);
        g_assert_no_error(error);
        g_assert_cmpstr(got, ==, cases[i].expected);
        g_assert_true(rp_opener_check(cases[i].command, NULL));
    }
}

static void
test_bad_templates(void)
{
    static const char *const commands[] = {"x %z", "x %", "x 'open", "   "};

    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autoptr(GError) error = NULL;

        g_test_message("%s", commands[i]);
        g_assert_false(rp_opener_check(commands[i], &error));
        g_assert_error(error, RP_OPENER_ERROR, RP_OPENER_ERROR_COMMAND);
    }
    g_assert_true(rp_opener_check("", NULL));
}

static void
test_hostile_messages(void)
{
    static const struct {
        const char *what, *command;
        RpOpenTarget target;
    } cases[] = {
        {"id is an option", "x %m", {"--exec=ls", "", "", "", 0, ""}},
        {"id like an option, inside", "x mid:%m", {"-a@b", "", "", "", 0, ""}},
        {"id with a space", "x %m", {"a b@c", "", "", "", 0, ""}},
        {"id with a line end", "x %m", {"a\n@c", "", "", "", 0, ""}},
        {"id with an escape", "x %m", {"a\033[2J@c", "", "", "", 0, ""}},
        {"no id", "x %a", {"", "a@b", "", "", 0, ""}},
        {"subject is an option", "x %s", {"a@b", "", "", "--help", 0, ""}},
        {"folder is an option", "x %f", {"a@b", "", "-e evil", "", 0, ""}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_auto(GStrv) argv = rp_opener_argv(cases[i].command, &cases[i].target, &error);

        g_test_message("%s", cases[i].what);
        g_assert_null(argv);
        g_assert_error(error, RP_OPENER_ERROR, RP_OPENER_ERROR_TARGET);
    }
}

/* neomutt would run what stands between backquotes, and reads a regular expression;
 * notmuch ends an id at a parenthesis unless it is quoted. */
static void
test_odd_ids(void)
{
    static const struct {
        const char *command, *id, *expected;
        guint index;
    } cases[] = {
        {"thunderbird", "a(b)\"'c/%d$e@x", "mid:a(b)\"'c/%d$e@x", 1},
        {"gmail", "a(b)\"'c/%d$e@x",
         "https://mail.google.com/mail/u/0/"
         "#search/rfc822msgid%3Aa%28b%29%22%27c%2F%25d%24e%40x",
         1},
        {"notmuch", "a(b)\"'c/%d$e@x", "id:\"a(b)\"\"'c/%d$e@x\"", 2},
        {"notmuch", "`id`$(id)@x", "id:\"`id`$(id)@x\"", 2},
        {"neomutt", "`id`\";\\<x>@b",
         "push \"<limit>~i .id.....x.@b<enter><display-message>\"", 5},
        {"neomutt", "\u00e9+\u4f8b@b",
         "push \"<limit>~i ...@b<enter><display-message>\"", 5},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const RpOpenTarget target = {cases[i].id, "", "INBOX", "", 0, "=INBOX"};
        g_auto(GStrv) argv = rp_opener_argv(cases[i].command, &target, NULL);

        g_test_message("%s %s", cases[i].command, cases[i].id);
        g_assert_nonnull(argv);
        g_assert_cmpstr(argv[cases[i].index], ==, cases[i].expected);
    }
}

static void
touch(const char *root, const char *name)
{
    g_autofree char *path = g_build_filename(root, name, NULL);

    g_assert_cmpint(g_mkdir_with_parents(path, 0700), ==, 0);
}

static void
test_mailbox(void)
{
    static const struct {
        const char *what;
        RpSourceType type;
        const char *path, *folder, *expected; /* "%" is the root */
    } cases[] = {
        {"IMAP", RP_SOURCE_IMAP, "", "INBOX", "=INBOX"},
        {"IMAP, a folder like an option", RP_SOURCE_IMAP, "", "-e x", "=-e x"},
        {"a Maildir", RP_SOURCE_MAILDIR, "%", "INBOX", "%"},
        {"Maildir++", RP_SOURCE_MAILDIR, "%", "Sent.2026", "%/.Sent.2026"},
        {"a folder within", RP_SOURCE_MAILDIR, "%", "Work/2026", "%/Work/2026"},
        {"one whose name is written in another way", RP_SOURCE_MAILDIR, "%",
         "Entw\u00fcrfe", "=Entw\u00fcrfe"},
        {"mbox files", RP_SOURCE_MBOX, "%/Work", "2026", "%/Work/2026"},
        {"no such account", RP_SOURCE_MBOX, NULL, "2026", "=2026"},
    };
    g_autofree char *root = g_dir_make_tmp("riposte-XXXXXX", NULL);

    touch(root, ".Sent.2026");
    touch(root, "Work/2026");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(GStrv) parts = g_strsplit(cases[i].expected, "%", -1);
        g_autofree char *expected = g_strjoinv(root, parts);
        g_autoptr(GPtrArray) accounts = g_ptr_array_new();
        const RpConfig config = {.accounts = accounts};
        RpAccountConfig account = {.name = (char[]){"work"}, .type = cases[i].type};
        g_autofree char *got = NULL;

        account.path = cases[i].path == NULL || *cases[i].path == '\0'
                           ? g_strdup("")
                           : g_strconcat(root, cases[i].path + 1, NULL);
        if (cases[i].path != NULL)
            g_ptr_array_add(accounts, &account);
        got = rp_opener_mailbox(&config, "work", cases[i].folder);
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, expected);
        g_free(account.path);
    }
    for (size_t i = 0; i < 4; i++) {
        static const char *const made[] = {"Work/2026", "Work", ".Sent.2026", ""};
        g_autofree char *path = g_build_filename(root, made[i], NULL);

        g_assert_cmpint(g_rmdir(path), ==, 0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/opener/templates", test_templates);
    g_test_add_func("/opener/bad-templates", test_bad_templates);
    g_test_add_func("/opener/hostile-messages", test_hostile_messages);
    g_test_add_func("/opener/odd-ids", test_odd_ids);
    g_test_add_func("/opener/mailbox", test_mailbox);
    return g_test_run();
}
