/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export-people.c - whom an export tells of, address by address */
#include "report/export-people.h"

static int
compare_person_addresses(gconstpointer a, gconstpointer b)
{
    const RpPersonAddress *left = a, *right = b;

    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return g_strcmp0(left->text, right->text);
}

/* Whom only an address book or the user knows, without an address. */
static void
add_without_address(const RpView *view, const uint8_t *people, GArray *found)
{
    g_autofree uint8_t *has = g_new0(uint8_t, view->corpus->persons->len + 1);

    for (guint i = 0; i < found->len; i++)
        has[g_array_index(found, RpPersonAddress, i).person] = 1;
    for (uint32_t i = 0; i < view->corpus->persons->len; i++) {
        RpPersonAddress row = {.person = i, .address = RP_NONE};

        row.id = g_array_index(view->corpus->persons, RpPerson, i).id;
        if (people[i] && !has[i])
            g_array_append_val(found, row);
    }
}

GArray *
rp_export_people(const RpView *view)
{
    g_autofree uint8_t *people = rp_view_people(view);
    GArray *found = g_array_new(FALSE, FALSE, sizeof(RpPersonAddress));

    for (uint32_t i = 0; i < view->corpus->addresses->len; i++) {
        const RpAddress *address =
            &g_array_index(view->corpus->addresses, RpAddress, i);
        RpPersonAddress row = {.person = address->person, .address = i};

        row.id = g_array_index(view->corpus->persons, RpPerson, address->person).id;
        row.text = address->text;
        if (people[address->person])
            g_array_append_val(found, row);
    }
    add_without_address(view, people, found);
    g_array_sort(found, compare_person_addresses);
    return found;
}

guint
rp_export_count_persons(const GArray *people)
{
    guint n = 0;

    for (guint i = 0; i < people->len; i++)
        n += i == 0 || g_array_index(people, RpPersonAddress, i).person !=
                           g_array_index(people, RpPersonAddress, i - 1).person;
    return n;
}
