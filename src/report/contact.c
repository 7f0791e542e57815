/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact.c - all there is to say about one person */
#include "report/contact.h"

#include <glib/gi18n.h>
#include <math.h>

#include "report/around.h"
#include "report/event-text.h"
#include "report/facts.h"
#include "report/favours.h"
#include "report/json.h"
#include "report/page.h"
#include "report/people.h"
#include "report/text.h"
#include "view/keep.h"
#include "view/marks.h"

/* The figures of all that was ever opened. */
static RpScope
whole_scope(const RpView *view, uint32_t person)
{
    RpScope scope = {.person = person};

    scope.period.from_at = scope.period.before_at = INT64_MIN;
    scope.period.until_at = view->as_of_at + 1;
    return scope;
}

static const char *
address_text(const RpView *view, uint32_t address)
{
    return g_array_index(view->corpus->addresses, RpAddress, address).text;
}

static void
put_addresses(RpPage *page, uint32_t person)
{
    g_autoptr(GArray) addresses = rp_view_person_addresses(page->view, person);

    for (guint i = 0; i < addresses->len; i++)
        g_string_append_printf(
            page->text, "%s%s", i > 0 ? rp_text_comma() : "  ",
            address_text(page->view, g_array_index(addresses, uint32_t, i)));
    g_string_append_c(page->text, '\n');
}

/* What the user said of the person; nothing if they said nothing. */
static void
put_marks(RpPage *page, uint32_t person)
{
    g_autoptr(GPtrArray) tags = rp_view_tags(page->view, person);
    int64_t limit_s =
        g_array_index(page->view->corpus->persons, RpPerson, person).limit_s;
    const RpDecision *ignoring = rp_view_ignoring(page->view, person);

    if (tags->len > 0)
        rp_text_put_label(page->text, _("tags"));
    for (guint i = 0; i < tags->len; i++) {
        g_autofree char *tag = rp_text_clean(g_ptr_array_index(tags, i), 0);

        g_string_append_printf(page->text, "%s%s", i > 0 ? rp_text_comma() : "", tag);
    }
    if (tags->len > 0)
        g_string_append_c(page->text, '\n');
    if (limit_s > 0) {
        g_autofree char *limit = rp_duration_format(limit_s);

        rp_text_put_label(page->text, _("you answer in"));
        g_string_append_printf(page->text, "%s (R11)\n", limit);
    }
    if (ignoring != NULL) {
        g_autofree char *when =
            rp_text_when(ignoring->taken_at, page->view->config->policy->zone);

        rp_text_put_label(page->text, _("ignored since"));
        g_string_append_printf(page->text, "%s (R10)\n", when);
    }
}

static void
put_last(RpPage *page, const char *what, int64_t at)
{
    g_autofree char *when = rp_text_when(at, page->view->config->policy->zone);
    g_autofree char *ago = NULL;

    rp_text_put_label(page->text, what);
    if (at == RP_NEVER) {
        g_string_append_printf(page->text, "%s\n", when);
        return;
    }
    ago = rp_duration_format(page->view->as_of_at - at);
    /* TRANSLATORS: a time, and how long ago it was. */
    g_string_append_printf(page->text, _("%s (%s ago)"), when, ago);
    g_string_append_c(page->text, '\n');
}

/* B2, B3, and B6 where headers show it. */
static void
put_bond(RpPage *page, uint32_t person)
{
    const RpView *view = page->view;
    g_autofree RpBond *bonds = rp_bonds(view->derivation);
    g_autoptr(GArray) introductions = rp_introductions(view->derivation);

    rp_people_bond_lines(&bonds[person], view->as_of_at, page->text);
    for (guint i = 0; i < introductions->len; i++) {
        const RpIntroduction *found = &g_array_index(introductions, RpIntroduction, i);

        if (found->one == person && found->other == RP_NONE)
            rp_introduced_by_line(view, found, page->text);
    }
}

