/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-subject.c - R2(b) base subjects (RFC 5256 2.1), R3 phrases */
#include "core/subject.h"

#include <glib.h>

static void
test_base(void)
{
    static const struct {
        const char *subject, *expected;
        bool is_reply;
    } cases[] = {
        {"Plan", "plan", false},
        {"Re: Plan", "plan", true},
        {"RE:Plan", "plan", true},
        {"Re : Plan", "plan", true},
        {"Re[2]: Plan", "plan", true},
        {"Re(3): Plan", "plan", true},
        {"Re^4: Plan", "plan", true},
        {"Re5: Plan", "plan", true},
        {"R: Plan", "plan", true},
        {"ODP: Plan", "plan", true},
        {"YNT: Plan", "plan", true},
        {"Antw.: Plan", "antw.: plan", false},
        {"Regarding: Plan", "regarding: plan", false},
        {"Rest", "rest", false},
        {"[list] Re: [list] Plan", "plan", true},
        {"[a][b] Plan", "plan", false},
        {"Fwd: Plan", "plan", false},
        {"WG: AW: Plan", "plan", true},
        {"TR: Plan (fwd)", "plan", false},
        {"[Fwd: Plan]", "plan", false},
        {"[Fwd: Re: Plan]", "plan", true},
        {"Re：计划", "计划", true},
        {"SV: ÄRENDE", "ärende", true},
        {"Re:", "", true},
        {"[tag]", "[tag]", false},
        {"[a][b] [c]", "[c]", false},
        {"[a] Re: [b][c]", "[c]", true},
        {"[a][b] Re: Plan", "plan", true},
        {"", "", false},
        {"Re[x: Plan", "re[x: plan", false},
        {"Re(x): Plan", "re(x): plan", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool is_reply;
        g_autofree char *base = rp_subject_base(cases[i].subject, &is_reply);

        g_test_message("%s", cases[i].subject);
        g_assert_cmpstr(base, ==, cases[i].expected);
        g_assert_true(is_reply == cases[i].is_reply);
        g_assert_true(rp_subject_is_reply(cases[i].subject) == cases[i].is_reply);
    }
}

static void
test_phrases(void)
{
    static const struct {
        const char *subject;
        bool is_absence, is_calendar;
    } cases[] = {
        {"Automatic reply: Plan", true, false},
        {"AUTOMATIC REPLY", true, false},
        {"Automatic reply Plan", false, false},
        {"Re: Automatic reply: Plan", false, false},
        {"Réponse automatique : Plan", true, false},
        {"Re\xcc\x81ponse automatique: Plan", true, false},
        {"自动回复：计划", true, false},
        {"Автоответ: План", true, false},
        {"Invitation: Tea", false, true},
        {"Invitation", false, false},
        {"Invitations: Tea", false, false},
        {"Mit Vorbehalt: Tee", false, true},
        {"Accepté : Thé", false, true},
        {"", false, false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].subject);
        g_assert_true(rp_subject_is_absence(cases[i].subject) == cases[i].is_absence);
        g_assert_true(rp_subject_is_calendar(cases[i].subject) == cases[i].is_calendar);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/subject/base", test_base);
    g_test_add_func("/subject/phrases", test_phrases);
    return g_test_run();
}
