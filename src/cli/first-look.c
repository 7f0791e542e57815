/* SPDX-License-Identifier: GPL-3.0-or-later */
/* first-look.c - the first 30 days, a notice, and riposted */
#include "cli/first-look.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "cli/daemon.h"
#include "cli/notice.h"
#include "cli/prompt.h"
#include "cli/run-sync.h"
#include "config/edit.h"
#include "report/text.h"

enum { FIRST_DAYS = 30, MAX_QUESTIONS = 10 };

static const char *const STEPS[] = {"read", "notice", "enable"};
static const char *const CHOICES[] = {"no", "yes", "ask"};
enum { ASK = 2 };

bool
rp_first_look_check(const RpCli *cli, GError **error)
{
    size_t chosen;

    for (size_t i = 0; i < G_N_ELEMENTS(STEPS); i++) {
        if (!rp_args_choose(cli->args, STEPS[i], CHOICES, ASK, ASK, &chosen, error))
            return false;
    }
    return true;
}

static bool
is_wanted(const RpAnswers *answers, const char *step, const char *question)
{
    size_t chosen = ASK;

    rp_args_choose(answers->cli->args, step, CHOICES, ASK, ASK, &chosen, NULL);
    if (chosen != ASK)
        return chosen == 1;
    return answers->is_asking && !rp_prompt_is_ended() &&
           rp_prompt_confirm(question, true);
}

/* Whoever does not want the login is not asked for a reading. */
static bool
may_read(const RpAnswers *answers)
{
    const RpArgs *args = answers->cli->args;

    return rp_args_has(args, "read") || !rp_args_has(args, "no-login");
}

static void
note_failure(RpExit *status, RpExit failure, const char *what)
{
    rp_cli_warn("%s", what);
    if (*status == RP_EXIT_DONE)
        *status = failure;
}

static bool
has_daemon(const RpCli *cli)
{
    g_autofree char *holder = rp_cli_lock_holder(cli->db_path);

    return holder != NULL && g_str_has_prefix(holder, "daemon");
}

/* --- my addresses --- */

static void
reload(RpCli *cli)
{
    rp_cli_forget_view(cli);
    g_clear_pointer(&cli->config, rp_config_free);
}

/* Mine from here on, or none of the learned ones any more. */
static bool
write_address(RpCli *cli, const char *address, bool is_mine, GError **error)
{
    g_autofree char *text = NULL;
    g_autofree char *old = NULL;
    g_autofree char *list = NULL;
    g_autofree char *changed = NULL;

    if (!g_file_get_contents(cli->config_path, &text, NULL, error))
        return false;
    if (is_mine) {
        old = rp_config_text_get(text, "me", "addresses");
        list = g_strdup_printf("%s%s%s", old != NULL ? old : "",
                               old == NULL || g_str_has_suffix(old, ";") ? "" : ";",
                               address);
        changed = rp_config_text_set(text, "me", "addresses", list);
    } else {
        changed = rp_config_text_set(text, "policy", "learn_addresses", "false");
    }
    return rp_config_save(cli->config_path, changed, error);
}

static bool
take_address(const RpAnswers *answers, const char *address, GError **error)
{
    g_autofree char *text = rp_text_clean(address, 0);
    g_autofree char *question =
        g_strdup_printf(_("%s stands in From of your sent mail: is it yours?"), text);
    bool is_mine;

    if (!answers->is_asking || rp_prompt_is_ended()) {
        rp_cli_print(answers->cli, _("Yours too, as your sent mail says: %s\n"), text);
        return true;
    }
    is_mine = rp_prompt_confirm(question, true);
    if (rp_prompt_is_ended()) {
        rp_cli_warn(_("nothing was decided: %s stays learned from sent mail"), text);
        return true;
    }
    return write_address(answers->cli, address, is_mine, error);
}

/* The addresses that sent mail tells of, which need somebody's consent. */
static bool
show_learned(const RpAnswers *answers, GError **error)
{
    RpCli *cli = answers->cli;
    const RpView *view = rp_cli_view(cli, error);
    guint n = 0;

    if (view == NULL)
        return false;
    for (guint i = 0; i < view->corpus->addresses->len && n < MAX_QUESTIONS; i++) {
        if (!view->derivation->is_learned[i])
            continue;
        n++;
        if (!take_address(answers,
                          g_array_index(view->corpus->addresses, RpAddress, i).text,
                          error))
            return false;
    }
    if (n > 0)
        reload(cli);
    return true;
}

