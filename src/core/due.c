/* SPDX-License-Identifier: GPL-3.0-or-later */
/* due.c - limits, due times and waits as of now: R11 */
#include "core/clock.h"
#include "core/derive-private.h"

enum {
    KNOWN_MIN = 8,                     /* answers before a person's own limit counts */
    THEIRS_DEFAULT_S = 48 * RP_HOUR_S, /* where too little is known */
    THEIRS_MIN_S = 24 * RP_HOUR_S,
    THEIRS_MAX_S = 14 * RP_DAY_S,
};

static int
compare_waits(gconstpointer a, gconstpointer b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

/* The 90th percentile by nearest rank: the smallest wait that at least nine
 * tenths do not exceed. */
static int64_t
person_limit(GArray *waits)
{
    int64_t p90_s;

    if (waits == NULL || waits->len < KNOWN_MIN)
        return THEIRS_DEFAULT_S;
    g_array_sort(waits, compare_waits);
    p90_s = g_array_index(waits, int64_t, (waits->len * 9 + 9) / 10 - 1);
    return CLAMP(p90_s, THEIRS_MIN_S, THEIRS_MAX_S);
}

/* Of mine: the person's or their tags', else the usual one. */
static int64_t
my_limit(const RpDerivation *d, const RpFollowup *f)
{
    int64_t limit_s = g_array_index(d->corpus->persons, RpPerson, f->person).limit_s;

    return limit_s > 0 ? limit_s : d->policy->overdue_s;
}

static void
collect_waits(const RpDerivation *d, GArray **waits)
{
    for (guint i = 0; i < d->followups->len; i++) {
        const RpFollowup *f = &g_array_index(d->followups, RpFollowup, i);

        if (f->direction != RP_THEIRS || f->state != RP_STATE_ANSWERED ||
            f->channel != RP_CHANNEL_MAIL)
            continue;
        if (waits[f->person] == NULL)
            waits[f->person] = g_array_new(FALSE, FALSE, sizeof(int64_t));
        g_array_append_val(waits[f->person], f->latency_s);
    }
}

/* On the working clock if clock is not NULL, else on the wall clock. */
static int64_t
add(RpClock *clock, int64_t from_at, int64_t wait_s)
{
    return clock != NULL ? rp_clock_add(clock, from_at, wait_s) : from_at + wait_s;
}

static void
set_due(const RpDerivation *d, RpClock *clock, RpFollowup *f)
{
    bool is_open = f->state == RP_STATE_OPEN;
    RpClock *limit_clock = d->policy->working_clock ? clock : NULL;

    f->warn_at = add(limit_clock, f->opened_at, f->limit_s / 2);
    f->due_at = add(limit_clock, f->opened_at, f->limit_s);
    f->waiting_s = is_open ? d->as_of_at - f->opened_at : -1;
    f->working_s = is_open && clock != NULL
                       ? rp_clock_working_s(clock, f->opened_at, d->as_of_at)
                       : -1;
    f->is_overdue = is_open && d->as_of_at >= f->due_at;
    f->is_lapsed =
        f->state == RP_STATE_SUPERSEDED || (is_open && d->as_of_at >= f->lapse_at);
}

void
rp_derive_due(RpDerivation *d)
{
    guint n = d->corpus->persons->len;
    g_autofree GArray **waits = g_new0(GArray *, n + 1);
    g_autofree int64_t *limits = g_new(int64_t, n + 1);
    g_autoptr(RpClock) clock =
        d->policy->has_working_hours ? rp_clock_new(d->policy) : NULL;

    collect_waits(d, waits);
    for (guint i = 0; i < n; i++) {
        limits[i] = person_limit(waits[i]);
        g_clear_pointer(&waits[i], g_array_unref);
    }
    for (guint i = 0; i < d->followups->len; i++) {
        RpFollowup *f = &g_array_index(d->followups, RpFollowup, i);

        if (f->direction == RP_MINE)
            f->limit_s = my_limit(d, f);
        else
            f->limit_s = f->channel == RP_CHANNEL_MAIL ? limits[f->person]
                                                       : (int64_t)THEIRS_DEFAULT_S;
        set_due(d, clock, f);
    }
}
