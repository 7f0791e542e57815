/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-favour.c - riposte favour: asked, given, received, thanked (F1 to F4) */
#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "cli/contact.h"
#include "cli/decide.h"
#include "cli/log.h"
#include "cli/whom.h"
#include "core/contacts.h"
#include "report/favours.h"

enum { MAX_WORDS = 18 };

static const RpOption OPTIONS[] = {
    {"at", "WHEN", N_("when it was: yesterday 15:00, 2h ago, 14:30 (default: now)"), 0,
     false},
    {"note", "TEXT", N_("a word to remember it by"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

/* RP_N_OUTCOMES if the word is none. */
static RpOutcome
find_outcome(const char *word)
{
    RpOutcome outcome = RP_OUTCOME_ASKED;

    while (outcome < RP_N_OUTCOMES && strcmp(rp_outcome_name(outcome), word) != 0)
        outcome++;
    return outcome;
}

/* F3: whom one praises, one has to know. */
static void
warn_of_stranger(RpCli *cli, const RpContactEvent *event)
{
    g_autoptr(GPtrArray) contacts = rp_contacts(cli->view->derivation);
    const GArray *list =
        event->person != RP_NONE ? g_ptr_array_index(contacts, event->person) : NULL;
    bool by_me = false, by_them = false;
    RpFavour favour = rp_favour_of(event->detail);

    if (event->outcome != RP_OUTCOME_GIVEN ||
        (favour != RP_FAVOUR_RECOMMENDATION && favour != RP_FAVOUR_ENDORSEMENT))
        return;
    for (guint i = 0; list != NULL && i < list->len; i++) {
        by_me = by_me || g_array_index(list, RpContact, i).by_me;
        by_them = by_them || !g_array_index(list, RpContact, i).by_me;
    }
    if (!by_me || !by_them)
        rp_cli_warn(
            _("you and they never wrote each other, nor met as far as is known: a"
              " good word is worth what you know of them"));
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
    if (event->outcome == RP_OUTCOME_RECEIVED)
        rp_cli_print(cli,
                     _("Thanks are due: riposte favour %s thanked %s, once given.\n"),
                     *event->person_key != '\0' ? event->person_key : event->number,
                     event->detail);
}

static bool
usage(GError **error, const char *what)
{
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, "%s", what);
    return false;
}

static bool
add(RpCli *cli, RpOutcome outcome, const char *favour, const char *whom, GError **error)
{
    g_autoptr(RpContactEvent) event = NULL;
    uint32_t person;

    if (whom == NULL)
        return usage(error, _("favour needs a PERSON before what happened"));
    if (rp_favour_of(favour) == RP_N_FAVOURS) {
        g_set_error(
            error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
            _("\"%s\" is no favour; there are recommendation, endorsement, referral"
              " and introduction"),
            favour);
        return false;
    }
    event = rp_cli_event_new(cli, whom, &person, error);
    if (event == NULL)
        return false;
    event->kind = RP_EVENT_FAVOUR;
    event->outcome = outcome;
    event->way = outcome == RP_OUTCOME_RECEIVED ? RP_WAY_IN : RP_WAY_OUT;
    g_free(event->detail);
    event->detail = g_strdup(favour);
    if (!rp_cli_event_keep(cli, event, error))
        return false;
    print_logged(cli, event);
    warn_of_stranger(cli, event);
    return true;
}

/* --- the balance --- */

static void
print_balance(RpCli *cli, uint32_t person)
{
    RpFavours favours = rp_favours_of(cli->view, person);
    g_autofree char *text = rp_favours_text(&favours);
    g_autofree char *who =
        text != NULL ? rp_cli_contact_label(cli->view, person) : NULL;

    if (text != NULL)
        rp_cli_print(cli, "%s: %s\n", who, text);
}

static bool
list(RpCli *cli, const char *whom, GError **error)
{
    uint32_t person = RP_NONE;

    if (rp_cli_view(cli, error) == NULL ||
        (whom != NULL && !rp_cli_find_person(cli, whom, &person, error)))
        return false;
    rp_cli_event_list(cli, person, true);
    for (uint32_t i = 0; !cli->is_json && i < cli->view->corpus->persons->len; i++)
        if (person == RP_NONE || person == i)
            print_balance(cli, i);
    return true;
}

/* The first n words, so that nobody has to quote a name; NULL if there is none. */
static char *
join_words(const RpCli *cli, size_t n)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < n; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               rp_args_word(cli->args, i));
    return n > 0 ? g_strdup(text->str) : NULL;
}

static RpExit
run(RpCli *cli, GError **error)
{
    size_t n = rp_args_n_words(cli->args);
    const char *last = n > 0 ? rp_args_word(cli->args, n - 1) : "";
    RpOutcome outcome =
        n > 1 ? find_outcome(rp_args_word(cli->args, n - 2)) : RP_N_OUTCOMES;
    bool is_new = outcome < RP_N_OUTCOMES;
    g_autofree char *whom = join_words(cli, is_new ? n - 2 : n);
    bool is_good;

    if (!is_new && n > 1 && rp_favour_of(last) != RP_N_FAVOURS)
        is_good =
            usage(error, _("say what happened: asked, given, received or thanked"));
    else if (!is_new && find_outcome(last) < RP_N_OUTCOMES)
        is_good =
            usage(error, _("say which favour: recommendation, endorsement, referral"
                           " or introduction"));
    else
        is_good =
            is_new ? add(cli, outcome, last, whom, error) : list(cli, whom, error);
    return is_good ? RP_EXIT_DONE : RP_EXIT_FAILED;
}

static const RpChoice CHOICES[] = {
    {"WHAT", "asked|given|received|thanked"},
    {"FAVOUR", "recommendation|endorsement|referral|introduction"},
    {NULL, NULL},
};

const RpCommand rp_cmd_favour = {
    .name = "favour",
    .run = run,
    .summary = N_("favours asked, given, received and thanked for; the balance"),
    .options = OPTIONS,
    .words = "[PERSON] [WHAT] [FAVOUR]",
    .min_words = 0,
    .max_words = MAX_WORDS,
    .help = N_(
        "WHAT is asked, given, received or thanked; FAVOUR a recommendation,\n"
        "endorsement, referral or introduction. One received waits for your thanks\n"
        "like a mail for your answer. Without WHAT they are listed, the last first."),
    .choices = CHOICES,
};