static void
put_favours(RpPage *page, uint32_t person)
{
    RpFavours favours = rp_favours_of(page->view, person);
    g_autofree char *text = rp_favours_text(&favours);

    if (text == NULL)
        return;
    rp_text_put_label(page->text, _("favours"));
    g_string_append_printf(page->text, "%s\n", text);
}

static void
put_keep(RpPage *page, uint32_t person)
{
    g_autoptr(GArray) keeps = rp_view_keep(page->view);
    g_autoptr(GArray) days = rp_view_days(page->view, RP_KEEP_COMING_DAYS);

    for (guint i = 0; i < keeps->len; i++) {
        const RpKeep *keep = &g_array_index(keeps, RpKeep, i);
        g_autofree char *text = rp_view_keep_text(page->view, keep);

        if (keep->person != person)
            continue;
        rp_text_put_label(page->text, _("keep in touch"));
        g_string_append_printf(page->text, "%s\n", text);
    }
    for (guint i = 0; i < days->len; i++) {
        const RpKeepDay *day = &g_array_index(days, RpKeepDay, i);
        g_autofree char *text = rp_view_day_text(day);

        if (day->person != person)
            continue;
        rp_text_put_label(page->text, _("coming"));
        g_string_append_printf(page->text, "%s\n", text);
    }
}

/* Who waits longer for whom, half of the time. */
static void
put_ratio(RpPage *page)
{
    const RpReport *report = page->report;
    double ratio = rp_latency_ratio(&report->mine, &report->theirs);
    g_autofree char *mine = NULL;
    g_autofree char *theirs = NULL;

    if (isnan(ratio))
        return;
    mine = rp_duration_format(report->mine.estimate.median_s);
    theirs = rp_duration_format(report->theirs.estimate.median_s);
    rp_text_put_label(page->text, _("mine : theirs"));
    /* TRANSLATORS: my median wait, theirs, and how many times as long mine is. */
    g_string_append_printf(page->text, _("%s : %s, half of them: %.1f times as long"),
                           mine, theirs, ratio);
    g_string_append_c(page->text, '\n');
}

static void
put_open(RpPage *page, const RpListStyle *style, GPtrArray *ids)
{
    g_autofree char *list = NULL;

    if (page->report->open->len == 0) {
        g_string_append_printf(page->text, "\n%s\n", _("Nothing is open between you."));
        return;
    }
    list = rp_list_text(page->view, page->report->open, style, ids);
    g_string_append_printf(page->text, "\n%s", list);
}

char *
rp_contact_text(const RpView *view, uint32_t person, const RpListStyle *style,
                GPtrArray *ids)
{
    const RpScope scope = whole_scope(view, person);
    g_autoptr(RpReport) report = rp_report_new(view, &scope);
    RpPage page = {
        g_string_new(NULL), view, report, {style->width, style->has_color, false}};
    RpContactTimes times = rp_view_last_contact(view, person);
    g_autofree char *name = rp_text_clean(
        rp_view_label_of(view, person, rp_view_person_address(view, person)),
        style->width);

    g_string_append_printf(page.text, "%s%s%s\n", style->has_color ? "\033[1m" : "",
                           name, style->has_color ? "\033[0m" : "");
    put_addresses(&page, person);
    put_marks(&page, person);
    rp_facts_put_text(page.text, view, person);
    put_last(&page, _("last heard from"), times.in_at);
    put_last(&page, _("last written to"), times.out_at);
    rp_around_text(page.text, view, person);
    put_bond(&page, person);
    put_favours(&page, person);
    put_keep(&page, person);
    put_open(&page, style, ids);
    rp_page_figures(&page, RP_GROUP_ESTIMATE);
    put_ratio(&page);
    rp_page_figures(&page, RP_GROUP_PLAIN);
    return rp_page_end(&page);
}

