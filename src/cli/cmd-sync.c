/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-sync.c - riposte sync: reads the mailboxes now */
#include <glib/gi18n.h>
#include <inttypes.h>

#include "cli/daemon.h"
#include "cli/json-out.h"
#include "cli/run-sync.h"
#include "config/nearest.h"
#include "report/json.h"
#include "report/text.h"

static const RpOption OPTIONS[] = {
    {"account", "NAME", N_("this account alone"), 0, true},
    {"rebuild", NULL, N_("forget what was read and read all of it again"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

static bool
add_account(const RpConfig *config, const char *name, GPtrArray *chosen, GError **error)
{
    const RpAccountConfig *account = rp_config_find_account(config, name);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *near;
    g_autofree char *guess = NULL;

    if (account != NULL) {
        g_ptr_array_add(chosen, (gpointer)(guintptr)account);
        return true;
    }
    for (guint i = 0; i < config->accounts->len; i++) {
        account = g_ptr_array_index(config->accounts, i);
        g_ptr_array_add(names, account->name);
    }
    near = rp_nearest(name, (const char *const *)names->pdata, names->len);
    guess = near != NULL ? rp_args_guess(near) : g_strdup(_("; see riposte status"));
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("there is no account \"%s\"%s"), name, guess);
    return false;
}

/* The accounts to read, of const RpAccountConfig *; NULL with an error. */
static GPtrArray *
choose_accounts(RpCli *cli, const RpConfig *config, GError **error)
{
    const GPtrArray *names = rp_args_get_all(cli->args, "account");
    g_autoptr(GPtrArray) chosen = g_ptr_array_new();

    for (guint i = 0; i < names->len; i++) {
        if (!add_account(config, g_ptr_array_index(names, i), chosen, error))
            return NULL;
    }
    for (guint i = 0; names->len == 0 && i < config->accounts->len; i++)
        g_ptr_array_add(chosen, g_ptr_array_index(config->accounts, i));
    if (chosen->len == 0) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("%s has no account: run riposte setup"), config->path);
        return NULL;
    }
    return g_steal_pointer(&chosen);
}

static bool
is_held_by_daemon(const RpCli *cli)
{
    g_autofree char *holder = rp_cli_lock_holder(cli->db_path);

    return holder != NULL && g_str_has_prefix(holder, "daemon");
}

static bool
lock(const RpCli *cli, GError **error)
{
    g_autoptr(GError) local = NULL;

    if (rp_store_lock(cli->store, "sync", &local))
        return true;
    if (is_held_by_daemon(cli))
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_LATER,
                    _("riposted is running and reads the mail by itself; to read it by"
                      " hand, stop it first: systemctl --user stop riposte"));
    else
        g_propagate_error(error, g_steal_pointer(&local));
    return false;
}

static void
print_result(RpCli *cli, const RpSyncResult *result)
{
    for (guint i = 0; i < result->outcomes->len; i++) {
        const RpSyncOutcome *outcome = g_ptr_array_index(result->outcomes, i);

        g_autofree char *folders =
            g_strdup_printf(ngettext("%u folder", "%u folders", outcome->n_folders),
                            outcome->n_folders);

        /* TRANSLATORS: an account, how many messages, and "3 folders". */
        rp_cli_print(cli,
                     ngettext("%s: %" PRIu64 " message read in %s",
                              "%s: %" PRIu64 " messages read in %s",
                              (gulong)outcome->n_messages),
                     outcome->account, outcome->n_messages, folders);
        if (outcome->n_unreadable > 0)
            rp_cli_print(
                cli,
                ngettext(", %u unreadable", ", %u unreadable", outcome->n_unreadable),
                outcome->n_unreadable);
        rp_cli_print(cli, "%s\n",
                     outcome->message != NULL ? _("; failed")
                     : result->is_interrupted ? _("; stopped")
                                              : "");
    }
}

static void
print_json(RpCli *cli, const RpSyncResult *result)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.sync/1");
    rp_json_add_bool(builder, "interrupted", result->is_interrupted);
    json_builder_set_member_name(builder, "accounts");
    json_builder_begin_array(builder);
    for (guint i = 0; i < result->outcomes->len; i++) {
        const RpSyncOutcome *outcome = g_ptr_array_index(result->outcomes, i);

        json_builder_begin_object(builder);
        rp_json_add_text(builder, "name", outcome->account);
        rp_json_add_int(builder, "messages", (int64_t)outcome->n_messages);
        rp_json_add_int(builder, "folders", outcome->n_folders);
        rp_json_add_int(builder, "unreadable", outcome->n_unreadable);
        rp_json_add_text(builder, "problem", outcome->message);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}

