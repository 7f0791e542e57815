/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage.c - what is to be told of one follow-up, and when */
#include "daemon/stage.h"

/* A later one makes the earlier ones needless. */
typedef enum { WARN, OVERDUE, REPEAT, N_STAGES } Stage;

static const char *const STAGE_NAMES[N_STAGES] = {"warn", "overdue", "repeat"};
enum { AHEAD_S = RP_DAY_S }; /* shown later than that from now: by a wrong clock */

static const char SNOOZE_STAGE[] = "snooze "; /* and the instant it ended */

/* What the notices ever shown tell of one follow-up. */
typedef struct {
    int stage;        /* the highest; -1: none */
    int64_t shown_at; /* the latest; INT64_MIN: never */
} Shown;

static int
stage_of_name(const char *name)
{
    for (int i = 0; i < N_STAGES; i++)
        if (g_str_equal(name, STAGE_NAMES[i]))
            return i;
    return -1;
}

/* What was shown while the clock was ahead told of a limit that was not reached. By up
 * to a day that does no harm, and it is the clock of now that was set back: for the
 * winter by hand, or at a start in local time until the network tells. */
static Shown
find_shown(const RpStageInput *input, const char *id)
{
    Shown shown = {-1, INT64_MIN};

    for (guint i = 0; i < input->notices->len; i++) {
        const RpNoticeRow *row = g_ptr_array_index(input->notices, i);

        if (!g_str_equal(row->followup_id, id) ||
            row->shown_at > input->now_at + AHEAD_S)
            continue;
        shown.stage = MAX(shown.stage, stage_of_name(row->stage));
        shown.shown_at = MAX(shown.shown_at, row->shown_at);
    }
    return shown;
}

/* When a stage begins; RP_NEVER if it is switched off. Twice the limit is as long
 * again as from the opening to the limit, on either clock. */
static int64_t
stage_begins_at(const RpNotifyConfig *config, const RpCandidate *candidate, Stage stage)
{
    switch (stage) {
    case WARN:
        return config->at_warn ? candidate->warn_at : RP_NEVER;
    case OVERDUE:
        return candidate->due_at;
    case REPEAT:
        if (config->repeat)
            return candidate->due_at + (candidate->due_at - candidate->opened_at);
        break;
    case N_STAGES:
        break;
    }
    return RP_NEVER;
}

static int
stage_at(const RpNotifyConfig *config, const RpCandidate *candidate, int64_t at)
{
    int stage = -1;

    for (Stage i = 0; i < N_STAGES; i++)
        if (stage_begins_at(config, candidate, i) <= at)
            stage = (int)i;
    return stage;
}

bool
rp_candidate_is_active(const RpCandidate *candidate, int64_t at)
{
    bool is_snoozed =
        candidate->snoozed_until_at != RP_NEVER && at < candidate->snoozed_until_at;

    return !is_snoozed && at < candidate->lapse_at;
}

/* Who asked for a snooze wants to hear again when it is over, whatever was shown
 * before. */
char *
rp_stage_due(const RpStageInput *input, const RpCandidate *candidate, int64_t *since_at)
{
    Shown shown = find_shown(input, candidate->id);
    int stage = stage_at(input->config, candidate, input->now_at);

    if (!rp_candidate_is_active(candidate, input->now_at))
        return NULL;
    if (stage > shown.stage) {
        *since_at = stage_begins_at(input->config, candidate, (Stage)stage);
        return g_strdup(STAGE_NAMES[stage]);
    }
    if (candidate->snoozed_until_at != RP_NEVER &&
        shown.shown_at < candidate->snoozed_until_at) {
        g_autofree char *ended = rp_instant_format(candidate->snoozed_until_at);

        *since_at = candidate->snoozed_until_at;
        return g_strconcat(SNOOZE_STAGE, ended, NULL);
    }
    return NULL;
}

int64_t
rp_stage_next_at(const RpStageInput *input, const RpCandidate *candidate)
{
    int64_t next_at = RP_NEVER;

    for (Stage i = 0; i < N_STAGES; i++) {
        int64_t at = stage_begins_at(input->config, candidate, i);

        if (at > input->now_at)
            next_at = MIN(next_at, at);
    }
    if (candidate->snoozed_until_at > input->now_at)
        next_at = MIN(next_at, candidate->snoozed_until_at);
    if (candidate->lapse_at > input->now_at)
        next_at = MIN(next_at, candidate->lapse_at);
    return next_at;
}
