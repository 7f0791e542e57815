/* SPDX-License-Identifier: GPL-3.0-or-later */
/* log.c - events on the command line: kept, listed, taken back (C1) */
#include "cli/log.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "cli/daemon.h"
#include "cli/decide.h"
#include "cli/json-out.h"
#include "cli/whom.h"
#include "core/address.h"
#include "core/phone.h"
#include "report/event-text.h"
#include "report/json.h"
#include "report/text.h"
#include "store/events.h"
#include "store/forget.h"
#include "view/marks.h"

enum { NAME_COLUMNS = 40 };

/* --- with whom --- */

/* An address that no mail has, or a number: nothing is known of them but that. */
static bool
take_unknown(const char *text, RpContactEvent *event)
{
    g_autofree char *address = rp_address_normalize(text);
    g_autofree char *number = rp_phone_normalize(text);

    if (number != NULL)
        event->number = g_steal_pointer(&number);
    else if (address != NULL)
        event->person_key = rp_address_person_key(address);
    return event->number != NULL || event->person_key != NULL;
}

bool
rp_cli_event_person(RpCli *cli, const char *text, RpContactEvent *event,
                    uint32_t *person, GError **error)
{
    g_autofree char *typed = rp_cli_typed(text);
    g_autoptr(GError) local = NULL;

    *person = RP_NONE;
    if (rp_cli_view(cli, error) == NULL)
        return false;
    if (rp_cli_find_other(cli, text, person, &local)) {
        const char *key =
            g_array_index(cli->view->corpus->persons, RpPerson, *person).key;

        if (g_str_has_prefix(key, RP_TEL_PREFIX))
            event->number = g_strdup(key + strlen(RP_TEL_PREFIX));
        else
            event->person_key = g_strdup(key);
        return true;
    }
    if (!g_error_matches(local, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND) ||
        !take_unknown(typed, event)) {
        g_propagate_error(error, g_steal_pointer(&local));
        return false;
    }
    if (event->number != NULL)
        *person = rp_view_person_of_number(cli->view, event->number);
    return *person == RP_NONE || rp_cli_is_other(cli, *person, typed, error);
}

static bool
set_at(RpCli *cli, RpContactEvent *event, GError **error)
{
    const char *text = rp_args_get(cli->args, "at");

    event->at = cli->now_at;
    if (text == NULL)
        return true;
    if (!rp_cli_parse_past(cli, text, "--at", &event->at, error))
        return false;
    if (event->at <= cli->now_at)
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, _("--at: %s is yet to come"),
                text);
    return false;
}

RpContactEvent *
rp_cli_event_new(RpCli *cli, const char *whom, uint32_t *person, GError **error)
{
    g_autoptr(RpContactEvent) event = g_new0(RpContactEvent, 1);

    if (!rp_cli_event_person(cli, whom, event, person, error) ||
        !set_at(cli, event, error))
        return NULL;
    event->person_key = event->person_key != NULL ? event->person_key : g_strdup("");
    event->number = event->number != NULL ? event->number : g_strdup("");
    event->name = g_strdup("");
    event->detail = g_strdup("");
    event->note = rp_cli_typed(rp_args_get(cli->args, "note"));
    event->logged_at = cli->now_at;
    event->undone_at = RP_NEVER;
    event->person = *person;
    return g_steal_pointer(&event);
}

bool
rp_cli_event_keep(RpCli *cli, RpContactEvent *event, GError **error)
{
    bool is_forgotten = false;

    if (!rp_store_is_event_forgotten(cli->store, event, &is_forgotten, error))
        return false;
    if (is_forgotten) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("they are forgotten; riposte forget --allow, with this address or"
                      " number, lets them come back"));
        return false;
    }
    rp_event_set_uid(event);
    if (!rp_store_add_event(cli->store, event, error))
        return false;
    rp_cli_tell_daemon();
    return true;
}

/* --- in words --- */

