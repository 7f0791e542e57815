/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.c - riposte.list/1, and the values that all documents share */
#include "report/json.h"
#include "view/absence.h"
#include "view/expect.h"
#include "view/marks.h"

#include <math.h>

void
rp_json_instant(JsonBuilder *builder, int64_t at)
{
    g_autofree char *text = rp_instant_format(at);

    rp_json_text(builder, text);
}

void
rp_json_text(JsonBuilder *builder, const char *text)
{
    if (text != NULL && *text != '\0')
        json_builder_add_string_value(builder, text);
    else
        json_builder_add_null_value(builder);
}

void
rp_json_duration(JsonBuilder *builder, int64_t wait_s)
{
    if (wait_s >= 0)
        json_builder_add_int_value(builder, wait_s);
    else
        json_builder_add_null_value(builder);
}

void
rp_json_share(JsonBuilder *builder, double share)
{
    if (isnan(share))
        json_builder_add_null_value(builder);
    else
        json_builder_add_double_value(builder, share);
}

void
rp_json_add_instant(JsonBuilder *builder, const char *name, int64_t at)
{
    json_builder_set_member_name(builder, name);
    rp_json_instant(builder, at);
}

void
rp_json_add_text(JsonBuilder *builder, const char *name, const char *text)
{
    json_builder_set_member_name(builder, name);
    rp_json_text(builder, text);
}

void
rp_json_add_duration(JsonBuilder *builder, const char *name, int64_t wait_s)
{
    json_builder_set_member_name(builder, name);
    rp_json_duration(builder, wait_s);
}

void
rp_json_add_share(JsonBuilder *builder, const char *name, double share)
{
    json_builder_set_member_name(builder, name);
    rp_json_share(builder, share);
}

void
rp_json_add_int(JsonBuilder *builder, const char *name, int64_t value)
{
    json_builder_set_member_name(builder, name);
    json_builder_add_int_value(builder, value);
}

void
rp_json_add_bool(JsonBuilder *builder, const char *name, bool value)
{
    json_builder_set_member_name(builder, name);
    json_builder_add_boolean_value(builder, value);
}

void
rp_json_person(JsonBuilder *builder, const RpView *view, uint32_t person,
               uint32_t address)
{
    const RpPerson *row = &g_array_index(view->corpus->persons, RpPerson, person);

    json_builder_begin_object(builder);
    rp_json_add_int(builder, "id", row->id);
    rp_json_add_text(builder, "name", rp_person_name(view->derivation, person));
    rp_json_add_text(
        builder, "address",
        address == RP_NONE
            ? NULL
            : g_array_index(view->corpus->addresses, RpAddress, address).text);
    json_builder_end_object(builder);
}

void
rp_json_marks(JsonBuilder *builder, const RpView *view, uint32_t person)
{
    g_autoptr(GPtrArray) tags = rp_view_tags(view, person);
    int64_t own_s = rp_view_own_limit(view, person);
    int64_t limit_s = g_array_index(view->corpus->persons, RpPerson, person).limit_s;

    json_builder_set_member_name(builder, "tags");
    json_builder_begin_array(builder);
    for (guint i = 0; i < tags->len; i++)
        json_builder_add_string_value(builder, g_ptr_array_index(tags, i));
    json_builder_end_array(builder);
    rp_json_add_duration(builder, "own_limit_s", own_s > 0 ? own_s : -1);
    rp_json_add_duration(builder, "limit_s", limit_s > 0 ? limit_s : -1);
    rp_json_add_bool(builder, "ignored", rp_view_ignoring(view, person) != NULL);
}

static const char *
id_of(const RpView *view, uint32_t message)
{
    if (message == RP_NONE)
        return NULL;
    return rp_message_id(view->derivation, &g_array_index(view->derivation->messages,
                                                          RpMessage, message));
}

/* Where R13 stops counting a wait that no answer ended; RP_NEVER if one did, or if
 * it is left out. */
static int64_t
censored_at(const RpView *view, const RpFollowup *followup)
{
    RpLatency sample;

    if (!rp_latency_of(followup, view->as_of_at, &sample) || !sample.is_censored)
        return RP_NEVER;
    return followup->opened_at + sample.wait_s;
}

/* Of what was answered elsewhere nobody knows when (R9), and unknown is null. */
static int64_t
known_closed_at(const RpFollowup *followup)
{
    return followup->state == RP_STATE_ANSWERED_ELSEWHERE ? RP_NEVER
                                                          : followup->closed_at;
}

