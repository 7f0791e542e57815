/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-select.c - which folders are read */
#include "fetch/select.h"

static GPtrArray *
split(const char *list)
{
    g_auto(GStrv) parts = g_strsplit(list, ";", -1);
    GPtrArray *patterns = g_ptr_array_new_with_free_func(g_free);

    for (char **part = parts; *part != NULL; part++)
        g_ptr_array_add(patterns, g_strdup(*part));
    return patterns;
}

static void
test_is_selected(void)
{
    static const struct {
        const char *patterns, *name;
        RpRole role;
        bool expected;
    } cases[] = {
        {"", "INBOX", RP_ROLE_INBOX, true},
        {"", "Junk", RP_ROLE_JUNK, false},
        {"*", "Work", RP_ROLE_OTHER, true},
        {"*", "Trash", RP_ROLE_TRASH, false},
        {"*", "[Gmail]/All Mail", RP_ROLE_ALL, false},
        {"*;Trash", "Trash", RP_ROLE_TRASH, true},
        {"*;!Work", "Work", RP_ROLE_OTHER, false},
        {"*;!work", "Work", RP_ROLE_OTHER, false},
        {"*;!Work/*", "Work/2019", RP_ROLE_OTHER, false},
        {"*;!Work/*", "Work", RP_ROLE_OTHER, true},
        {"*;!Work/*;Work/2020", "Work/2020", RP_ROLE_OTHER, true},
        {"!Spam", "Work", RP_ROLE_OTHER, true},
        {"!Spam", "Spam", RP_ROLE_JUNK, false},
        {"!Spam", "Drafts", RP_ROLE_DRAFTS, false},
        {"INBOX", "INBOX", RP_ROLE_INBOX, true},
        {"INBOX", "Work", RP_ROLE_OTHER, false},
        {"INBOX;Sent", "Sent", RP_ROLE_SENT, true},
        {"Work*", "Work/a/b", RP_ROLE_OTHER, true},
        {"Work?", "Work1", RP_ROLE_OTHER, true},
        {"Work?", "Work", RP_ROLE_OTHER, false},
        {"INBOX*", "INBOX.Trash", RP_ROLE_TRASH, false}, /* not by name */
        {"INBOX.Trash", "INBOX.Trash", RP_ROLE_TRASH, true},
        {"Trash;!*", "Trash", RP_ROLE_TRASH, false},
        {"Trash;*", "Trash", RP_ROLE_TRASH, true}, /* once taken, it stays */
        {"Entwürfe", "ENTWÜRFE", RP_ROLE_DRAFTS, true},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) patterns = split(cases[i].patterns);

        g_test_message("%s %s", cases[i].patterns, cases[i].name);
        g_assert_true(rp_folder_is_selected(patterns, cases[i].name, cases[i].role) ==
                      cases[i].expected);
    }
    g_assert_true(rp_folder_is_selected(NULL, "Work", RP_ROLE_OTHER));
    g_assert_false(rp_folder_is_selected(NULL, "Junk", RP_ROLE_JUNK));
}

static void
test_role(void)
{
    g_autoptr(GPtrArray) sent = split("Outbox 2;Postausgang");

    g_assert_cmpint(rp_folder_role(sent, "postausgang", RP_ROLE_OTHER), ==,
                    RP_ROLE_SENT);
    g_assert_cmpint(rp_folder_role(sent, "Outbox 2", RP_ROLE_TRASH), ==, RP_ROLE_SENT);
    g_assert_cmpint(rp_folder_role(sent, "INBOX", RP_ROLE_INBOX), ==, RP_ROLE_INBOX);
    g_assert_cmpint(rp_folder_role(NULL, "INBOX", RP_ROLE_INBOX), ==, RP_ROLE_INBOX);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/select/is-selected", test_is_selected);
    g_test_add_func("/select/role", test_role);
    return g_test_run();
}
