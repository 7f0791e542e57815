/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-edit.c - changes to a configuration leave the user's own lines be */
#include <config.h> /* the POSIX calls */

#include "config/edit.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "config/config.h"

static const char TEXT[] = "# mine\n"
                           "[me]\n"
                           "addresses = a@x.org ;b@x.org\n"
                           "\n"
                           "# about work\n"
                           "[account work]\n"
                           "host=h\n"
                           "# inside\n"
                           "user=u\n"
                           "\n"
                           "# about policy\n"
                           "[policy]\n"
                           "#overdue=48h\n";

static void
check_set(const char *what, const char *text, const char *group, const char *key,
          const char *expected)
{
    g_autofree char *got = rp_config_text_set(text, group, key, "V");

    g_test_message("%s", what);
    g_assert_cmpstr(got, ==, expected);
}

static void
test_set(void)
{
    check_set("new file", "", "me", "name", "[me]\nname=V\n");
    check_set("replaced", "[me]\n name = A\nb=1\n", "me", "name",
              "[me]\nname=V\nb=1\n");
    check_set("below the head", "[me]\nb=1\n", "me", "name", "[me]\nname=V\nb=1\n");
    check_set("a commented one is none", "[policy]\n#overdue=48h\n", "policy",
              "overdue", "[policy]\noverdue=V\n#overdue=48h\n");
    check_set("of another group", "[a]\nname=1\n[me]\n", "me", "name",
              "[a]\nname=1\n[me]\nname=V\n");
    check_set("longer key", "[me]\nnames=1\n", "me", "name", "[me]\nname=V\nnames=1\n");
    check_set("no newline at the end", "[me]", "me", "name", "[me]\nname=V\n");
}

static void
test_unset(void)
{
    static const struct {
        const char *what, *group, *key, *expected;
    } cases[] = {
        {"its line alone", "account", "user", "[account]\nhost=h\n# c\n[b]\nuser=v\n"},
        {"not there", "account", "port",
         "[account]\nhost=h\nuser=u\n# c\n[b]\nuser=v\n"},
        {"no such group", "c", "user", "[account]\nhost=h\nuser=u\n# c\n[b]\nuser=v\n"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got =
            rp_config_text_unset("[account]\nhost=h\nuser=u\n# c\n[b]\nuser=v\n",
                                 cases[i].group, cases[i].key);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

static void
test_get(void)
{
    g_autofree char *addresses = rp_config_text_get(TEXT, "me", "addresses");
    g_autofree char *overdue = rp_config_text_get(TEXT, "policy", "overdue");
    g_autofree char *elsewhere = rp_config_text_get(TEXT, "me", "host");
    g_autofree char *nowhere = rp_config_text_get(TEXT, "sync", "poll");

    g_assert_cmpstr(addresses, ==, "a@x.org ;b@x.org");
    g_assert_null(overdue);
    g_assert_null(elsewhere);
    g_assert_null(nowhere);
}

static void
test_put_group(void)
{
    g_autofree char *replaced =
        rp_config_text_put_group(TEXT, "account work", "type=mbox\npath=/m\n");
    g_autofree char *added =
        rp_config_text_put_group("[me]\n", "account home", "host=h\n");

    g_assert_cmpstr(replaced, ==,
                    "# mine\n[me]\naddresses = a@x.org ;b@x.org\n\n# about work\n"
                    "[account work]\ntype=mbox\npath=/m\n\n# about policy\n[policy]\n"
                    "#overdue=48h\n");
    g_assert_cmpstr(added, ==, "[me]\n\n[account home]\nhost=h\n");
}

static void
test_escape(void)
{
    static const struct {
        const char *value;
        bool is_member;
        const char *expected;
    } cases[] = {
        {"a\\b", false, "a\\\\b"}, {" a b", false, "\\sa b"}, {"a;b", false, "a;b"},
        {"a;b", true, "a\\;b"},    {"a\nb", false, NULL},     {"a\033b", true, NULL},
        {"\xe4", false, NULL},     {"", false, ""},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_config_escape(cases[i].value, cases[i].is_member);

        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

/* The link's target may be on another disk, where no file can be moved to. */
static void
test_stage_link(void)
{
    g_autofree char *folder = g_dir_make_tmp("riposte-XXXXXX", NULL);
    g_autofree char *there = g_build_filename(folder, "there", NULL);
    g_autofree char *target = g_build_filename(there, "config", NULL);
    g_autofree char *link = g_build_filename(folder, "config", NULL);
    g_autofree char *staged = NULL;
    g_autofree char *staged_in = NULL;
    g_autofree char *text = NULL;

    g_assert_cmpint(g_mkdir(there, 0700), ==, 0);
    g_assert_true(g_file_set_contents(target, "old", -1, NULL));
    g_assert_cmpint(symlink(target, link), ==, 0);
    staged = rp_config_stage(link, "new", NULL);
    g_assert_nonnull(staged);
    staged_in = g_path_get_dirname(staged);
    g_assert_cmpstr(staged_in, ==, there);
    g_assert_true(rp_config_commit(staged, link, NULL));
    g_assert_true(g_file_get_contents(target, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "new");
    g_remove(link);
    g_remove(target);
    g_rmdir(there);
    g_rmdir(folder);
}

/* A link may lead, by another link, to a file that is not there yet: it stays a link.
 * One that leads to itself is an error. */
static void
test_stage_dangling(void)
{
    g_autofree char *folder = g_dir_make_tmp("riposte-XXXXXX", NULL);
    g_autofree char *there = g_build_filename(folder, "there", NULL);
    g_autofree char *target = g_build_filename(there, "config", NULL);
    g_autofree char *link = g_build_filename(folder, "config", NULL);
    g_autofree char *second = g_build_filename(folder, "second", NULL);
    g_autofree char *round = g_build_filename(folder, "round", NULL);
    g_autofree char *staged = NULL;
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(symlink("second", link), ==, 0);
    g_assert_cmpint(symlink("there/config", second), ==, 0);
    staged = rp_config_stage(link, "new", NULL);
    g_assert_nonnull(staged);
    g_assert_true(rp_config_commit(staged, link, NULL));
    g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
    g_assert_true(g_file_test(second, G_FILE_TEST_IS_SYMLINK));
    g_assert_true(g_file_get_contents(target, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "new");

    g_assert_cmpint(symlink("round", round), ==, 0);
    g_assert_null(rp_config_stage(round, "new", &error));
    g_assert_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE);
    g_remove(round);
    g_remove(link);
    g_remove(second);
    g_remove(target);
    g_rmdir(there);
    g_rmdir(folder);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/edit/set", test_set);
    g_test_add_func("/edit/unset", test_unset);
    g_test_add_func("/edit/get", test_get);
    g_test_add_func("/edit/put-group", test_put_group);
    g_test_add_func("/edit/escape", test_escape);
    g_test_add_func("/edit/stage-link", test_stage_link);
    g_test_add_func("/edit/stage-dangling", test_stage_dangling);
    return g_test_run();
}