static void
opening_members(JsonBuilder *builder, const RpView *view, const RpFollowup *followup)
{
    rp_json_add_text(builder, "id", rp_followup_id(followup));
    rp_json_add_text(builder, "direction", rp_direction_name(followup->direction));
    rp_json_add_text(builder, "channel", rp_channel_name(followup->channel));
    json_builder_set_member_name(builder, "person");
    rp_json_person(builder, view, followup->person, followup->address);
    rp_json_add_text(builder, "subject", rp_view_subject(view, followup));
    json_builder_set_member_name(builder, "conversation");
    if (followup->conversation != 0)
        json_builder_add_int_value(builder, followup->conversation);
    else
        json_builder_add_null_value(builder);
    rp_json_add_instant(builder, "opened_at", followup->opened_at);
    rp_json_add_text(builder, "opened_by",
                     rp_followup_opened_by(view->derivation, followup));
}

static void
state_members(JsonBuilder *builder, const RpView *view, const RpFollowup *followup)
{
    rp_json_add_text(builder, "state", rp_state_name(followup->state));
    rp_json_add_instant(builder, "snoozed_until", followup->snoozed_until_at);
    rp_json_add_instant(builder, "released_at", followup->released_at);
    rp_json_add_text(builder, "released_by", id_of(view, followup->releasing));
    rp_json_add_instant(builder, "closed_at", known_closed_at(followup));
    rp_json_add_text(builder, "closed_by",
                     followup->closing_event != NULL ? followup->closing_event->uid
                                                     : id_of(view, followup->closing));
    rp_json_add_text(builder, "rule", followup->rule);
    rp_json_add_duration(builder, "latency_s", followup->latency_s);
    rp_json_add_duration(builder, "waiting_s", followup->waiting_s);
    rp_json_add_duration(builder, "working_s", followup->working_s);
    rp_json_add_instant(builder, "censored_at", censored_at(view, followup));
}

static void
due_members(JsonBuilder *builder, const RpView *view, const RpFollowup *followup)
{
    bool is_listed = followup->state == RP_STATE_OPEN && !followup->is_lapsed;
    RpAbsence absence = rp_view_absence(view, followup);
    RpExpectation expectation = rp_view_expectation(view, followup);

    rp_json_add_instant(builder, "warn_at", followup->warn_at);
    rp_json_add_instant(builder, "due_at", followup->due_at);
    rp_json_add_bool(builder, "overdue", followup->is_overdue);
    rp_json_add_bool(builder, "stranger", followup->is_stranger);
    rp_json_add_bool(builder, "lapsed", followup->is_lapsed);
    rp_json_add_text(builder, "section",
                     is_listed ? rp_view_section_name(rp_view_section(view, followup))
                               : NULL);
    rp_json_add_instant(builder, "absent_at", absence.at);
    rp_json_add_instant(builder, "absent_until", absence.until_at);
    rp_json_add_share(builder, "expectation", expectation.p0);
    rp_json_add_share(builder, "still_expected",
                      expectation.still >= 0 ? expectation.still : (double)NAN);
}

void
rp_json_followup_members(JsonBuilder *builder, const RpView *view,
                         const RpFollowup *followup)
{
    opening_members(builder, view, followup);
    state_members(builder, view, followup);
    due_members(builder, view, followup);
}

void
rp_json_followup(JsonBuilder *builder, const RpView *view, const RpFollowup *followup)
{
    json_builder_begin_object(builder);
    rp_json_followup_members(builder, view, followup);
    json_builder_end_object(builder);
}

void
rp_json_flush(JsonBuilder *builder, JsonGenerator *generator, GString *text)
{
    g_autoptr(JsonNode) root = json_builder_get_root(builder);

    json_generator_set_root(generator, root);
    json_generator_to_gstring(generator, text);
    json_builder_reset(builder);
}

/* A follow-up a line, each built and forgotten: a tree of them all would take ten
 * times the room of its text. */
char *
rp_json_list(const RpView *view, const GPtrArray *followups)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autoptr(JsonGenerator) generator = json_generator_new();
    g_autofree char *as_of = rp_instant_format(view->as_of_at);
    GString *text = g_string_new("{\"schema\":\"riposte.list/1\",\"as_of\":");

    g_string_append_printf(text, as_of != NULL ? "\"%s\"" : "null", as_of);
    g_string_append(text, ",\"followups\":[");
    for (guint i = 0; i < followups->len; i++) {
        g_string_append(text, i > 0 ? ",\n" : "\n");
        rp_json_followup(builder, view, g_ptr_array_index(followups, i));
        rp_json_flush(builder, generator, text);
    }
    g_string_append(text, "\n],\"keep\":");
    rp_json_keep(builder, view);
    rp_json_flush(builder, generator, text);
    g_string_append(text, "}\n");
    return g_string_free(text, FALSE);
}
