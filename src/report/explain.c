/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.c - why a follow-up stands as it does */
#include "report/explain.h"

#include "report/list.h"
#include "report/steps.h"
#include "report/text.h"
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

    if (message->is_mine)
        return g_strdup("you");
    if (message->sender == RP_NONE)
        return g_strdup("nobody known");
    address = &g_array_index(view->corpus->addresses, RpAddress, message->sender);
    return rp_text_clean(rp_view_label_of(view, address->person, message->sender), 40);
}

static void
put_message(GString *text, const RpView *view, const RpStep *step)
{
    const RpMessage *message = message_at(view, step->message);
    g_autofree char *id = rp_text_clean(rp_message_id(view->derivation, message), 0);
    g_autofree char *own = when(view, message->own_at);

    g_string_append_printf(text, "      <%s>, %s: %s\n", id,
                           rp_kind_name(message->kind), message->why);
    g_string_append_printf(text, "      time from %s",
                           rp_time_source_name(message->source));
    if (message->own_at != message->effective_at)
        g_string_append_printf(text, ", lifted from %s to its parent's (R1)", own);
    g_string_append_c(text, '\n');
    if (step->joined != NULL) {
        g_autofree char *joined = rp_text_clean(step->joined, 0);

        g_string_append_printf(text, "      in this conversation by %s\n", joined);
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
    g_string_append_printf(text, "  %s  %s wrote: %s (%s)\n", at, who, what,
                           step->rule);
    put_message(text, view, step);
}

static const char *
debt_of(const RpFollowup *followup)
{
    static const char *const debts[] = {
        [RP_CHANNEL_MAIL] = "a reply",
        [RP_CHANNEL_CALL] = "a call",
        [RP_CHANNEL_FAVOUR] = "thanks",
    };

    return debts[followup->channel];
}

static void
put_head(GString *text, const RpView *view, const RpFollowup *followup, bool has_color)
{
    g_autofree char *who = rp_text_clean(rp_view_person_label(view, followup), 60);
    g_autofree char *subject = rp_text_clean(rp_view_subject(view, followup), 0);
    g_autofree char *wait = rp_list_wait(view, followup);
    g_autofree char *limit = rp_duration_format(followup->limit_s);
    g_autofree char *warn = when(view, followup->warn_at);
    g_autofree char *due = when(view, followup->due_at);
    g_autofree char *expectation = NULL;
    const char *bold = has_color ? "\033[1m" : "", *plain = has_color ? "\033[0m" : "";

    g_string_append_printf(text,
                           followup->direction == RP_MINE ? "%s%s: you owe %s %s%s\n"
                                                          : "%s%s: %s owes you %s%s\n",
                           bold, followup->id, who, debt_of(followup), plain);
    g_string_append_printf(text, "  %s: %s\n",
                           followup->event != NULL ? "about" : "subject", subject);
    g_string_append_printf(text, "  %s%s (%s)%s\n",
                           followup->state == RP_STATE_OPEN ? "open, " : "", wait,
                           followup->rule,
                           !followup->is_stranger    ? ""
                           : followup->event != NULL ? "; a stranger's (C2)"
                                                     : "; a stranger's (R4)");
    expectation = rp_view_expectation_text(view, followup);
    if (expectation != NULL)
        g_string_append_printf(text, "  answer expected (R12): %s\n", expectation);
    g_string_append_printf(text,
                           "  limit %s (R11): warned of from %s, overdue from %s\n",
                           limit, warn, due);
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

    put_head(text, view, followup, has_color);
    g_string_append(text, "\nWhat counted");
    if (followup->event == NULL)
        g_string_append_printf(text, ", in conversation %u of %u messages",
                               followup->conversation,
                               count_messages(view, followup->conversation));
    g_string_append(text, ":\n");
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
