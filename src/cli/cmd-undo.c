/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-undo.c - riposte undo: takes back a decision; lists them all (R10) */
#include <glib/gi18n.h>
#include <inttypes.h>

#include "cli/daemon.h"
#include "cli/decide.h"
#include "cli/json-out.h"
#include "cli/log.h"
#include "report/json.h"
#include "report/text.h"
#include "store/forget.h"
#include "view/marks.h"

static const RpOption OPTIONS[] = {
    {"list", NULL, N_("print what was decided, the last first, and take nothing back"),
     0, false},
    {"number", "N", N_("the decision of that number in --list"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

enum { WHAT_COLUMNS = 60 };

static const char *
kind_text(const RpDecision *decision)
{
    static const char *const kinds[RP_N_DECISIONS] = {
        [RP_DECISION_DONE] = N_("done"),
        [RP_DECISION_DISMISS] = N_("dismissed"),
        [RP_DECISION_SNOOZE] = N_("snoozed"),
        [RP_DECISION_IGNORE_PERSON] = N_("ignored"),
        [RP_DECISION_IGNORE_CONVERSATION] = N_("ignored"),
        [RP_DECISION_MERGE] = N_("merged"),
        [RP_DECISION_SPLIT] = N_("split"),
    };

    return _(kinds[decision->kind]);
}

/* A follow-up that it is about; NULL if the mail is gone, or if it is about a person
 * as a whole. Foreign. */
static const RpFollowup *
find_followup(const RpView *view, const RpDecision *decision)
{
    const GArray *followups = view->derivation->followups;

    if (decision->kind == RP_DECISION_IGNORE_PERSON)
        return NULL;
    for (guint i = 0; i < followups->len; i++) {
        const RpFollowup *followup = &g_array_index(followups, RpFollowup, i);

        if (rp_view_is_about(view, decision, followup))
            return followup;
    }
    return NULL;
}

/* Whom or what it is about, in words; the caller's. */
static char *
describe(const RpView *view, const RpDecision *decision)
{
    const RpFollowup *followup = find_followup(view, decision);

    if (followup != NULL)
        return rp_cli_describe(view, followup);
    if (decision->kind == RP_DECISION_MERGE) {
        g_autofree char *both =
            /* TRANSLATORS: two people who were made one. */
            g_strdup_printf(_("%s with %s"), decision->person_key, decision->detail);

        return rp_text_clean(both, 2 * WHAT_COLUMNS);
    }
    return rp_text_clean(*decision->person_key != '\0' ? decision->person_key
                                                       : decision->message_id,
                         WHAT_COLUMNS);
}

/* --- which --- */

static bool
stands(const RpView *view, const RpDecision *decision)
{
    return decision->undone_at == RP_NEVER && decision->taken_at <= view->as_of_at &&
           !rp_address_is_forgotten(decision->person_key);
}

/* The last decision that stands, of that follow-up or of any (NULL). Foreign. */
static const RpDecision *
find_last(const RpView *view, const RpFollowup *followup)
{
    for (guint i = view->decisions->len; i > 0; i--) {
        const RpDecision *decision = g_ptr_array_index(view->decisions, i - 1);

        if (stands(view, decision) &&
            (followup == NULL || rp_view_is_about(view, decision, followup)))
            return decision;
    }
    return NULL;
}

static const RpDecision *
find_numbered(const RpView *view, const char *text)
{
    guint64 number = 0;

    if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &number, NULL))
        return NULL;
    for (guint i = 0; i < view->decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(view->decisions, i);

        if (stands(view, decision) && (guint64)decision->id == number)
            return decision;
    }
    return NULL;
}

static const RpDecision *
choose(RpCli *cli, const RpView *view, GError **error)
{
    const char *word = rp_args_word(cli->args, 0);
    const char *number = rp_args_get(cli->args, "number");
    const RpFollowup *followup = NULL;
    const RpDecision *decision;

    if (number == NULL && word != NULL) {
        followup = rp_cli_find_followup(cli, word, error);
        if (followup == NULL)
            return NULL;
    }
    decision = number != NULL ? find_numbered(view, number) : find_last(view, followup);
    if (decision == NULL && number != NULL)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    _("there is no decision to take back with number %s"), number);
    else if (decision == NULL && word != NULL)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    _("there is no decision to take back about %s"), word);
    else if (decision == NULL)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    _("there is no decision to take back"));
    return decision;
}

/* --- what was decided --- */

static void
print_line(RpCli *cli, const RpView *view, const RpDecision *decision)
{
    g_autofree char *what = describe(view, decision);
    g_autofree char *taken = rp_cli_format_time(cli, decision->taken_at);
    const char *detail = decision->kind == RP_DECISION_MERGE
                             ? ""
                             : rp_cli_detail_text(decision->kind, decision->detail);
    bool is_undone = decision->undone_at <= view->as_of_at;
    g_autofree char *undone = rp_cli_format_time(cli, decision->undone_at);
    g_autofree char *end =
        is_undone ? g_strdup_printf(_("; taken back on %s"), undone) : g_strdup("");

    rp_cli_print(cli, "%4" PRId64 "  %s  %s%s%s%s: %s%s\n", decision->id, taken,
                 kind_text(decision), *detail != '\0' ? " (" : "", detail,
                 *detail != '\0' ? ")" : "", what, end);
}

