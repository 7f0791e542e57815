/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-status.c - riposte status: accounts, folders, problems, my addresses */
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

#include "cli/decide.h"
#include "cli/status.h"
#include "report/text.h"
#include "sync/confinement.h"

enum { FOLDER_COLUMNS = 28, ROLE_COLUMNS = 8, PLACE_COLUMNS = 13 };

const char *const RP_STATUS_TYPES[] = {"imap", "maildir", "mbox"};

int64_t
rp_status_database_bytes(const RpCli *cli)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    int64_t bytes = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        g_autofree char *path = g_strconcat(cli->db_path, suffixes[i], NULL);
        GStatBuf status;

        if (g_stat(path, &status) == 0)
            bytes += status.st_size;
    }
    return bytes;
}

GPtrArray *
rp_status_learned(const RpView *view)
{
    GPtrArray *learned = g_ptr_array_new();

    for (guint i = 0; i < view->corpus->addresses->len; i++) {
        if (view->derivation->is_learned[i])
            g_ptr_array_add(learned, (gpointer)(guintptr)g_array_index(
                                         view->corpus->addresses, RpAddress, i)
                                         .text);
    }
    return learned;
}

bool
rp_status_is_of(const RpFolderRow *row, const RpAccountConfig *account)
{
    return strcmp(row->account, account->name) == 0;
}

/* --- for people --- */

/* "in 5 min"; by the clock, not as of now. */
static char *
format_next(int64_t at)
{
    int64_t now_at = g_get_real_time() / G_USEC_PER_SEC;
    g_autofree char *duration = NULL;

    if (at == RP_NEVER || at <= now_at)
        return g_strdup(_("soon"));
    duration = rp_duration_format(at - now_at);
    return g_strdup_printf(_("in %s"), duration);
}

/* "5 min ago", "never". */
static char *
format_age(const RpCli *cli, int64_t at)
{
    g_autofree char *age = NULL;

    if (at == RP_NEVER)
        return g_strdup(_("never"));
    if (at > cli->now_at)
        return rp_cli_format_time(cli, at);
    age = rp_duration_format(cli->now_at - at);
    return g_strdup_printf(_("%s ago"), age);
}

static const char *
role_word(int role)
{
    return g_dpgettext2(NULL, "role", rp_role_name((RpRole)role));
}

char *
rp_cli_role_text(RpRole role)
{
    int columns = ROLE_COLUMNS;

    for (int i = 0; i < RP_N_ROLES; i++)
        columns = MAX(columns, rp_text_width(role_word(i)));
    return rp_text_pad(role_word((int)role), columns);
}

static void
print_folder(RpCli *cli, const RpFolderRow *row)
{
    g_autofree char *name = rp_text_pad(row->name, FOLDER_COLUMNS);
    g_autofree char *age = format_age(cli, row->last_sync_at);
    g_autofree char *role = rp_cli_role_text(row->role);

    rp_cli_print(cli, "  %s %s", name, role);
    if (!row->is_read) {
        rp_cli_print(cli, " %s %s%s\n", rp_cli_style(cli, RP_STYLE_DIM), _("not read"),
                     rp_cli_style(cli, RP_STYLE_NONE));
        return;
    }
    /* TRANSLATORS: how many, and "5 min ago" or "never". */
    rp_cli_print(
        cli,
        ngettext(" %8u message, read %s", " %8u messages, read %s", row->n_messages),
        row->n_messages, age);
    if (row->n_unreadable > 0)
        rp_cli_print(cli,
                     ngettext(", %u unreadable", ", %u unreadable", row->n_unreadable),
                     row->n_unreadable);
    rp_cli_print(cli, "%s\n", row->is_complete ? "" : _(", older ones still to come"));
}

/* What riposted does with it; NULL: there is none. */
static void
print_live(RpCli *cli, GVariant *live)
{
    const char *state = rp_live_text(live, "state");
    g_autofree char *problem = rp_text_clean(rp_live_text(live, "problem"), 0);
    g_autofree char *next = format_next(rp_live_instant(live, "next_sync_at"));

    if (live == NULL)
        return;
    if (strcmp(state, "waiting") == 0)
        /* TRANSLATORS: "soon" or "in 5 min". */
        rp_cli_print(cli,
                     _("  riposted waits for news, and looks again %s at the latest\n"),
                     next);
    else if (strcmp(state, "reading") == 0)
        rp_cli_print(cli, _("  riposted reads it now\n"));
    if (*problem != '\0')
        rp_cli_print(cli, "  %s%s%s\n", rp_cli_style(cli, RP_STYLE_LATE), problem,
                     rp_cli_style(cli, RP_STYLE_NONE));
    if (strcmp(state, "retrying") == 0)
        rp_cli_print(cli, _("  riposted tries again %s\n"), next);
    else if (strcmp(state, "stopped") == 0)
        rp_cli_print(cli,
                     _("  riposted tries again only when the configuration changes\n"));
}

/* "ada at imap.example.org", or the path; the caller's. */
static char *
where_of(const RpAccountConfig *account)
{
    if (*account->host == '\0')
        return g_strdup(account->path);
    /* TRANSLATORS: a login, and a server. */
    return g_strdup_printf(C_("login", "%s at %s"), account->user, account->host);
}