/* Of any kind but favours. */
static const RpContactEvent *
last_event(const RpView *view, uint32_t person)
{
    const RpContactEvent *last = NULL;

    for (int kind = 0; kind < RP_EVENT_FAVOUR; kind++) {
        const RpContactEvent *event =
            rp_view_last_event(view, person, (RpEventKind)kind);

        if (event != NULL && (last == NULL || rp_event_compare(event, last) > 0))
            last = event;
    }
    return last;
}

/* Theirs of what riposte keep shows of all. */
static void
keep_member(JsonBuilder *builder, const RpView *view, uint32_t person)
{
    g_autoptr(GArray) keeps = rp_view_keep(view);

    for (guint i = keeps->len; i > 0; i--)
        if (g_array_index(keeps, RpKeep, i - 1).person != person)
            g_array_remove_index(keeps, i - 1);
    json_builder_set_member_name(builder, "keep");
    rp_json_keeps(builder, view, keeps);
}

static void
bond_members(JsonBuilder *builder, const RpView *view, uint32_t person)
{
    g_autofree RpBond *bonds = rp_bonds(view->derivation);
    RpFavours favours = rp_favours_of(view, person);
    g_autofree char *text = rp_favours_text(&favours);

    json_builder_set_member_name(builder, "bond");
    json_builder_begin_object(builder);
    rp_json_bond(builder, &bonds[person]);
    json_builder_end_object(builder);
    rp_json_add_text(builder, "favours", text);
}

static void
head_members(JsonBuilder *builder, const RpView *view, uint32_t person)
{
    g_autoptr(GArray) addresses = rp_view_person_addresses(view, person);
    RpContactTimes times = rp_view_last_contact(view, person);
    const RpContactEvent *event = last_event(view, person);

    rp_json_add_text(builder, "schema", "riposte.person/1");
    rp_json_add_instant(builder, "as_of", view->as_of_at);
    json_builder_set_member_name(builder, "person");
    rp_json_person(builder, view, person, rp_view_person_address(view, person));
    json_builder_set_member_name(builder, "addresses");
    json_builder_begin_array(builder);
    for (guint i = 0; i < addresses->len; i++)
        json_builder_add_string_value(
            builder, address_text(view, g_array_index(addresses, uint32_t, i)));
    json_builder_end_array(builder);
    rp_json_add_bool(builder, "curated",
                     g_array_index(view->corpus->persons, RpPerson, person).is_curated);
    rp_json_marks(builder, view, person);
    rp_json_facts(builder, view, person);
    rp_json_add_instant(builder, "last_in_at", times.in_at);
    rp_json_add_instant(builder, "last_out_at", times.out_at);
    json_builder_set_member_name(builder, "last_event");
    if (event == NULL) {
        json_builder_add_null_value(builder);
        return;
    }
    json_builder_begin_object(builder);
    rp_json_event_members(builder, event, view->as_of_at);
    json_builder_end_object(builder);
}

char *
rp_contact_json(const RpView *view, uint32_t person)
{
    const RpScope scope = whole_scope(view, person);
    g_autoptr(RpReport) report = rp_report_new(view, &scope);
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();
    g_autoptr(JsonGenerator) generator = json_generator_new();
    GString *text = g_string_new(NULL);

    json_builder_begin_object(builder);
    head_members(builder, view, person);
    rp_around_json(builder, view, person);
    bond_members(builder, view, person);
    keep_member(builder, view, person);
    json_builder_set_member_name(builder, "mine");
    rp_json_figures(builder, &report->mine);
    json_builder_set_member_name(builder, "theirs");
    rp_json_figures(builder, &report->theirs);
    rp_json_add_share(builder, "ratio",
                      rp_latency_ratio(&report->mine, &report->theirs));
    json_builder_set_member_name(builder, "open");
    json_builder_begin_array(builder);
    for (guint i = 0; i < report->open->len; i++)
        rp_json_followup(builder, view, g_ptr_array_index(report->open, i));
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_json_flush(builder, generator, text);
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}