static void
add_line(JsonBuilder *builder, const RpView *view, const RpDecision *decision)
{
    const RpFollowup *followup = find_followup(view, decision);
    bool is_undone = decision->undone_at <= view->as_of_at;

    json_builder_begin_object(builder);
    rp_json_add_int(builder, "number", decision->id);
    rp_json_add_text(builder, "kind", rp_decision_name(decision->kind));
    rp_json_add_instant(builder, "taken_at", decision->taken_at);
    rp_json_add_instant(builder, "undone_at",
                        is_undone ? decision->undone_at : RP_NEVER);
    rp_json_add_text(builder, "person_key", decision->person_key);
    rp_json_add_text(builder, "message_id", decision->message_id);
    rp_json_add_text(builder, "detail", decision->detail);
    rp_json_add_text(builder, "note", decision->note);
    rp_json_add_text(builder, "followup",
                     followup != NULL ? rp_followup_id(followup) : NULL);
    json_builder_end_object(builder);
}

static RpExit
list(RpCli *cli, const RpView *view)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    guint n = 0;

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.decisions/1");
    json_builder_set_member_name(builder, "decisions");
    json_builder_begin_array(builder);
    for (guint i = view->decisions->len; i > 0; i--) {
        const RpDecision *decision = g_ptr_array_index(view->decisions, i - 1);

        if (decision->taken_at > view->as_of_at ||
            rp_address_is_forgotten(decision->person_key))
            continue;
        n++;
        if (cli->is_json)
            add_line(builder, view, decision);
        else
            print_line(cli, view, decision);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    if (cli->is_json)
        rp_cli_print_json(cli, builder);
    else if (n == 0)
        rp_cli_print(cli, _("Nothing was decided yet.\n"));
    return RP_EXIT_DONE;
}

static RpExit
undo(RpCli *cli, const RpView *view, const RpDecision *decision, GError **error)
{
    const RpFollowup *followup = find_followup(view, decision);
    g_autofree char *what = describe(view, decision);
    const char *kind = kind_text(decision);
    char id[RP_FOLLOWUP_ID_LEN + 1];

    g_strlcpy(id, followup != NULL ? rp_followup_id(followup) : "", sizeof id);
    if (!rp_store_undo_decision(cli->store, decision->id, cli->now_at, error))
        return RP_EXIT_FAILED;
    rp_cli_tell_daemon();
    if (cli->is_json)
        return rp_cli_print_decided(cli, "riposte.undo/1", id, error);
    /* TRANSLATORS: "done", "snoozed" or the like, and what. */
    rp_cli_print(cli, _("No longer %s: %s.\n"), kind, what);
    return RP_EXIT_DONE;
}

/* What was logged since the last decision, of the follow-up or of all, is taken back
 * first; NULL if there is nothing. Foreign. */
static const RpContactEvent *
newer_event(RpCli *cli, const RpView *view)
{
    const char *word = rp_args_word(cli->args, 0);
    const RpFollowup *followup =
        word != NULL ? rp_cli_find_followup(cli, word, NULL) : NULL;
    const RpDecision *decision = find_last(view, followup);
    const RpContactEvent *event = NULL;

    if (!rp_args_has(cli->args, "number") && (word == NULL || followup != NULL))
        event = rp_cli_event_last(view, followup);
    if (event == NULL || decision == NULL || event->logged_at > decision->taken_at)
        return event;
    return event->logged_at == decision->taken_at &&
                   event->after_decision >= decision->id
               ? event
               : NULL;
}

static RpExit
run(RpCli *cli, GError **error)
{
    const RpView *view = rp_cli_view(cli, error);
    const RpDecision *decision;
    const RpContactEvent *event;

    if (view == NULL)
        return RP_EXIT_FAILED;
    if (rp_args_has(cli->args, "list"))
        return list(cli, view);
    event = newer_event(cli, view);
    if (event != NULL)
        return rp_cli_event_undo(cli, event, error) ? RP_EXIT_DONE : RP_EXIT_FAILED;
    decision = choose(cli, view, error);
    return decision != NULL ? undo(cli, view, decision, error) : RP_EXIT_NOT_FOUND;
}

const RpCommand rp_cmd_undo = {
    .name = "undo",
    .run = run,
    .summary =
        N_("takes back the last decision or entry, or a follow-up's; lists them"),
    .options = OPTIONS,
    .words = "[ID]",
    .min_words = 0,
    .max_words = 1,
};
