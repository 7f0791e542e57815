/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-schedule.c - R11 and the budget of notices: what is raised when
 *
 * Follow-ups are written "NAME:HOURS", opened so many hours ago, due after 48 h,
 * warned of after 24 h, repeated after 96 h, lapsing after 30 d; "NAME:HOURS:SNOOZE"
 * is snoozed until so many hours from now. Notices shown: "NAME/STAGE:HOURS" ago.
 * The result: "NAME/STAGE" of what is raised, "sum(NAMES)" if in a summary of those,
 * "close NAME" and "over" (the summary) for what goes.
 */
#include "daemon/schedule.h"

#include <stdlib.h>
#include <string.h>

static int64_t
instant(const char *text)
{
    int64_t at = 0;

    g_assert_true(rp_instant_parse(text, NULL, &at));
    return at;
}

static int
compare_candidates(gconstpointer a, gconstpointer b)
{
    const RpCandidate *one = *(const RpCandidate *const *)a;
    const RpCandidate *other = *(const RpCandidate *const *)b;

    return (one->due_at > other->due_at) - (one->due_at < other->due_at);
}

static GPtrArray *
read_candidates(const char *text, int64_t now_at)
{
    GPtrArray *candidates =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_candidate_free);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);

    for (char **word = words; *word != NULL && **word != '\0'; word++) {
        g_auto(GStrv) parts = g_strsplit(*word, ":", -1);
        RpCandidate *candidate = g_new0(RpCandidate, 1);

        g_strlcpy(candidate->id, parts[0], sizeof candidate->id);
        candidate->opened_at = now_at - (int64_t)(atof(parts[1]) * RP_HOUR_S);
        candidate->warn_at = candidate->opened_at + RP_DAY_S;
        candidate->due_at = candidate->opened_at + 2 * RP_DAY_S;
        candidate->lapse_at = candidate->opened_at + 30 * RP_DAY_S;
        candidate->snoozed_until_at =
            parts[2] == NULL ? RP_NEVER : now_at + atoi(parts[2]) * RP_HOUR_S;
        g_ptr_array_add(candidates, candidate);
    }
    g_ptr_array_sort(candidates, compare_candidates);
    return candidates;
}

static void
free_row(gpointer data)
{
    RpNoticeRow *row = data;

    g_free(row->followup_id);
    g_free(row->stage);
    g_free(row);
}

static GPtrArray *
read_notices(const char *text, int64_t now_at)
{
    GPtrArray *notices = g_ptr_array_new_with_free_func(free_row);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);

    for (char **word = words; *word != NULL && **word != '\0'; word++) {
        g_auto(GStrv) parts = g_strsplit_set(*word, "/:", -1);
        RpNoticeRow *row = g_new0(RpNoticeRow, 1);

        row->followup_id = g_strdup(parts[0]);
        row->stage = g_strdup(parts[1]);
        row->shown_at = now_at - (int64_t)(atof(parts[2]) * RP_HOUR_S);
        g_ptr_array_add(notices, row);
    }
    return notices;
}

static GPtrArray *
read_ids(const char *text)
{
    GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);

    for (char **word = words; *word != NULL && **word != '\0'; word++)
        g_ptr_array_add(ids, g_strdup(*word));
    return ids;
}

static char *
describe(const RpSchedule *schedule)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < schedule->members->len; i++) {
        const RpCandidate *candidate = g_ptr_array_index(schedule->members, i);

        g_string_append_printf(text, "%s%s", i == 0 ? "sum(" : " ", candidate->id);
    }
    if (schedule->members->len > 0)
        g_string_append(text, ") ");
    for (guint i = 0; i < schedule->due->len; i++) {
        const RpDueNotice *due = g_ptr_array_index(schedule->due, i);

        g_string_append_printf(text, "%s/%s ", due->candidate->id, due->stage);
    }
    for (guint i = 0; i < schedule->closing->len; i++)
        g_string_append_printf(text, "close %s ",
                               (char *)g_ptr_array_index(schedule->closing, i));
    if (schedule->is_summary_over)
        g_string_append(text, "over ");
    g_strchomp(text->str);
    return g_strdup(text->str);
}

typedef struct {
    const char *what, *candidates, *notices, *up, *summarised, *expected;
    double next_h; /* from now; 0: not looked at */
} Case;

