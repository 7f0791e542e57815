/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.c - why a follow-up stands as it does */
#include "report/explain.h"

#include <glib/gi18n.h>

#include "report/list.h"
#include "report/steps.h"
#include "report/text.h"
#include "report/words.h"
#include "view/expect.h"

static const RpMessage *
message_at(const RpView *view, uint32_t index)
{
    return &g_array_index(view->derivation->messages, RpMessage, index);
}

static char *
when(const RpView *view, int64_t at)
{
    return rp_text_when(at, view->config->policy->zone);
}

static char *
sender_text(const RpView *view, const RpMessage *message)
{
    const RpAddress *address;

    if (message->sender == RP_NONE)
        return g_strdup(_("nobody known"));
    address = &g_array_index(view->corpus->addresses, RpAddress, message->sender);
    return rp_text_clean(rp_view_label_of(view, address->person, message->sender), 40);
}

static const char *
source_word(const RpMessage *message)
{
    return g_dpgettext2(NULL, "source of a time", rp_time_source_name(message->source));
}

/* Below a message; line is taken over. */
static void
put_line(GString *text, char *line)
{
    g_string_append_printf(text, "      %s\n", line);
    g_free(line);
}

static void
put_message(GString *text, const RpView *view, const RpStep *step)
{
    const RpMessage *message = message_at(view, step->message);
    g_autofree char *id = rp_text_clean(rp_message_id(view->derivation, message), 0);
    g_autofree char *own = when(view, message->own_at);

    g_string_append_printf(text, "      <%s>, %s: %s\n", id,
                           rp_words_kind(message->kind), _(message->why));
    if (message->own_at != message->effective_at)
        /* TRANSLATORS: the first %s is "date", "internaldate" or "guess". */
        put_line(text,
                 g_strdup_printf(_("time from %s, lifted from %s to its parent's (R1)"),
                                 source_word(message), own));
    else
        /* TRANSLATORS: %s is "date", "internaldate" or "guess". */
        put_line(text, g_strdup_printf(_("time from %s"), source_word(message)));
    if (step->joined != NULL) {
        g_autofree char *joined = rp_text_clean(step->joined, 0);

        /* TRANSLATORS: %s is "In-Reply-To <id>" or the like. */
        put_line(text, g_strdup_printf(_("in this conversation by %s"), joined));
    }
}

static void
put_step(GString *text, const RpView *view, const RpStep *step)
{
    g_autofree char *at = when(view, step->at);
    g_autofree char *what = rp_text_clean(step->what, 0);
    g_autofree char *who = NULL;

    if (step->message == RP_NONE) {
        g_string_append_printf(text, "  %s  %s (%s)\n", at, what, step->rule);
        return;
    }
    who = sender_text(view, message_at(view, step->message));
    g_string_append_printf(text, "  %s  ", at);
    if (message_at(view, step->message)->is_mine)
        /* TRANSLATORS: what a mail of the user's did to the follow-up, and a rule's
         * number. */
        g_string_append_printf(text, _("you wrote: %s (%s)"), what, step->rule);
    else
        /* TRANSLATORS: a name, what the mail did to the follow-up, a rule's number. */
        g_string_append_printf(text, _("%s wrote: %s (%s)"), who, what, step->rule);
    g_string_append_c(text, '\n');
    put_message(text, view, step);
}

/* Who owes what to whom. */
static char *
debt_text(const RpFollowup *followup, const char *who)
{
    bool is_mine = followup->direction == RP_MINE;

    switch (followup->channel) {
    case RP_CHANNEL_CALL:
        return g_strdup_printf(
            is_mine ? _("you owe %s a call") : _("%s owes you a call"), who);
    case RP_CHANNEL_FAVOUR:
        return g_strdup_printf(
            is_mine ? _("you owe %s thanks") : _("%s owes you thanks"), who);
    case RP_CHANNEL_MAIL:
        break;
    }
    return g_strdup_printf(is_mine ? _("you owe %s a reply") : _("%s owes you a reply"),
                           who);
}

/* "open, waits 3 d, overdue by 1 d (R4); a stranger's (R4)" */
static void
put_state(GString *text, const RpView *view, const RpFollowup *followup)
{
    g_autofree char *wait = rp_list_wait(view, followup);

    g_string_append(text, "  ");
    if (followup->state == RP_STATE_OPEN)
        /* TRANSLATORS: what is open: "waits 3 d, due in 2 h". */
        g_string_append_printf(text, _("open, %s"), wait);
    else
        g_string_append(text, wait);
    g_string_append_printf(text, " (%s)", followup->rule);
    if (followup->is_stranger)
        /* TRANSLATORS: behind the state of a follow-up; a rule's number. */
        g_string_append_printf(text, _("; a stranger's (%s)"),
                               followup->event != NULL ? "C2" : "R4");
    g_string_append_c(text, '\n');
}

