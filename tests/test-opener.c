/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-opener.c - open_command: no text of a message becomes more than a part of
 * one argument */
#include "config/opener.h"

static const RpOpenTarget MESSAGE = {
    .message_id = "a+b.c$1@mail.example.org",
    .address = "ada@example.org",
    .folder = "INBOX",
    .subject = "Lunch; rm -rf /",
    .uid = 42,
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
        {"subject stays one argument", "x 'about: %s' %u",
         "x|about: Lunch; rm -rf /|42"},
        {"address, folder, percent", "x %a:%f 100%%", "x|ada@example.org:INBOX|100%"},
        {"an option of the template", "x -f %f --uid=%u", "x|-f|INBOX|--uid=42"},
        {"thunderbird", "thunderbird", "thunderbird|mid:a+b.c$1@mail.example.org"},
        {"gmail", "gmail",
         "xdg-open|https://mail.google.com/mail/u/0/"
         "#search/rfc822msgid%3Aa%2Bb.c%241%40mail.example.org"},
        {"notmuch", "notmuch", "notmuch|show|id:a+b.c$1@mail.example.org"},
        {"neomutt", "neomutt",
         "neomutt|-f|INBOX|-e|push \"<search>~i "
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
    static const char *const commands[] = {"x %q", "x %", "x 'open", "   "};

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
        {"id is an option", "x %m", {"--exec=ls", "", "", "", 0}},
        {"id like an option, inside", "x mid:%m", {"-a@b", "", "", "", 0}},
        {"id with a space", "x %m", {"a b@c", "", "", "", 0}},
        {"id with a line end", "x %m", {"a\n@c", "", "", "", 0}},
        {"id with an escape", "x %m", {"a\033[2J@c", "", "", "", 0}},
        {"no id", "x %a", {"", "a@b", "", "", 0}},
        {"subject is an option", "x %s", {"a@b", "", "", "--help", 0}},
        {"folder is an option", "neomutt", {"a@b", "", "-e evil", "", 0}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_auto(GStrv) argv = rp_opener_argv(cases[i].command, &cases[i].target, &error);

        g_test_message("%s", cases[i].what);
        g_assert_null(argv);
        g_assert_error(error, RP_OPENER_ERROR, RP_OPENER_ERROR_TARGET);
    }
}

/* neomutt would run what stands between backquotes. */
static void
test_neomutt_runs_nothing(void)
{
    static const RpOpenTarget target = {"`id`\";\\<x>@b", "", "INBOX", "", 0};
    g_auto(GStrv) argv = rp_opener_argv("neomutt", &target, NULL);

    g_assert_nonnull(argv);
    g_assert_cmpstr(argv[4], ==,
                    "push \"<search>~i .id.....x.@b<enter><display-message>\"");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/opener/templates", test_templates);
    g_test_add_func("/opener/bad-templates", test_bad_templates);
    g_test_add_func("/opener/hostile-messages", test_hostile_messages);
    g_test_add_func("/opener/neomutt-runs-nothing", test_neomutt_runs_nothing);
    return g_test_run();
}
