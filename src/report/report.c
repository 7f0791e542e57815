/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c - the figures of the weekly report: one pass over the follow-ups */
#include "report/report.h"

typedef struct {
    RpTally tallies[2]; /* by RpDirection */
} Pair;

typedef struct {
    uint32_t person, address;
    Pair pair;
} Person;

/* What is gathered on the way. */
typedef struct {
    const RpView *view; /* foreign */
    RpReport *report;   /* foreign */
    Pair window, weeks[RP_REPORT_WEEKS];
    GArray *persons;   /* own, of Person */
    uint32_t *slot_of; /* own; by person index: slot in persons + 1, or 0 */
} Gathering;

static bool
is_in(int64_t at, int64_t from_at, int64_t until_at)
{
    return at >= from_at && at < until_at;
}

static bool
is_answer_in(const RpFollowup *followup, const RpReport *report)
{
    return (followup->state == RP_STATE_ANSWERED || followup->state == RP_STATE_DONE) &&
           is_in(followup->closed_at, report->from_at, report->until_at);
}

static Person *
person_of(Gathering *gathering, const RpFollowup *followup)
{
    uint32_t *slot = &gathering->slot_of[followup->person];

    if (*slot == 0) {
        Person person = {.person = followup->person};

        g_array_append_val(gathering->persons, person);
        *slot = gathering->persons->len;
    }
    return &g_array_index(gathering->persons, Person, *slot - 1);
}

static void
gather_window(Gathering *gathering, const RpFollowup *followup)
{
    RpReport *report = gathering->report;
    int64_t as_of_at = gathering->view->as_of_at;
    Person *person;

    if (!is_in(followup->opened_at, report->from_at, report->until_at) &&
        !is_answer_in(followup, report))
        return;
    person = person_of(gathering, followup);
    person->address = followup->address; /* follow-ups come by opened_at */
    rp_tally_add(&person->pair.tallies[followup->direction], followup, report->from_at,
                 report->until_at, as_of_at);
    rp_tally_add(&gathering->window.tallies[followup->direction], followup,
                 report->from_at, report->until_at, as_of_at);
}

static void
gather_weeks(Gathering *gathering, const RpFollowup *followup)
{
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpReportWeek *week = &gathering->report->weeks[i];

        rp_tally_add(&gathering->weeks[i].tallies[followup->direction], followup,
                     week->from_at, week->until_at, gathering->view->as_of_at);
    }
}

static void
gather_hour(const Gathering *gathering, const RpFollowup *followup)
{
    int weekday, hour;

    if (!is_answer_in(followup, gathering->report))
        return;
    rp_report_local_hour(followup->closed_at, gathering->view->config->policy->zone,
                         &weekday, &hour);
    gathering->report->heatmap[followup->direction][weekday][hour]++;
}

static void
gather(Gathering *gathering)
{
    RpReport *report = gathering->report;
    GArray *followups = gathering->view->derivation->followups;

    for (guint i = 0; i < followups->len; i++) {
        RpFollowup *followup = &g_array_index(followups, RpFollowup, i);

        if (report->person != RP_NONE && followup->person != report->person)
            continue;
        gather_window(gathering, followup);
        gather_weeks(gathering, followup);
        gather_hour(gathering, followup);
        if (followup->state == RP_STATE_OPEN && !followup->is_lapsed &&
            followup->opened_at < report->until_at)
            g_ptr_array_add(report->open, followup);
    }
    rp_view_sort_by_due(report->open);
}

static void
end_pair(Pair *pair, RpFigures *mine, RpFigures *theirs)
{
    rp_tally_end(&pair->tallies[RP_MINE], mine);
    rp_tally_end(&pair->tallies[RP_THEIRS], theirs);
}

static int
compare_people(gconstpointer a, gconstpointer b, gpointer data)
{
    const RpReportPerson *left = a, *right = b;
    const RpPerson *persons =
        &g_array_index(((const RpCorpus *)data)->persons, RpPerson, 0);
    uint32_t n_left = left->mine.n_opened + left->theirs.n_opened;
    uint32_t n_right = right->mine.n_opened + right->theirs.n_opened;

    if (n_left != n_right)
        return n_left > n_right ? -1 : 1;
    return persons[left->person].id < persons[right->person].id ? -1 : 1;
}

static void
end_people(Gathering *gathering)
{
    for (guint i = 0; i < gathering->persons->len; i++) {
        Person *person = &g_array_index(gathering->persons, Person, i);
        RpReportPerson row = {.person = person->person, .address = person->address};

        end_pair(&person->pair, &row.mine, &row.theirs);
        g_array_append_val(gathering->report->people, row);
    }
    g_array_sort_with_data(gathering->report->people, compare_people,
                           gathering->view->corpus);
}

/* The last twelve, up to the one in which the window ends. */
static void
set_weeks(RpReport *report, GTimeZone *zone)
{
    int64_t at = report->until_at - 1;

    for (size_t i = RP_REPORT_WEEKS; i > 0; i--) {
        RpReportWeek *week = &report->weeks[i - 1];

        if (!rp_report_week_of(at, zone, week->label, &week->from_at, &week->until_at))
            return;
        at = week->from_at - 1;
    }
}

static void
count_messages(RpReport *report, const RpDerivation *derivation)
{
    report->n_clock_anomalies = derivation->n_clock_anomalies;
    for (guint i = 0; i < derivation->messages->len; i++) {
        const RpMessage *message = &g_array_index(derivation->messages, RpMessage, i);

        report->n_kinds[message->kind]++;
        report->n_guessed_times += message->source == RP_TIME_GUESS ? 1 : 0;
    }
}

static char *
zone_name(const RpConfig *config)
{
    if (config->timezone != NULL && *config->timezone != '\0')
        return g_strdup(config->timezone);
    return g_strdup(g_time_zone_get_identifier(config->policy->zone));
}

static RpReport *
report_empty(const RpView *view, int64_t from_at, int64_t until_at, uint32_t person)
{
    RpReport *report = g_new0(RpReport, 1);

    report->from_at = from_at;
    report->until_at = until_at;
    report->person = person;
    report->zone = zone_name(view->config);
    report->people = g_array_new(FALSE, FALSE, sizeof(RpReportPerson));
    report->open = g_ptr_array_new();
    set_weeks(report, view->config->policy->zone);
    return report;
}

RpReport *
rp_report_new(const RpView *view, int64_t from_at, int64_t until_at, uint32_t person)
{
    RpReport *report = report_empty(view, from_at, until_at, person);
    g_autofree uint32_t *slot_of = g_new0(uint32_t, view->corpus->persons->len + 1);
    g_autoptr(GArray) persons = g_array_new(FALSE, FALSE, sizeof(Person));
    Gathering gathering = {
        .view = view, .report = report, .persons = persons, .slot_of = slot_of};

    gather(&gathering);
    end_pair(&gathering.window, &report->mine, &report->theirs);
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++)
        end_pair(&gathering.weeks[i], &report->weeks[i].mine, &report->weeks[i].theirs);
    end_people(&gathering);
    rp_silences(view->derivation, RP_MINE, person, until_at, report->silence[RP_MINE]);
    rp_silences(view->derivation, RP_THEIRS, person, until_at,
                report->silence[RP_THEIRS]);
    count_messages(report, view->derivation);
    return report;
}

void
rp_report_free(RpReport *report)
{
    if (report == NULL)
        return;
    g_free(report->zone);
    g_array_unref(report->people);
    g_ptr_array_unref(report->open);
    g_free(report);
}
