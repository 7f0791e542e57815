/* SPDX-License-Identifier: GPL-3.0-or-later */
/* favours.c - what a person and I did for each other, in words: F1 to F4 */
#include "report/favours.h"

#include <glib/gi18n.h>

RpFavours
rp_favours_of(const RpView *view, uint32_t person)
{
    const GPtrArray *events = view->corpus->events;
    const GArray *followups = view->derivation->followups;
    RpFavours favours = {{0}, 0};
    bool has_any = false;

    for (guint i = 0; i < events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(events, i);

        if (event->person == person && event->kind == RP_EVENT_FAVOUR &&
            rp_event_exists(event, view->as_of_at)) {
            favours.n[event->outcome]++;
            has_any = true;
        }
    }
    for (guint i = 0; has_any && i < followups->len; i++) {
        const RpFollowup *followup = &g_array_index(followups, RpFollowup, i);

        favours.n_unthanked += followup->person == person &&
                               followup->channel == RP_CHANNEL_FAVOUR &&
                               followup->state == RP_STATE_OPEN;
    }
    return favours;
}

static const char *
balance(guint n_given, guint n_received)
{
    if (n_given == n_received)
        return _("you are even");
    return n_given > n_received ? _("you did more for them")
                                : _("they did more for you");
}

char *
rp_favours_text(const RpFavours *favours)
{
    guint n_given = favours->n[RP_OUTCOME_GIVEN];
    guint n_received = favours->n[RP_OUTCOME_RECEIVED];
    guint n_asked = favours->n[RP_OUTCOME_ASKED];
    GString *text = g_string_new(NULL);

    if (n_given + n_received > 0)
        /* TRANSLATORS: %s is "you are even" or the like. */
        g_string_append_printf(text,
                               ngettext("You gave %u favour and received %u: %s.",
                                        "You gave %u favours and received %u: %s.",
                                        n_given),
                               n_given, n_received, balance(n_given, n_received));
    if (n_asked > 0)
        g_string_append_printf(
            text, ngettext("%sYou asked for %u.", "%sYou asked for %u.", n_asked),
            text->len > 0 ? " " : "", n_asked);
    if (favours->n_unthanked > 0)
        g_string_append_printf(text,
                               ngettext(" Thanks are owed for %u.",
                                        " Thanks are owed for %u.",
                                        favours->n_unthanked),
                               favours->n_unthanked);
    return g_string_free(text, text->len == 0);
}