static void
print_account(RpCli *cli, const RpStatus *status, const RpAccountConfig *account)
{
    const RpView *view = status->view;
    g_autoptr(GVariant) live = rp_live_account(&status->live, account->name);
    g_autofree char *where = where_of(account);
    guint n = 0;

    rp_cli_print(cli, "%s%s%s (%s %s)\n", rp_cli_style(cli, RP_STYLE_BOLD),
                 account->name, rp_cli_style(cli, RP_STYLE_NONE),
                 RP_STATUS_TYPES[account->type], where);
    print_live(cli, live);
    for (guint i = 0; i < view->folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(view->folders, i);

        if (!rp_status_is_of(row, account))
            continue;
        print_folder(cli, row);
        n++;
    }
    if (n == 0)
        rp_cli_print(cli, _("  nothing read yet: run riposte sync\n"));
}

static void
print_problems(RpCli *cli, const RpView *view)
{
    if (view->problems->len == 0)
        return;
    rp_cli_print(cli, "\n%s%s%s\n", rp_cli_style(cli, RP_STYLE_LATE), _("Problems"),
                 rp_cli_style(cli, RP_STYLE_NONE));
    for (guint i = 0; i < view->problems->len; i++) {
        const RpProblemRow *row = g_ptr_array_index(view->problems, i);
        g_autofree char *folder = rp_text_clean(row->folder, FOLDER_COLUMNS);
        g_autofree char *text = rp_text_clean(row->text, 0);
        g_autofree char *age = format_age(cli, row->at);

        rp_cli_print(cli, "  %s%s%s: %s", row->account, *folder != '\0' ? ", " : "",
                     folder, text);
        if (row->uid != 0)
            rp_cli_print(cli, _(" (message %" PRIu64 ")"), row->uid);
        rp_cli_print(cli, ", %s\n", age);
    }
}

static void
print_addresses(RpCli *cli, const RpView *view)
{
    const GPtrArray *me = view->config->policy->me;
    g_autoptr(GPtrArray) learned = rp_status_learned(view);

    rp_cli_print(cli, "\n%s\n", _("My addresses"));
    for (guint i = 0; i < me->len; i++)
        rp_cli_print(cli, "  %s\n", (const char *)g_ptr_array_index(me, i));
    for (guint i = 0; i < learned->len; i++) {
        g_autofree char *text = rp_text_clean(g_ptr_array_index(learned, i), 0);

        rp_cli_print(cli, _("  %s  learned from your sent mail\n"), text);
    }
    if (me->len + learned->len == 0)
        rp_cli_print(cli, _("  none: write addresses= into [me] of %s\n"),
                     view->config->path);
    if (learned->len > 0)
        rp_cli_print(cli,
                     _("  If a learned one is not yours, write learn_addresses=false"
                       " into [policy];\n  if it is, add it to addresses= of [me].\n"));
}

/* The caller's. */
static char *
describe_confinement(void)
{
    RpSyncConfinement confinement;
    g_autoptr(GError) error = NULL;

    if (!rp_sync_confinement(&confinement, &error))
        return g_strdup(error->message);
    return rp_sync_confinement_text(&confinement);
}

static void
print_place(RpCli *cli, const char *title, const char *text)
{
    int columns = MAX(rp_text_width(_("Configuration")), rp_text_width(_("Database")));

    rp_cli_print(cli, "%s%*s  %s\n", title,
                 rp_cli_lacks(title, MAX(columns, PLACE_COLUMNS)), "", text);
}

static const char *
daemon_text(const RpStatus *status)
{
    if (rp_live_daemon(&status->live) == NULL)
        return _("does not run: mail is read by riposte sync alone;"
                 " systemctl --user enable --now riposte");
    return status->live.accounts != NULL
               ? _("runs")
               : _("runs, and does not answer on this session's D-Bus");
}

static void
print_places(RpCli *cli, const RpStatus *status)
{
    g_autofree char *size = g_format_size((guint64)rp_status_database_bytes(cli));
    g_autofree char *holder = status->live.holder != NULL
                                  ? rp_store_describe_holder(status->live.holder)
                                  : NULL;
    g_autofree char *confinement = describe_confinement();
    g_autofree char *database =
        /* TRANSLATORS: the database's path, its size, and who has it open. */
        holder != NULL
            ? g_strdup_printf(_("%s, %s, in use by %s"), cli->db_path, size, holder)
            : g_strdup_printf("%s, %s", cli->db_path, size);

    rp_cli_print(cli, "\n");
    print_place(cli, _("Configuration"), cli->config_path);
    print_place(cli, _("Database"), database);
    print_place(cli, "riposted", daemon_text(status));
    print_place(cli, "riposte-fetch", confinement);
}

static void
print_status(RpCli *cli, const RpStatus *status)
{
    const RpView *view = status->view;

    for (guint i = 0; i < view->config->accounts->len; i++)
        print_account(cli, status, g_ptr_array_index(view->config->accounts, i));
    if (view->config->accounts->len == 0)
        rp_cli_print(cli, _("No account yet: run riposte setup\n"));
    print_problems(cli, view);
    print_addresses(cli, view);
    print_places(cli, status);
}

static RpExit
run(RpCli *cli, GError **error)
{
    RpStatus status = {.view = rp_cli_view(cli, error)};

    if (status.view == NULL)
        return RP_EXIT_FAILED;
    rp_live_init(&status.live, cli->db_path);
    if (cli->is_json)
        rp_status_print_json(cli, &status);
    else
        print_status(cli, &status);
    rp_live_clear(&status.live);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_status = {
    .name = "status",
    .run = run,
    .summary = N_("accounts and folders, what was read and when, problems"),
};
