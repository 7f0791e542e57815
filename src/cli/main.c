/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c - from the command line to a command, and back to an exit status */
#include <config.h>

#include "cli/command.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "config/nearest.h"
#include "view/saved.h"

const RpOption RP_GLOBAL_OPTIONS[] = {
    {"config", "FILE", N_("the configuration, instead of the usual one"), 0, false},
    {"db", "FILE", N_("the database, instead of the usual one"), 0, false},
    {"now", "INSTANT", N_("as of then (ISO 8601), not of now"), 0, false},
    {"json", NULL, N_("JSON, for programs"), 0, false},
    {"color", "WHEN", N_("auto, always or never"), 0, false},
    {"verbose", NULL, N_("say more on standard error"), 0, false},
    {"version", NULL, N_("print the version"), 0, false},
    {"help", NULL, N_("print this"), 'h', false},
    {NULL, NULL, NULL, 0, false},
};

const RpChoice RP_GLOBAL_CHOICES[] = {
    {"color", "auto|always|never"},
    {NULL, NULL},
};

const char RP_DEFAULT_COMMAND[] = "list";

static void
set_unknown_command(GError **error, const char *name)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *near;
    g_autofree char *guess = NULL;

    for (const RpCommand *const *command = RP_COMMANDS; *command != NULL; command++) {
        if (!(*command)->is_hidden)
            g_ptr_array_add(names, (gpointer)(guintptr)(*command)->name);
    }
    near = rp_nearest(name, (const char *const *)names->pdata, names->len);
    guess = near != NULL ? rp_args_guess(near) : g_strdup(_("; see riposte --help"));
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, _("unknown command \"%s\"%s"),
                name, guess);
}

static bool
has_value(const RpOption *options, const char *name)
{
    for (; options != NULL && options->name != NULL; options++) {
        if (options->value != NULL && strcmp(options->name, name) == 0)
            return true;
    }
    return false;
}

/* Does this option take the word behind it? Its command may still be to come; what
 * has a value for one command has one for all. */
static bool
takes_next_word(const char *word)
{
    const RpCommand *const *command = RP_COMMANDS;

    if (!g_str_has_prefix(word, "--"))
        return false;
    if (has_value(RP_GLOBAL_OPTIONS, word + 2))
        return true;
    while (*command != NULL && !has_value((*command)->options, word + 2))
        command++;
    return *command != NULL;
}

/* Where the command's name stands, or n: options may come before it. */
static size_t
find_command_word(const char *const *words, size_t n)
{
    size_t i = 0;

    for (; i < n && words[i][0] == '-'; i++) {
        if (strcmp(words[i], "--") == 0)
            return i + 1;
        if (takes_next_word(words[i]))
            i++;
    }
    return MIN(i, n);
}

static bool
check_word_count(const RpCli *cli, GError **error)
{
    const RpCommand *command = cli->command;
    size_t n = rp_args_n_words(cli->args);

    if (n < command->min_words) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("%s needs %s; see riposte %s --help"), command->name,
                    command->words, command->name);
        return false;
    }
    if (n > command->max_words) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("%s: \"%s\" is one word too many; see riposte %s --help"),
                    command->name, rp_args_word(cli->args, command->max_words),
                    command->name);
        return false;
    }
    return true;
}

static bool
choose_color(RpCli *cli, GError **error)
{
    static const char *const choices[] = {"auto", "always", "never"};
    const char *no_color = g_getenv("NO_COLOR");
    const char *term = g_getenv("TERM");
    size_t chosen;

    if (!rp_args_choose(cli->args, "color", choices, G_N_ELEMENTS(choices), 0, &chosen,
                        error))
        return false;
    cli->has_color = chosen == 1 || (chosen == 0 && cli->is_terminal &&
                                     (no_color == NULL || *no_color == '\0') &&
                                     g_strcmp0(term, "dumb") != 0);
    return true;
}

static int
terminal_width(void)
{
    const char *columns = g_getenv("COLUMNS");
    struct winsize size = {0};
    guint64 width = 0;

    if (columns != NULL &&
        g_ascii_string_to_unsigned(columns, 10, 20, 10000, &width, NULL))
        return (int)width;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        return size.ws_col;
    return 80;
}

/* An instant without an offset is read again once the configured zone is known. */
static bool
set_now(RpCli *cli, GError **error)
{
    cli->now_at = g_get_real_time() / G_USEC_PER_SEC;
    cli->now_text = rp_args_get(cli->args, "now");
    return cli->now_text == NULL ||
           rp_cli_parse_instant(cli, cli->now_text, "--now", &cli->now_at, error);
}

