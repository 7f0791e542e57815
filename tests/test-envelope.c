/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-envelope.c - R3: what a header field is a sign of */
#include "core/envelope.h"

static void
test_signs(void)
{
    static const struct {
        const char *what, *name, *value;
        uint32_t expected;
    } cases[] = {
        {"automatic reply", "auto-submitted", "auto-replied", RP_SIGN_AUTO_SUBMITTED},
        {"parameters aside", "Auto-Submitted", "no; reason=x", 0},
        {"said to be human", "Auto-Submitted", " No ", 0},
        {"empty is present", "Auto-Submitted", "", RP_SIGN_AUTO_SUBMITTED},
        {"bounce", "Return-Path", " <>", RP_SIGN_NULL_RETURN_PATH},
        {"bounce, with a space", "Return-Path", "< >", RP_SIGN_NULL_RETURN_PATH},
        {"sent by somebody", "Return-Path", "<a@example.org>", 0},
        {"invitation", "Content-Type", "Text/Calendar; method=REQUEST",
         RP_SIGN_CALENDAR_TYPE},
        {"text with a calendar in it", "Content-Type", "multipart/mixed", 0},
        {"Exchange", "Content-Class", "urn:content-classes:calendarmessage",
         RP_SIGN_CALENDAR_CLASS},
        {"bulk", "Precedence", "BULK", RP_SIGN_PRECEDENCE},
        {"first class", "Precedence", "first-class", 0},
        {"list", "List-ID", "<a.example.org>", RP_SIGN_LIST_ID},
        {"no sign", "Subject", "List-Id", 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].what);
        g_assert_cmpuint(rp_signs_from_field(cases[i].name, cases[i].value), ==,
                         cases[i].expected);
    }
}

static void
test_flags(void)
{
    g_autofree const char **none = rp_flags_names(0);
    g_autofree const char **two = rp_flags_names(RP_FLAG_ANSWERED | RP_FLAG_SEEN);

    g_assert_null(none[0]);
    g_assert_cmpstr(two[0], ==, "\\Seen");
    g_assert_cmpstr(two[1], ==, "\\Answered");
    g_assert_null(two[2]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/envelope/signs", test_signs);
    g_test_add_func("/envelope/flags", test_flags);
    return g_test_run();
}
