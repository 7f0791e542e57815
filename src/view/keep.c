/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keep.c - with whom to be in touch, and days that come: K1 to K4 */
#include "view/keep.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "core/contacts.h"
#include "store/facts.h"
#include "view/marks.h"

static uint32_t
person_of_key(const RpView *view, const char *key)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(view->corpus->person_index, key)) - 1;
}

/* --- cadences --- */

/* K1: a person's own, which come first, count before their tags'; of several (tags, or
 * persons that were merged) the shortest. */
static void
set_cadence(const RpCadenceRow **of_person, uint32_t person, const RpCadenceRow *row)
{
    const RpCadenceRow *known = of_person[person];

    if (known == NULL ||
        (known->is_tag == row->is_tag && row->ideal_s < known->ideal_s))
        of_person[person] = row;
}

static void
set_tagged(const RpView *view, const RpCadenceRow **of_person, const RpCadenceRow *row)
{
    for (guint i = 0; view->facts != NULL && i < view->facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(view->facts, i);
        uint32_t person;

        if (strcmp(fact->name, RP_FACT_TAG) != 0 || strcmp(fact->value, row->name) != 0)
            continue;
        person = person_of_key(view, fact->person_key);
        if (person != RP_NONE)
            set_cadence(of_person, person, row);
    }
}

/* By person index. The caller's. */
static const RpCadenceRow **
find_cadences(const RpView *view)
{
    const RpCadenceRow **of_person =
        g_new0(const RpCadenceRow *, view->corpus->persons->len + 1);

    for (guint i = 0; i < view->cadences->len; i++) {
        const RpCadenceRow *row = g_ptr_array_index(view->cadences, i);
        uint32_t person;

        if (row->since_at > view->as_of_at)
            continue;
        if (row->is_tag) {
            set_tagged(view, of_person, row);
            continue;
        }
        person = person_of_key(view, row->name);
        if (person != RP_NONE)
            set_cadence(of_person, person, row);
    }
    return of_person;
}

