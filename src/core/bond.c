/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bond.c - how close a person is to me, and whether that fades: B2, B3 */
#include "core/bond.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

#include "core/latency.h"

static const int64_t YEAR_S = 365 * RP_DAY_S;
static const double MONTH_S = 365.0 * RP_DAY_S / RP_BOND_MONTHS;
static const double RECENCY_HALVES_S = 60.0 * RP_DAY_S;
static const double FULL_EXCHANGE = 12;         /* B2: one each way a month */
static const int64_t GAP_MIN_S = 30 * RP_DAY_S; /* B3 */
enum { GAP_DAYS_MIN = 6, PRIOR_ANSWERS = 2 };
static const double CLOSE = 0.6, WARM = 0.35;

static const RpContact *
contact_at(const GArray *contacts, guint i)
{
    return &g_array_index(contacts, RpContact, i);
}

/* What happened in the year before at_at. */
static void
count_year(const GArray *contacts, int64_t at_at, RpBond *bond)
{
    bool has_contact[RP_BOND_MONTHS] = {false};

    for (guint i = contacts->len; i > 0; i--) {
        const RpContact *c = contact_at(contacts, i - 1);
        int64_t age_s = MAX(at_at - c->at, 0);

        if (c->at > at_at)
            continue;
        if (age_s >= YEAR_S)
            break;
        *(c->by_me ? &bond->n_out : &bond->n_in) += 1;
        *(c->by_me ? &bond->out : &bond->in) += c->weight;
        has_contact[(int)((double)age_s / MONTH_S)] = true;
    }
    for (size_t i = 0; i < RP_BOND_MONTHS; i++)
        bond->n_months += has_contact[i];
}

static double
known_or_even(double share, uint32_t n)
{
    double known = isnan(share) ? 0 : share * n;

    return (known + PRIOR_ANSWERS * 0.5) / ((isnan(share) ? 0 : n) + PRIOR_ANSWERS);
}

static void
weigh(int64_t last_at, int64_t at_at, RpBond *bond)
{
    double mutual = log1p(fmin(bond->in, bond->out)) / log1p(FULL_EXCHANGE);

    bond->reciprocity = fmin(1, mutual);
    bond->regularity = bond->n_months / (double)RP_BOND_MONTHS;
    bond->recency = exp2(-(double)MAX(at_at - last_at, 0) / RECENCY_HALVES_S);
    bond->answers = (known_or_even(bond->mine_48h, bond->n_mine) +
                     known_or_even(bond->theirs_48h, bond->n_theirs)) /
                    2;
    /* Who never wrote, or was never written to, is not close. */
    bond->closeness = mutual <= 0 ? 0
                                  : 0.4 * bond->reciprocity + 0.25 * bond->regularity +
                                        0.2 * bond->recency + 0.15 * bond->answers;
}

static int
compare_gaps(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* B3: nearest rank of the silences between the days with contact. */
static void
measure_gaps(const GArray *contacts, RpBond *bond)
{
    g_autofree int64_t *gaps = g_new(int64_t, contacts->len);
    int64_t day_at = contact_at(contacts, 0)->at;
    uint32_t n_gaps = 0;

    for (guint i = 1; i < contacts->len; i++) {
        int64_t gap_s = contact_at(contacts, i)->at - day_at;

        if (gap_s < RP_DAY_S)
            continue;
        gaps[n_gaps++] = gap_s;
        day_at = contact_at(contacts, i)->at;
    }
    bond->n_days = n_gaps + 1;
    if (bond->n_days < GAP_DAYS_MIN)
        return;
    qsort(gaps, n_gaps, sizeof *gaps, compare_gaps);
    bond->usual_gap_s = gaps[(9 * n_gaps + 9) / 10 - 1];
}

static void
measure_fading(const GArray *contacts, int64_t as_of_at, RpBond *bond)
{
    int64_t silent_s = as_of_at - bond->last_at;
    RpBond then = {.mine_48h = bond->mine_48h,
                   .theirs_48h = bond->theirs_48h,
                   .n_mine = bond->n_mine,
                   .n_theirs = bond->n_theirs};

    measure_gaps(contacts, bond);
    count_year(contacts, bond->last_at, &then);
    weigh(bond->last_at, bond->last_at, &then);
    bond->closeness_then = then.closeness;
    bond->is_lost = then.closeness > 0 && silent_s > YEAR_S;
    bond->is_fading = then.closeness > 0 && !bond->is_lost && bond->usual_gap_s >= 0 &&
                      silent_s > MAX(GAP_MIN_S, bond->usual_gap_s);
}

static void
bond_init(RpBond *bond)
{
    *bond = (RpBond){.first_at = RP_NEVER,
                     .last_at = RP_NEVER,
                     .mine_48h = NAN,
                     .theirs_48h = NAN,
                     .usual_gap_s = -1};
}

static void
measure(const GArray *contacts, int64_t as_of_at, RpBond *bond)
{
    if (contacts == NULL)
        return;
    bond->first_at = contact_at(contacts, 0)->at;
    bond->last_at = contact_at(contacts, contacts->len - 1)->at;
    count_year(contacts, as_of_at, bond);
    weigh(bond->last_at, as_of_at, bond);
    measure_fading(contacts, as_of_at, bond);
}

void
rp_bond_of(const GArray *contacts, int64_t as_of_at, RpBond *bond)
{
    bond_init(bond);
    measure(contacts, as_of_at, bond);
}

/* R13 of the year, for each person and both directions. */
static void
add_answers(const RpDerivation *d, RpBond *bonds)
{
    guint n_persons = d->corpus->persons->len;
    g_autofree RpTally *tallies = g_new0(RpTally, 2 * n_persons + 2);

    for (guint i = 0; i < d->followups->len; i++) {
        const RpFollowup *f = &g_array_index(d->followups, RpFollowup, i);

        rp_tally_add(&tallies[2 * f->person + f->direction], f, d->as_of_at - YEAR_S,
                     d->as_of_at + 1, d->as_of_at);
    }
    for (guint i = 0; i < n_persons; i++) {
        RpFigures mine, theirs;

        rp_tally_end(&tallies[2 * i + RP_MINE], &mine);
        rp_tally_end(&tallies[2 * i + RP_THEIRS], &theirs);
        bonds[i].mine_48h = mine.estimate.within_48h;
        bonds[i].n_mine = mine.estimate.n;
        bonds[i].theirs_48h = theirs.estimate.within_48h;
        bonds[i].n_theirs = theirs.estimate.n;
    }
}

RpBond *
rp_bonds(const RpDerivation *d)
{
    g_autoptr(GPtrArray) contacts = rp_contacts(d);
    RpBond *bonds = g_new(RpBond, contacts->len + 1);

    for (guint i = 0; i < contacts->len; i++)
        bond_init(&bonds[i]);
    add_answers(d, bonds);
    for (guint i = 0; i < contacts->len; i++)
        measure(g_ptr_array_index(contacts, i), d->as_of_at, &bonds[i]);
    return bonds;
}

const char *
rp_bond_word(double closeness)
{
    if (closeness >= CLOSE)
        return NC_("closeness", "close");
    if (closeness >= WARM)
        return NC_("closeness", "warm");
    return closeness > 0 ? NC_("closeness", "loose") : NC_("closeness", "none");
}
