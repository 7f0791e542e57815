/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-schedule.c - R11 and the budget of notices: what is raised when
 *
 * Follow-ups are written "NAME:HOURS", opened so many hours ago, due after 48 h,
 * warned of after 24 h, repeated after 96 h, lapsing after 30 d; "NAME:HOURS:SNOOZE"
 * is snoozed until so many hours from now. The name's first letter is the person's.
 * Notices shown: "NAME/STAGE:HOURS" ago, "pop-up/x:HOURS" each that was one of its day.
 * On the screen: the names in each pop-up with "+" between them, "=" before a summary.
 * The result: "NAME/STAGE" of what is raised, "NAME" of what was shown before, "+"
 * between what is in one notice, "sum(NAMES) " or "digest(NAMES of ALL) " before it,
 * and "close PERSON" and "over" (the summary) for what goes.
 */
#include "daemon/budget.h"
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
        candidate->person_key = g_strndup(parts[0], 1);
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

/* "a b+c" are two pop-ups. */
static GPtrArray *
read_popups(const char *text)
{
    GPtrArray *popups = rp_popups_new();
    g_auto(GStrv) words = g_strsplit(text, " ", -1);

    for (char **word = words; *word != NULL && **word != '\0'; word++) {
        bool is_summary = **word == '=';
        g_auto(GStrv) ids = g_strsplit(*word + (is_summary ? 1 : 0), "+", -1);
        g_autofree char *key = g_strdup_printf("person %.1s", ids[0]);
        RpPopup *popup = rp_popup_new(is_summary ? RP_SUMMARY_KEY : key);

        for (char **id = ids; *id != NULL; id++)
            rp_popup_add(popup, *id, NULL);
        popup->is_up = true;
        rp_popups_put(popups, popup);
    }
    return popups;
}

static void
describe_raise(GString *text, const RpSchedule *schedule, const RpRaise *raise)
{
    bool is_summary = g_str_equal(raise->popup->key, RP_SUMMARY_KEY);
    const char *between = is_summary ? " " : "+";

    if (is_summary) {
        g_string_append(text, schedule->is_digest ? "digest(" : "sum(");
        for (guint i = 0; i < raise->popup->ids->len; i++)
            g_string_append_printf(text, "%s%s", i == 0 ? "" : " ",
                                   (char *)g_ptr_array_index(raise->popup->ids, i));
        if (schedule->is_digest)
            g_string_append_printf(text, " of %u", schedule->n_late);
        g_string_append(text, ")");
    }
    for (guint i = 0; i < raise->popup->ids->len; i++) {
        const char *stage = g_ptr_array_index(raise->popup->stages, i);

        if (is_summary && stage == NULL)
            continue;
        g_string_append_printf(text, "%s%s%s%s", is_summary || i > 0 ? between : "",
                               (char *)g_ptr_array_index(raise->popup->ids, i),
                               stage == NULL ? "" : "/", stage == NULL ? "" : stage);
    }
    g_string_append(text, " ");
}

static char *
describe(const RpSchedule *schedule)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < schedule->raises->len; i++)
        describe_raise(text, schedule, g_ptr_array_index(schedule->raises, i));
    for (guint i = 0; i < schedule->closing->len; i++) {
        const char *key = g_ptr_array_index(schedule->closing, i);

        if (g_str_equal(key, RP_SUMMARY_KEY))
            g_string_append(text, "over ");
        else
            g_string_append_printf(text, "close %s ", key + strlen("person "));
    }
    g_strchomp(text->str);
    return g_strdup(text->str);
}

typedef struct {
    const char *what, *candidates, *notices, *up, *again, *expected;
    double next_h; /* from now; 0: not looked at */
} Case;

