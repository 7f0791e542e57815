/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decide.c - keeps a decision and says so */
#include "cli/decide.h"

#include <glib/gi18n.h>

#include "cli/daemon.h"
#include "cli/json-out.h"
#include "report/json.h"
#include "report/text.h"

enum { NAME_COLUMNS = 40, SUBJECT_COLUMNS = 60 };

char *
rp_cli_describe(const RpView *view, const RpFollowup *followup)
{
    const char *subject = rp_view_subject_text(view, followup);
    g_autofree char *name =
        rp_text_clean(rp_view_person_label(view, followup), NAME_COLUMNS);
    g_autofree char *about = rp_text_clean(subject, SUBJECT_COLUMNS);

    /* TRANSLATORS: a person, and a subject. */
    return g_strdup_printf(_("%s, \"%s\""), name, about);
}

char *
rp_cli_format_time(const RpCli *cli, int64_t at)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GDateTime) local =
        utc != NULL ? g_date_time_to_timezone(utc, rp_cli_zone(cli)) : NULL;

    /* TRANSLATORS: of g_date_time_format(); names come from the locale. */
    return local != NULL ? g_date_time_format(local, _("%a %-d %b %Y %H:%M"))
                         : g_strdup(_("never"));
}

const char *
rp_cli_detail_text(RpDecisionKind kind, const char *detail)
{
    const char *context = kind == RP_DECISION_DONE      ? "way"
                          : kind == RP_DECISION_DISMISS ? "reason"
                                                        : NULL;

    return context != NULL ? g_dpgettext2(NULL, context, detail) : detail;
}

/* A decision counts if it comes before what closed the follow-up: a call that was
 * returned yesterday, though the mail was answered today. */
static bool
check_open(RpCli *cli, const RpFollowup *followup, const RpVerdict *verdict,
           GError **error)
{
    int64_t end_at = MIN(followup->closed_at, followup->released_at);
    g_autofree char *what = rp_cli_describe(cli->view, followup);
    g_autofree char *when = rp_cli_format_time(cli, end_at);

    if (followup->state == RP_STATE_OPEN ||
        verdict->kind == RP_DECISION_IGNORE_CONVERSATION ||
        (verdict->kind == RP_DECISION_DONE && verdict->at < end_at))
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                /* TRANSLATORS: what, "answered" or the like, when, and its id. */
                _("%s is not open: %s on %s (riposte explain %s)"), what,
                g_dpgettext2(NULL, "state", rp_state_name(followup->state)), when,
                rp_followup_id(followup));
    return false;
}

static RpDecision *
make_decision(const RpCli *cli, const RpFollowup *followup, const RpVerdict *verdict)
{
    const RpDerivation *derivation = cli->view->derivation;
    RpDecision *decision = g_new0(RpDecision, 1);

    decision->kind = verdict->kind;
    decision->direction = followup->direction;
    decision->person_key =
        g_strdup(verdict->kind == RP_DECISION_IGNORE_CONVERSATION
                     ? ""
                     : rp_followup_own_person(derivation, followup)->key);
    decision->message_id = g_strdup(rp_followup_opened_by(derivation, followup));
    decision->taken_at = cli->now_at;
    decision->undone_at = RP_NEVER;
    decision->at = verdict->at;
    decision->detail = g_strdup(verdict->detail);
    decision->note = rp_cli_typed(verdict->note);
    return decision;
}

static void
print_decided(RpCli *cli, const RpVerdict *verdict, const char *what, const char *id)
{
    g_autofree char *when = rp_cli_format_time(cli, verdict->at);
    const char *detail = rp_cli_detail_text(verdict->kind, verdict->detail);

    switch (verdict->kind) {
    case RP_DECISION_DONE:
        /* TRANSLATORS: "call", when, and what. */
        rp_cli_print(cli, _("Done by %s, %s: %s."), detail, when, what);
        break;
    case RP_DECISION_DISMISS:
        rp_cli_print(cli, _("Dismissed (%s): %s."), detail, what);
        break;
    case RP_DECISION_SNOOZE:
        rp_cli_print(cli, _("Snoozed until %s: %s."), when, what);
        break;
    case RP_DECISION_IGNORE_CONVERSATION:
        rp_cli_print(cli, _("The conversation is ignored from now on: %s."), what);
        break;
    case RP_DECISION_IGNORE_PERSON:
    case RP_DECISION_MERGE:
    case RP_DECISION_SPLIT:
    case RP_N_DECISIONS:
        break;
    }
    rp_cli_print(cli, _(" To take it back: riposte undo %s\n"), id);
}

RpExit
rp_cli_print_decided(RpCli *cli, const char *schema, const char *id, GError **error)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    const RpFollowup *followup;
    const RpView *view;

    rp_cli_forget_view(cli);
    view = rp_cli_view(cli, error);
    followup = view != NULL ? rp_view_find_followup(view, id, &(uint32_t){0}) : NULL;
    if (view == NULL)
        return RP_EXIT_FAILED;
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", schema);
    json_builder_set_member_name(builder, "followup");
    if (followup != NULL)
        rp_json_followup(builder, view, followup);
    else
        json_builder_add_null_value(builder);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
    return RP_EXIT_DONE;
}

/* Calls and favours are of none. */
static bool
check_conversation(const RpFollowup *followup, const RpVerdict *verdict, GError **error)
{
    if (verdict->kind != RP_DECISION_IGNORE_CONVERSATION || followup->event == NULL)
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("%s has no conversation; leave --conversation out"),
                rp_followup_id(followup));
    return false;
}

RpExit
rp_cli_decide(RpCli *cli, const char *word, const RpVerdict *verdict, GError **error)
{
    const RpFollowup *followup = rp_cli_find_followup(cli, word, error);
    g_autoptr(RpDecision) decision = NULL;
    g_autofree char *what = NULL;
    char id[RP_FOLLOWUP_ID_LEN + 1];

    if (followup == NULL || !check_conversation(followup, verdict, error) ||
        !check_open(cli, followup, verdict, error))
        return RP_EXIT_FAILED;
    g_strlcpy(id, rp_followup_id(followup), sizeof id);
    what = rp_cli_describe(cli->view, followup);
    decision = make_decision(cli, followup, verdict);
    if (!rp_store_add_decision(cli->store, decision, error))
        return RP_EXIT_FAILED;
    rp_cli_tell_daemon();
    if (cli->is_json)
        return rp_cli_print_decided(cli, "riposte.decision/1", id, error);
    print_decided(cli, verdict, what, id);
    return RP_EXIT_DONE;
}
