/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-open.c - riposte open: shows the message in the mail program */
#include "cli/command.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "config/opener.h"
#include "report/text.h"

static const RpOption OPTIONS[] = {
    {"print", NULL, N_("print the command, one argument a line; run nothing"), 0,
     false},
    {NULL, NULL, NULL, 0, false},
};

static const RpFolder *
folder_of(const RpView *view, const RpFollowup *followup)
{
    const RpDerivation *derivation = view->derivation;
    const RpMessage *message =
        &g_array_index(derivation->messages, RpMessage, followup->message);
    const RpCopy *copy = rp_message_copy(derivation, message);

    return &g_array_index(derivation->corpus->folders, RpFolder, copy->folder);
}

static char *
mailbox_of(const RpCli *cli, const RpFollowup *followup)
{
    const RpFolder *folder = folder_of(cli->view, followup);

    return rp_opener_mailbox(cli->config, folder->account, folder->name);
}

static RpOpenTarget
target_of(const RpView *view, const RpFollowup *followup)
{
    const RpDerivation *derivation = view->derivation;
    const RpCorpus *corpus = derivation->corpus;
    const RpMessage *message =
        &g_array_index(derivation->messages, RpMessage, followup->message);
    const RpCopy *copy = rp_message_copy(derivation, message);

    return (RpOpenTarget){
        .message_id = rp_message_id(derivation, message),
        .address = g_array_index(corpus->addresses, RpAddress, followup->address).text,
        .folder = folder_of(view, followup)->name,
        .subject = copy->subject,
        .uid = copy->uid,
    };
}

/* As they are for programs, cleaned for the terminal. */
static void
print_arguments(RpCli *cli, char **argv)
{
    for (char **argument = argv; *argument != NULL; argument++) {
        g_autofree char *clean = rp_text_clean(*argument, 0);

        rp_cli_print(cli, "%s\n", cli->is_terminal ? clean : *argument);
    }
}

/* A program with a window is left to itself; one of the terminal is waited for. */
static bool
launch(char **argv, bool is_window, GError **error)
{
    g_autoptr(GError) local = NULL;
    int status = 0;

    if (is_window ? g_spawn_async(NULL, argv, NULL,
                                  G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                                      G_SPAWN_STDERR_TO_DEV_NULL,
                                  NULL, NULL, NULL, &local)
                  : g_spawn_sync(NULL, argv, NULL,
                                 G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN,
                                 NULL, NULL, NULL, NULL, &status, &local) &&
                        g_spawn_check_wait_status(status, &local))
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, "%s: %s", argv[0],
                local->message);
    return false;
}

static RpExit
run(RpCli *cli, GError **error)
{
    const RpFollowup *followup =
        rp_cli_find_followup(cli, rp_args_word(cli->args, 0), error);
    const char *command;
    g_auto(GStrv) argv = NULL;
    g_autofree char *mailbox = NULL;
    RpOpenTarget target;

    if (followup == NULL)
        return RP_EXIT_NOT_FOUND;
    if (followup->event != NULL) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    /* TRANSLATORS: an id, and "missed call" or the like. */
                    _("%s is a %s: there is no message to open"),
                    rp_followup_id(followup), _(rp_event_title(followup->event)));
        return RP_EXIT_FAILED;
    }
    command = cli->config->notify.open_command;
    mailbox = mailbox_of(cli, followup);
    target = target_of(cli->view, followup);
    target.mailbox = mailbox;
    argv = rp_opener_argv(command, &target, error);
    if (argv == NULL)
        return RP_EXIT_FAILED;
    if (rp_args_has(cli->args, "print")) {
        print_arguments(cli, argv);
        return RP_EXIT_DONE;
    }
    return launch(argv, rp_opener_is_window(command), error) ? RP_EXIT_DONE
                                                             : RP_EXIT_FAILED;
}

const RpCommand rp_cmd_open = {
    .name = "open",
    .run = run,
    .summary = N_("shows the message in your mail program (open_command)"),
    .options = OPTIONS,
    .words = "ID",
    .min_words = 1,
    .max_words = 1,
};
