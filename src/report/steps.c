/* SPDX-License-Identifier: GPL-3.0-or-later */
/* steps.c - what happened to a follow-up, one event after the other */
#include "report/steps.h"
#include "report/event-text.h"
#include "view/marks.h"

#include <glib/gi18n.h>
#include <string.h>

static void
step_clear(gpointer data)
{
    RpStep *step = data;

    g_free(step->what);
    g_free(step->joined);
}

static void
add_step(GArray *steps, int64_t at, const char *rule, const char *what)
{
    RpStep step = {at, RP_NONE, rule, g_strdup(what), NULL};

    g_array_append_val(steps, step);
}

static const RpMessage *
message_at(const RpView *view, uint32_t index)
{
    return &g_array_index(view->derivation->messages, RpMessage, index);
}

static uint32_t
person_of(const RpView *view, uint32_t address)
{
    if (address == RP_NONE)
        return RP_NONE;
    return g_array_index(view->corpus->addresses, RpAddress, address).person;
}

static bool
is_to_person(const RpView *view, const RpMessage *message, uint32_t person)
{
    RpSlice to = rp_message_copy(view->derivation, message)->to;

    for (uint32_t i = 0; i < to.n; i++) {
        uint32_t address = g_array_index(view->corpus->pool, uint32_t, to.first + i);

        if (person_of(view, address) == person)
            return true;
    }
    return false;
}

static bool
is_sibling(const RpFollowup *one, const RpFollowup *other)
{
    return one != other && one->conversation == other->conversation &&
           one->direction == other->direction && one->person == other->person;
}

/* R8: the follow-up whose release opened this one anew, or that this one's release
 * opened (is_next); NULL if there is none. */
static const RpFollowup *
reopened(const RpView *view, const RpFollowup *followup, bool is_next)
{
    const GArray *all = view->derivation->followups;

    for (guint i = 0; i < all->len; i++) {
        const RpFollowup *other = &g_array_index(all, RpFollowup, i);
        const RpFollowup *first = is_next ? followup : other;
        const RpFollowup *second = is_next ? other : followup;

        if (is_sibling(followup, other) && first->released_at != RP_NEVER &&
            first->message < second->message &&
            second->opened_at <= first->released_at &&
            second->message < first->releasing)
            return other;
    }
    return NULL;
}

static char *
opening_text(const RpView *view, const RpFollowup *followup, const char **rule)
{
    const RpFollowup *former = reopened(view, followup, false);

    *rule = followup->direction == RP_MINE ? "R4" : "R6";
    if (former == NULL)
        return g_strdup(_("opens it"));
    *rule = "R8";
    return g_strdup_printf(
        _("opens it anew, as %s was released and this one not answered"),
        rp_followup_id(former));
}

static char *
closing_text(const RpFollowup *followup, const char **rule)
{
    if (followup->state == RP_STATE_SUPERSEDED) {
        *rule = "R11";
        return g_strdup(_("opens a new one; this one ends at its lapse"));
    }
    *rule = followup->direction == RP_MINE ? "R5" : "R7";
    return g_strdup(followup->released_at != RP_NEVER
                        ? _("answers it after all; censored at its release")
                        : _("answers it"));
}

static char *
releasing_text(const RpView *view, const RpFollowup *followup, const char **rule)
{
    const RpFollowup *next = reopened(view, followup, true);

    *rule = "R8";
    if (next == NULL)
        return g_strdup(_("releases it: somebody else answered"));
    return g_strdup_printf(_("releases it: somebody else answered; %s opened anew"),
                           rp_followup_id(next));
}

/* A later message that would have opened it: the clock stays where it is. */
static bool
is_again(const RpView *view, const RpFollowup *followup, const RpMessage *message)
{
    if (message->kind != RP_KIND_PERSONAL)
        return false;
    if (followup->direction == RP_THEIRS)
        return message->is_mine && is_to_person(view, message, followup->person);
    return !message->is_mine && person_of(view, message->sender) == followup->person;
}

static bool
is_automatic(const RpView *view, const RpFollowup *followup, const RpMessage *message)
{
    return !message->is_mine && message->kind >= RP_KIND_CALENDAR &&
           person_of(view, message->sender) == followup->person;
}

/* What a message did to the follow-up; NULL if nothing. */
static char *
effect_of(const RpView *view, const RpFollowup *followup, uint32_t index,
          const char **rule)
{
    const RpMessage *message = message_at(view, index);

    if (index == followup->message)
        return opening_text(view, followup, rule);
    if (index == followup->releasing)
        return releasing_text(view, followup, rule);
    if (index == followup->closing)
        return closing_text(followup, rule);
    if (index < followup->message || message->effective_at > followup->closed_at)
        return NULL;
    if (is_automatic(view, followup, message)) {
        *rule = "R3";
        return g_strdup(_("changes nothing: no human wrote it"));
    }
    if (!is_again(view, followup, message))
        return NULL;
    *rule = followup->direction == RP_MINE ? "R4" : "R6";
    return g_strdup(_("would open it; the clock stays at the first"));
}

