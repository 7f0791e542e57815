/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import-event.c - members of an export's lines; its log (C1) and cadences (K1) */
#include "cli/import.h"

#include <glib/gi18n.h>

#include "core/cadence.h"
#include "core/phone.h"
#include "store/cadences.h"
#include "store/events.h"

const char *
rp_member_text(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return node != NULL && JSON_NODE_HOLDS_VALUE(node) &&
                   json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

int64_t
rp_member_number(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);
    bool is_number = node != NULL && JSON_NODE_HOLDS_VALUE(node) &&
                     json_node_get_value_type(node) == G_TYPE_INT64;

    return is_number ? MAX(json_node_get_int(node), 0) : 0;
}

bool
rp_member_instant(JsonObject *object, const char *name, int64_t *at)
{
    const char *text = rp_member_text(object, name);

    *at = RP_NEVER;
    if (text != NULL)
        return rp_instant_parse(text, NULL, at);
    return !json_object_has_member(object, name) ||
           json_object_get_null_member(object, name);
}

bool
rp_member_word(JsonObject *object, const char *name, const char *const *words, size_t n,
               size_t *index)
{
    const char *text = rp_member_text(object, name);

    for (size_t i = 0; i < n; i++) {
        if (g_strcmp0(text, words[i]) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

typedef const char *(*NameOf)(unsigned index);

static const char *
kind_name(unsigned index)
{
    return rp_event_kind_name((RpEventKind)index);
}

static const char *
way_name(unsigned index)
{
    return rp_way_name((RpWay)index);
}

static const char *
outcome_name(unsigned index)
{
    return rp_outcome_name((RpOutcome)index);
}

/* n if the member is none of the names. */
static unsigned
read_name(JsonObject *object, const char *member, NameOf name_of, unsigned n)
{
    const char *text = rp_member_text(object, member);
    unsigned i = 0;

    while (i < n && g_strcmp0(text, name_of(i)) != 0)
        i++;
    return i;
}

static char *
dup_or_empty(JsonObject *object, const char *name)
{
    const char *text = rp_member_text(object, name);

    return g_strdup(text != NULL ? text : "");
}

/* NULL if the line lacks what an event must have. The caller's. */
static RpContactEvent *
read_event(JsonObject *object)
{
    g_autoptr(RpContactEvent) event = g_new0(RpContactEvent, 1);
    g_autofree char *number = dup_or_empty(object, "number");
    unsigned kind = read_name(object, "kind", kind_name, RP_N_EVENT_KINDS);
    unsigned way = read_name(object, "direction", way_name, RP_N_WAYS);
    unsigned outcome = read_name(object, "outcome", outcome_name, RP_N_OUTCOMES);

    event->kind = (RpEventKind)kind;
    event->way = (RpWay)way;
    event->outcome = (RpOutcome)outcome;
    event->person_key = dup_or_empty(object, "person_key");
    event->number = rp_phone_normalize(number);
    event->number = event->number != NULL ? event->number : g_strdup("");
    event->name = dup_or_empty(object, "name");
    event->detail = dup_or_empty(object, "detail");
    event->note = dup_or_empty(object, "note");
    if (kind == RP_N_EVENT_KINDS || way == RP_N_WAYS || outcome == RP_N_OUTCOMES ||
        !rp_member_instant(object, "at", &event->at) || event->at == RP_NEVER ||
        !rp_member_instant(object, "logged_at", &event->logged_at) ||
        event->logged_at == RP_NEVER ||
        !rp_member_instant(object, "undone_at", &event->undone_at) ||
        !rp_event_is_valid(event))
        return NULL;
    rp_event_set_uid(event);
    return g_steal_pointer(&event);
}

static void
free_event(gpointer event)
{
    rp_event_free(event);
}

static bool
load_known(RpEventImport *import, RpStore *store, GError **error)
{
    g_autoptr(GPtrArray) events = NULL;

    if (import->known != NULL)
        return true;
    events = rp_store_load_events(store, error);
    if (events == NULL)
        return false;
    import->known = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_event);
    g_ptr_array_set_free_func(events, NULL);
    for (guint i = 0; i < events->len; i++) {
        RpContactEvent *event = g_ptr_array_index(events, i);

        g_hash_table_insert(import->known, event->uid, event);
    }
    return true;
}

bool
rp_event_import_take(RpEventImport *import, RpCli *cli, JsonObject *object,
                     GError **error)
{
    g_autoptr(RpContactEvent) event = read_event(object);
    RpContactEvent *known;

    if (event == NULL) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("this contact_event is not whole"));
        return false;
    }
    if (!load_known(import, cli->store, error))
        return false;
    known = g_hash_table_lookup(import->known, event->uid);
    if (known == NULL) {
        if (!rp_store_add_event(cli->store, event, error))
            return false;
        import->n_new++;
        known = g_steal_pointer(&event);
        return g_hash_table_insert(import->known, known->uid, known);
    }
    if (known->undone_at != RP_NEVER || event->undone_at == RP_NEVER)
        return true;
    known->undone_at = event->undone_at;
    import->n_undone++;
    return rp_store_undo_event(cli->store, known->id, known->undone_at, error);
}

/* --- cadences (K1) --- */

static bool
is_there(GPtrArray *known, const RpCadenceRow *row)
{
    for (guint i = 0; i < known->len; i++) {
        const RpCadenceRow *other = g_ptr_array_index(known, i);

        if (other->is_tag == row->is_tag && g_str_equal(other->name, row->name))
            return true;
    }
    return false;
}

bool
rp_cadence_import_take(RpCli *cli, JsonObject *object, GError **error)
{
    g_autoptr(RpCadenceRow) row = g_new0(RpCadenceRow, 1);
    g_autoptr(GPtrArray) known = NULL;
    const char *tag = rp_member_text(object, "tag");
    const char *name = tag != NULL ? tag : rp_member_text(object, "person_key");

    row->is_tag = tag != NULL;
    row->name = g_strdup(name);
    row->ideal_s = rp_member_number(object, "ideal_s");
    row->latest_s = rp_member_number(object, "latest_s");
    if (name == NULL || *name == '\0' || row->ideal_s < RP_DAY_S ||
        row->latest_s < row->ideal_s || row->latest_s > RP_LONGEST_CADENCE_S ||
        !rp_member_instant(object, "since_at", &row->since_at) ||
        row->since_at == RP_NEVER) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("this cadence is not whole"));
        return false;
    }
    known = rp_store_load_cadences(cli->store, error);
    if (known == NULL)
        return false;
    return is_there(known, row) || rp_store_set_cadence(cli->store, row, error);
}