char *
rp_cli_event_text(const RpView *view, const RpContactEvent *event)
{
    const char *known =
        event->person != RP_NONE
            ? rp_view_label_of(view, event->person,
                               rp_view_person_address(view, event->person))
        : *event->person_key != '\0' ? event->person_key
                                     : event->number;
    g_autofree char *who = rp_text_clean(known, NAME_COLUMNS);
    g_autofree char *what = rp_event_sentence(event);

    return g_strdup_printf("%s: %s", who, what);
}

void
rp_cli_event_print_json(RpCli *cli, const char *schema, const RpContactEvent *event)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", schema);
    rp_json_add_int(builder, "entry", event->id);
    json_builder_set_member_name(builder, "event");
    json_builder_begin_object(builder);
    rp_json_event_members(builder, event, cli->now_at);
    json_builder_end_object(builder);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}

/* --- taken back --- */

const RpContactEvent *
rp_cli_event_last(const RpView *view, const RpFollowup *followup)
{
    const GPtrArray *events = view->corpus->events;
    const RpContactEvent *last = NULL;

    for (guint i = 0; i < events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(events, i);
        bool is_about = followup == NULL || event == followup->event ||
                        event == followup->closing_event;

        if (event->undone_at == RP_NEVER && event->logged_at <= view->as_of_at &&
            is_about &&
            (last == NULL || event->logged_at > last->logged_at ||
             (event->logged_at == last->logged_at && event->id > last->id)))
            last = event;
    }
    return last;
}

bool
rp_cli_event_undo(RpCli *cli, const RpContactEvent *event, GError **error)
{
    g_autofree char *what = rp_cli_event_text(cli->view, event);
    g_autofree char *when = rp_cli_format_time(cli, event->at);

    if (!rp_store_undo_event(cli->store, event->id, cli->now_at, error))
        return false;
    rp_cli_tell_daemon();
    if (cli->is_json)
        rp_cli_event_print_json(cli, "riposte.undo/1", event);
    else
        rp_cli_print(cli, _("No longer logged: %s, %s.\n"), what, when);
    return true;
}

/* --- the list --- */

static void
print_line(RpCli *cli, const RpContactEvent *event)
{
    g_autofree char *what = rp_cli_event_text(cli->view, event);
    g_autofree char *when = rp_cli_format_time(cli, event->at);
    g_autofree char *undone = rp_cli_format_time(cli, event->undone_at);
    g_autofree char *note = rp_text_clean(event->note, 0);
    bool is_undone = event->undone_at <= cli->now_at;
    g_autofree char *end =
        is_undone ? g_strdup_printf(_("; taken back on %s"), undone) : g_strdup("");

    rp_cli_print(cli, "%4" PRId64 "  %s  %s%s%s%s\n", event->id, when, what,
                 *note != '\0' ? ": " : "", note, end);
}

static void
add_line(JsonBuilder *builder, const RpCli *cli, const RpContactEvent *event)
{
    json_builder_begin_object(builder);
    rp_json_add_int(builder, "entry", event->id);
    json_builder_set_member_name(builder, "person");
    rp_json_person(builder, cli->view, event->person, event->address);
    rp_json_event_members(builder, event, cli->now_at);
    json_builder_end_object(builder);
}

void
rp_cli_event_list(RpCli *cli, uint32_t person, bool is_favour)
{
    const GPtrArray *events = cli->view->corpus->events;
    g_autoptr(JsonBuilder) builder = json_builder_new();
    guint n = 0;

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema",
                     is_favour ? "riposte.favours/1" : "riposte.log/1");
    json_builder_set_member_name(builder, "events");
    json_builder_begin_array(builder);
    for (guint i = events->len; i > 0; i--) {
        const RpContactEvent *event = g_ptr_array_index(events, i - 1);

        if (event->logged_at > cli->now_at ||
            (person != RP_NONE && event->person != person) ||
            (event->kind == RP_EVENT_FAVOUR) != is_favour)
            continue;
        n++;
        if (cli->is_json)
            add_line(builder, cli, event);
        else
            print_line(cli, event);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    if (cli->is_json)
        rp_cli_print_json(cli, builder);
    else if (n == 0)
        rp_cli_print(cli, _("Nothing was logged yet.\n"));
}
