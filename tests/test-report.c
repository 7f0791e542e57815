/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-report.c - sections, weeks, figures and documents of one small mailbox */
#include <string.h>

#include "report-mail.h"
#include "report/json.h"
#include "report/report-text.h"

enum { HOUR = RP_HOUR_S, DAY = RP_DAY_S };

/* 2026-11-09T00:00:00Z, a Monday, week 46; Berlin is one hour ahead. */
#define MONDAY ((int64_t)1794182400)
#define WEEK_FROM (MONDAY - HOUR)
#define WEEK_UNTIL (MONDAY + 7 * DAY - HOUR)
/* Friday of the week after, 12:00 UTC. */
#define AS_OF (MONDAY + 11 * DAY + 12 * HOUR)

#define ANN "Ann A. <ann@example.org>"
#define ME "Me <me@example.org>"

/* I asked Ann; a week later she asked me; I answered after 24 h. Bob, a stranger,
 * waits for 9 d 2 h, Ann for 48 h again, Cy, a stranger, for 6 h; Ann owes me two. */
static const RpTestMail mails[] = {
    {MONDAY - 7 * DAY + 9 * HOUR, "m0", ME, ANN, NULL, "Hello"},
    {MONDAY + 8 * HOUR, "q1", ANN, ME, "m0", "Re: Hello"},
    {MONDAY + DAY + 8 * HOUR, "a1", ME, ANN, "q1", "Re: Hello"},
    {MONDAY + 2 * DAY + 10 * HOUR, "q2", "bob@example.net", ME, NULL, "Offer"},
    {MONDAY + 9 * DAY + 12 * HOUR, "q3", ANN, ME, NULL, "Plan"},
    {MONDAY + 10 * DAY + 12 * HOUR, "m5", ME, ANN, NULL, "Shall we?"},
    {MONDAY + 11 * DAY + 6 * HOUR, "q4", "Cy <cy@example.net>", ME, NULL, ""},
};

typedef struct {
    RpConfig *config;
    RpView *view;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->config = rp_test_config("Europe/Berlin");
    fixture->view =
        rp_test_view(fixture->config, mails, G_N_ELEMENTS(mails), AS_OF, false);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    rp_view_free(fixture->view);
    rp_config_free(fixture->config);
}

static RpScope
scope_of(int64_t from_at, int64_t until_at, uint32_t person)
{
    RpScope scope = {.person = person};
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");

    rp_period_between(from_at, until_at, zone, &scope.period);
    return scope;
}

/* --- sections and persons --- */

static void
test_sections(Fixture *fixture, gconstpointer data)
{
    static const struct {
        const char *opened_by;
        RpSection section;
    } expected[] = {
        {"a1", RP_SECTION_DONE}, /* theirs, for 10 d */
        {"q2", RP_SECTION_DONE}, /* mine, a stranger's, for 9 d */
        {"q3", RP_SECTION_OWED}, {"m5", RP_SECTION_WAITING}, {"q4", RP_SECTION_NEW},
    };
    g_autoptr(GPtrArray) open =
        rp_view_open_followups(fixture->view, RP_VIEW_MINE | RP_VIEW_THEIRS);
    g_autoptr(GPtrArray) theirs = rp_view_open_followups(fixture->view, RP_VIEW_THEIRS);

    (void)data;
    g_assert_cmpuint(theirs->len, ==, 2);
    g_assert_cmpuint(open->len, ==, G_N_ELEMENTS(expected));
    for (guint i = 0; i < MIN(open->len, G_N_ELEMENTS(expected)); i++) {
        const RpFollowup *followup = g_ptr_array_index(open, i);
        const RpMessage *opening = &g_array_index(fixture->view->derivation->messages,
                                                  RpMessage, followup->message);

        g_assert_cmpstr(rp_message_id(fixture->view->derivation, opening), ==,
                        expected[i].opened_by);
        g_assert_cmpint(rp_view_section(fixture->view, followup), ==,
                        expected[i].section);
    }
}