static void
check(const Case *row, const RpNotifyConfig *config, const char *now)
{
    int64_t now_at = instant(now);
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(GPtrArray) candidates = read_candidates(row->candidates, now_at);
    g_autoptr(GPtrArray) notices = read_notices(row->notices, now_at);
    g_autoptr(GPtrArray) popups = read_popups(row->up);
    g_autoptr(GPtrArray) again = read_ids(row->again);
    const RpScheduleInput input = {candidates, notices, popups, again,
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
        {"oldest first", "a:48 b:48.2 c:48.1", "", "", "",
         "b/overdue c/overdue a/overdue", 0},
        {"shown when the clock was two days ahead", "a:50", "a/overdue:-46", "", "",
         "a/overdue", 46},
        {"the clock was set back by hours", "a:50", "a/overdue:-23", "", "", "", 46},
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
        {"over, shown when the clock was ahead", "a:80:-2", "a/overdue:25 a/snooze:-29",
         "", "", "a/snooze 2026-11-23T10:00:00Z", 0},
        {"its pop-up goes", "a:60:3", "a/overdue:1", "a", "", "close a", 3},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i], &USUAL, "2026-11-23T12:00:00Z");
}

static void
test_popups(void)
{
    static const Case cases[] = {
        {"three at once", "a:48 b:48.1 c:48.2", "", "", "",
         "c/overdue b/overdue a/overdue", 0},
        {"four are a summary", "a:48 b:48.1 c:48.2 d:48.2", "", "", "",
         "sum(c d b a) c/overdue d/overdue b/overdue a/overdue", 0},
        {"one more than three on the screen", "a:60 b:61 c:62 d:48",
         "a/overdue:9 b/overdue:9 c/overdue:9", "a b c", "", "sum(c b a d) d/overdue",
         0},
        {"dismissed ones take no place", "a:60 b:61 c:62 d:48",
         "a/overdue:9 b/overdue:9 c/overdue:9", "", "", "d/overdue", 0},
        {"the same again takes its own place", "a:96 b:60 c:60",
         "a/overdue:48 b/overdue:9 c/overdue:9", "a b c", "", "a/repeat", 0},
        {"one that goes makes room", "b:60 c:60 d:48", "b/overdue:9 c/overdue:9",
         "a b c", "", "d/overdue close a", 0},
        {"a summary on the screen takes it in", "a:60 b:48", "a/overdue:9", "=a", "",
         "sum(a b) b/overdue", 0},
        {"a summary is over with its last one", "", "", "=a+b", "", "over", 0},
        {"and not before", "b:60", "b/overdue:9", "=a+b", "", "", 0},
        {"answered: its pop-up goes", "b:60", "b/overdue:9", "a b", "", "close a", 0},
        {"lapsed: its pop-up goes", "a:721", "a/overdue:9", "a", "", "close a", 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i], &USUAL, "2026-11-23T12:00:00Z");
}

static void
test_persons(void)
{
    static const Case cases[] = {
        {"two of one person are one notice", "a1:48 a2:48.1", "", "", "",
         "a2/overdue+a1/overdue", 0},
        {"so are five", "a1:48 a2:48 a3:48 a4:48 a5:48", "", "", "",
         "a1/overdue+a2/overdue+a3/overdue+a4/overdue+a5/overdue", 0},
        {"what is on the screen stays in it", "a1:60 a2:48", "a1/overdue:12", "a1", "",
         "a1+a2/overdue", 0},
        {"what was dismissed does not come back", "a1:60 a2:48", "a1/overdue:12", "",
         "", "a2/overdue", 0},
        {"what was answered goes with the next", "a2:48 b:48", "a1/overdue:12", "a1",
         "", "a2/overdue b/overdue close a", 0},
        {"nothing is shown anew for the one that is left", "a2:60", "a2/overdue:12",
         "a1+a2", "", "", 0},
        {"many of three persons are three", "a1:48 a2:48 b1:48 b2:48 c:48", "", "", "",
         "a1/overdue+a2/overdue b1/overdue+b2/overdue c/overdue", 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i], &USUAL, "2026-11-23T12:00:00Z");
}