static void
check(const Case *row, const RpNotifyConfig *config, const char *now)
{
    int64_t now_at = instant(now);
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(GPtrArray) candidates = read_candidates(row->candidates, now_at);
    g_autoptr(GPtrArray) notices = read_notices(row->notices, now_at);
    g_autoptr(GPtrArray) up = read_ids(row->up);
    g_autoptr(GPtrArray) summarised = read_ids(row->summarised);
    const RpScheduleInput input = {candidates, notices, up,    summarised,
                                   config,     zone,    now_at};
    g_autoptr(RpSchedule) schedule = rp_schedule(&input);
    g_autofree char *got = describe(schedule);

    g_test_message("%s", row->what);
    g_assert_cmpstr(got, ==, row->expected);
    if (row->next_h > 0)
        g_assert_cmpint(schedule->next_at - now_at, ==,
                        (int64_t)(row->next_h * RP_HOUR_S));
}

static const RpNotifyConfig USUAL = {.enabled = true,
                                     .repeat = true,
                                     .per_day = 6,
                                     .quiet_from_minute = 22 * 60,
                                     .quiet_until_minute = 7 * 60};

static void
test_stages(void)
{
    static const Case cases[] = {
        {"nobody waits", "", "", "", "", "", 0},
        {"not yet late", "a:47.5", "", "", "", "", 0.5},
        {"late from the limit on", "a:48", "", "", "", "a/overdue", 48},
        {"once only", "a:60", "a/overdue:12", "", "", "", 36},
        {"once more at twice the limit", "a:96", "a/overdue:48", "", "", "a/repeat", 0},
        {"never a third time", "a:200", "a/overdue:150 a/repeat:104", "", "", "", 0},
        {"both stages missed: one notice", "a:100", "", "", "", "a/repeat", 0},
        {"a repeat stands for the one before", "a:100", "a/repeat:1", "", "", "", 0},
        {"lapsed", "a:720", "", "", "", "", 0},
        {"last hour before the lapse", "a:719", "a/repeat:9", "", "", "", 1},
        {"oldest first", "a:49 b:51 c:50", "", "", "", "b/overdue c/overdue a/overdue",
         0},
        {"another's notice", "a:50", "b/overdue:1", "", "", "a/overdue", 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i], &USUAL, "2026-11-23T12:00:00Z");
}

static void
test_snooze(void)
{
    static const Case cases[] = {
        {"while it lasts", "a:60:3", "", "", "", "", 3},
        {"over, shown before it", "a:80:-1", "a/overdue:25", "", "",
         "a/snooze 2026-11-23T11:00:00Z", 0},
        {"over, shown since", "a:80:-2", "a/overdue:25 a/snooze:1", "", "", "", 0},
        {"over, and late only since", "a:50:-1", "", "", "", "a/overdue", 0},
        {"over, and not late yet", "a:20:-1", "", "", "",
         "a/snooze 2026-11-23T11:00:00Z", 0},
        {"its pop-up goes", "a:60:3", "a/overdue:1", "a", "", "close a", 3},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i], &USUAL, "2026-11-23T12:00:00Z");
}

static void
test_popups(void)
{
    static const Case cases[] = {
        {"three at once", "a:50 b:51 c:52", "", "", "", "c/overdue b/overdue a/overdue",
         0},
        {"four are a summary", "a:50 b:51 c:52 d:53", "", "", "",
         "sum(d c b a) d/overdue c/overdue b/overdue a/overdue", 0},
        {"one more than three on the screen", "a:60 b:61 c:62 d:48",
         "a/overdue:9 b/overdue:9 c/overdue:9", "a b c", "", "sum(c b a d) d/overdue",
         0},
        {"dismissed ones take no place", "a:60 b:61 c:62 d:48",
         "a/overdue:9 b/overdue:9 c/overdue:9", "", "", "d/overdue", 0},
        {"the same again takes its own place", "a:96 b:60 c:60",
         "a/overdue:48 b/overdue:9 c/overdue:9", "a b c", "", "a/repeat", 0},
        {"one that goes makes room", "b:60 c:60 d:48", "b/overdue:9 c/overdue:9",
         "a b c", "", "d/overdue close a", 0},
        {"a summary on the screen takes it in", "a:60 b:48", "a/overdue:9", "", "a",
         "sum(a b) b/overdue", 0},
        {"a summary is over with its last one", "", "", "", "a b", "over", 0},
        {"and not before", "b:60", "b/overdue:9", "", "a b", "", 0},
        {"answered: its pop-up goes", "b:60", "b/overdue:9", "a b", "", "close a", 0},
        {"lapsed: its pop-up goes", "a:721", "a/overdue:9", "a", "", "close a", 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i], &USUAL, "2026-11-23T12:00:00Z");
}