static void
test_find_followup(Fixture *fixture, gconstpointer data)
{
    const GArray *all = fixture->view->derivation->followups;
    const RpFollowup *first = &g_array_index(all, RpFollowup, 0);
    uint32_t n = 0;

    (void)data;
    g_assert_true(rp_view_find_followup(fixture->view, rp_followup_id(first), &n) ==
                  first);
    g_assert_cmpuint(n, ==, 1);
    g_assert_null(rp_view_find_followup(fixture->view, "", &n));
    g_assert_cmpuint(n, ==, all->len);
    g_assert_null(rp_view_find_followup(fixture->view, "0189", &n));
    g_assert_cmpuint(n, ==, 0);
}

static void
test_find_persons(Fixture *fixture, gconstpointer data)
{
    static const struct {
        const char *what, *text, *keys;
    } cases[] = {
        {"part of a name", "ann", "ann@example.org"},
        {"a name in another case", "ANN A", "ann@example.org"},
        {"part of an address", "example.net", "bob@example.net cy@example.net"},
        {"an address alone", "CY@example.net", "cy@example.net"},
        {"me", "me@example", ""},
        {"nobody", "zoe", ""},
    };

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) found = rp_view_find_persons(fixture->view, cases[i].text);
        g_autoptr(GString) keys = g_string_new(NULL);

        for (guint j = 0; j < found->len; j++)
            g_string_append_printf(keys, "%s%s", j > 0 ? " " : "",
                                   g_array_index(fixture->view->corpus->persons,
                                                 RpPerson,
                                                 g_array_index(found, uint32_t, j))
                                       .key);
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(keys->str, ==, cases[i].keys);
    }
}

static void
test_last_contact(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GArray) ann = rp_view_find_persons(fixture->view, "ann@example.org");
    RpContactTimes times =
        rp_view_last_contact(fixture->view, g_array_index(ann, uint32_t, 0));

    (void)data;
    g_assert_cmpint(times.in_at, ==, MONDAY + 9 * DAY + 12 * HOUR);
    g_assert_cmpint(times.out_at, ==, MONDAY + 10 * DAY + 12 * HOUR);
}

/* --- documents --- */

/* One step of a path: a member's name or an index. */
static JsonNode *
step(JsonNode *node, const char *name)
{
    if (node == NULL)
        return NULL;
    if (JSON_NODE_HOLDS_ARRAY(node)) {
        guint64 i = g_ascii_strtoull(name, NULL, 10);
        JsonArray *array = json_node_get_array(node);

        return i < json_array_get_length(array)
                   ? json_array_get_element(array, (guint)i)
                   : NULL;
    }
    if (!JSON_NODE_HOLDS_OBJECT(node))
        return NULL;
    return json_object_get_member(json_node_get_object(node), name);
}

/* "~0.5": nearly that. */
static void
assert_value(JsonNode *root, const char *path, const char *expected)
{
    g_auto(GStrv) names = g_strsplit(path, ".", -1);
    JsonNode *node = root;
    g_autofree char *text = NULL;

    for (char **name = names; *name != NULL; name++)
        node = step(node, *name);
    text = node != NULL ? json_to_string(node, FALSE) : g_strdup("missing");
    g_test_message("%s", path);
    if (*expected == '~')
        g_assert_cmpfloat_with_epsilon(g_ascii_strtod(text, NULL),
                                       g_ascii_strtod(expected + 1, NULL), 1e-9);
    else
        g_assert_cmpstr(text, ==, expected);
}

typedef struct {
    const char *path, *expected;
} Value;

static void
assert_values(const char *text, const Value *values, size_t n)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) root = json_from_string(text, &error);

    g_assert_no_error(error);
    for (size_t i = 0; i < n; i++)
        assert_value(root, values[i].path, values[i].expected);
}

/* The figures are worked out in the comments at mails and here: of mine, q1 was
 * answered after 24 h and q2 waits for 9 d 2 h; of theirs, m0 took 6 d 23 h, was
 * opened the week before and answered in it, a1 waits for 10 d 4 h. */