/* The accounts have said what is wrong. */
static RpExit
exit_of(const RpSyncResult *result)
{
    RpExit status = result->is_interrupted ? RP_EXIT_LATER : RP_EXIT_DONE;

    for (guint i = 0; i < result->outcomes->len; i++) {
        const RpSyncOutcome *outcome = g_ptr_array_index(result->outcomes, i);

        if (outcome->message != NULL && !outcome->is_later)
            return RP_EXIT_FAILED;
        if (outcome->message != NULL)
            status = RP_EXIT_LATER;
    }
    return status;
}

/* --- by riposted, where it runs --- */

/* How many messages came, riposted does not tell. */
static void
add_asked(JsonBuilder *builder, const char *name, const char *problem)
{
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "name", name);
    rp_json_add_text(builder, "messages", NULL);
    rp_json_add_text(builder, "folders", NULL);
    rp_json_add_text(builder, "unreadable", NULL);
    rp_json_add_text(builder, "problem", problem);
    json_builder_end_object(builder);
}

static bool
is_chosen(const GPtrArray *accounts, const char *name)
{
    for (guint i = 0; i < accounts->len; i++) {
        const RpAccountConfig *account = g_ptr_array_index(accounts, i);

        if (g_str_equal(account->name, name))
            return true;
    }
    return false;
}

/* One that was configured a moment ago. */
static RpExit
tell_unknown(const GPtrArray *accounts, GVariant *asked)
{
    RpExit status = RP_EXIT_DONE;

    for (guint i = 0; i < accounts->len; i++) {
        const RpAccountConfig *account = g_ptr_array_index(accounts, i);
        GVariantIter iter;
        const char *name;
        bool is_known = false;

        g_variant_iter_init(&iter, asked);
        while (!is_known && g_variant_iter_next(&iter, "(&s&s)", &name, NULL))
            is_known = g_str_equal(name, account->name);
        if (is_known)
            continue;
        rp_cli_warn(
            _("%s: riposted does not know it yet; try again, or send it SIGHUP"),
            account->name);
        status = RP_EXIT_LATER;
    }
    return status;
}

static RpExit
print_asked(RpCli *cli, const GPtrArray *accounts, GVariant *asked)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    RpExit status = RP_EXIT_DONE;
    GVariantIter iter;
    const char *name, *problem;

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.sync/1");
    rp_json_add_bool(builder, "interrupted", false);
    json_builder_set_member_name(builder, "accounts");
    json_builder_begin_array(builder);
    g_variant_iter_init(&iter, asked);
    while (g_variant_iter_next(&iter, "(&s&s)", &name, &problem)) {
        g_autofree char *text = rp_text_clean(problem, 0);

        if (!is_chosen(accounts, name))
            continue;
        add_asked(builder, name, text);
        if (*text != '\0') {
            status = RP_EXIT_FAILED;
            g_printerr("riposte: %s\n", text);
        }
        if (!cli->is_json)
            rp_cli_print(cli, _("%s: read by riposted%s\n"), name,
                         *text == '\0' ? "" : _("; failed"));
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    if (cli->is_json)
        rp_cli_print_json(cli, builder);
    return status == RP_EXIT_DONE ? tell_unknown(accounts, asked) : status;
}

/* NULL if it does not run, or not on this session's bus. */
static GVariant *
ask_daemon(const RpCli *cli)
{
    return is_held_by_daemon(cli) ? rp_cli_sync_by_daemon(cli->db_path) : NULL;
}

static RpExit
run(RpCli *cli, GError **error)
{
    const RpConfig *config = rp_cli_config(cli, error);
    g_autoptr(GPtrArray) accounts = NULL;
    g_autoptr(RpSyncResult) result = NULL;
    g_autoptr(GVariant) asked = NULL;
    bool is_rebuild = rp_args_has(cli->args, "rebuild");

    if (config == NULL)
        return RP_EXIT_FAILED;
    if (is_rebuild && rp_args_has(cli->args, "account")) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("--rebuild is for all accounts; leave --account out"));
        return RP_EXIT_USAGE;
    }
    accounts = choose_accounts(cli, config, error);
    if (accounts == NULL)
        return RP_EXIT_FAILED;
    if (!is_rebuild && (asked = ask_daemon(cli)) != NULL)
        return print_asked(cli, accounts, asked);
    if (rp_cli_store(cli, error) == NULL || !lock(cli, error) ||
        (is_rebuild && !rp_store_drop_fetched(cli->store, error)))
        return RP_EXIT_FAILED;
    result = rp_cli_run_sync(cli, accounts, RP_NEVER);
    if (!rp_store_checkpoint_wal(cli->store, error))
        return RP_EXIT_FAILED;
    if (cli->is_json)
        print_json(cli, result);
    else
        print_result(cli, result);
    return exit_of(result);
}

const RpCommand rp_cmd_sync = {
    .name = "sync",
    .run = run,
    .summary = N_("reads the mailboxes now"),
    .options = OPTIONS,
};