/* --- the first days --- */

/* The exit status of a reading that told by itself what went wrong. */
static RpExit
read_days(RpCli *cli, const char *name, GError **error)
{
    g_autoptr(GPtrArray) accounts = g_ptr_array_new();
    g_autoptr(RpSyncResult) result = NULL;
    const RpConfig *config = rp_cli_config(cli, error);
    const RpSyncOutcome *outcome;

    if (config == NULL || rp_cli_store(cli, error) == NULL ||
        !rp_store_lock(cli->store, "sync", error))
        return RP_EXIT_FAILED;
    g_ptr_array_add(accounts, (gpointer)(guintptr)rp_config_find_account(config, name));
    result =
        rp_cli_run_sync(cli, accounts, cli->now_at - FIRST_DAYS * (int64_t)RP_DAY_S);
    outcome = g_ptr_array_index(result->outcomes, 0);
    rp_cli_print(cli,
                 ngettext("%" PRIu64 " message of the last %d days read\n",
                          "%" PRIu64 " messages of the last %d days read\n",
                          (gulong)outcome->n_messages),
                 outcome->n_messages, FIRST_DAYS);
    if (outcome->message != NULL)
        return outcome->is_later ? RP_EXIT_LATER : RP_EXIT_FAILED;
    return result->is_interrupted ? RP_EXIT_LATER : RP_EXIT_DONE;
}

static RpExit
look(const RpAnswers *answers, GError **error)
{
    RpCli *cli = answers->cli;
    RpExit status = read_days(cli, answers->account, error);

    if (status != RP_EXIT_DONE || !show_learned(answers, error))
        return status != RP_EXIT_DONE ? status : RP_EXIT_FAILED;
    rp_cli_print(cli, "\n");
    status = rp_cli_find_command("list")->run(cli, error);
    rp_cli_print(cli, _("\nWhat is older is read by riposte sync, or by riposted.\n"));
    return status;
}

/* --- the desktop --- */

static void
show_notice(RpCli *cli, RpExit *status)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;

    if (rp_notice_show_once(_("Somebody waits for your answer"),
                            _("riposted reminds you like this. This is only a test."),
                            &error)) {
        rp_cli_print(cli, _("A test notice is on your desktop now.\n"));
        return;
    }
    text = g_strdup_printf(_("no notice could be shown: %s"), error->message);
    note_failure(status, RP_EXIT_FAILED, text);
}

static bool
enable(RpCli *cli, RpExit *status)
{
    static const char *const argv[] = {"systemctl", "--user",  "enable",
                                       "--now",     "riposte", NULL};
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    int wait_status = 0;

    rp_cli_flush(cli);
    if (g_spawn_sync(NULL, (char **)(guintptr)argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL,
                     NULL, NULL, &wait_status, &error) &&
        g_spawn_check_wait_status(wait_status, &error)) {
        rp_cli_print(cli, _("riposted runs now, and after each login.\n"));
        return true;
    }
    text =
        g_strdup_printf(_("systemctl --user enable --now riposte: %s; without systemd"
                          " let your desktop start riposted"),
                        error->message);
    note_failure(status, RP_EXIT_FAILED, text);
    return false;
}

/* --- all of it --- */

RpExit
rp_first_look(RpCli *cli, const RpAnswers *answers, GError **error)
{
    RpExit status = RP_EXIT_DONE;
    bool is_running = has_daemon(cli);
    bool is_read = false;

    if (is_running) {
        rp_cli_print(cli, _("riposted is running, and reads the account by itself.\n"));
    } else if (may_read(answers) &&
               is_wanted(answers, "read",
                         _("Read the last 30 days now, and show who waits?"))) {
        is_read = true;
        status = look(answers, error);
        if (*error != NULL)
            return status;
    }
    if (is_wanted(answers, "notice", _("Show a test notice?")))
        show_notice(cli, &status);
    if (!is_running &&
        is_wanted(answers, "enable",
                  _("Let riposted remind you, now and after each login?")))
        is_running = enable(cli, &status);
    if (!is_read && !is_running)
        rp_cli_print(cli, _("Next: riposte sync, then riposte\n"));
    if (!is_running)
        rp_cli_print(cli, _("For reminders: systemctl --user enable --now riposte\n"));
    return status;
}
