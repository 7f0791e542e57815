/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-wording.c - what notices say, of friendly and of hostile mail
 *
 * Follow-ups are written "WHO|SUBJECT|HOURS" of waiting, with a "<" before those that
 * the other side owes, "#" before a call, "+" before thanks, "~" before whom to get
 * back in touch with. They are late after 48 h.
 */
#include "daemon/phrase.h"
#include "daemon/wording.h"

#include <stdlib.h>
#include <string.h>

#include "report/text.h"

enum { NOW = 1000 * RP_HOUR_S };

static RpCandidate *
add(GPtrArray *candidates, const char *who, const char *subject, int waits_h)
{
    RpCandidate *candidate = g_new0(RpCandidate, 1);

    g_strlcpy(candidate->id, "k7f3qa", sizeof candidate->id);
    candidate->who = g_strdup(who);
    candidate->person_key = g_strdup(who);
    candidate->address = g_strdup("ada@example.org");
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

/* NULL ends the texts. */
static GPtrArray *
read_list(const char *const *texts)
{
    GPtrArray *list = make_list();

    for (; *texts != NULL; texts++) {
        const char *who = *texts + strspn(*texts, "<#+~");
        g_autofree char *signs = g_strndup(*texts, (gsize)(who - *texts));
        g_auto(GStrv) parts = g_strsplit(who, "|", -1);
        RpCandidate *candidate = add(list, parts[0], parts[1], atoi(parts[2]));

        candidate->direction = strchr(signs, '<') != NULL ? RP_THEIRS : RP_MINE;
        if (strchr(signs, '#') != NULL)
            candidate->channel = RP_CHANNEL_CALL;
        else if (strchr(signs, '+') != NULL)
            candidate->channel = RP_CHANNEL_FAVOUR;
        candidate->is_keep = strchr(signs, '~') != NULL;
    }
    return list;
}

static void
test_durations(void)
{
    static const struct {
        int64_t s;
        const char *expected;
    } cases[] = {
        {-5 * RP_DAY_S, "less than a minute"}, /* a clock that went back */
        {0, "less than a minute"},
        {59, "less than a minute"},
        {60, "1 minute"},
        {RP_HOUR_S - 1, "59 minutes"},
        {RP_HOUR_S, "1 hour"},
        {2 * RP_HOUR_S - 1, "1 hour"},
        {24 * RP_HOUR_S, "24 hours"},
        {47 * RP_HOUR_S, "47 hours"},
        {48 * RP_HOUR_S, "2 days"},
        {71 * RP_HOUR_S, "2 days"},
        {72 * RP_HOUR_S, "3 days"},
        {13 * RP_DAY_S, "13 days"},
        {14 * RP_DAY_S, "2 weeks"},
        {30 * RP_DAY_S, "4 weeks"},
        {1000 * RP_WEEK_S, "1000 weeks"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_phrase_duration(cases[i].s);

        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

static void
test_single(void)
{
    static const struct {
        const char *what, *who, *subject;
        int waits_h;
        int64_t usual_s;
        RpDirection direction;
        const char *summary, *body;
    } cases[] = {
        {"plain", "Ada L.", "Lunch?", 51, -1, RP_MINE, "Ada L. waits for your reply",
         "Lunch?\nWaiting for 2 days"},
        {"what is usual", "Ada L.", "Lunch?", 51, 5 * RP_HOUR_S, RP_MINE,
         "Ada L. waits for your reply",
         "Lunch?\nWaiting for 2 days; you usually answer in 5 hours"},
        {"theirs", "Ada L.", "Lunch?", 100, -1, RP_THEIRS,
         "Ada L. has not replied to you", "Lunch?\nYou have waited for 4 days"},
        {"theirs, and what is usual", "Ada L.", "Lunch?", 100, RP_HOUR_S, RP_THEIRS,
         "Ada L. has not replied to you",
         "Lunch?\nYou have waited for 4 days; they usually answer in 1 hour"},
        {"opened by a clock ahead of ours", "Ada L.", "Lunch?", -5, 0, RP_MINE,
         "Ada L. waits for your reply",
         "Lunch?\nWaiting for less than a minute; you usually answer in less than a "
         "minute"},
        {"no subject", "Ada L.", "", 51, -1, RP_MINE, "Ada L. waits for your reply",
         "(no subject)\nWaiting for 2 days"},
        {"a person without a name", "ada@example.org", "Lunch?", 51, -1, RP_MINE,
         "ada@example.org waits for your reply", "Lunch?\nWaiting for 2 days"},
        {"a name and a subject that nobody can see", "\u202E \u2066", "\u200F\n", 51,
         -1, RP_MINE, "ada@example.org waits for your reply",
         "(no subject)\nWaiting for 2 days"},
        {"escape sequences, bidi and line ends", "A\x1b[2Jda", "a\nb\u202Egnp.exe", 51,
         -1, RP_MINE, "A[2Jda waits for your reply", "a bgnp.exe\nWaiting for 2 days"},
        {"markup stays what it is", "<b>Ada</b>", "<a href=\"x\">&amp;", 51, -1,
         RP_MINE, "<b>Ada</b> waits for your reply",
         "<a href=\"x\">&amp;\nWaiting for 2 days"},
        {"a name from right to left is set off", "\u05D0\u05D3\u05D4",
         "\u4F8B\u3048 \U0001F600", 51, -1, RP_MINE,
         "\u200E\u2068\u05D0\u05D3\u05D4\u2069 waits for your reply",
         "\u4F8B\u3048 \U0001F600\nWaiting for 2 days"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) list = make_list();
        RpCandidate *candidate =
            add(list, cases[i].who, cases[i].subject, cases[i].waits_h);
        g_autoptr(RpNotice) notice = NULL;

        candidate->usual_s = cases[i].usual_s;
        candidate->direction = cases[i].direction;
        notice = rp_wording_person("person ada", list, NOW);
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(notice->key, ==, "person ada");
        g_assert_cmpstr(notice->summary, ==, cases[i].summary);
        g_assert_cmpstr(notice->body, ==, cases[i].body);
        g_assert_cmpint(notice->buttons, ==, RP_BUTTONS_FOLLOWUP);
    }
}

static void
test_person(void)
{
    static const struct {
        const char *what, *list[6], *summary, *body;
    } cases[] = {
        {"two of mine",
         {"Ada|Lunch?|75", "Ada|Tea?|50", NULL},
         "Ada waits for 2 replies",
         "3 days: Lunch?\n2 days: Tea?"},
        {"a call",
         {"#Ada|They called|75", NULL},
         "Ada waits for your call",
         "They called\nWaiting for 3 days"},
        {"two calls of theirs",
         {"<#Ada|One|75", "<#Ada|Two|50", NULL},
         "Ada owes you 2 calls",
         "3 days: One\n2 days: Two"},
        {"thanks",
         {"+Ada|Introduction|75", NULL},
         "Ada is owed your thanks",
         "Introduction\nWaiting for 3 days"},
        {"to get back in touch",
         {"~Ada|last contact 75 h ago; every 1d|75", NULL},
         "Ada is due to hear from you",
         "last contact 75 h ago; every 1d\nWaiting for 3 days"},
        {"and a mail",
         {"~Ada|every 1d|75", "Ada|Tea?|50", NULL},
         "Ada waits for 2 answers",
         "3 days: every 1d\n2 days: Tea?"},
        {"a call and a mail",
         {"#Ada|They called|75", "Ada|Tea?|50", NULL},
         "Ada waits for 2 answers",
         "3 days: They called\n2 days: Tea?"},
        {"two of theirs",
         {"<Ada|Lunch?|75", "<Ada|Tea?|50", NULL},
         "Ada owes you 2 replies",
         "3 days: Lunch?\n2 days: Tea?"},
        {"both",
         {"Ada|Lunch?|75", "<Ada|Tea?|50", NULL},
         "You and Ada owe each other answers",
         "You, 3 days: Lunch?\nThey, 2 days: Tea?"},
        {"a subject from right to left",
         {"Ada|Lunch?|75", "Ada|\u0634\u0643\u0631\u0627|50", NULL},
         "Ada waits for 2 replies",
         "3 days: Lunch?\n2 days: \u200E\u2068\u0634\u0643\u0631\u0627\u2069"},
        {"five",
         {"Ada|A|75", "Ada|B|50", "Ada|C|50", "Ada|D|50", "Ada||50", NULL},
         "Ada waits for 5 replies",
         "3 days: A\n2 days: B\n2 days: C\nand 2 more"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) list = read_list(cases[i].list);
        g_autoptr(RpNotice) notice = rp_wording_person("k", list, NOW);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(notice->summary, ==, cases[i].summary);
        g_assert_cmpstr(notice->body, ==, cases[i].body);
        g_assert_cmpint(notice->buttons, ==, RP_BUTTONS_FOLLOWUP);
    }
}

static void
check_lines(const RpNotice *notice, guint n_lines)
{
    g_auto(GStrv) lines = g_strsplit(notice->body, "\n", -1);

    g_assert_cmpint(rp_text_width(notice->summary), <=, 60);
    g_assert_cmpuint(g_strv_length(lines), ==, n_lines);
    for (char **line = lines; *line != NULL; line++)
        g_assert_cmpint(rp_text_width(*line), <=, 100);
}

static void
test_long(void)
{
    g_autofree char *name = g_strnfill(200, 'x');
    g_autofree char *subject = g_strnfill(5000, 'y');
    g_autoptr(GPtrArray) list = make_list();
    g_autoptr(RpNotice) single = NULL;
    g_autoptr(RpNotice) person = NULL;
    g_autoptr(RpNotice) summary = NULL;
    g_autoptr(RpNotice) done = NULL;
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();

    add(list, name, subject, 50);
    single = rp_wording_person("k", list, NOW);
    summary = rp_wording_summary("k", list, NOW);
    done = rp_wording_decided("k", list, RP_NEVER, utc, NOW);
    add(list, name, subject, 49);
    person = rp_wording_person("k", list, NOW);
    check_lines(single, 2);
    check_lines(summary, 1);
    check_lines(done, 1);
    check_lines(person, 2);
}

static void
test_summary(void)
{
    static const struct {
        const char *what, *list[8], *summary, *body;
    } cases[] = {
        {"one",
         {"Ada|Lunch?|75", NULL},
         "1 reply is late",
         "Ada waits, 3 days: Lunch?"},
        {"the oldest of each person",
         {"Ada|Lunch?|75", "Bob|Tea?|51", "Bob|Or coffee?|50", "<Eve|Soon|50",
          "Kim||50", NULL},
         "5 replies are late",
         "Ada waits, 3 days: Lunch?\nBob waits for 2 replies, 2 days: Tea?\n"
         "Eve owes you, 2 days: Soon\nand 1 more: riposte list"},
        {"what both sides owe",
         {"Ada|Lunch?|75", "<Ada|Tea?|51", NULL},
         "2 replies are late",
         "Ada waits, 3 days: Lunch?\nAda owes you, 2 days: Tea?"},
        {"a warning is not late",
         {"Ada|Lunch?|75", "Bob|Tea?|30", NULL},
         "2 replies are waited for",
         "Ada waits, 3 days: Lunch?\nBob waits, 30 hours: Tea?"},
        {"one word of thanks",
         {"+Bob|Dinner|60", NULL},
         "1 word of thanks is late",
         "Bob waits, 2 days: Dinner"},
        {"signs of life",
         {"~Ada|every 1d|75", "~Bob|every 2d|60", NULL},
         "2 signs of life are late",
         "Ada waits, 3 days: every 1d\nBob waits, 2 days: every 2d"},
        {"calls and mail",
         {"Ada|Lunch?|75", "#Bob|They called|60", NULL},
         "2 answers are late",
         "Ada waits, 3 days: Lunch?\nBob waits, 2 days: They called"},
        {"one warning",
         {"Bob|Tea?|30", NULL},
         "1 reply is waited for",
         "Bob waits, 30 hours: Tea?"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) list = read_list(cases[i].list);
        g_autoptr(RpNotice) notice = rp_wording_summary("summary", list, NOW);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(notice->summary, ==, cases[i].summary);
        g_assert_cmpstr(notice->body, ==, cases[i].body);
        g_assert_cmpint(notice->buttons, ==, RP_BUTTONS_NONE);
    }
}

static void
test_digest(void)
{
    static const struct {
        const char *what, *list[4];
        guint n_late;
        const char *summary, *body;
    } cases[] = {
        {"all that is late",
         {"Ada|Lunch?|75", "Bob|Tea?|51", NULL},
         2,
         "2 replies have become late",
         "Ada waits, 3 days: Lunch?\nBob waits, 2 days: Tea?"},
        {"not all",
         {"Ada|Lunch?|75", "Bob|Tea?|51", NULL},
         9,
         "2 replies have become late",
         "Ada waits, 3 days: Lunch?\nBob waits, 2 days: Tea?\n"
         "9 are late in all: riposte list"},
        {"a warning among them",
         {"Ada|Lunch?|75", "Bob|Tea?|30", NULL},
         1,
         "2 replies are waited for",
         "Ada waits, 3 days: Lunch?\nBob waits, 30 hours: Tea?"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) list = read_list(cases[i].list);
        g_autoptr(RpNotice) notice =
            rp_wording_digest("summary", list, cases[i].n_late, NOW);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(notice->summary, ==, cases[i].summary);
        g_assert_cmpstr(notice->body, ==, cases[i].body);
    }
}

/* Now is 1970-02-11 16:00 UTC, 17:00 in Berlin. */
static void
test_decided(void)
{
    static const struct {
        const char *what, *list[4];
        int64_t until_at;
        const char *summary, *body;
    } cases[] = {
        {"done", {"Ada|Lunch?|75", NULL}, RP_NEVER, "Done: Ada", "Lunch?"},
        {"several",
         {"Ada|Lunch?|75", "Ada|Tea?|51", NULL},
         RP_NEVER,
         "Done: Ada",
         "2 replies"},
        {"snoozed",
         {"Ada|Lunch?|75", NULL},
         NOW + RP_DAY_S,
         "Snoozed until tomorrow, 17:00",
         "Ada: Lunch?"},
        {"for less than a day",
         {"Ada|Lunch?|75", NULL},
         NOW + RP_HOUR_S,
         "Snoozed until 1970-02-11 18:00",
         "Ada: Lunch?"},
        {"for longer",
         {"Ada|Lunch?|75", "Ada|Tea?|51", NULL},
         NOW + 2 * RP_DAY_S,
         "Snoozed until 1970-02-13 17:00",
         "Ada: 2 replies"},
    };
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) list = read_list(cases[i].list);
        g_autoptr(RpNotice) notice =
            rp_wording_decided("decision 1", list, cases[i].until_at, zone, NOW);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(notice->key, ==, "decision 1");
        g_assert_cmpstr(notice->summary, ==, cases[i].summary);
        g_assert_cmpstr(notice->body, ==, cases[i].body);
        g_assert_cmpint(notice->buttons, ==, RP_BUTTONS_UNDO);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/wording/durations", test_durations);
    g_test_add_func("/wording/single", test_single);
    g_test_add_func("/wording/person", test_person);
    g_test_add_func("/wording/long", test_long);
    g_test_add_func("/wording/summary", test_summary);
    g_test_add_func("/wording/digest", test_digest);
    g_test_add_func("/wording/decided", test_decided);
    return g_test_run();
}
