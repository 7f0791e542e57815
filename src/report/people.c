/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people.c - people by how close they are, and what fades: B2, B3 */
#include "report/people.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "report/json.h"
#include "report/text.h"
#include "view/marks.h"

static const char PINCH[] = "pinch";

typedef struct {
    const RpView *view;
    const RpBond *bonds;
    const int64_t *due; /* by person: when the first of what I owe is due */
    RpPeopleChoice choice;
} Chooser;

/* --- who --- */

static bool
has_tag(const RpView *view, uint32_t person, const char *tag)
{
    g_autoptr(GPtrArray) tags = rp_view_tags(view, person);

    return g_ptr_array_find_with_equal_func(tags, tag, g_str_equal, NULL);
}

static bool
is_chosen(const Chooser *c, uint32_t person)
{
    switch (c->choice) {
    case RP_PEOPLE_CLOSEST:
        return c->bonds[person].closeness > 0;
    case RP_PEOPLE_FADING:
        return c->bonds[person].is_fading;
    case RP_PEOPLE_OWED:
        return c->due[person] != RP_NEVER;
    case RP_PEOPLE_PINCH:
        return has_tag(c->view, person, PINCH);
    }
    return false;
}

/* Falls; what is equal stands in the order of the keys. */
static double
rank_of(const Chooser *c, uint32_t person)
{
    switch (c->choice) {
    case RP_PEOPLE_FADING:
        return c->bonds[person].closeness_then;
    case RP_PEOPLE_OWED:
        return -(double)c->due[person];
    case RP_PEOPLE_CLOSEST:
    case RP_PEOPLE_PINCH:
        break;
    }
    return c->bonds[person].closeness;
}

static int
compare(gconstpointer a, gconstpointer b, gpointer data)
{
    const Chooser *c = data;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    const RpPerson *persons = &g_array_index(c->view->corpus->persons, RpPerson, 0);
    double rank_x = rank_of(c, x), rank_y = rank_of(c, y);

    if (rank_x > rank_y || rank_x < rank_y)
        return rank_x > rank_y ? -1 : 1;
    return strcmp(persons[x].key, persons[y].key);
}

static int64_t *
find_due(const RpView *view)
{
    guint n = view->corpus->persons->len;
    g_autoptr(GPtrArray) owed = rp_view_open_followups(view, RP_VIEW_MINE);
    int64_t *due = g_new(int64_t, n + 1);

    for (guint i = 0; i < n; i++)
        due[i] = RP_NEVER;
    for (guint i = 0; i < owed->len; i++) {
        const RpFollowup *f = g_ptr_array_index(owed, i);

        due[f->person] = MIN(due[f->person], f->due_at);
    }
    return due;
}

static void
leave_me_out(const RpView *view, uint8_t *people)
{
    for (guint i = 0; i < view->corpus->addresses->len; i++)
        if (view->derivation->is_me[i])
            people[g_array_index(view->corpus->addresses, RpAddress, i).person] = 0;
}

GArray *
rp_people_choose(const RpView *view, const RpBond *bonds, RpPeopleChoice choice)
{
    g_autofree uint8_t *people = rp_view_people(view);
    g_autofree int64_t *due = find_due(view);
    Chooser chooser = {view, bonds, due, choice};
    GArray *persons = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    leave_me_out(view, people);
    for (uint32_t i = 0; i < view->corpus->persons->len; i++)
        if (people[i] && is_chosen(&chooser, i) && rp_view_ignoring(view, i) == NULL)
            g_array_append_val(persons, i);
    g_array_sort_with_data(persons, compare, &chooser);
    return persons;
}

/* --- for a terminal --- */

static char *
share_text(double share, uint32_t n)
{
    if (isnan(share))
        return g_strdup(_("too few to tell"));
    /* TRANSLATORS: a share of so many mails: "80 % of 5". */
    return g_strdup_printf(_("%.0f %% of %u"), 100 * share, n);
}

static char *
year_text(const RpBond *bond, int64_t as_of_at)
{
    g_autofree char *year =
        bond->n_in + bond->n_out == 0
            ? g_strdup(_("nothing in a year"))
            : g_strdup_printf(
                  _("in a year %u from them, %u from you, in %u of 12 months"),
                  bond->n_in, bond->n_out, bond->n_months);
    g_autofree char *ago = NULL;

    if (bond->last_at == RP_NEVER)
        return g_steal_pointer(&year);
    ago = rp_duration_format(as_of_at - bond->last_at);
    /* TRANSLATORS: "nothing in a year" or "in a year 3 from them ...", and how long ago
     * the last one was. */
    return g_strdup_printf(_("%s; last %s ago"), year, ago);
}

static char *
fading_text(const RpBond *bond, int64_t as_of_at)
{
    g_autofree char *silent = rp_duration_format(as_of_at - bond->last_at);
    g_autofree char *usual = rp_duration_format(bond->usual_gap_s);

    return g_strdup_printf(_("silent for %s, usually no longer than %s"), silent,
                           usual);
}

static const char *
bond_word(double closeness)
{
    return g_dpgettext2(NULL, "closeness", rp_bond_word(closeness));
}

void
rp_people_bond_lines(const RpBond *bond, int64_t as_of_at, GString *text)
{
    g_autofree char *year = year_text(bond, as_of_at);

    rp_text_put_label(text, bond_word(bond->closeness));
    g_string_append_printf(text, "%s\n", year);
    if (bond->is_fading) {
        g_autofree char *fading = fading_text(bond, as_of_at);

        rp_text_put_label(text, C_("closeness", "fading"));
        g_string_append_printf(text, "%s\n", fading);
    }
}