static void
add_messages(GArray *steps, const RpView *view, const RpFollowup *followup)
{
    for (uint32_t i = 0; i < view->derivation->messages->len; i++) {
        const RpMessage *message = message_at(view, i);
        RpStep step = {message->effective_at, i, NULL, NULL, NULL};

        if (message->conversation != followup->conversation)
            continue;
        step.what = effect_of(view, followup, i, &step.rule);
        if (step.what == NULL)
            continue;
        step.joined = rp_steps_joined_by(view, i);
        g_array_append_val(steps, step);
    }
}

/* --- calls and favours --- */

/* What an event did to the follow-up, and by which rule; NULL if nothing. */
static const char *
effect_of_event(const RpFollowup *followup, const RpContactEvent *event,
                const char **rule)
{
    bool is_call = followup->channel == RP_CHANNEL_CALL;

    *rule = is_call ? "C2" : "F2";
    if (event == followup->event)
        return _("opens it");
    if (event == followup->closing_event) {
        *rule = followup->state == RP_STATE_SUPERSEDED ? "R11" : is_call ? "C3" : "F3";
        return followup->state == RP_STATE_SUPERSEDED
                   ? _("opens a new one; this one ends at its lapse")
                   : _("answers it");
    }
    if (event->person != followup->person || event->at < followup->opened_at ||
        event->at > MIN(followup->closed_at, followup->last_at) ||
        !rp_event_opens(event, followup->direction) ||
        (event->kind == RP_EVENT_FAVOUR) == is_call ||
        strcmp(event->detail, followup->event->detail) != 0)
        return NULL;
    return _("would open it; the clock stays at the first");
}

static void
add_events(GArray *steps, const RpView *view, const RpFollowup *followup)
{
    const GPtrArray *events = view->corpus->events;

    for (guint i = 0; i < events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(events, i);
        const char *rule;
        const char *effect = rp_event_exists(event, view->as_of_at)
                                 ? effect_of_event(followup, event, &rule)
                                 : NULL;
        g_autofree char *sentence = NULL;
        g_autofree char *what = NULL;

        if (effect == NULL)
            continue;
        sentence = rp_event_sentence(event);
        /* TRANSLATORS: "they called, you missed it: opens it". */
        what = g_strdup_printf(C_("event", "%s: %s"), sentence, effect);
        add_step(steps, event->at, rule, what);
    }
    if (followup->closing != RP_NONE) {
        const RpMessage *message = message_at(view, followup->closing);
        RpStep step = {message->effective_at, followup->closing, "C3",
                       g_strdup(_("answers it")), NULL};

        g_array_append_val(steps, step);
    }
}

static void
add_decision(GArray *steps, const RpView *view, const RpDecision *decision)
{
    static const char *const kinds[] = {
        [RP_DECISION_DONE] = N_("you said it is done"),
        [RP_DECISION_DISMISS] = N_("you dismissed it"),
        [RP_DECISION_SNOOZE] = N_("you snoozed it"),
        [RP_DECISION_IGNORE_PERSON] = N_("you ignored the person"),
        [RP_DECISION_IGNORE_CONVERSATION] = N_("you ignored the conversation"),
    };
    const char *detail = decision->detail != NULL ? decision->detail : "";
    /* TRANSLATORS: what the user decided, and the word for it: "you said it is done:
     * phone". */
    g_autofree char *decided =
        *detail != '\0' ? g_strdup_printf(C_("decision", "%s: %s"),
                                          _(kinds[decision->kind]), _(detail))
                        : g_strdup(_(kinds[decision->kind]));
    g_autofree char *what = decision->undone_at <= view->as_of_at
                                ? g_strdup_printf(_("%s (undone)"), decided)
                                : g_strdup(decided);
    int64_t at = decision->kind == RP_DECISION_DONE ? decision->at : decision->taken_at;

    add_step(steps, at, "R10", what);
}

static void
add_others(GArray *steps, const RpView *view, const RpFollowup *followup)
{
    g_autofree char *lapse = rp_duration_format(view->config->policy->lapse_after_s);
    g_autofree char *lapsed =
        g_strdup_printf(_("lapses, %s after its last message"), lapse);

    if (followup->is_lapsed)
        add_step(steps, followup->lapse_at, "R11", lapsed);
    if (followup->state == RP_STATE_ANSWERED_ELSEWHERE)
        add_step(steps, followup->closed_at, "R9",
                 _("\\Answered is seen on it: answered elsewhere, nobody knows when"));
    for (guint i = 0; view->decisions != NULL && i < view->decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(view->decisions, i);

        if (decision->taken_at <= view->as_of_at &&
            rp_view_is_about(view, decision, followup))
            add_decision(steps, view, decision);
    }
}

/* By time; messages in R1's order, and before what is not one. */
static int
compare_steps(gconstpointer a, gconstpointer b)
{
    const RpStep *left = a, *right = b;

    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return (left->message > right->message) - (left->message < right->message);
}

GArray *
rp_steps_of(const RpView *view, const RpFollowup *followup)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(RpStep));

    g_array_set_clear_func(steps, step_clear);
    if (followup->event != NULL)
        add_events(steps, view, followup);
    else
        add_messages(steps, view, followup);
    add_others(steps, view, followup);
    g_array_sort(steps, compare_steps);
    return steps;
}
