/* SPDX-License-Identifier: GPL-3.0-or-later */
/* checks-mail.c - doctor's look at accounts, folders' roles and aliases */
#include <glib/gi18n.h>
#include <string.h>

#include "cli/checks.h"
#include "cli/decide.h"
#include "cli/run-sync.h"
#include "core/address.h"

enum {
    STALE_S = 2 * RP_DAY_S,
    LEAST_DELIVERIES = 3, /* to an address before it counts as an alias */
    MAX_ALIASES = 10,
    MIN_CERTIFICATE_S = 14 * RP_DAY_S, /* most are renewed a month before */
    CLOCK_S = 15 * RP_MINUTE_S,        /* as far apart as clocks may be (R1) */
};

/* What is known of one account's folders, from the server or from the database. */
typedef struct {
    guint n;
    const char *sent;     /* foreign; a folder with sent mail, or NULL */
    int64_t last_sync_at; /* of any; RP_NEVER if none was read */
} Folders;

static void
add_folder(Folders *folders, const char *name, RpRole role)
{
    folders->n++;
    if (role == RP_ROLE_SENT && folders->sent == NULL)
        folders->sent = name;
}

/* Does a shell take it as it is? */
static bool
is_plain(const char *text)
{
    return *text != '-' && text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789._@+-"
                                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

char *
rp_check_setup_of(const RpCli *cli, const RpAccountConfig *account)
{
    const char *config = rp_args_get(cli->args, "config");
    g_autofree char *path = config != NULL ? g_shell_quote(config) : NULL;
    g_autofree char *name = is_plain(account->name) ? g_strdup(account->name)
                                                    : g_shell_quote(account->name);

    return g_strconcat("riposte", path != NULL ? " --config " : "",
                       path != NULL ? path : "", " setup --account ", name, NULL);
}

static void
check_roles(const RpCli *cli, const RpAccountConfig *account, const Folders *folders,
            GPtrArray *findings)
{
    g_autofree char *setup = rp_check_setup_of(cli, account);
    g_autofree char *text = NULL;
    g_autofree char *advice = NULL;

    if (folders->n == 0)
        return;
    if (folders->sent != NULL) {
        text = g_strdup_printf(_("%s: in %s"), account->name, folders->sent);
        rp_find(findings, N_("sent mail"), RP_LEVEL_OK, text, "");
        return;
    }
    text = g_strdup_printf(_("%s: no folder with sent mail was found"), account->name);
    /* TRANSLATORS: a command, to which the option is added. */
    advice = g_strdup_printf(
        _("without it no answer is seen: %s --sent-folder NAME names it"), setup);
    rp_find(findings, N_("sent mail"), RP_LEVEL_WRONG, text, advice);
}

static void
check_age(const RpCli *cli, const RpAccountConfig *account, const Folders *folders,
          GPtrArray *findings)
{
    g_autofree char *age = NULL;
    g_autofree char *text = NULL;

    if (folders->last_sync_at == RP_NEVER) {
        text = g_strdup_printf(_("%s: was never read"), account->name);
        rp_find(findings, N_("account"), RP_LEVEL_NOTE, text, _("run riposte sync"));
        return;
    }
    age = rp_duration_format(MAX(cli->now_at - folders->last_sync_at, 0));
    text = g_strdup_printf(_("%s: last read %s ago"), account->name, age);
    if (cli->now_at - folders->last_sync_at > STALE_S)
        rp_find(findings, N_("account"), RP_LEVEL_NOTE, text,
                _("start riposted, or run riposte sync"));
    else
        rp_find(findings, N_("account"), RP_LEVEL_OK, text, "");
}

static Folders
gather_stored(const RpAccountConfig *account, const GPtrArray *rows)
{
    Folders folders = {.last_sync_at = RP_NEVER};

    for (guint i = 0; i < rows->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(rows, i);

        if (strcmp(row->account, account->name) != 0)
            continue;
        add_folder(&folders, row->name, row->role);
        if (row->last_sync_at != RP_NEVER && (folders.last_sync_at == RP_NEVER ||
                                              row->last_sync_at > folders.last_sync_at))
            folders.last_sync_at = row->last_sync_at;
    }
    return folders;
}

/* --- the login --- */

/* The caller's. */
static char *
login_advice(const RpCli *cli, const RpAccountConfig *account, int problem_code)
{
    g_autofree char *setup = rp_check_setup_of(cli, account);

    /* TRANSLATORS: in these a command: "riposte setup --account work". */
    switch (problem_code) {
    case RP_PROBLEM_NETWORK:
        return g_strdup_printf(
            _("see whether the network is there; %s changes host and port"), setup);
    case RP_PROBLEM_AUTH:
        return g_strdup_printf(*account->token_command != '\0'
                                   ? _("%s changes user and token_command")
                                   : _("%s changes user and password"),
                               setup);
    case RP_PROBLEM_TLS:
        return g_strdup_printf(_("ask whoever runs the server; if you know the"
                                 " certificate, %s takes it by --pin or --ca-file"),
                               setup);
    default:
        return g_strdup_printf(_("%s changes what is wrong in its section"), setup);
    }
}

/* The name, the chain and the pin have been judged by whoever logged in. */
static void
check_certificate(RpCli *cli, const RpAccountConfig *account, int64_t ends_at,
                  GPtrArray *findings)
{
    int64_t left_s = ends_at - cli->now_at;
    g_autofree char *day = NULL;
    g_autofree char *text = NULL;

    if (ends_at == RP_NEVER)
        return;
    day = rp_cli_format_time(cli, ends_at);
    text =
        g_strdup_printf(left_s < 0 ? _("%s: ended %s%s") : _("%s: good until %s%s"),
                        account->name, day, *account->pin != '\0' ? _(", pinned") : "");
    if (left_s < MIN_CERTIFICATE_S)
        rp_find(findings, N_("certificate"), RP_LEVEL_NOTE, text,
                _("whoever runs the server should renew it; a pin of its key outlives"
                  " that, one of the whole certificate does not"));
    else
        rp_find(findings, N_("certificate"), RP_LEVEL_OK, text, "");
}

/* False if nothing can be said of its folders. */
static bool
check_login(RpCli *cli, const RpAccountConfig *account, GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    RpLogin login;
    g_autoptr(GPtrArray) listed =
        rp_cli_list_folders(cli->config, account, &login, &error);
    g_autofree char *text = NULL;
    Folders folders = {0};

    if (listed == NULL) {
        g_autofree char *advice = login_advice(cli, account, login.problem_code);

        rp_find(findings,
                login.problem_code == RP_PROBLEM_TLS ? N_("certificate") : N_("login"),
                RP_LEVEL_WRONG, error->message, advice);
        return false;
    }
    for (guint i = 0; i < listed->len; i++) {
        const RpFolderInfo *info = g_ptr_array_index(listed, i);

        add_folder(&folders, info->name, info->role);
    }
    text = g_strdup_printf(ngettext("%s: %u folder", "%s: %u folders", folders.n),
                           account->name, folders.n);
    rp_find(findings, N_("login"), RP_LEVEL_OK, text, "");
    check_certificate(cli, account, login.certificate_ends_at, findings);
    check_roles(cli, account, &folders, findings);
    return true;
}

static void
check_path(const RpAccountConfig *account, GPtrArray *findings)
{
    g_autofree char *text = g_strdup_printf("%s: %s", account->name, account->path);

    if (account->type != RP_SOURCE_IMAP &&
        !g_file_test(account->path, G_FILE_TEST_EXISTS))
        rp_find(findings, N_("account"), RP_LEVEL_WRONG, text,
                _("there is no such file or folder: mend path="));
}

/* The machine's clock, whatever --now says: what was read cannot be of the future. */
static void
check_clock(RpCli *cli, const GPtrArray *rows, GPtrArray *findings)
{
    int64_t now_at = g_get_real_time() / G_USEC_PER_SEC;
    int64_t last_at = INT64_MIN;
    g_autofree char *day = NULL;
    g_autofree char *text = NULL;

    for (guint i = 0; i < rows->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(rows, i);

        if (row->last_sync_at != RP_NEVER)
            last_at = MAX(last_at, row->last_sync_at);
    }
    if (last_at == INT64_MIN)
        return;
    day = rp_cli_format_time(cli, last_at > now_at + CLOCK_S ? last_at : now_at);
    if (last_at <= now_at + CLOCK_S) {
        rp_find(findings, N_("clock"), RP_LEVEL_OK, day, "");
        return;
    }
    text = g_strdup_printf(_("mail was read at %s, which is yet to come"), day);
    rp_find(
        findings, N_("clock"), RP_LEVEL_WRONG, text,
        _("set the clock (timedatectl set-ntp true): all waits are measured by it"));
}

void
rp_check_accounts(RpCli *cli, bool is_online, GPtrArray *findings)
{
    g_autoptr(GPtrArray) rows =
        cli->store != NULL ? rp_store_load_folders(cli->store, NULL) : NULL;

    if (rows != NULL)
        check_clock(cli, rows, findings);
    for (guint i = 0; i < cli->config->accounts->len; i++) {
        const RpAccountConfig *account = g_ptr_array_index(cli->config->accounts, i);
        Folders stored = {.last_sync_at = RP_NEVER};

        if (rows != NULL)
            stored = gather_stored(account, rows);
        check_path(account, findings);
        check_age(cli, account, &stored, findings);
        if (!is_online || !check_login(cli, account, findings))
            check_roles(cli, account, &stored, findings);
    }
}

static bool
is_mine(const RpView *view, const char *text)
{
    const GPtrArray *me = view->config->policy->me;

    for (guint i = 0; i < me->len; i++) {
        if (rp_address_matches(text, g_ptr_array_index(me, i)))
            return true;
    }
    for (guint i = 0; i < view->corpus->addresses->len; i++) {
        if (view->derivation->is_me[i] &&
            strcmp(g_array_index(view->corpus->addresses, RpAddress, i).text, text) ==
                0)
            return true;
    }
    return false;
}

static bool
is_list(const RpView *view, const char *address)
{
    guint found =
        GPOINTER_TO_UINT(g_hash_table_lookup(view->corpus->address_index, address));

    return found > 0 && rp_is_list(view->derivation, found - 1, RP_NONE);
}

void
rp_check_aliases(RpCli *cli, GPtrArray *findings)
{
    g_autoptr(GPtrArray) addresses = NULL;
    g_autoptr(GArray) counts = NULL;
    const RpView *view = cli->store != NULL ? rp_cli_view(cli, NULL) : NULL;
    guint n = 0;

    if (view == NULL ||
        !rp_store_load_delivered_to(cli->store, &addresses, &counts, NULL))
        return;
    for (guint i = 0; i < addresses->len && n < MAX_ALIASES; i++) {
        const char *address = g_ptr_array_index(addresses, i);
        uint32_t count = g_array_index(counts, uint32_t, i);
        g_autofree char *text = g_strdup_printf(
            ngettext("%u message came to %s", "%u messages came to %s", count), count,
            address);

        if (count < LEAST_DELIVERIES || is_mine(view, address) ||
            is_list(view, address))
            continue;
        rp_find(findings, N_("alias"), RP_LEVEL_NOTE, text,
                _("if that is you, add it to addresses= of [me]"));
        n++;
    }
}
