/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-wording.c - what notices say, of friendly and of hostile mail */
#include "daemon/wording.h"

#include <string.h>

#include "report/text.h"

enum { NOW = 1000 * RP_HOUR_S };

static RpCandidate *
add(GPtrArray *candidates, const char *who, const char *subject, int waits_h)
{
    RpCandidate *candidate = g_new0(RpCandidate, 1);

    g_strlcpy(candidate->id, "k7f3qa", sizeof candidate->id);
    candidate->who = g_strdup(who);
    candidate->subject = g_strdup(subject);
    candidate->opened_at = NOW - waits_h * RP_HOUR_S;
    candidate->due_at = candidate->opened_at + 48 * RP_HOUR_S;
    candidate->usual_s = -1;
    g_ptr_array_add(candidates, candidate);
    return candidate;
}

static GPtrArray *
make_list(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)rp_candidate_free);
}

static void
test_single(void)
{
    static const struct {
        const char *what, *who, *subject;
        int waits_h;
        int64_t usual_s;
        const char *summary, *body;
    } cases[] = {
        {"plain", "Ada L.", "Lunch?", 51, -1, "Ada L. waits for your reply",
         "Lunch?\nWaiting for 2 d 3 h"},
        {"what is usual", "Ada L.", "Lunch?", 51, 5 * RP_HOUR_S,
         "Ada L. waits for your reply",
         "Lunch?\nWaiting for 2 d 3 h, your usual answer takes 5 h"},
        {"no subject", "Ada L.", "", 51, -1, "Ada L. waits for your reply",
         "(no subject)\nWaiting for 2 d 3 h"},
        {"escape sequences, bidi and line ends", "A\x1b[2Jda", "a\nb\u202Egnp.exe", 51,
         -1, "A[2Jda waits for your reply", "a bgnp.exe\nWaiting for 2 d 3 h"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) list = make_list();
        RpCandidate *candidate =
            add(list, cases[i].who, cases[i].subject, cases[i].waits_h);
        g_autoptr(RpNotice) notice = NULL;

        candidate->usual_s = cases[i].usual_s;
        notice = rp_wording_single(candidate, NOW);
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(notice->key, ==, "k7f3qa");
        g_assert_cmpstr(notice->summary, ==, cases[i].summary);
        g_assert_cmpstr(notice->body, ==, cases[i].body);
        g_assert_true(notice->has_actions);
    }
}

static void
test_long(void)
{
    g_autofree char *text = g_strnfill(5000, 'x');
    g_autoptr(GPtrArray) list = make_list();
    g_autoptr(RpNotice) single = rp_wording_single(add(list, text, text, 50), NOW);
    g_autoptr(RpNotice) summary = rp_wording_summary("summary", list, NOW);
    g_auto(GStrv) lines = g_strsplit(summary->body, "\n", -1);

    g_assert_cmpint(rp_text_width(single->summary), <=, 80);
    g_assert_cmpint(strchr(single->body, '\n') - single->body, <=, 122); /* "…": 3 */
    g_assert_cmpuint(g_strv_length(lines), ==, 1);
    g_assert_cmpint(rp_text_width(lines[0]), <=, 120);
}

static void
test_summary(void)
{
    g_autoptr(GPtrArray) list = make_list();
    g_autoptr(RpNotice) one = NULL;
    g_autoptr(RpNotice) five = NULL;
    g_autoptr(RpNotice) warned = NULL;

    add(list, "Ada", "Lunch?", 75);
    one = rp_wording_summary("summary", list, NOW);
    g_assert_cmpstr(one->summary, ==, "1 reply is late");
    g_assert_cmpstr(one->body, ==, "Ada, 3 d 3 h: Lunch?");
    g_assert_false(one->has_actions);

    for (int i = 0; i < 4; i++)
        add(list, "Bob", "Tea?", 50);
    five = rp_wording_summary("summary", list, NOW);
    g_assert_cmpstr(five->summary, ==, "5 replies are late");
    g_assert_cmpstr(five->body, ==,
                    "Ada, 3 d 3 h: Lunch?\nBob, 2 d 2 h: Tea?\nBob, 2 d 2 h: Tea?\n"
                    "and 2 more: riposte list");

    add(list, "Eve", "Soon", 30);
    warned = rp_wording_summary("summary", list, NOW);
    g_assert_cmpstr(warned->summary, ==, "6 replies are waited for");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/wording/single", test_single);
    g_test_add_func("/wording/long", test_long);
    g_test_add_func("/wording/summary", test_summary);
    return g_test_run();
}