/* At 12:00: what was shown up to 12 h ago was shown today. */
static void
test_budget(void)
{
    static const Case cases[] = {
        {"used up: tomorrow", "a:50",
         "b/overdue:1 c/overdue:2 d/overdue:3 e/overdue:3.5 f/overdue:4 g/overdue:5",
         "", "", "", 12},
        {"yesterday's do not count", "a:50",
         "b/overdue:1 c/overdue:2 d/overdue:3 e/overdue:3.5 f/overdue:4 g/overdue:13",
         "", "", "a/overdue", 0},
        {"a summary is one", "a:50",
         "summary/x:1 b/overdue:1 c/overdue:1 d/overdue:1 e/overdue:1 f/overdue:1", "",
         "", "a/overdue", 0},
        {"more than are left: a summary", "a:50 h:51",
         "b/overdue:1 c/overdue:2 d/overdue:3 e/overdue:3.5 f/overdue:4", "", "",
         "sum(h a) h/overdue a/overdue", 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i], &USUAL, "2026-11-23T12:00:00Z");
}

static void
test_settings(void)
{
    static const Case warn = {
        "warned at half the limit", "a:24", "", "", "", "a/warn", 24};
    static const Case warned = {
        "late after a warning", "a:48", "a/warn:24", "", "", "a/overdue", 0};
    static const Case silent = {"no repeat", "a:100", "a/overdue:50", "", "", "", 0};
    RpNotifyConfig config = USUAL;

    config.at_warn = true;
    check(&warn, &config, "2026-11-23T12:00:00Z");
    check(&warned, &config, "2026-11-23T12:00:00Z");
    config.repeat = false;
    check(&silent, &config, "2026-11-23T12:00:00Z");
}

static void
test_quiet_holds_back(void)
{
    static const Case late = {"until 7 in the morning", "a:50", "", "", "", "", 8};
    static const Case gone = {
        "what is untrue goes at night too", "", "", "a", "", "close a", 0};

    check(&late, &USUAL, "2026-11-23T23:00:00Z");
    check(&gone, &USUAL, "2026-11-23T23:00:00Z");
}

/* Berlin: UTC+1 in winter; on 2026-03-29 the clock goes from 2:00 to 3:00. */
static void
test_quiet_hours(void)
{
    static const struct {
        const char *what;
        int from_h, until_h;
        const char *at, *until; /* NULL: not quiet */
    } cases[] = {
        {"evening", 22, 7, "2026-11-23T21:00:00Z", "2026-11-24T06:00:00Z"},
        {"a minute before", 22, 7, "2026-11-23T20:59:00Z", NULL},
        {"after midnight", 22, 7, "2026-11-23T23:30:00Z", "2026-11-24T06:00:00Z"},
        {"the end itself", 22, 7, "2026-11-24T06:00:00Z", NULL},
        {"within a day", 13, 15, "2026-11-23T12:00:00Z", "2026-11-23T14:00:00Z"},
        {"before it", 13, 15, "2026-11-23T11:59:59Z", NULL},
        {"none", 7, 7, "2026-11-23T06:00:00Z", NULL},
        {"the night of an hour less", 22, 7, "2026-03-28T21:00:00Z",
         "2026-03-29T05:00:00Z"},
        {"ends in the hour left out", 22, 2, "2026-03-28T21:00:00Z",
         "2026-03-29T01:00:00Z"},
    };
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpNotifyConfig config = {.quiet_from_minute = cases[i].from_h * 60,
                                 .quiet_until_minute = cases[i].until_h * 60};
        int64_t until_at = -1;
        bool is_quiet = rp_quiet_at(&config, zone, instant(cases[i].at), &until_at);

        g_test_message("%s", cases[i].what);
        g_assert_true(is_quiet == (cases[i].until != NULL));
        if (cases[i].until != NULL)
            g_assert_cmpint(until_at, ==, instant(cases[i].until));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/schedule/stages", test_stages);
    g_test_add_func("/schedule/snooze", test_snooze);
    g_test_add_func("/schedule/popups", test_popups);
    g_test_add_func("/schedule/budget", test_budget);
    g_test_add_func("/schedule/settings", test_settings);
    g_test_add_func("/schedule/quiet-holds-back", test_quiet_holds_back);
    g_test_add_func("/schedule/quiet-hours", test_quiet_hours);
    return g_test_run();
}
