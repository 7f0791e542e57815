/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people.c - people by how close they are, and what fades: B2, B3 */
#include "report/people.h"

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

static void
put_wait(GString *text, const char *before, int64_t wait_s, const char *after)
{
    g_autofree char *wait = rp_duration_format(wait_s);

    g_string_append_printf(text, "%s%s%s", before, wait, after);
}

static void
put_share(GString *text, const char *who, double share, uint32_t n)
{
    if (isnan(share))
        g_string_append_printf(text, "%s too few to tell", who);
    else
        g_string_append_printf(text, "%s %.0f %% of %u", who, 100 * share, n);
}

static void
put_year(const RpBond *bond, int64_t as_of_at, GString *text)
{
    if (bond->n_in + bond->n_out == 0)
        g_string_append(text, "nothing in a year");
    else
        g_string_append_printf(
            text, "in a year %u from them, %u from you, in %u of 12 months", bond->n_in,
            bond->n_out, bond->n_months);
    if (bond->last_at != RP_NEVER)
        put_wait(text, "; last ", as_of_at - bond->last_at, " ago");
}

void
rp_people_bond_lines(const RpBond *bond, int64_t as_of_at, GString *text)
{
    g_string_append_printf(text, "  %-16s ", rp_bond_word(bond->closeness));
    put_year(bond, as_of_at, text);
    g_string_append_c(text, '\n');
    if (bond->is_fading) {
        put_wait(text, "  fading           silent for ", as_of_at - bond->last_at,
                 ", ");
        put_wait(text, "usually no longer than ", bond->usual_gap_s, "\n");
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
    g_autofree char *name = rp_text_clean(label_of(view, person), MAX(width - 10, 0));
    g_autoptr(GString) line = g_string_new(NULL);
    int64_t as_of_at = view->as_of_at;

    g_string_append_printf(
        text, "  %s (%s)\n", name,
        rp_bond_word(bond->is_fading ? bond->closeness_then : bond->closeness));
    put_year(bond, as_of_at, line);
    put_line(text, line->str, width);
    if (bond->is_fading) {
        g_string_truncate(line, 0);
        put_wait(line, "silent for ", as_of_at - bond->last_at, ", ");
        put_wait(line, "usually no longer than ", bond->usual_gap_s, "");
        put_line(text, line->str, width);
    }
    if (bond->n_mine + bond->n_theirs == 0)
        return;
    g_string_truncate(line, 0);
    put_share(line, "answered within 48 h: you", bond->mine_48h, bond->n_mine);
    put_share(line, ", they", bond->theirs_48h, bond->n_theirs);
    put_line(text, line->str, width);
}

char *
rp_people_text(const RpView *view, const RpBond *bonds, const GArray *persons,
               RpPeopleChoice choice, uint32_t n_shown, int width)
{
    static const char *const titles[] = {
        [RP_PEOPLE_CLOSEST] = "Close to you",
        [RP_PEOPLE_FADING] = "Fading: silent for longer than is usual between you",
        [RP_PEOPLE_OWED] = "Who waits for you",
        [RP_PEOPLE_PINCH] = "Who would help in a pinch",
    };
    static const char *const nobody[] = {
        [RP_PEOPLE_CLOSEST] = "Nobody you write to has written to you in a year.\n",
        [RP_PEOPLE_FADING] = "Nobody fades.\n",
        [RP_PEOPLE_OWED] = "Nobody waits for you.\n",
        [RP_PEOPLE_PINCH] =
            "Nobody yet: riposte contact tag PERSON pinch says who would.\n",
    };
    GString *text = g_string_new(NULL);

    if (persons->len == 0) {
        g_string_append(text, nobody[choice]);
        return g_string_free(text, FALSE);
    }
    g_string_append_printf(text, "%s\n", titles[choice]);
    for (guint i = 0; i < MIN(persons->len, n_shown); i++) {
        uint32_t person = g_array_index(persons, uint32_t, i);

        put_person(text, view, &bonds[person], person, width);
    }
    if (persons->len > n_shown)
        g_string_append_printf(text, "  ... and %u more: --all\n",
                               persons->len - n_shown);
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
