/* SPDX-License-Identifier: GPL-3.0-or-later */
/* checks-mail.c - doctor's look at accounts, folders' roles and aliases */
#include <string.h>

#include "cli/checks.h"
#include "cli/run-sync.h"
#include "core/address.h"

enum {
    STALE_S = 2 * RP_DAY_S,
    LEAST_DELIVERIES = 3, /* to an address before it counts as an alias */
    MAX_ALIASES = 10,
};

/* What is known of one account's folders, from the server or from the database. */
typedef struct {
    guint n;
    bool has_sent, has_inbox;
    int64_t last_sync_at; /* of any; RP_NEVER if none was read */
} Folders;

static void
add_role(Folders *folders, RpRole role)
{
    folders->n++;
    folders->has_sent = folders->has_sent || role == RP_ROLE_SENT;
    folders->has_inbox = folders->has_inbox || role == RP_ROLE_INBOX;
}

static void
check_roles(const RpAccountConfig *account, const Folders *folders, GPtrArray *findings)
{
    g_autofree char *text =
        g_strdup_printf("%s: no folder with sent mail was found", account->name);

    if (folders->n > 0 && !folders->has_sent)
        rp_find(findings, "sent mail", RP_LEVEL_WRONG, text,
                "without it no answer is seen: write sent_folders= into the account");
}

static void
check_age(const RpCli *cli, const RpAccountConfig *account, const Folders *folders,
          GPtrArray *findings)
{
    g_autofree char *age = NULL;
    g_autofree char *text = NULL;

    if (folders->last_sync_at == RP_NEVER) {
        text = g_strdup_printf("%s: was never read", account->name);
        rp_find(findings, "account", RP_LEVEL_NOTE, text, "run riposte sync");
        return;
    }
    age = rp_duration_format(MAX(cli->now_at - folders->last_sync_at, 0));
    text = g_strdup_printf("%s: last read %s ago", account->name, age);
    if (cli->now_at - folders->last_sync_at > STALE_S)
        rp_find(findings, "account", RP_LEVEL_NOTE, text,
                "start riposted, or run riposte sync");
    else
        rp_find(findings, "account", RP_LEVEL_OK, text, "");
}

static void
check_stored(const RpCli *cli, const RpAccountConfig *account, const GPtrArray *rows,
             GPtrArray *findings)
{
    Folders folders = {.last_sync_at = RP_NEVER};

    for (guint i = 0; i < rows->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(rows, i);

        if (strcmp(row->account, account->name) != 0)
            continue;
        add_role(&folders, row->role);
        if (row->last_sync_at != RP_NEVER && (folders.last_sync_at == RP_NEVER ||
                                              row->last_sync_at > folders.last_sync_at))
            folders.last_sync_at = row->last_sync_at;
    }
    check_age(cli, account, &folders, findings);
    check_roles(account, &folders, findings);
}

static void
check_login(const RpCli *cli, const RpAccountConfig *account, GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) listed = rp_cli_list_folders(cli->config, account, &error);
    g_autofree char *text = NULL;
    Folders folders = {0};

    if (listed == NULL) {
        rp_find(findings, "login", RP_LEVEL_WRONG, error->message,
                "riposte setup --replace tries other settings");
        return;
    }
    for (guint i = 0; i < listed->len; i++)
        add_role(&folders, ((const RpFolderInfo *)g_ptr_array_index(listed, i))->role);
    text = g_strdup_printf("%s: %u folder%s", account->name, folders.n,
                           folders.n == 1 ? "" : "s");
    rp_find(findings, "login", RP_LEVEL_OK, text, "");
    check_roles(account, &folders, findings);
}

static void
check_path(const RpAccountConfig *account, GPtrArray *findings)
{
    g_autofree char *text = g_strdup_printf("%s: %s", account->name, account->path);

    if (account->type != RP_SOURCE_IMAP &&
        !g_file_test(account->path, G_FILE_TEST_EXISTS))
        rp_find(findings, "account", RP_LEVEL_WRONG, text,
                "there is no such file or folder: mend path=");
}

void
rp_check_accounts(RpCli *cli, bool is_online, GPtrArray *findings)
{
    g_autoptr(GPtrArray) rows =
        cli->store != NULL ? rp_store_load_folders(cli->store, NULL) : NULL;

    for (guint i = 0; i < cli->config->accounts->len; i++) {
        const RpAccountConfig *account = g_ptr_array_index(cli->config->accounts, i);

        check_path(account, findings);
        if (rows != NULL)
            check_stored(cli, account, rows, findings);
        if (is_online)
            check_login(cli, account, findings);
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
        g_autofree char *text =
            g_strdup_printf("%u messages came to %s", count, address);

        if (count < LEAST_DELIVERIES || is_mine(view, address))
            continue;
        rp_find(findings, "alias", RP_LEVEL_NOTE, text,
                "if that is you, add it to addresses= of [me]");
        n++;
    }
}