static const Value report_values[] = {
    {"schema", "\"riposte.report/1\""},
    {"as_of", "\"2026-11-20T12:00:00Z\""},
    {"from", "\"2026-11-08T23:00:00Z\""},
    {"to", "\"2026-11-15T23:00:00Z\""},
    {"zone", "\"Europe/Berlin\""},
    {"mine.opened", "2"},
    {"mine.answered", "1"},
    {"mine.open", "1"},
    {"mine.lapsed", "0"},
    {"mine.released", "0"},
    {"mine.superseded", "0"},
    {"mine.answered_elsewhere", "0"},
    {"mine.done", "0"},
    {"mine.dismissed", "0"},
    {"mine.answers_sent", "1"},
    {"mine.answered_only.n", "1"},
    {"mine.answered_only.median_s", "86400"},
    {"mine.answered_only.mean_s", "86400"},
    {"mine.answered_only.p90_s", "86400"},
    {"mine.answered_only.within_24h", "1.0"},
    {"mine.answered_only.within_48h", "1.0"},
    {"mine.estimate.n", "2"},
    {"mine.estimate.events", "1"},
    {"mine.estimate.median_s", "86400"},
    {"mine.estimate.p90_s", "null"},
    {"mine.estimate.within_24h", "0.5"},
    {"mine.estimate.within_48h", "0.5"},
    {"mine.estimate.within_7d", "0.5"},
    {"theirs.opened", "1"},
    {"theirs.answers_sent", "1"},
    {"theirs.answered_only.n", "0"},
    {"theirs.answered_only.median_s", "null"},
    {"theirs.answered_only.within_24h", "null"},
    {"theirs.estimate.n", "1"},
    {"theirs.estimate.within_7d", "0.0"},
    {"theirs.estimate.se_24h", "0.0"},
    {"theirs.estimate.median_s", "null"},
    {"people.0.person.name", "\"Ann A.\""},
    {"people.0.mine.opened", "1"},
    {"people.0.theirs.opened", "1"},
    {"people.1.person.name", "null"},
    {"people.1.person.address", "\"bob@example.net\""},
    {"people.2", "missing"},
    {"weeks.0.week", "\"2026-W35\""},
    {"weeks.10.week", "\"2026-W45\""},
    {"weeks.10.mine.opened", "0"},
    {"weeks.10.theirs.answered_only.median_s", "601200"},
    {"weeks.11.week", "\"2026-W46\""},
    {"weeks.11.mine.opened", "2"},
    {"weeks.12", "missing"},
    {"silence.0", "{\"direction\":\"mine\",\"silent_s\":86400,\"n\":1,"
                  "\"answered_later\":0,\"share\":0.0}"},
    {"silence.3.n", "1"},
    {"silence.4.n", "0"},
    {"silence.4.share", "null"},
    {"silence.8", "{\"direction\":\"theirs\",\"silent_s\":345600,\"n\":2,"
                  "\"answered_later\":1,\"share\":0.5}"},
    {"silence.9.answered_later", "0"},
    {"silence.12", "missing"},
    {"heatmap.mine_sent.1.9", "1"}, /* Tuesday, 08:00 UTC */
    {"heatmap.mine_sent.1.8", "0"},
    {"heatmap.theirs_sent.0.9", "1"},
    {"heatmap.theirs_sent.7", "missing"},
    {"heatmap.theirs_sent.0.24", "missing"},
    {"open.0.opened_by", "\"a1\""},
    {"open.1.opened_by", "\"q2\""},
    {"open.2", "missing"}, /* q3 came after the week */
    {"coverage.accounts", "[]"},
    {"coverage.guessed_times", "0"},
    {"coverage.clock_anomalies", "0"},
    {"coverage.kinds.personal", "7"},
    {"coverage.kinds.robot", "0"},
    {"coverage.unread_problems", "[]"},
};

static void
test_report(Fixture *fixture, gconstpointer data)
{
    const RpScope scope = scope_of(WEEK_FROM, WEEK_UNTIL, RP_NONE);
    g_autoptr(RpReport) report = rp_report_new(fixture->view, &scope);
    g_autofree char *text = rp_json_report(fixture->view, report);

    (void)data;
    assert_values(text, report_values, G_N_ELEMENTS(report_values));
}

