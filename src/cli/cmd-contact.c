/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-contact.c - riposte contact: whom I ignore, tags, and limits (R10, R11) */
#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "cli/contact.h"
#include "cli/daemon.h"
#include "cli/json-out.h"
#include "cli/whom.h"
#include "core/instant.h"
#include "store/facts.h"
#include "view/marks.h"

enum { MAX_WORDS = 10000, MAX_TAG = 40 };

static const RpOption OPTIONS[] = {
    {"tag", "TAG", N_("add, edit: a tag; limit: of all who bear it"), 0, true},
    {"remove", NULL, N_("tag: take the tags away"), 0, false},
    {"undo", NULL, N_("ignore: no longer"), 0, false},
    {"note", "TEXT", N_("ignore, add, edit: a word to remember"), 0, true},
    {"dry-run", NULL, N_("import: tell what would change, and change nothing"), 0,
     false},
    {"source", "NAME",
     N_("import: what the address book is called; its path if not given"), 0, false},
    {"command", "COMMAND", N_("import: ask a query command, as mutt does"), 0, false},
    {"format", "FORMAT", N_("export: vcard, or csv"), 0, false},
    {"output", "FILE", N_("export: into a file"), 0, false},
    {"all", NULL, N_("export: everybody you wrote to as well"), 0, false},
    {"clear", "FACT[=VALUE]", N_("edit: what you typed is no longer so"), 0, true},
    {"name", "NAME", N_("add, edit: as they are called"), 0, false},
    {"nickname", "NAME", N_("add, edit: as friends call them"), 0, true},
    {"address", "ADDRESS", N_("add, edit: of their mail"), 0, true},
    {"phone", "NUMBER", N_("add, edit: a telephone"), 0, true},
    {"org", "NAME", N_("add, edit: where they work"), 0, false},
    {"department", "NAME", N_("add, edit: and in which part of it"), 0, false},
    {"title", "TEXT", N_("add, edit: as what"), 0, false},
    {"role", "TEXT", N_("add, edit: what they do there"), 0, false},
    {"birthday", "DATE", N_("add, edit: 1985-04-12, or --04-12"), 0, false},
    {"anniversary", "DATE", N_("add, edit: the same"), 0, false},
    {"url", "URL", N_("add, edit: a page of theirs"), 0, true},
    {"from", "TEXT", N_("add, edit: where they are from"), 0, false},
    {"education", "TEXT", N_("add, edit: what they learned, and where"), 0, true},
    {"work", "TEXT", N_("add, edit: what they do, and did"), 0, true},
    {"interest", "TEXT", N_("add, edit: what they are interested in"), 0, true},
    {"proud-of", "TEXT", N_("add, edit: what they are proud of"), 0, true},
    {"why", "TEXT", N_("add, edit: why they do what they do"), 0, false},
    {"met", "TEXT", N_("add, edit: how you met"), 0, false},
    {"met-at", "DATE", N_("add, edit: when you met"), 0, false},
    {"introduced-by", "PERSON", N_("add, edit: who made you known"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

static const char *
word_at(const RpCli *cli, size_t i)
{
    return rp_args_word(cli->args, i);
}

static const char *
key_of(const RpCli *cli, uint32_t person)
{
    return g_array_index(cli->view->corpus->persons, RpPerson, person).key;
}

static bool
usage(GError **error, const char *what)
{
    g_set_error_literal(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, what);
    return false;
}

/* --- ignore --- */

static bool
add_ignoring(RpCli *cli, uint32_t person, GError **error)
{
    g_autoptr(RpDecision) decision = g_new0(RpDecision, 1);

    decision->kind = RP_DECISION_IGNORE_PERSON;
    decision->person_key = g_strdup(key_of(cli, person));
    decision->message_id = g_strdup("");
    decision->taken_at = decision->at = cli->now_at;
    decision->undone_at = RP_NEVER;
    decision->detail = g_strdup("");
    decision->note = rp_cli_typed(rp_args_get(cli->args, "note"));
    return rp_store_add_decision(cli->store, decision, error);
}

/* Each of them: those who were made one person may have been ignored apart. */
static bool
end_ignoring(RpCli *cli, uint32_t person, GError **error)
{
    const RpView *view = cli->view;

    for (guint i = 0; i < view->decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(view->decisions, i);

        if (decision->kind == RP_DECISION_IGNORE_PERSON &&
            decision->undone_at == RP_NEVER &&
            rp_corpus_find_person(view->corpus, decision->person_key) == person &&
            !rp_store_undo_decision(cli->store, decision->id, cli->now_at, error))
            return false;
    }
    return true;
}

static bool
ignore(RpCli *cli, GError **error)
{
    bool is_undo = rp_args_has(cli->args, "undo");
    const RpDecision *ignoring;
    g_autofree char *who = NULL;
    uint32_t person;

    if (rp_args_n_words(cli->args) != 2)
        return usage(error, _("contact ignore needs one PERSON"));
    if (!rp_cli_find_other(cli, word_at(cli, 1), &person, error))
        return false;
    who = rp_cli_contact_label(cli->view, person);
    ignoring = rp_view_ignoring(cli->view, person);
    if ((ignoring != NULL) != is_undo) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    is_undo ? _("%s is not ignored") : _("%s is already ignored"), who);
        return false;
    }
    if (is_undo ? !end_ignoring(cli, person, error) : !add_ignoring(cli, person, error))
        return false;
    if (is_undo)
        rp_cli_say(cli, key_of(cli, person), _("No longer ignored: %s.\n"), who);
    else
        rp_cli_say(cli, key_of(cli, person),
                   _("Ignored from now on: %s. To take it back: riposte contact ignore"
                     " --undo %s\n"),
                   who, key_of(cli, person));
    return true;
}

/* --- tags --- */

/* Letters and digits of any script, and - _ . between them. */
static bool
is_tag(const char *text)
{
    g_autofree gunichar *letters = NULL;
    glong n = 0;

    if (!g_utf8_validate(text, -1, NULL))
        return false;
    letters = g_utf8_to_ucs4_fast(text, -1, &n);
    for (glong i = 0; i < n; i++) {
        bool is_inner =
            i > 0 && (letters[i] == '-' || letters[i] == '_' || letters[i] == '.');

        if (!g_unichar_isalnum(letters[i]) && !is_inner)
            return false;
    }
    return n > 0 && n <= MAX_TAG;
}

static bool
check_tag(const char *text, GError **error)
{
    if (is_tag(text))
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("\"%s\" is no tag: letters, digits, and - _ . between them"), text);
    return false;
}

