/* SPDX-License-Identifier: GPL-3.0-or-later */
/* around.c - who stands around a person: in common with me, introduced by them */
#include "report/around.h"

#include <glib/gi18n.h>
#include <string.h>

#include "contacts/card.h"
#include "core/path.h"
#include "report/event-text.h"
#include "report/json.h"
#include "report/text.h"
#include "store/facts.h"

enum { N_COMMON = 5, MAX_NAME = 40 };

/* R11: -1 if they never had anything to answer. */
static int64_t
their_limit(const RpView *view, uint32_t person)
{
    const GArray *followups = view->derivation->followups;

    for (guint i = followups->len; i > 0; i--) {
        const RpFollowup *f = &g_array_index(followups, RpFollowup, i - 1);

        if (f->person == person && f->direction == RP_THEIRS &&
            f->channel == RP_CHANNEL_MAIL)
            return f->limit_s;
    }
    return -1;
}

/* Of uint32_t; the caller's. */
static GArray *
find_common(const RpView *view, uint32_t person)
{
    g_autofree uint8_t *is_target = g_new0(uint8_t, view->corpus->persons->len + 1);
    g_autoptr(GArray) paths = NULL;
    GArray *common = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    is_target[person] = 1;
    paths = rp_paths(view->derivation, is_target);
    for (guint i = 0; i < paths->len && common->len < N_COMMON; i++) {
        const RpPath *path = &g_array_index(paths, RpPath, i);

        if (rp_tie_is_mutual(&path->theirs))
            g_array_append_val(common, path->via);
    }
    return common;
}

/* Who is said to have been introduced by the person: the user names a key, a card
 * whatever its owner wrote. Of uint32_t; the caller's. */
static GArray *
find_introduced(const RpView *view, uint32_t person)
{
    const char *word = rp_card_fields[RP_CARD_INTRODUCED_BY].word;
    const char *key = g_array_index(view->corpus->persons, RpPerson, person).key;
    const char *name = rp_person_name(view->derivation, person);
    GArray *introduced = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (guint i = 0; view->facts != NULL && i < view->facts->len; i++) {
        const RpFactRow *row = g_ptr_array_index(view->facts, i);

        if (strcmp(row->name, word) == 0 && row->person != person &&
            (strcmp(row->value, key) == 0 || g_strcmp0(row->value, name) == 0))
            g_array_append_val(introduced, row->person);
    }
    return introduced;
}

static void
put_persons(GString *text, const RpView *view, const char *what, const GArray *persons)
{
    if (persons->len == 0)
        return;
    rp_text_put_label(text, what);
    for (guint i = 0; i < persons->len; i++) {
        uint32_t person = g_array_index(persons, uint32_t, i);
        g_autofree char *name = rp_text_clean(
            rp_view_label_of(view, person, rp_view_person_address(view, person)),
            MAX_NAME);

        g_string_append_printf(text, "%s%s", i > 0 ? rp_text_comma() : "", name);
    }
    g_string_append_c(text, '\n');
}

static void
put_events(GString *text, const RpView *view, uint32_t person)
{
    static const char *const labels[RP_EVENT_FAVOUR] = {
        [RP_EVENT_CALL] = N_("last call"),
        [RP_EVENT_MEETING] = N_("last meeting"),
        [RP_EVENT_CHAT] = N_("last chat"),
        [RP_EVENT_LETTER] = N_("last letter"),
    };

    for (int kind = 0; kind < RP_EVENT_FAVOUR; kind++) {
        const RpContactEvent *event =
            rp_view_last_event(view, person, (RpEventKind)kind);
        g_autofree char *sentence = NULL;
        g_autofree char *when = NULL;
        g_autofree char *ago = NULL;

        if (event == NULL)
            continue;
        sentence = rp_event_sentence(event);
        when = rp_text_when(event->at, view->config->policy->zone);
        ago = rp_duration_format(view->as_of_at - event->at);
        rp_text_put_label(text, _(labels[kind]));
        /* TRANSLATORS: when, how long ago, and what: "they called". */
        g_string_append_printf(text, _("%s (%s ago): %s"), when, ago, sentence);
        g_string_append_c(text, '\n');
    }
}

void
rp_around_text(GString *text, const RpView *view, uint32_t person)
{
    g_autoptr(GArray) common = find_common(view, person);
    g_autoptr(GArray) introduced = find_introduced(view, person);
    int64_t limit_s = their_limit(view, person);
    g_autofree char *limit = limit_s >= 0 ? rp_duration_format(limit_s) : NULL;

    put_events(text, view, person);
    if (limit != NULL) {
        rp_text_put_label(text, _("chase after"));
        g_string_append_printf(text, "%s (R11)\n", limit);
    }
    put_persons(text, view, _("in common"), common);
    put_persons(text, view, _("introduced"), introduced);
}

static void
json_persons(JsonBuilder *builder, const RpView *view, const char *name,
             const GArray *persons)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_array(builder);
    for (guint i = 0; i < persons->len; i++) {
        uint32_t person = g_array_index(persons, uint32_t, i);

        rp_json_person(builder, view, person, rp_view_person_address(view, person));
    }
    json_builder_end_array(builder);
}

void
rp_around_json(JsonBuilder *builder, const RpView *view, uint32_t person)
{
    g_autoptr(GArray) common = find_common(view, person);
    g_autoptr(GArray) introduced = find_introduced(view, person);

    rp_json_add_duration(builder, "theirs_limit_s", their_limit(view, person));
    json_persons(builder, view, "common", common);
    json_persons(builder, view, "introduced", introduced);
}
