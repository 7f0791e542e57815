/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-complete.c - riposte complete: what the last word of a command line can become
 *
 * For contrib/completion/. Prints a line for each: the whole word, a tab, what it is;
 * a tab and "file" alone if it is the name of a file.
 */
#include <glib/gi18n.h>
#include <string.h>

#include "cli/command.h"
#include "cli/decide.h"
#include "report/text.h"

enum { WORDS_MAX = 1000, ABOUT_COLUMNS = 60 };

typedef struct {
    RpCli *cli;               /* foreign */
    const RpCommand *command; /* foreign; NULL: none was named yet */
    const char *const *words; /* foreign */
    size_t n;                 /* of them; the last is to be completed */
    size_t n_plain;           /* behind the command, neither option nor value */
    const RpOption *pending;  /* foreign; whose value the last word is, or NULL */
    bool is_ended;            /* by "--" */
    char *before;             /* own; what stays of the last word: "--by=" */
    const char *begin;        /* foreign; what the offers begin with */
    GString *exact, *folded;  /* own; those that do so, and those but for their case */
    GError **error;           /* foreign */
} Line;

static void
line_clear(Line *line)
{
    g_free(line->before);
    g_string_free(line->exact, TRUE);
    g_string_free(line->folded, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Line, line_clear)

/* --- what is offered --- */

static bool
has_folded_prefix(const char *text, const char *prefix)
{
    g_autofree char *folded_text = g_utf8_casefold(text, -1);
    g_autofree char *folded_prefix = g_utf8_casefold(prefix, -1);

    return g_str_has_prefix(folded_text, folded_prefix);
}

/* What would not come out as it was written cannot be typed either. */
static void
offer(Line *line, const char *value, const char *about)
{
    g_autofree char *clean = rp_text_clean(value, 0);
    g_autofree char *clean_about = rp_text_clean(about, ABOUT_COLUMNS);
    GString *offers = NULL;

    if (*value == '\0' || strcmp(clean, value) != 0)
        return;
    if (g_str_has_prefix(value, line->begin))
        offers = line->exact;
    else if (has_folded_prefix(value, line->begin))
        offers = line->folded;
    if (offers != NULL)
        g_string_append_printf(offers, "%s%s\t%s\n", line->before, value, clean_about);
}

static void
offer_choices(Line *line, const RpChoice *choices, const char *name)
{
    for (const RpChoice *choice = choices; choice != NULL && choice->name; choice++) {
        g_auto(GStrv) values = g_strsplit(choice->values, "|", -1);

        for (char **value = values; *value && strcmp(choice->name, name) == 0; value++)
            offer(line, *value, "");
    }
}

/* NULL without an error, too, where nothing was read yet. */
static const RpView *
view_of(const Line *line)
{
    if (!g_file_test(line->cli->db_path, G_FILE_TEST_EXISTS))
        return NULL;
    return rp_cli_view(line->cli, line->error);
}

static void
offer_persons(Line *line)
{
    const RpView *view = view_of(line);
    g_autofree uint8_t *people = view != NULL ? rp_view_people(view) : NULL;

    for (guint i = 0; view != NULL && i < view->corpus->addresses->len; i++) {
        const RpAddress *address =
            &g_array_index(view->corpus->addresses, RpAddress, i);
        const char *label = rp_view_label_of(view, address->person, i);

        if (!people[address->person])
            continue;
        offer(line, address->text, label != address->text ? label : "");
        if (*line->begin != '\0' && label != address->text)
            offer(line, label, address->text);
    }
}

/* By their numbers in the list last shown, or, once begun, by their ids. */
static void
offer_followups(Line *line)
{
    const RpView *view = view_of(line);
    g_autoptr(GPtrArray) ids =
        view != NULL ? rp_store_load_last_list(line->cli->store, line->error) : NULL;
    const GArray *followups = view != NULL ? view->derivation->followups : NULL;

    for (guint i = 0; ids != NULL && i < ids->len; i++) {
        const char *id = g_ptr_array_index(ids, i);
        const RpFollowup *followup = rp_view_find_followup(view, id, &(uint32_t){0});
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        g_autofree char *about =
            followup != NULL ? rp_cli_describe(view, followup) : NULL;

        if (followup != NULL)
            offer(line, number, about);
    }
    for (guint i = 0; ids != NULL && *line->begin != '\0' && i < followups->len; i++) {
        const RpFollowup *followup = &g_array_index(followups, RpFollowup, i);
        g_autofree char *about = NULL;

        if (!g_str_has_prefix(rp_followup_id(followup), line->begin))
            continue;
        about = rp_cli_describe(view, followup);
        offer(line, rp_followup_id(followup), about);
    }
}

static void
offer_accounts(Line *line)
{
    const RpConfig *config = rp_cli_config(line->cli, line->error);

    for (guint i = 0; config != NULL && i < config->accounts->len; i++) {
        const RpAccountConfig *account = g_ptr_array_index(config->accounts, i);

        offer(line, account->name, "");
    }
}

/* By what the help calls it. */
static void
offer_values(Line *line, const char *called)
{
    if (strcmp(called, "ID") == 0)
        offer_followups(line);
    else if (strcmp(called, "PERSON") == 0)
        offer_persons(line);
    else if (strcmp(called, "FILE") == 0 || strcmp(called, "PATH") == 0)
        g_string_assign(line->exact, "\tfile\n");
    else if (g_ascii_islower(*called))
        offer(line, called, "");
}

static void
offer_option_values(Line *line, const RpOption *option)
{
    const RpCommand *command = line->command;

    offer_choices(line, RP_GLOBAL_CHOICES, option->name);
    offer_choices(line, command != NULL ? command->choices : NULL, option->name);
    if (strcmp(option->name, "account") == 0)
        offer_accounts(line);
    else
        offer_values(line, option->value);
}

static void
offer_options(Line *line, const RpOption *options)
{
    for (const RpOption *option = options; option != NULL && option->name; option++) {
        g_autofree char *whole = g_strconcat("--", option->name, NULL);

        offer(line, whole, _(option->help));
    }
}

static void
offer_commands(Line *line)
{
    for (const RpCommand *const *command = RP_COMMANDS; *command != NULL; command++) {
        if (!(*command)->is_hidden)
            offer(line, (*command)->name, _((*command)->summary));
    }
}

/* The command's next word: of "ID|[report] FIGURE" first an ID or report. */
static void
offer_word(Line *line)
{
    const char *called = line->command->words != NULL ? line->command->words : "";
    g_auto(GStrv) words = g_strsplit(called, " ", -1);
    g_auto(GStrv) forms = NULL;

    if (line->n_plain >= g_strv_length(words))
        return;
    forms = g_strsplit_set(words[line->n_plain], "|[].", -1);
    for (char **form = forms; *form != NULL; form++) {
        offer_choices(line, line->command->choices, *form);
        if (**form != '\0')
            offer_values(line, *form);
    }
}

/* --- what stands before --- */

static const RpOption *
find_option(const RpOption *options, const char *word)
{
    size_t n = strcspn(word, "=");

    for (const RpOption *option = options; option != NULL && option->name; option++) {
        if (strlen(option->name) + 2 == n &&
            strncmp(option->name, word + 2, n - 2) == 0)
            return option;
    }
    return NULL;
}

/* Without a command there are the options of the one that is meant then. */
static const RpOption *
own_options(const Line *line)
{
    const RpCommand *command = line->command;

    if (command == NULL)
        command = rp_cli_find_command(RP_DEFAULT_COMMAND);
    return command->options;
}

static const RpOption *
option_of(const Line *line, const char *word)
{
    const RpOption *option;

    if (!g_str_has_prefix(word, "--"))
        return NULL;
    option = find_option(own_options(line), word);
    return option != NULL ? option : find_option(RP_GLOBAL_OPTIONS, word);
}

/* Which files the line is about matters to what can be offered. */
static void
take_value(Line *line, const RpOption *option, const char *value)
{
    char **path = NULL;

    if (strcmp(option->name, "config") == 0)
        path = &line->cli->config_path;
    else if (strcmp(option->name, "db") == 0)
        path = &line->cli->db_path;
    if (path == NULL)
        return;
    g_free(*path);
    *path = g_strdup(value);
}

static void
take_option(Line *line, size_t *i)
{
    const RpOption *option = option_of(line, line->words[*i]);
    const char *given = strchr(line->words[*i], '=');

    if (option == NULL || option->value == NULL)
        return;
    if (given != NULL)
        take_value(line, option, given + 1);
    else if (*i + 2 == line->n)
        line->pending = option;
    else
        take_value(line, option, line->words[++*i]);
}

/* Returns false if there is no such command. */
static bool
read_line(Line *line)
{
    for (size_t i = 0; i + 1 < line->n; i++) {
        const char *word = line->words[i];

        if (!line->is_ended && strcmp(word, "--") == 0)
            line->is_ended = true;
        else if (!line->is_ended && word[0] == '-')
            take_option(line, &i);
        else if (line->command != NULL)
            line->n_plain++;
        else if ((line->command = rp_cli_find_command(word)) == NULL)
            return false;
    }
    return true;
}

static void
complete(Line *line)
{
    const char *last = line->words[line->n - 1];
    const char *value = strchr(last, '=');
    const RpOption *option = option_of(line, last);

    line->begin = last;
    if (line->pending != NULL) {
        offer_option_values(line, line->pending);
    } else if (!line->is_ended && option != NULL && value && option->value) {
        g_free(line->before);
        line->before = g_strndup(last, (gsize)(value + 1 - last));
        line->begin = value + 1;
        offer_option_values(line, option);
    } else if (!line->is_ended && *last == '-') {
        offer_options(line, own_options(line));
        offer_options(line, RP_GLOBAL_OPTIONS);
    } else if (line->command == NULL) {
        offer_commands(line);
    } else {
        offer_word(line);
    }
}

static RpExit
run(RpCli *cli, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autoptr(GError) local = NULL;
    g_auto(Line) line = {.cli = cli,
                         .before = g_strdup(""),
                         .exact = g_string_new(NULL),
                         .folded = g_string_new(NULL),
                         .error = &local};

    line.n = rp_args_n_words(cli->args);
    for (size_t i = 0; i < line.n; i++)
        g_ptr_array_add(words, (gpointer)(guintptr)rp_args_word(cli->args, i));
    line.words = (const char *const *)words->pdata;
    if (read_line(&line))
        complete(&line);
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return RP_EXIT_FAILED;
    }
    rp_cli_print(cli, "%s", line.exact->len > 0 ? line.exact->str : line.folded->str);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_complete = {
    .name = "complete",
    .run = run,
    .summary = N_("what the last word can become, for the shells"),
    .words = "-- WORD...",
    .min_words = 1,
    .max_words = WORDS_MAX,
    .is_hidden = true,
};