static const char *
label_of(const RpView *view, uint32_t person)
{
    return rp_view_label_of(view, person, rp_view_person_address(view, person));
}

/* One line, cut to the width. */
static void
put_line(GString *text, const char *line, int width)
{
    g_autofree char *clean = rp_text_clean(line, MAX(width - 4, 0));

    g_string_append_printf(text, "    %s\n", clean);
}

static void
put_person(GString *text, const RpView *view, const RpBond *bond, uint32_t person,
           int width)
{
    int64_t as_of_at = view->as_of_at;
    double closeness = bond->is_fading ? bond->closeness_then : bond->closeness;
    g_autofree char *name = rp_text_clean(label_of(view, person), MAX(width - 10, 0));
    g_autofree char *year = year_text(bond, as_of_at);
    g_autofree char *mine = share_text(bond->mine_48h, bond->n_mine);
    g_autofree char *theirs = share_text(bond->theirs_48h, bond->n_theirs);
    g_autofree char *answers =
        /* TRANSLATORS: %s is "80 % of 5" or "too few to tell". */
        g_strdup_printf(_("answered within 48 h: you %s, they %s"), mine, theirs);

    g_string_append_printf(text, "  %s (%s)\n", name, bond_word(closeness));
    put_line(text, year, width);
    if (bond->is_fading) {
        g_autofree char *fading = fading_text(bond, as_of_at);

        put_line(text, fading, width);
    }
    if (bond->n_mine + bond->n_theirs > 0)
        put_line(text, answers, width);
}

char *
rp_people_text(const RpView *view, const RpBond *bonds, const GArray *persons,
               RpPeopleChoice choice, uint32_t n_shown, int width)
{
    static const char *const titles[] = {
        [RP_PEOPLE_CLOSEST] = N_("Close to you"),
        [RP_PEOPLE_FADING] = N_("Fading: silent for longer than is usual between you"),
        [RP_PEOPLE_OWED] = N_("Who waits for you"),
        [RP_PEOPLE_PINCH] = N_("Who would help in a pinch"),
    };
    static const char *const nobody[] = {
        [RP_PEOPLE_CLOSEST] = N_("Nobody you write to has written to you in a year."),
        [RP_PEOPLE_FADING] = N_("Nobody fades."),
        [RP_PEOPLE_OWED] = N_("Nobody waits for you."),
        [RP_PEOPLE_PINCH] =
            N_("Nobody yet: riposte contact tag PERSON pinch says who would."),
    };
    GString *text = g_string_new(NULL);

    if (persons->len == 0) {
        g_string_append_printf(text, "%s\n", _(nobody[choice]));
        return g_string_free(text, FALSE);
    }
    g_string_append_printf(text, "%s\n", _(titles[choice]));
    for (guint i = 0; i < MIN(persons->len, n_shown); i++) {
        uint32_t person = g_array_index(persons, uint32_t, i);

        put_person(text, view, &bonds[person], person, width);
    }
    if (persons->len > n_shown)
        rp_text_put_more(text, persons->len - n_shown);
    return g_string_free(text, FALSE);
}

/* --- for programs --- */

void
rp_json_bond(JsonBuilder *builder, const RpBond *bond)
{
    rp_json_add_share(builder, "closeness", bond->closeness);
    rp_json_add_text(builder, "word", rp_bond_word(bond->closeness));
    rp_json_add_share(builder, "reciprocity", bond->reciprocity);
    rp_json_add_share(builder, "regularity", bond->regularity);
    rp_json_add_share(builder, "recency", bond->recency);
    rp_json_add_share(builder, "answers", bond->answers);
    rp_json_add_int(builder, "in_365d", bond->n_in);
    rp_json_add_int(builder, "out_365d", bond->n_out);
    rp_json_add_int(builder, "months", bond->n_months);
    rp_json_add_share(builder, "mine_within_48h", bond->mine_48h);
    rp_json_add_share(builder, "theirs_within_48h", bond->theirs_48h);
    rp_json_add_instant(builder, "first_at", bond->first_at);
    rp_json_add_instant(builder, "last_at", bond->last_at);
    rp_json_add_duration(builder, "usual_gap_s", bond->usual_gap_s);
    rp_json_add_share(builder, "closeness_then", bond->closeness_then);
    rp_json_add_bool(builder, "fading", bond->is_fading);
    rp_json_add_bool(builder, "lost", bond->is_lost);
}

char *
rp_people_json(const RpView *view, const RpBond *bonds, const GArray *persons)
{
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();
    g_autoptr(JsonGenerator) generator = json_generator_new();
    GString *text = g_string_new(NULL);

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.people/1");
    rp_json_add_instant(builder, "as_of", view->as_of_at);
    json_builder_set_member_name(builder, "people");
    json_builder_begin_array(builder);
    for (guint i = 0; i < persons->len; i++) {
        uint32_t person = g_array_index(persons, uint32_t, i);

        json_builder_begin_object(builder);
        json_builder_set_member_name(builder, "person");
        rp_json_person(builder, view, person, rp_view_person_address(view, person));
        rp_json_bond(builder, &bonds[person]);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_json_flush(builder, generator, text);
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}
