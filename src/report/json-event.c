/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-event.c - calls and other contact in riposte.export/1 (C1) */
#include "report/json.h"

void
rp_json_event_members(JsonBuilder *builder, const RpContactEvent *event,
                      int64_t as_of_at)
{
    bool is_undone = event->undone_at <= as_of_at;

    rp_json_add_text(builder, "id", event->uid);
    rp_json_add_text(builder, "kind", rp_event_kind_name(event->kind));
    rp_json_add_text(builder, "direction", rp_way_name(event->way));
    rp_json_add_text(builder, "outcome", rp_outcome_name(event->outcome));
    rp_json_add_text(builder, "person_key", event->person_key);
    rp_json_add_text(builder, "number", event->number);
    rp_json_add_text(builder, "name", event->name);
    rp_json_add_instant(builder, "at", event->at);
    rp_json_add_instant(builder, "logged_at", event->logged_at);
    rp_json_add_instant(builder, "undone_at", is_undone ? event->undone_at : RP_NEVER);
    rp_json_add_text(builder, "detail", event->detail);
    rp_json_add_text(builder, "note", event->note);
}

static void
put_line(JsonBuilder *builder, const RpView *view, const RpContactEvent *event,
         GString *text)
{
    g_autoptr(JsonGenerator) generator = json_generator_new();

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "type", "contact_event");
    rp_json_event_members(builder, event, view->as_of_at);
    json_builder_end_object(builder);
    rp_json_flush(builder, generator, text);
    g_string_append_c(text, '\n');
}

guint
rp_json_events(const RpView *view, GString *text)
{
    const GPtrArray *events = view->corpus->events;
    g_autoptr(JsonBuilder) builder = json_builder_new();
    guint n = 0;

    for (guint i = 0; i < events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(events, i);

        if (event->logged_at > view->as_of_at)
            continue;
        n++;
        if (text != NULL)
            put_line(builder, view, event, text);
    }
    return n;
}