static void
test_report_person(Fixture *fixture, gconstpointer data)
{
    static const Value values[] = {
        {"person.address", "\"bob@example.net\""},
        {"mine.opened", "1"},
        {"theirs.opened", "0"},
        {"theirs.estimate.within_24h", "null"},
        {"people.0.person.address", "\"bob@example.net\""},
        {"people.1", "missing"},
        {"weeks.10.theirs.opened", "0"},
        {"silence.6.n", "0"},
        {"open.1", "missing"},
    };
    g_autoptr(GArray) bob = rp_view_find_persons(fixture->view, "bob");
    const RpScope scope =
        scope_of(WEEK_FROM, WEEK_UNTIL, g_array_index(bob, uint32_t, 0));
    g_autoptr(RpReport) report = rp_report_new(fixture->view, &scope);
    g_autofree char *text = rp_json_report(fixture->view, report);

    (void)data;
    assert_values(text, values, G_N_ELEMENTS(values));
}

/* What a person reads first must not depend on how it is laid out. */
static void
test_report_text(Fixture *fixture, gconstpointer data)
{
    static const char *const expected[] = {
        "riposte report\n",
        "2026-11-09 00:00 to 2026-11-16 00:00, Europe/Berlin",
        "You answered 1 of 2 within 48 h, 1 of them within 24 h.\n",
        "1 mail still waits for you (1 overdue, 1 new), the oldest for 9 d 2 h: "
        "bob@example.net.\n",
        "They answered 0 of 1 within 48 h, 0 of them within 24 h.",
        "50 % ± 35",
        "not reached",
        "2026-W45",
        "Ann A.",
        "bob@example.net",
    };
    const RpScope scope = scope_of(WEEK_FROM, WEEK_UNTIL, RP_NONE);
    g_autoptr(RpReport) report = rp_report_new(fixture->view, &scope);
    const RpPageStyle plain = {100, false, false}, bright = {80, true, false};
    g_autofree char *text = rp_report_text(fixture->view, report, &plain);
    g_autofree char *colored = rp_report_text(fixture->view, report, &bright);

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_test_message("%s", expected[i]);
        g_assert_nonnull(strstr(text, expected[i]));
    }
    g_assert_null(strchr(text, '\033'));
    g_assert_nonnull(strchr(colored, '\033'));
}

/* What there was before stays in sight when there is none of it now. */
static void
test_counts(Fixture *fixture, gconstpointer data)
{
    const RpScope scope = {.person = RP_NONE};
    RpReport report = {.scope = &scope, .has_before = true};
    RpPage page = {g_string_new(NULL), fixture->view, &report, {100, false, false}};
    g_autofree char *text = NULL;

    (void)data;
    report.before[RP_THEIRS].n_released = 3;
    rp_page_figures(&page, RP_GROUP_COUNTS);
    text = rp_page_end(&page);
    g_assert_nonnull(strstr(text, "\n  answered by others                0            0"
                                  "            0            3\n"));
    g_assert_null(strstr(text, "dismissed"));
}

