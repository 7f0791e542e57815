/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c - the figures of the weekly report: one pass over the follow-ups */
#include "report/report.h"

#include <math.h>

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
    Pair window, before, weeks[RP_REPORT_WEEKS];
    GArray *persons;   /* own, of Person */
    uint32_t *slot_of; /* own; by person index: slot in persons + 1, or 0 */
} Gathering;

const int RP_REPORT_MARKS[RP_N_MARKS] = {0, 1, 4, 8, 24, 48, 96, 168};

/* Not known and not known is no step. */
static bool
differs(double left, double right)
{
    return isnan(left) != isnan(right) || left < right || left > right;
}

bool
rp_report_has_step(const RpCurvePoint points[RP_CURVE_POINTS], int hour)
{
    for (int i = 0; i < RP_N_MARKS; i++) {
        if (hour == RP_REPORT_MARKS[i])
            return true;
    }
    return differs(points[hour].answered, points[hour - 1].answered) ||
           differs(points[hour].answered_only, points[hour - 1].answered_only);
}

static bool
is_in(int64_t at, int64_t from_at, int64_t until_at)
{
    return at >= from_at && at < until_at;
}

static bool
is_answer_in(const RpFollowup *followup, const RpPeriod *period)
{
    return (followup->state == RP_STATE_ANSWERED || followup->state == RP_STATE_DONE) &&
           is_in(followup->closed_at, period->from_at, period->until_at);
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
    const RpPeriod *window = &gathering->report->scope->period;
    int64_t as_of_at = gathering->view->as_of_at;
    Person *person;

    rp_tally_add(&gathering->before.tallies[followup->direction], followup,
                 window->before_at, window->from_at, as_of_at);
    if (!is_in(followup->opened_at, window->from_at, window->until_at) &&
        !is_answer_in(followup, window))
        return;
    person = person_of(gathering, followup);
    person->address = followup->address; /* follow-ups come by opened_at */
    rp_tally_add(&person->pair.tallies[followup->direction], followup, window->from_at,
                 window->until_at, as_of_at);
    rp_tally_add(&gathering->window.tallies[followup->direction], followup,
                 window->from_at, window->until_at, as_of_at);
}

static void
gather_weeks(Gathering *gathering, const RpFollowup *followup)
{
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++) {
        const RpPeriod *week = &gathering->report->weeks[i].week;

        rp_tally_add(&gathering->weeks[i].tallies[followup->direction], followup,
                     week->from_at, week->until_at, gathering->view->as_of_at);
    }
}

static void
gather_hour(const Gathering *gathering, const RpFollowup *followup)
{
    int weekday, hour;

    if (!is_answer_in(followup, &gathering->report->scope->period))
        return;
    rp_period_local_hour(followup->closed_at, gathering->view->config->policy->zone,
                         &weekday, &hour);
    gathering->report->heatmap[followup->direction][weekday][hour]++;
}

static void
gather_open(RpReport *report, RpFollowup *followup)
{
    RpReportWaiting *waiting = &report->waiting[followup->direction];

    if (followup->state != RP_STATE_OPEN || followup->is_lapsed)
        return;
    g_ptr_array_add(report->open, followup);
    waiting->n++;
    waiting->n_overdue += followup->is_overdue;
    waiting->n_new += followup->opened_at >= report->scope->period.from_at;
    if (waiting->oldest == NULL) /* follow-ups come by opened_at */
        waiting->oldest = followup;
}

static void
gather(Gathering *gathering)
{
    const RpView *view = gathering->view;
    RpReport *report = gathering->report;
    GArray *followups = view->derivation->followups;

    for (guint i = 0; i < followups->len; i++) {
        RpFollowup *followup = &g_array_index(followups, RpFollowup, i);

        if (!rp_scope_has(report->scope, view, followup))
            continue;
        gather_window(gathering, followup);
        gather_weeks(gathering, followup);
        gather_hour(gathering, followup);
        if (followup->opened_at >= report->scope->period.until_at)
            continue;
        gather_open(report, followup);
        rp_silence_add(followup, view->as_of_at, report->silence[followup->direction]);
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
        row.ratio = rp_latency_ratio(&row.mine, &row.theirs);
        g_array_append_val(gathering->report->people, row);
    }
    g_array_sort_with_data(gathering->report->people, compare_people,
                           gathering->view->corpus);
}

/* The last twelve, up to the one in which the window ends. */
static void
set_weeks(RpReport *report, GTimeZone *zone)
{
    int64_t at = report->scope->period.until_at - 1;

    for (size_t i = RP_REPORT_WEEKS; i > 0; i--) {
        if (!rp_period_week_of(at, zone, &report->weeks[i - 1].week))
            return;
        at = report->weeks[i - 1].week.from_at - 1;
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
report_empty(const RpView *view, const RpScope *scope)
{
    RpReport *report = g_new0(RpReport, 1);

    report->scope = scope;
    report->zone = zone_name(view->config);
    report->has_before = scope->period.before_at < scope->period.from_at;
    report->people = g_array_new(FALSE, FALSE, sizeof(RpReportPerson));
    report->open = g_ptr_array_new();
    for (int direction = RP_MINE; direction <= RP_THEIRS; direction++)
        rp_silence_begin((RpDirection)direction, report->silence[direction]);
    set_weeks(report, view->config->policy->zone);
    return report;
}

static void
end_window(Gathering *gathering)
{
    RpReport *report = gathering->report;

    for (int direction = RP_MINE; direction <= RP_THEIRS; direction++) {
        rp_tally_curve(&gathering->window.tallies[direction],
                       report->curves[direction]);
        rp_silence_end(report->silence[direction]);
    }
    end_pair(&gathering->window, &report->mine, &report->theirs);
    end_pair(&gathering->before, &report->before[RP_MINE], &report->before[RP_THEIRS]);
    for (size_t i = 0; i < RP_REPORT_WEEKS; i++)
        end_pair(&gathering->weeks[i], &report->weeks[i].mine,
                 &report->weeks[i].theirs);
}

RpReport *
rp_report_new(const RpView *view, const RpScope *scope)
{
    RpReport *report = report_empty(view, scope);
    g_autofree uint32_t *slot_of = g_new0(uint32_t, view->corpus->persons->len + 1);
    g_autoptr(GArray) persons = g_array_new(FALSE, FALSE, sizeof(Person));
    Gathering gathering = {
        .view = view, .report = report, .persons = persons, .slot_of = slot_of};

    gather(&gathering);
    end_window(&gathering);
    end_people(&gathering);
    report->quiet = rp_report_quiet(view, scope);
    rp_report_cover(view, scope, &report->coverage);
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
    g_array_unref(report->quiet);
    rp_report_coverage_clear(&report->coverage);
    g_free(report);
}