/* Finds the command and reads its options. */
static bool
read_command_line(RpCli *cli, const char *const *words, size_t n, GError **error)
{
    size_t at = find_command_word(words, n);
    const char *name = at < n ? words[at] : RP_DEFAULT_COMMAND;
    g_autoptr(GPtrArray) others = g_ptr_array_new();

    for (size_t i = 0; i < n; i++) {
        if (i != at)
            g_ptr_array_add(others, (gpointer)(guintptr)words[i]);
    }
    cli->command = rp_cli_find_command(name);
    if (cli->command == NULL && at < n) {
        set_unknown_command(error, name);
        return false;
    }
    cli->args = rp_args_parse(
        (const char *const *)others->pdata, others->len, RP_GLOBAL_OPTIONS,
        cli->command != NULL ? cli->command->options : NULL, error);
    return cli->args != NULL;
}

/* An empty name is a variable of a script that was never set. */
static bool
check_path(const RpCli *cli, const char *option, GError **error)
{
    const char *path = rp_args_get(cli->args, option);

    if (path == NULL || *path != '\0')
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, _("--%s needs a value: %s"),
                option, "FILE");
    return false;
}

static bool
read_globals(RpCli *cli, GError **error)
{
    const char *config = rp_args_get(cli->args, "config");
    const char *db = rp_args_get(cli->args, "db");

    cli->config_path = config != NULL ? g_strdup(config) : rp_config_default_path();
    cli->db_path = db != NULL ? g_strdup(db) : rp_config_default_db();
    cli->is_json = rp_args_has(cli->args, "json");
    if (cli->is_json) { /* sentences for programs stay as documented */
        setlocale(LC_MESSAGES, "C");
        setlocale(LC_TIME, "C");
    }
    cli->is_verbose = rp_args_has(cli->args, "verbose");
    cli->is_terminal = isatty(STDOUT_FILENO);
    cli->width = terminal_width();
    g_log_set_debug_enabled(cli->is_verbose);
    return check_path(cli, "config", error) && check_path(cli, "db", error) &&
           choose_color(cli, error) && set_now(cli, error) &&
           check_word_count(cli, error);
}

static RpExit
run(RpCli *cli, const char *const *words, size_t n, GError **error)
{
    bool has_command = find_command_word(words, n) < n;

    if (!read_command_line(cli, words, n, error))
        return RP_EXIT_USAGE;
    if (rp_args_has(cli->args, "version")) {
        rp_cli_print(cli, "riposte %s\n", PACKAGE_VERSION);
        return RP_EXIT_DONE;
    }
    if (rp_args_has(cli->args, "help")) {
        if (has_command)
            rp_cli_print_command_help(cli, cli->command);
        else
            rp_cli_print_help(cli);
        return RP_EXIT_DONE;
    }
    if (!read_globals(cli, error))
        return RP_EXIT_USAGE;
    return cli->command->run(cli, error);
}

/* A reader that went away (head, less) is no failure; a full disk is. */
static bool
flush_output(GError **error)
{
    if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE)
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                _("cannot write to standard output: %s"), g_strerror(errno));
    return false;
}

static void
cli_clear(RpCli *cli)
{
    g_clear_pointer(&cli->view, rp_view_free);
    g_clear_pointer(&cli->store, rp_store_close);
    g_clear_pointer(&cli->config, rp_config_free);
    g_clear_pointer(&cli->args, rp_args_free);
    g_clear_pointer(&cli->local, g_time_zone_unref);
    g_free(cli->config_path);
    g_free(cli->db_path);
}

int
rp_cli_main(int argc, char **argv)
{
    RpCli cli = {.local = g_time_zone_new_local(), .width = 80};
    g_autoptr(GError) error = NULL;
    RpExit status;

    g_set_prgname("riposte");
    g_log_writer_default_set_use_stderr(TRUE); /* whatever G_MESSAGES_DEBUG asks for */
    status = run(&cli, (const char *const *)argv + 1, (size_t)MAX(argc - 1, 0), &error);
    if (error == NULL && !flush_output(&error))
        status = RP_EXIT_FAILED;
    if (error != NULL) {
        rp_cli_warn("%s", error->message);
        status = rp_cli_exit_of(error);
    }
    if (cli.view != NULL)
        rp_view_save(cli.view, cli.store);
    cli_clear(&cli);
    return (int)status;
}
