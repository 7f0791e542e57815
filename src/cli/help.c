/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help.c - what --help prints */
#include "cli/command.h"

#include <glib/gi18n.h>

enum { NAME_COLUMNS = 16, OPTION_COLUMNS = 28 };

static void
print_options(RpCli *cli, const RpOption *options)
{
    for (const RpOption *option = options; option->name != NULL; option++) {
        g_autofree char *letter = option->letter != 0
                                      ? g_strdup_printf("-%c, ", option->letter)
                                      : g_strdup("");
        g_autofree char *form = g_strdup_printf(
            "%s--%s%s%s", letter, option->name, option->value != NULL ? "=" : "",
            option->value != NULL ? option->value : "");

        rp_cli_print(cli, "  %-*s %s%s\n", OPTION_COLUMNS, form, _(option->help),
                     option->is_many ? _(" (may be repeated)") : "");
    }
}

void
rp_cli_print_help(RpCli *cli)
{
    rp_cli_print(cli,
                 _("Usage: riposte [COMMAND] [OPTION...]\n\n"
                   "Keeps the promise to answer: who waits for whom, and how long.\n"
                   "Without a command it prints what is due now.\n\nCommands:\n"));
    for (const RpCommand *const *command = RP_COMMANDS; *command != NULL; command++) {
        if (!(*command)->is_hidden)
            rp_cli_print(cli, "  %-*s %s\n", NAME_COLUMNS, (*command)->name,
                         _((*command)->summary));
    }
    rp_cli_print(cli, _("\nOptions of every command:\n"));
    print_options(cli, RP_GLOBAL_OPTIONS);
    rp_cli_print(cli, _("\n'riposte COMMAND --help' tells more.\n"
                        "Exit status: 0 done, 1 failed, 2 usage, 3 nothing found,"
                        " 75 try later.\n"));
}

void
rp_cli_print_command_help(RpCli *cli, const RpCommand *command)
{
    rp_cli_print(cli, _("Usage: riposte %s%s%s [OPTION...]\n\n%s\n"), command->name,
                 command->words != NULL ? " " : "",
                 command->words != NULL ? command->words : "", _(command->summary));
    if (command->help != NULL)
        rp_cli_print(cli, "\n%s\n", _(command->help));
    if (command->options != NULL) {
        rp_cli_print(cli, _("\nOptions:\n"));
        print_options(cli, command->options);
    }
    rp_cli_print(cli, _("\nOptions of every command:\n"));
    print_options(cli, RP_GLOBAL_OPTIONS);
}