static int
compare_keeps(gconstpointer a, gconstpointer b)
{
    const RpKeep *x = a, *y = b;

    if (x->due_at != y->due_at)
        return x->due_at < y->due_at ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

/* K2 */
static int64_t
last_of(const GArray *contacts)
{
    return contacts != NULL ? g_array_index(contacts, RpContact, contacts->len - 1).at
                            : RP_NEVER;
}

GArray *
rp_view_keep(const RpView *view)
{
    GArray *keeps = g_array_new(FALSE, FALSE, sizeof(RpKeep));
    g_autofree const RpCadenceRow **of_person = NULL;
    g_autoptr(GPtrArray) contacts = NULL;

    if (view->cadences == NULL || view->cadences->len == 0)
        return keeps;
    of_person = find_cadences(view);
    contacts = rp_contacts(view->derivation);
    for (uint32_t i = 0; i < view->corpus->persons->len; i++) {
        RpKeep keep = {i, of_person[i], last_of(g_ptr_array_index(contacts, i)), 0, 0,
                       0};

        if (keep.cadence == NULL || rp_view_ignoring(view, i) != NULL)
            continue;
        keep.from_at = keep.last_at != RP_NEVER ? keep.last_at : keep.cadence->since_at;
        keep.due_at = keep.from_at + keep.cadence->ideal_s;
        keep.late_at = keep.from_at + keep.cadence->latest_s;
        g_array_append_val(keeps, keep);
    }
    g_array_sort(keeps, compare_keeps);
    return keeps;
}

char *
rp_view_keep_id(const RpKeep *keep)
{
    return g_strdup_printf("keep %" PRId64, keep->from_at);
}

const RpDecision *
rp_view_keep_decision(const RpView *view, const RpKeep *keep)
{
    const char *key = g_array_index(view->corpus->persons, RpPerson, keep->person).key;
    g_autofree char *id = rp_view_keep_id(keep);
    const RpDecision *last = NULL;

    for (guint i = 0; view->decisions != NULL && i < view->decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(view->decisions, i);

        if (decision->taken_at <= view->as_of_at &&
            decision->undone_at > view->as_of_at &&
            strcmp(decision->person_key, key) == 0 &&
            strcmp(decision->message_id, id) == 0)
            last = decision;
    }
    return last;
}

static bool
is_put_off(const RpView *view, const RpKeep *keep)
{
    const RpDecision *decision = rp_view_keep_decision(view, keep);

    return decision != NULL &&
           (decision->kind == RP_DECISION_DONE || decision->at > view->as_of_at);
}

GArray *
rp_view_keep_due(const RpView *view)
{
    GArray *keeps = rp_view_keep(view);
    guint n = 0;

    for (guint i = 0; i < keeps->len; i++) {
        RpKeep keep = g_array_index(keeps, RpKeep, i);

        if (keep.due_at <= view->as_of_at && !is_put_off(view, &keep))
            g_array_index(keeps, RpKeep, n++) = keep;
    }
    g_array_set_size(keeps, n);
    return keeps;
}

/* "late by 2 d", "due in 3 d" */
static char *
due_text(const RpView *view, const RpKeep *keep)
{
    bool is_late = keep->late_at <= view->as_of_at;
    int64_t left_s = (is_late ? keep->late_at : keep->due_at) - view->as_of_at;
    g_autofree char *due = rp_duration_format(ABS(left_s));

    if (is_late)
        return g_strdup_printf(_("late by %s"), due);
    return left_s > 0 ? g_strdup_printf(_("due in %s"), due)
                      : g_strdup_printf(_("due %s ago"), due);
}

char *
rp_view_keep_text(const RpView *view, const RpKeep *keep)
{
    g_autofree char *ideal = rp_cadence_format(keep->cadence->ideal_s);
    g_autofree char *latest = rp_cadence_format(keep->cadence->latest_s);
    g_autofree char *due = due_text(view, keep);
    g_autofree char *ago = NULL;

    if (keep->last_at == RP_NEVER)
        /* TRANSLATORS: a cadence ("4w"), the longest gap ("6w"), and "due in 3 d" or
         * "late by 3 d". */
        return g_strdup_printf(_("no contact yet; every %s, %s at most; %s (K3)"),
                               ideal, latest, due);
    ago = rp_duration_format(view->as_of_at - keep->last_at);
    /* TRANSLATORS: how long ago, a cadence ("4w"), the longest gap ("6w"), and "due in
     * 3 d" or "late by 3 d". */
    return g_strdup_printf(_("last contact %s ago; every %s, %s at most; %s (K3)"), ago,
                           ideal, latest, due);
}

/* --- days --- */

static int
compare_days(gconstpointer a, gconstpointer b)
{
    const RpKeepDay *x = a, *y = b;

    if (x->day.at != y->day.at)
        return x->day.at < y->day.at ? -1 : 1;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (strcmp(x->what, y->what) != 0)
        return strcmp(x->what, y->what);
    return (x->day.n_years < y->day.n_years) - (x->day.n_years > y->day.n_years);
}

/* On several cards, with and without the year perhaps. */
static bool
is_same_day(const RpKeepDay *one, const RpKeepDay *other)
{
    return one->day.at == other->day.at && one->person == other->person &&
           strcmp(one->what, other->what) == 0;
}

static bool
is_day(const RpFactRow *fact)
{
    return strcmp(fact->name, RP_FACT_BIRTHDAY) == 0 ||
           strcmp(fact->name, RP_FACT_ANNIVERSARY) == 0;
}

/* "04-12" of "1985-04-12" and "--04-12"; what is no such date as it is. */
static const char *
day_of(const char *date)
{
    size_t n = strlen(date);

    return n > 7 ? date + n - 5 : date + strspn(date, "-");
}

/* M6: the first says which day it is; another card may know its year. */
static bool
is_said(const RpView *view, const RpFactRow *fact)
{
    guint k = 0;
    const RpFactRow *first = rp_view_next_fact(view, fact->person, fact->name, &k);

    return first != NULL && strcmp(day_of(fact->value), day_of(first->value)) == 0;
}

GArray *
rp_view_days(const RpView *view, unsigned n_days)
{
    GArray *days = g_array_new(FALSE, FALSE, sizeof(RpKeepDay));
    g_autofree uint8_t *me = rp_view_me(view);

    for (guint i = 0; view->facts != NULL && i < view->facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(view->facts, i);
        RpKeepDay day = {.what = fact->name};

        if (!is_day(fact) || !is_said(view, fact) ||
            !rp_yearday_next(fact->value, view->as_of_at, view->config->policy->zone,
                             &day.day) ||
            day.day.n_days > n_days)
            continue;
        day.person = person_of_key(view, fact->person_key);
        if (day.person != RP_NONE && !me[day.person] &&
            rp_view_ignoring(view, day.person) == NULL)
            g_array_append_val(days, day);
    }
    g_array_sort(days, compare_days);
    for (guint i = days->len; i > 1; i--)
        if (is_same_day(&g_array_index(days, RpKeepDay, i - 2),
                        &g_array_index(days, RpKeepDay, i - 1)))
            g_array_remove_index(days, i - 1);
    return days;
}

/* "26 March" */
static char *
date_text(const RpYearday *day)
{
    static const char *const months[] = {N_("January"), N_("February"), N_("March"),
                                         N_("April"),   N_("May"),      N_("June"),
                                         N_("July"),    N_("August"),   N_("September"),
                                         N_("October"), N_("November"), N_("December")};

    /* TRANSLATORS: a day and a month: "26 March". */
    return g_strdup_printf(C_("date", "%d %s"), day->day, _(months[day->month - 1]));
}

char *
rp_view_day_text(const RpKeepDay *day)
{
    const char *what =
        strcmp(day->what, RP_FACT_BIRTHDAY) == 0 ? _("birthday") : _("anniversary");
    unsigned n_days = day->day.n_days;
    g_autofree char *date = date_text(&day->day);
    g_autofree char *in_days = NULL;
    g_autofree char *coming = NULL;

    in_days = g_strdup_printf(ngettext("in %u day", "in %u days", n_days), n_days);
    /* TRANSLATORS: "birthday in 3 days, 26 March". */
    coming = g_strdup_printf(_("%s %s, %s"), what,
                             n_days == 0   ? _("today")
                             : n_days == 1 ? _("tomorrow")
                                           : in_days,
                             date);
    if (day->day.n_years <= 0)
        return g_steal_pointer(&coming);
    /* TRANSLATORS: "birthday in 3 days, 26 March: 41 years". */
    return g_strdup_printf(
        ngettext("%s: %d year", "%s: %d years", (unsigned long)day->day.n_years),
        coming, day->day.n_years);
}
