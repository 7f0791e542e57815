/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-keep.c - with whom to be in touch, as JSON (K1 to K4) */
#include "report/json.h"
#include "view/keep.h"

void
rp_json_keeps(JsonBuilder *builder, const RpView *view, const GArray *keeps)
{
    json_builder_begin_array(builder);
    for (guint i = 0; i < keeps->len; i++) {
        const RpKeep *keep = &g_array_index(keeps, RpKeep, i);

        json_builder_begin_object(builder);
        json_builder_set_member_name(builder, "person");
        rp_json_person(builder, view, keep->person,
                       rp_view_person_address(view, keep->person));
        rp_json_add_duration(builder, "ideal_s", keep->cadence->ideal_s);
        rp_json_add_duration(builder, "latest_s", keep->cadence->latest_s);
        rp_json_add_text(builder, "tag",
                         keep->cadence->is_tag ? keep->cadence->name : NULL);
        rp_json_add_instant(builder, "last_contact_at", keep->last_at);
        rp_json_add_instant(builder, "due_at", keep->due_at);
        rp_json_add_instant(builder, "late_at", keep->late_at);
        rp_json_add_bool(builder, "late", keep->late_at <= view->as_of_at);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

void
rp_json_days(JsonBuilder *builder, const RpView *view, const GArray *days)
{
    json_builder_begin_array(builder);
    for (guint i = 0; i < days->len; i++) {
        const RpKeepDay *day = &g_array_index(days, RpKeepDay, i);
        g_autofree char *date = g_strdup_printf("%04d-%02d-%02d", day->day.year,
                                                day->day.month, day->day.day);

        json_builder_begin_object(builder);
        json_builder_set_member_name(builder, "person");
        rp_json_person(builder, view, day->person,
                       rp_view_person_address(view, day->person));
        rp_json_add_text(builder, "what", day->what);
        rp_json_add_text(builder, "date", date);
        rp_json_add_int(builder, "in_days", day->day.n_days);
        json_builder_set_member_name(builder, "years");
        if (day->day.n_years >= 0)
            json_builder_add_int_value(builder, day->day.n_years);
        else
            json_builder_add_null_value(builder);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

void
rp_json_keep(JsonBuilder *builder, const RpView *view)
{
    g_autoptr(GArray) keeps = rp_view_keep_due(view);
    g_autoptr(GArray) days = rp_view_days(view, RP_KEEP_SOON_DAYS);

    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "due");
    rp_json_keeps(builder, view, keeps);
    json_builder_set_member_name(builder, "days");
    rp_json_days(builder, view, days);
    json_builder_end_object(builder);
}

void
rp_json_cadences(const RpView *view, GString *text)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autoptr(JsonGenerator) generator = json_generator_new();

    for (guint i = 0; view->cadences != NULL && i < view->cadences->len; i++) {
        const RpCadenceRow *row = g_ptr_array_index(view->cadences, i);

        json_builder_begin_object(builder);
        rp_json_add_text(builder, "type", "cadence");
        rp_json_add_text(builder, row->is_tag ? "tag" : "person_key", row->name);
        rp_json_add_duration(builder, "ideal_s", row->ideal_s);
        rp_json_add_duration(builder, "latest_s", row->latest_s);
        rp_json_add_instant(builder, "since_at", row->since_at);
        json_builder_end_object(builder);
        rp_json_flush(builder, generator, text);
        g_string_append_c(text, '\n');
    }
}