/* Every key of contract.md's follow-up, null where nothing is known. */
static void
test_list(Fixture *fixture, gconstpointer data)
{
    static const Value values[] = {
        {"schema", "\"riposte.list/1\""},
        {"as_of", "\"2026-11-20T12:00:00Z\""},
        {"followups.2.direction", "\"mine\""},
        {"followups.2.channel", "\"mail\""},
        {"followups.2.person.name", "\"Ann A.\""},
        {"followups.2.person.address", "\"ann@example.org\""},
        {"followups.2.subject", "\"Plan\""},
        {"followups.2.conversation", "3"},
        {"followups.2.opened_at", "\"2026-11-18T12:00:00Z\""},
        {"followups.2.opened_by", "\"q3\""},
        {"followups.2.state", "\"open\""},
        {"followups.2.snoozed_until", "null"},
        {"followups.2.released_at", "null"},
        {"followups.2.closed_at", "null"},
        {"followups.2.closed_by", "null"},
        {"followups.2.rule", "\"R4\""},
        {"followups.2.latency_s", "null"},
        {"followups.2.waiting_s", "172800"},
        {"followups.2.working_s", "null"},
        {"followups.2.warn_at", "\"2026-11-19T12:00:00Z\""},
        {"followups.2.due_at", "\"2026-11-20T12:00:00Z\""},
        {"followups.2.overdue", "true"},
        {"followups.2.stranger", "false"},
        {"followups.2.lapsed", "false"},
        /* R12: too little is known, so everybody's rate of the two before it, one of
         * them answered, one open for long: g = (2 + 1 + 0.024) / (4 + 2). */
        {"followups.2.expectation", "~0.503997453044"},
        {"followups.2.still_expected", "~0.095349560523"},
        {"followups.2.section", "\"owed\""},
        {"followups.4.subject", "null"},
        {"followups.4.stranger", "true"},
        {"followups.5", "missing"},
    };
    g_autoptr(GPtrArray) open =
        rp_view_open_followups(fixture->view, RP_VIEW_MINE | RP_VIEW_THEIRS);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autofree char *text = rp_json_list(fixture->view, open);
    g_autofree char *empty = rp_json_list(fixture->view, none);

    (void)data;
    assert_values(text, values, G_N_ELEMENTS(values));
    assert_values(empty, (const Value[]){{"followups", "[]"}}, 1);
}

static char *
export_of(const RpView *view)
{
    g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable();
    g_autoptr(GError) error = NULL;

    rp_json_export(view, out, &error);
    g_assert_no_error(error);
    g_output_stream_write_all(out, "", 1, NULL, NULL, &error);
    g_output_stream_close(out, NULL, &error);
    g_assert_no_error(error);
    return g_memory_output_stream_steal_data(G_MEMORY_OUTPUT_STREAM(out));
}

static void
test_export(Fixture *fixture, gconstpointer data)
{
    static const Value meta[] = {
        {"type", "\"meta\""},     {"schema", "\"riposte.export/1\""},
        {"counts.messages", "7"}, {"counts.followups", "7"},
        {"counts.persons", "3"},  {"counts.decisions", "0"},
    };
    static const Value first[] = {
        {"type", "\"message\""},
        {"message_id", "\"m0\""},
        {"conversation", "1"},
        {"effective_at", "\"2026-11-02T09:00:00Z\""},
        {"own_at", "\"2026-11-02T09:00:00Z\""},
        {"from", "\"me@example.org\""},
        {"to", "[\"ann@example.org\"]"},
        {"cc", "[]"},
        {"subject", "\"Hello\""},
        {"mine", "true"},
        {"kind", "\"personal\""},
        {"copies", "[{\"account\":\"home\",\"folder\":\"Sent\",\"uid\":1,"
                   "\"flags\":[]}]"},
    };
    g_autofree char *text = export_of(fixture->view);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    (void)data;
    g_assert_cmpuint(g_strv_length(lines), ==, 1 + 7 + 7 + 3 + 1);
    assert_values(lines[0], meta, G_N_ELEMENTS(meta));
    assert_values(lines[1], first, G_N_ELEMENTS(first));
    assert_values(lines[8], (const Value[]){{"type", "\"followup\""}}, 1);
    assert_values(lines[15], (const Value[]){{"type", "\"person\""}}, 1);
}

/* R15: the order in which copies came leaves no trace. */
static void
test_export_order(Fixture *fixture, gconstpointer data)
{
    g_autoptr(RpView) backwards =
        rp_test_view(fixture->config, mails, G_N_ELEMENTS(mails), AS_OF, true);
    g_autofree char *one = export_of(fixture->view);
    g_autofree char *other = export_of(backwards);

    (void)data;
    g_assert_cmpstr(one, ==, other);
}

#define ADD(path, function)                                                            \
    g_test_add("/report/" path, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    ADD("sections", test_sections);
    ADD("find-followup", test_find_followup);
    ADD("find-persons", test_find_persons);
    ADD("last-contact", test_last_contact);
    ADD("figures", test_report);
    ADD("person", test_report_person);
    ADD("text", test_report_text);
    ADD("counts", test_counts);
    ADD("list", test_list);
    ADD("export", test_export);
    ADD("export-order", test_export_order);
    return g_test_run();
}