/* Of all who were made one person. */
static bool
remove_fact(RpCli *cli, uint32_t person, const char *name, const char *value,
            GError **error)
{
    g_autoptr(GPtrArray) keys = rp_cli_keys_of(cli, person);

    for (guint i = 0; i < keys->len; i++)
        if (!rp_store_remove_fact(cli->store, g_ptr_array_index(keys, i), name, value,
                                  error))
            return false;
    return true;
}

static bool
put_mark(RpCli *cli, uint32_t person, const char *name, const char *value,
         GError **error)
{
    g_autoptr(RpFactRow) row = g_new0(RpFactRow, 1);

    row->person_key = g_strdup(key_of(cli, person));
    row->name = g_strdup(name);
    row->value = g_strdup(value);
    row->type = g_strdup("");
    row->since_at = cli->now_at;
    return rp_store_put_fact(cli->store, row, error);
}

static bool
bears_tag(const RpCli *cli, uint32_t person, const char *tag, GError **error)
{
    if (rp_cli_has_typed(cli, person, RP_FACT_TAG, tag))
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                _("you gave them no tag \"%s\"; what a card says is changed in its"
                  " address book"),
                tag);
    return false;
}

static bool
change_tag(RpCli *cli, uint32_t person, const char *tag, GError **error)
{
    if (rp_args_has(cli->args, "remove"))
        return remove_fact(cli, person, RP_FACT_TAG, tag, error);
    return put_mark(cli, person, RP_FACT_TAG, tag, error);
}

static bool
tag(RpCli *cli, GError **error)
{
    size_t n = rp_args_n_words(cli->args);
    g_autofree char *who = NULL;
    uint32_t person;

    if (n < 3)
        return usage(error, _("contact tag needs a PERSON and a TAG"));
    for (size_t i = 2; i < n; i++)
        if (!check_tag(word_at(cli, i), error))
            return false;
    if (!rp_cli_find_other(cli, word_at(cli, 1), &person, error))
        return false;
    who = rp_cli_contact_label(cli->view, person);
    for (size_t i = 2; i < n && rp_args_has(cli->args, "remove"); i++)
        if (!bears_tag(cli, person, word_at(cli, i), error))
            return false;
    for (size_t i = 2; i < n; i++)
        if (!change_tag(cli, person, word_at(cli, i), error))
            return false;
    rp_cli_say(cli, key_of(cli, person),
               rp_args_has(cli->args, "remove") ? _("Taken away: tags, %zu of %s.\n")
                                                : _("Tags added: %zu of %s.\n"),
               n - 2, who);
    return true;
}

/* --- limits --- */

/* "24h"; "none" is 0. */
static bool
read_limit(const char *text, int64_t *limit_s, GError **error)
{
    *limit_s = 0;
    if (strcmp(text, "none") == 0 ||
        (rp_duration_parse(text, limit_s) && *limit_s >= RP_MINUTE_S &&
         *limit_s <= RP_LONGEST_LIMIT_S))
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("\"%s\" is no limit; write 24h, 3d, or none"), text);
    return false;
}