/* What could not be told within a quarter of an hour. */
static void
test_digest(void)
{
    static const Case cases[] = {
        {"of one person there is nothing to sum up", "a1:50 a2:60", "", "", "",
         "a2/overdue+a1/overdue", 0},
        {"of two", "a:50 b:60", "", "", "", "digest(b a of 2) b/overdue a/overdue", 0},
        {"one of them just now", "a:48.2 b:60", "", "", "", "b/overdue a/overdue", 0},
        {"what is just due goes in", "a:50 b:60 c:48", "", "", "",
         "digest(b a c of 3) b/overdue a/overdue c/overdue", 0},
        {"what was told before is counted", "a:50 b:60 c:70 d:71",
         "c/overdue:22 d/overdue:23", "", "", "digest(b a of 4) b/overdue a/overdue",
         0},
        {"what is on the screen goes in", "a:50 b:60 c:70 d:71",
         "c/overdue:22 d/overdue:23", "c", "", "digest(c b a of 4) b/overdue a/overdue",
         0},
        {"a snooze that ended in the night", "a:80:-3 b:50", "a/overdue:31", "", "",
         "digest(a b of 2) a/snooze 2026-11-23T09:00:00Z b/overdue", 0},
        {"in the place of a summary", "a:50 b:60 c:70", "c/overdue:22", "=c", "",
         "digest(c b a of 3) b/overdue a/overdue", 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i], &USUAL, "2026-11-23T12:00:00Z");
}

static void
test_again(void)
{
    static const char USED_UP[] = "pop-up/1:1 pop-up/2:2 pop-up/3:3 pop-up/4:3.5 "
                                  "pop-up/5:4 pop-up/6:5 a/overdue:5";
    static const Case cases[] = {
        {"lost with the notification daemon", "a:60", "a/overdue:12", "", "a", "a", 0},
        {"as many as there were", "a:60 b:60 c:60",
         "a/overdue:9 b/overdue:9 c/overdue:9", "", "a b c", "a b c", 0},
        {"a summary comes back as one", "a:60 b:60 c:60 d:60",
         "a/overdue:9 b/overdue:9 c/overdue:9 d/overdue:9", "", "a b c d",
         "sum(a b c d)", 0},
        {"together with what is due", "a1:60 a2:48", "a1/overdue:12", "", "a1",
         "a1+a2/overdue", 0},
        {"it costs nothing of the day's", "a:60 b:48", USED_UP, "", "a", "a", 12},
        {"snoozed meanwhile", "a:60:3", "a/overdue:12", "", "a", "", 3},
        {"answered meanwhile", "", "a/overdue:12", "", "a", "", 0},
    };
    static const Case at_night = {
        "it waits for the morning", "a:60", "a/overdue:12", "", "a", "", 8};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i], &USUAL, "2026-11-23T12:00:00Z");
    check(&at_night, &USUAL, "2026-11-23T23:00:00Z");
}

/* At 12:00: what was shown up to 12 h ago was shown today. */
static void
test_budget(void)
{
    static const Case cases[] = {
        {"used up: tomorrow", "a:50",
         "pop-up/1:1 pop-up/2:2 pop-up/3:3 pop-up/4:3.5 pop-up/5:4 pop-up/6:5", "", "",
         "", 12},
        {"yesterday's do not count", "a:50",
         "pop-up/1:1 pop-up/2:2 pop-up/3:3 pop-up/4:3.5 pop-up/5:4 pop-up/6:13", "", "",
         "a/overdue", 0},
        {"what is in one pop-up counts once", "a:50",
         "pop-up/1:1 b/overdue:1 c/overdue:1 d/overdue:1 e/overdue:1 f/overdue:1 "
         "g/overdue:1",
         "", "", "a/overdue", 0},
        {"more than are left: a summary", "a:48 h:48.1",
         "pop-up/1:1 pop-up/2:2 pop-up/3:3 pop-up/4:3.5 pop-up/5:4", "", "",
         "sum(h a) h/overdue a/overdue", 0},
        {"several of one person are one of them", "a1:48 a2:48.1",
         "pop-up/1:1 pop-up/2:2 pop-up/3:3 pop-up/4:3.5 pop-up/5:4", "", "",
         "a2/overdue+a1/overdue", 0},
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
    g_test_add_func("/schedule/persons", test_persons);
    g_test_add_func("/schedule/digest", test_digest);
    g_test_add_func("/schedule/again", test_again);
    g_test_add_func("/schedule/budget", test_budget);
    g_test_add_func("/schedule/settings", test_settings);
    g_test_add_func("/schedule/quiet-holds-back", test_quiet_holds_back);
    g_test_add_func("/schedule/quiet-hours", test_quiet_hours);
    return g_test_run();
}
