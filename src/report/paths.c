/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.c - who can introduce me, and who introduced whom: B5, B6 */
#include <glib/gi18n.h>

#include "report/json.h"
#include "report/people.h"
#include "report/text.h"

static const char *
label_of(const RpView *view, uint32_t person)
{
    return rp_view_label_of(view, person, rp_view_person_address(view, person));
}

static char *
clean_label(const RpView *view, uint32_t person)
{
    return rp_text_clean(label_of(view, person), 40);
}

static void
put_line(GString *text, const char *line, int width)
{
    g_autofree char *clean = rp_text_clean(line, MAX(width - 4, 0));

    g_string_append_printf(text, "    %s\n", clean);
}

static void
put_path(GString *text, const RpView *view, const RpPath *path, int width)
{
    const RpTie *mine = &path->mine, *theirs = &path->theirs;
    g_autofree char *via = clean_label(view, path->via);
    g_autofree char *target = clean_label(view, path->target);
    g_autofree char *my_ago = rp_duration_format(view->as_of_at - mine->last_at);
    g_autofree char *their_ago = rp_duration_format(view->as_of_at - theirs->last_at);
    g_autofree char *my_line =
        g_strdup_printf(_("mails of yours to %s: %u, back: %u; last %s ago"), via,
                        mine->n_there, mine->n_back, my_ago);
    g_autofree char *their_line =
        /* TRANSLATORS: two names; mails of the first to the second, and back. */
        g_strdup_printf(_("%s to %s: %u, back: %u; last %s ago"), via, target,
                        theirs->n_there, theirs->n_back, their_ago);

    g_string_append(text, "  ");
    g_string_append_printf(text,
                           rp_tie_is_mutual(theirs) ? _("%s can introduce you to %s")
                                                    : _("%s may introduce you to %s"),
                           via, target);
    g_string_append_c(text, '\n');
    put_line(text, my_line, width);
    put_line(text, their_line, width);
}

char *
rp_paths_text(const RpView *view, const GArray *paths, uint32_t n_shown, int width)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < MIN(paths->len, n_shown); i++)
        put_path(text, view, &g_array_index(paths, RpPath, i), width);
    if (paths->len > n_shown)
        rp_text_put_more(text, paths->len - n_shown);
    return g_string_free(text, FALSE);
}

/* --- introductions --- */

static void
put_introduction(GString *text, const RpView *view, const RpIntroduction *found,
                 int width)
{
    const RpMessage *m =
        &g_array_index(view->derivation->messages, RpMessage, found->message);
    g_autofree char *one = clean_label(view, found->one);
    g_autofree char *other = clean_label(view, found->other);
    g_autofree char *when = rp_text_when(m->effective_at, view->config->policy->zone);
    g_autofree char *line =
        g_strdup_printf("%s: %s", when, rp_message_copy(view->derivation, m)->subject);

    g_string_append(text, "  ");
    /* TRANSLATORS: two names, and how many mails went between them. */
    g_string_append_printf(text,
                           ngettext("%s and %s: %u mail between them since",
                                    "%s and %s: %u mails between them since",
                                    found->n_since),
                           one, other, found->n_since);
    g_string_append_c(text, '\n');
    put_line(text, line, width);
}

void
rp_introduced_by_line(const RpView *view, const RpIntroduction *found, GString *text)
{
    const RpMessage *m =
        &g_array_index(view->derivation->messages, RpMessage, found->message);
    g_autofree char *by = clean_label(view, found->by);
    g_autofree char *when = rp_text_when(m->effective_at, view->config->policy->zone);
    g_autofree char *subject =
        rp_text_clean(rp_message_copy(view->derivation, m)->subject, 60);

    rp_text_put_label(text, _("introduced by?"));
    g_string_append_printf(text, "%s, %s: %s\n", by, when, subject);
}

char *
rp_introductions_text(const RpView *view, const GArray *introductions, int width)
{
    GString *text = g_string_new(NULL);

    for (guint i = introductions->len; i > 0; i--) {
        const RpIntroduction *found =
            &g_array_index(introductions, RpIntroduction, i - 1);

        if (found->by != RP_NONE)
            continue;
        if (text->len == 0)
            g_string_append_printf(text, "%s\n",
                                   _("Perhaps introduced by you, the latest first"));
        put_introduction(text, view, found, width);
    }
    if (text->len == 0)
        g_string_append_printf(text, "%s\n",
                               _("No mail of yours brought two together who have "
                                 "written to each other since."));
    return g_string_free(text, FALSE);
}

/* --- for programs --- */

static void
json_person(JsonBuilder *builder, const RpView *view, const char *name, uint32_t person)
{
    json_builder_set_member_name(builder, name);
    if (person == RP_NONE)
        json_builder_add_null_value(builder);
    else
        rp_json_person(builder, view, person, rp_view_person_address(view, person));
}

static void
json_tie(JsonBuilder *builder, const char *name, const RpTie *tie)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_object(builder);
    rp_json_add_int(builder, "there", tie->n_there);
    rp_json_add_int(builder, "back", tie->n_back);
    rp_json_add_instant(builder, "last_at", tie->last_at);
    rp_json_add_share(builder, "strength", rp_tie_strength(tie));
    json_builder_end_object(builder);
}

static char *
finish(JsonBuilder *builder)
{
    g_autoptr(JsonGenerator) generator = json_generator_new();
    GString *text = g_string_new(NULL);

    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_json_flush(builder, generator, text);
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}

static void
begin(JsonBuilder *builder, const RpView *view, const char *schema, const char *rows)
{
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", schema);
    rp_json_add_instant(builder, "as_of", view->as_of_at);
    json_builder_set_member_name(builder, rows);
    json_builder_begin_array(builder);
}

char *
rp_paths_json(const RpView *view, const GArray *paths)
{
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();

    begin(builder, view, "riposte.path/1", "paths");
    for (guint i = 0; i < paths->len; i++) {
        const RpPath *path = &g_array_index(paths, RpPath, i);

        json_builder_begin_object(builder);
        json_person(builder, view, "via", path->via);
        json_person(builder, view, "target", path->target);
        json_tie(builder, "mine", &path->mine);
        json_tie(builder, "theirs", &path->theirs);
        rp_json_add_share(builder, "strength", path->strength);
        json_builder_end_object(builder);
    }
    return finish(builder);
}

char *
rp_introductions_json(const RpView *view, const GArray *introductions)
{
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();

    begin(builder, view, "riposte.introductions/1", "introductions");
    for (guint i = 0; i < introductions->len; i++) {
        const RpIntroduction *found = &g_array_index(introductions, RpIntroduction, i);
        const RpMessage *m =
            &g_array_index(view->derivation->messages, RpMessage, found->message);

        json_builder_begin_object(builder);
        json_person(builder, view, "by", found->by);
        json_person(builder, view, "one", found->one);
        json_person(builder, view, "other", found->other);
        rp_json_add_text(builder, "message", rp_message_id(view->derivation, m));
        rp_json_add_instant(builder, "at", m->effective_at);
        rp_json_add_int(builder, "mails_since", found->n_since);
        json_builder_end_object(builder);
    }
    return finish(builder);
}
