/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-log.c - riposte log: calls, meetings, chats and letters (C1) */
#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "cli/decide.h"
#include "cli/log.h"
#include "cli/whom.h"

enum { MAX_WORDS = 17 };

static const RpOption OPTIONS[] = {
    {"in", NULL, N_("it came from them"), 0, false},
    {"out", NULL, N_("it went to them"), 0, false},
    {"missed", NULL, N_("call: nobody answered (of theirs, unless --out)"), 0, false},
    {"promised", NULL, N_("call: that there will be one (by you, unless --in)"), 0,
     false},
    {"at", "WHEN", N_("when it was: yesterday 15:00, 2h ago, 14:30 (default: now)"), 0,
     false},
    {"note", "TEXT", N_("what it was about"), 0, false},
    {"undo", "N", N_("take back the entry of that number"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

static const struct {
    const char *word;
    RpEventKind kind;
    RpWay usual;
} KINDS[] = {
    {"call", RP_EVENT_CALL, RP_WAY_BOTH},       {"met", RP_EVENT_MEETING, RP_WAY_BOTH},
    {"meeting", RP_EVENT_MEETING, RP_WAY_BOTH}, {"chat", RP_EVENT_CHAT, RP_WAY_BOTH},
    {"letter", RP_EVENT_LETTER, RP_WAY_OUT},
};

/* The index in KINDS; G_N_ELEMENTS(KINDS) if the word is none. */
static size_t
find_kind(const char *word)
{
    size_t i = 0;

    while (i < G_N_ELEMENTS(KINDS) && strcmp(KINDS[i].word, word) != 0)
        i++;
    return i;
}

static bool
usage(GError **error, const char *what)
{
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, "%s", what);
    return false;
}

/* What the options say, of an event that is an ordinary one of its kind. */
static bool
set_options(const RpCli *cli, RpContactEvent *event, GError **error)
{
    bool is_in = rp_args_has(cli->args, "in"), is_out = rp_args_has(cli->args, "out");
    bool is_missed = rp_args_has(cli->args, "missed");
    bool is_promised = rp_args_has(cli->args, "promised");

    if (is_in && is_out)
        return usage(error, _("--in and --out exclude each other"));
    if (is_missed && is_promised)
        return usage(error, _("--missed and --promised exclude each other"));
    if ((is_missed || is_promised) && event->kind != RP_EVENT_CALL)
        return usage(error, _("only a call can be missed or promised"));
    if ((is_in || is_out) && event->kind == RP_EVENT_MEETING)
        return usage(error, _("a meeting goes both ways, without --in and --out"));
    if (is_missed || is_promised) {
        event->outcome = is_missed ? RP_OUTCOME_MISSED : RP_OUTCOME_PROMISED;
        event->way = is_missed ? RP_WAY_IN : RP_WAY_OUT;
    }
    if (is_in || is_out)
        event->way = is_in ? RP_WAY_IN : RP_WAY_OUT;
    return true;
}

/* --- what is said --- */

/* A call to return that it ends, and mail that it does not. */
static void
print_effect(RpCli *cli, const RpContactEvent *event)
{
    const GArray *followups = cli->view->derivation->followups;

    for (guint i = 0; event->person != RP_NONE && i < followups->len; i++) {
        const RpFollowup *f = &g_array_index(followups, RpFollowup, i);
        bool is_call = f->channel == RP_CHANNEL_CALL;
        g_autofree char *what = NULL;

        if (f->person != event->person || f->state != RP_STATE_OPEN || f->is_lapsed ||
            f->opened_at > event->at || f->channel == RP_CHANNEL_FAVOUR ||
            (is_call && rp_event_compare(f->event, event) > 0) ||
            !rp_event_is_contact(event, f->direction == RP_MINE) ||
            (!is_call && f->direction == RP_THEIRS))
            continue;
        what = rp_cli_describe(cli->view, f);
        if (is_call)
            rp_cli_print(cli, _("That ends %s: %s.\n"), rp_followup_id(f), what);
        else
            rp_cli_print(cli,
                         _("Their mail still waits: %s. If it needs no answer any more:"
                           " riposte done %s --by %s\n"),
                         what, rp_followup_id(f), rp_event_kind_name(event->kind));
    }
}

static void
print_logged(RpCli *cli, const RpContactEvent *event)
{
    g_autofree char *what = rp_cli_event_text(cli->view, event);
    g_autofree char *when = rp_cli_format_time(cli, event->at);

    if (cli->is_json) {
        rp_cli_event_print_json(cli, "riposte.logged/1", event);
        return;
    }
    rp_cli_print(cli,
                 _("Logged: %s, %s. To take it back: riposte log --undo %" PRId64 "\n"),
                 what, when, event->id);
    print_effect(cli, event);
}

/* --- the command --- */

static bool
add(RpCli *cli, size_t kind, const char *whom, GError **error)
{
    g_autoptr(RpContactEvent) event = NULL;
    uint32_t person;

    if (whom == NULL)
        return usage(error, _("log needs a PERSON before what it was"));
    event = rp_cli_event_new(cli, whom, &person, error);
    if (event == NULL)
        return false;
    event->kind = KINDS[kind].kind;
    event->way = KINDS[kind].usual;
    if (!set_options(cli, event, error) || !rp_cli_event_keep(cli, event, error))
        return false;
    print_logged(cli, event);
    return true;
}

static bool
undo(RpCli *cli, const char *number, GError **error)
{
    const GPtrArray *events =
        rp_cli_view(cli, error) != NULL ? cli->view->corpus->events : NULL;

    for (guint i = 0; events != NULL && i < events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(events, i);
        g_autofree char *id = g_strdup_printf("%" PRId64, event->id);

        if (strcmp(id, number) == 0 && event->undone_at == RP_NEVER &&
            event->logged_at <= cli->now_at)
            return rp_cli_event_undo(cli, event, error);
    }
    if (events != NULL)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    _("no entry \"%s\" stands; riposte log lists them"), number);
    return false;
}

/* Everybody's entries, or those of whom the words name. */
static bool
list(RpCli *cli, const char *whom, GError **error)
{
    uint32_t person = RP_NONE;

    if (rp_cli_view(cli, error) == NULL ||
        (whom != NULL && !rp_cli_find_person(cli, whom, &person, error)))
        return false;
    rp_cli_event_list(cli, person, false);
    return true;
}

static RpExit
run(RpCli *cli, GError **error)
{
    size_t n = rp_args_n_words(cli->args);
    size_t kind = n > 0 ? find_kind(rp_args_word(cli->args, n - 1)) : 0;
    bool is_new = n > 0 && kind < G_N_ELEMENTS(KINDS);
    g_autofree char *whom = rp_cli_join_words(cli, is_new ? n - 1 : n);
    const char *number = rp_args_get(cli->args, "undo");
    bool is_good;

    if (number != NULL)
        is_good = undo(cli, number, error);
    else if (is_new)
        is_good = add(cli, kind, whom, error);
    else
        is_good = list(cli, whom, error);
    return is_good ? RP_EXIT_DONE : RP_EXIT_FAILED;
}

static const RpChoice CHOICES[] = {
    {"KIND", "call|met|chat|letter"},
    {NULL, NULL},
};

const RpCommand rp_cmd_log = {
    .name = "log",
    .run = run,
    .summary = N_("writes down calls, meetings, chats and letters; lists them"),
    .options = OPTIONS,
    .words = "[PERSON] [KIND]",
    .min_words = 0,
    .max_words = MAX_WORDS,
    .help = N_(
        "KIND is call, met, chat or letter. A call that was missed or promised is a\n"
        "follow-up: any contact by who owes it ends it. PERSON is an address, any "
        "part\n"
        "of a name or address, or a telephone number. Without KIND the entries are\n"
        "listed, the last first."),
    .choices = CHOICES,
};