static void
put_head(GString *text, const RpView *view, const RpFollowup *followup, bool has_color)
{
    g_autofree char *who = rp_text_clean(rp_view_person_label(view, followup), 60);
    g_autofree char *debt = debt_text(followup, who);
    g_autofree char *subject = rp_text_clean(rp_view_subject_text(view, followup), 0);
    g_autofree char *limit = rp_duration_format(followup->limit_s);
    g_autofree char *warn = when(view, followup->warn_at);
    g_autofree char *due = when(view, followup->due_at);
    g_autofree char *expectation = rp_view_expectation_text(view, followup);
    const char *bold = has_color ? "\033[1m" : "", *plain = has_color ? "\033[0m" : "";

    g_string_append_printf(text, "%s%s: %s%s\n", bold, rp_followup_id(followup), debt,
                           plain);
    g_string_append_printf(text, "  %s: %s\n",
                           followup->event != NULL ? _("about") : _("subject"),
                           subject);
    put_state(text, view, followup);
    if (expectation != NULL) {
        /* TRANSLATORS: "80 %: you answered 4 of 5 mails ...". */
        g_string_append_printf(text, _("  answer expected (R12): %s"), expectation);
        g_string_append_c(text, '\n');
    }
    /* TRANSLATORS: a duration and two times. */
    g_string_append_printf(text,
                           _("  limit %s (R11): warned of from %s, overdue from %s"),
                           limit, warn, due);
    g_string_append_c(text, '\n');
}

static uint32_t
count_messages(const RpView *view, uint32_t conversation)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < view->derivation->messages->len; i++)
        n += message_at(view, i)->conversation == conversation ? 1 : 0;
    return n;
}

char *
rp_explain_text(const RpView *view, const RpFollowup *followup, bool has_color)
{
    g_autoptr(GArray) steps = rp_steps_of(view, followup);
    GString *text = g_string_new(NULL);
    uint32_t n;

    put_head(text, view, followup, has_color);
    g_string_append_c(text, '\n');
    n = count_messages(view, followup->conversation);
    if (followup->event != NULL)
        g_string_append(text, _("What counted:"));
    else
        g_string_append_printf(
            text,
            ngettext("What counted, in conversation %u of %u message:",
                     "What counted, in conversation %u of %u messages:", n),
            followup->conversation, n);
    g_string_append_c(text, '\n');
    for (guint i = 0; i < steps->len; i++)
        put_step(text, view, &g_array_index(steps, RpStep, i));
    return g_string_free(text, FALSE);
}

static void
add_step(JsonBuilder *builder, const RpView *view, const RpStep *step)
{
    json_builder_begin_object(builder);
    rp_json_add_instant(builder, "at", step->at);
    rp_json_add_text(builder, "rule", step->rule);
    rp_json_add_text(builder, "what", step->what);
    if (step->message != RP_NONE) {
        const RpMessage *message = message_at(view, step->message);

        rp_json_add_text(builder, "message_id",
                         rp_message_id(view->derivation, message));
        rp_json_add_text(builder, "kind", rp_kind_name(message->kind));
        rp_json_add_text(builder, "why", message->why);
        rp_json_add_instant(builder, "own_at", message->own_at);
        rp_json_add_text(builder, "time_source", rp_time_source_name(message->source));
        rp_json_add_text(builder, "joined_by", step->joined);
    }
    json_builder_end_object(builder);
}

char *
rp_explain_json(const RpView *view, const RpFollowup *followup)
{
    g_autoptr(GArray) steps = rp_steps_of(view, followup);
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();
    g_autoptr(JsonGenerator) generator = json_generator_new();
    g_autofree char *expectation = rp_view_expectation_text(view, followup);
    GString *text = g_string_new(NULL);

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.explain/1");
    rp_json_add_instant(builder, "as_of", view->as_of_at);
    json_builder_set_member_name(builder, "followup");
    rp_json_followup(builder, view, followup);
    rp_json_add_text(builder, "expectation_text", expectation);
    json_builder_set_member_name(builder, "steps");
    json_builder_begin_array(builder);
    for (guint i = 0; i < steps->len; i++)
        add_step(builder, view, &g_array_index(steps, RpStep, i));
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_json_flush(builder, generator, text);
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}