static bool
limit_tag(RpCli *cli, const char *name, GError **error)
{
    g_autofree char *whose = g_strdup_printf(_("whoever bears the tag %s"), name);
    int64_t limit_s;

    if (rp_args_n_words(cli->args) != 2)
        return usage(error,
                     _("contact limit --tag TAG needs a WAIT: 24h, 3d, or none"));
    if (!check_tag(name, error) || !read_limit(word_at(cli, 1), &limit_s, error) ||
        rp_cli_store(cli, error) == NULL ||
        !rp_store_set_tag_limit(cli->store, name, limit_s, error))
        return false;
    rp_cli_print_limit(cli, NULL, whose, limit_s);
    return true;
}

static bool
set_limit(RpCli *cli, uint32_t person, int64_t limit_s, GError **error)
{
    g_autofree char *value = g_strdup_printf("%" PRId64, limit_s);

    return remove_fact(cli, person, RP_FACT_LIMIT, NULL, error) &&
           (limit_s == 0 || put_mark(cli, person, RP_FACT_LIMIT, value, error));
}

static bool
limit(RpCli *cli, GError **error)
{
    const char *name = rp_args_get(cli->args, "tag");
    g_autofree char *who = NULL;
    uint32_t person;
    int64_t limit_s;

    if (name != NULL)
        return limit_tag(cli, name, error);
    if (rp_args_n_words(cli->args) != 3)
        return usage(error,
                     _("contact limit needs a PERSON and a WAIT: 24h, 3d, or none"));
    if (!read_limit(word_at(cli, 2), &limit_s, error) ||
        !rp_cli_find_other(cli, word_at(cli, 1), &person, error))
        return false;
    who = rp_cli_contact_label(cli->view, person);
    if (!set_limit(cli, person, limit_s, error))
        return false;
    rp_cli_print_limit(cli, key_of(cli, person), who, limit_s);
    return true;
}

/* --- the command --- */

static RpExit
run(RpCli *cli, GError **error)
{
    static const struct {
        const char *name;
        bool (*run)(RpCli *, GError **);
        bool is_change;
    } actions[] = {
        {"ignore", ignore, true},
        {"tag", tag, true},
        {"limit", limit, true},
        {"list", rp_cli_list_contacts, false},
        {"add", rp_cli_add_contact, true},
        {"edit", rp_cli_edit_contact, true},
        {"import", rp_cli_import_contacts, true},
        {"export", rp_cli_export_contacts, false},
        {"merge", rp_cli_merge_contacts, true},
        {"split", rp_cli_split_contact, true},
        {"duplicates", rp_cli_list_duplicates, false},
    };
    const char *wanted = word_at(cli, 0);

    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        if (strcmp(wanted, actions[i].name) != 0)
            continue;
        if (!actions[i].run(cli, error))
            return RP_EXIT_FAILED;
        if (actions[i].is_change)
            rp_cli_tell_daemon();
        return RP_EXIT_DONE;
    }
    g_set_error(
        error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
        _("contact knows list, add, edit, import, export, merge, split, duplicates,"
          " ignore, tag and limit, not \"%s\""),
        wanted);
    return RP_EXIT_USAGE;
}

static const RpChoice CHOICES[] = {
    {"ACTION", "list|add|edit|import|export|merge|split|duplicates|ignore|tag|limit"},
    {"format", "vcard|csv"},
    {NULL, NULL},
};

const RpCommand rp_cmd_contact = {
    .name = "contact",
    .run = run,
    .summary = N_("people: facts, address books, merging, whom to ignore"),
    .options = OPTIONS,
    .words = "ACTION [PERSON] [WORD...]",
    .min_words = 1,
    .max_words = MAX_WORDS,
    .help = N_(
        "list                   contacts, and who bears a mark; or whom a word finds\n"
        "add NAME [ADDRESS...]  somebody new\n"
        "edit PERSON            what you know of them\n"
        "import PATH...         vCard, CSV, mutt aliases: a file, or a folder of .vcf\n"
        "export                 all, or one PERSON, as vCard 4.0 or CSV\n"
        "merge PERSON PERSON    they are one\n"
        "split ADDRESS          it is somebody else's\n"
        "duplicates             who may be one\n"
        "ignore PERSON          no follow-ups with them, now and in future\n"
        "tag PERSON TAG...      marks them\n"
        "limit PERSON WAIT      a reply of mine is late after 24h, 3d ...; or none\n"
        "limit --tag TAG WAIT   the same for all who bear the tag"),
    .choices = CHOICES,
};
