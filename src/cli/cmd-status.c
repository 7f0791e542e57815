/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-status.c - riposte status: accounts, folders, problems, my addresses */
#include <glib/gstdio.h>
#include <string.h>

#include "cli/daemon.h"
#include "cli/decide.h"
#include "cli/json-out.h"
#include "cli/live.h"
#include "report/json.h"
#include "report/text.h"
#include "sync/confinement.h"

enum { FOLDER_COLUMNS = 28, ROLE_COLUMNS = 8 };

static const char *const TYPES[] = {"imap", "maildir", "mbox"};

typedef struct {
    const RpView *view; /* foreign */
    RpLive live;        /* own */
} Status;

/* Bytes of the database and of what SQLite keeps beside it. */
static int64_t
database_bytes(const RpCli *cli)
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

/* My addresses that nobody configured, of const char *: foreign. */
static GPtrArray *
learned_addresses(const RpView *view)
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

static bool
is_of_account(const RpFolderRow *row, const RpAccountConfig *account)
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
        return g_strdup("soon");
    duration = rp_duration_format(at - now_at);
    return g_strdup_printf("in %s", duration);
}

/* "5 min ago", "never". */
static char *
format_age(const RpCli *cli, int64_t at)
{
    g_autofree char *age = NULL;

    if (at == RP_NEVER)
        return g_strdup("never");
    if (at > cli->now_at)
        return rp_cli_format_time(cli, at);
    age = rp_duration_format(cli->now_at - at);
    return g_strdup_printf("%s ago", age);
}

static void
print_folder(RpCli *cli, const RpFolderRow *row)
{
    g_autofree char *name = rp_text_pad(row->name, FOLDER_COLUMNS);
    g_autofree char *age = format_age(cli, row->last_sync_at);

    rp_cli_print(cli, "  %s %-*s", name, ROLE_COLUMNS, rp_role_name(row->role));
    if (!row->is_read) {
        rp_cli_print(cli, " %s not read%s\n", rp_cli_style(cli, RP_STYLE_DIM),
                     rp_cli_style(cli, RP_STYLE_NONE));
        return;
    }
    rp_cli_print(cli, " %8u messages, read %s", row->n_messages, age);
    if (row->n_unreadable > 0)
        rp_cli_print(cli, ", %u unreadable", row->n_unreadable);
    rp_cli_print(cli, "%s\n", row->is_complete ? "" : ", older ones still to come");
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
        rp_cli_print(
            cli, "  riposted waits for news, and looks again %s at the latest\n", next);
    else if (strcmp(state, "reading") == 0)
        rp_cli_print(cli, "  riposted reads it now\n");
    if (*problem != '\0')
        rp_cli_print(cli, "  %s%s%s\n", rp_cli_style(cli, RP_STYLE_LATE), problem,
                     rp_cli_style(cli, RP_STYLE_NONE));
    if (strcmp(state, "retrying") == 0)
        rp_cli_print(cli, "  riposted tries again %s\n", next);
    else if (strcmp(state, "stopped") == 0)
        rp_cli_print(cli,
                     "  riposted tries again only when the configuration changes\n");
}

static void
print_account(RpCli *cli, const Status *status, const RpAccountConfig *account)
{
    const RpView *view = status->view;
    g_autoptr(GVariant) live = rp_live_account(&status->live, account->name);
    guint n = 0;

    rp_cli_print(cli, "%s%s%s (%s%s%s%s%s)\n", rp_cli_style(cli, RP_STYLE_BOLD),
                 account->name, rp_cli_style(cli, RP_STYLE_NONE), TYPES[account->type],
                 *account->user != '\0' ? " " : "", account->user,
                 *account->host != '\0' ? " at " : " ",
                 *account->host != '\0' ? account->host : account->path);
    print_live(cli, live);
    for (guint i = 0; i < view->folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(view->folders, i);

        if (!is_of_account(row, account))
            continue;
        print_folder(cli, row);
        n++;
    }
    if (n == 0)
        rp_cli_print(cli, "  nothing read yet: run riposte sync\n");
}

static void
print_problems(RpCli *cli, const RpView *view)
{
    if (view->problems->len == 0)
        return;
    rp_cli_print(cli, "\n%sProblems%s\n", rp_cli_style(cli, RP_STYLE_LATE),
                 rp_cli_style(cli, RP_STYLE_NONE));
    for (guint i = 0; i < view->problems->len; i++) {
        const RpProblemRow *row = g_ptr_array_index(view->problems, i);
        g_autofree char *folder = rp_text_clean(row->folder, FOLDER_COLUMNS);
        g_autofree char *text = rp_text_clean(row->text, 0);
        g_autofree char *age = format_age(cli, row->at);

        rp_cli_print(cli, "  %s%s%s: %s", row->account, *folder != '\0' ? ", " : "",
                     folder, text);
        if (row->uid != 0)
            rp_cli_print(cli, " (message %" G_GUINT64_FORMAT ")", row->uid);
        rp_cli_print(cli, ", %s\n", age);
    }
}

static void
print_addresses(RpCli *cli, const RpView *view)
{
    const GPtrArray *me = view->config->policy->me;
    g_autoptr(GPtrArray) learned = learned_addresses(view);

    rp_cli_print(cli, "\nMy addresses\n");
    for (guint i = 0; i < me->len; i++)
        rp_cli_print(cli, "  %s\n", (const char *)g_ptr_array_index(me, i));
    for (guint i = 0; i < learned->len; i++) {
        g_autofree char *text = rp_text_clean(g_ptr_array_index(learned, i), 0);

        rp_cli_print(cli, "  %s  learned from your sent mail\n", text);
    }
    if (me->len + learned->len == 0)
        rp_cli_print(cli, "  none: write addresses= into [me] of %s\n",
                     view->config->path);
    if (learned->len > 0)
        rp_cli_print(cli,
                     "  If a learned one is not yours, write learn_addresses=false"
                     " into [policy];\n  if it is, add it to addresses= of [me].\n");
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
print_daemon(RpCli *cli, const Status *status)
{
    const char *text = rp_live_daemon(&status->live);

    if (text == NULL)
        rp_cli_print(cli,
                     "riposted       does not run: mail is read by riposte sync alone;"
                     " systemctl --user enable --now riposte\n");
    else if (status->live.accounts == NULL)
        rp_cli_print(cli, "riposted       runs, and does not answer on this session's"
                          " D-Bus\n");
    else
        rp_cli_print(cli, "riposted       runs\n");
}

static void
print_places(RpCli *cli, const Status *status)
{
    g_autofree char *size = g_format_size((guint64)database_bytes(cli));
    const char *holder = status->live.holder;
    g_autofree char *confinement = describe_confinement();

    rp_cli_print(cli, "\nConfiguration  %s\n", cli->config_path);
    rp_cli_print(cli, "Database       %s, %s%s%s\n", cli->db_path, size,
                 holder != NULL ? ", in use by " : "", holder != NULL ? holder : "");
    print_daemon(cli, status);
    rp_cli_print(cli, "riposte-fetch  %s\n", confinement);
}

/* --- for programs --- */

static void
add_folder(JsonBuilder *builder, const RpFolderRow *row)
{
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "name", row->name);
    rp_json_add_text(builder, "role", rp_role_name(row->role));
    rp_json_add_bool(builder, "read", row->is_read);
    rp_json_add_bool(builder, "complete", row->is_complete);
    rp_json_add_int(builder, "messages", row->n_messages);
    rp_json_add_int(builder, "unreadable", row->n_unreadable);
    rp_json_add_instant(builder, "last_sync_at", row->last_sync_at);
    json_builder_end_object(builder);
}

static void
add_account(JsonBuilder *builder, const Status *status, const RpAccountConfig *account)
{
    const RpView *view = status->view;
    g_autoptr(GVariant) live = rp_live_account(&status->live, account->name);

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "name", account->name);
    rp_json_add_text(builder, "type", TYPES[account->type]);
    rp_json_add_text(builder, "state", rp_live_text(live, "state"));
    rp_json_add_text(builder, "problem", rp_live_text(live, "problem"));
    rp_json_add_instant(builder, "next_sync_at", rp_live_instant(live, "next_sync_at"));
    json_builder_set_member_name(builder, "folders");
    json_builder_begin_array(builder);
    for (guint i = 0; i < view->folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(view->folders, i);

        if (is_of_account(row, account))
            add_folder(builder, row);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
}

static void
add_problem(JsonBuilder *builder, const RpProblemRow *row)
{
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "account", row->account);
    rp_json_add_text(builder, "folder", row->folder);
    rp_json_add_text(builder, "text", row->text);
    if (row->uid != 0)
        rp_json_add_int(builder, "uid", (int64_t)row->uid);
    rp_json_add_instant(builder, "at", row->at);
    json_builder_end_object(builder);
}

static void
add_texts(JsonBuilder *builder, const char *name, const GPtrArray *texts)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_array(builder);
    for (guint i = 0; i < texts->len; i++)
        rp_json_text(builder, g_ptr_array_index(texts, i));
    json_builder_end_array(builder);
}

/* null if riposte-fetch does not tell. */
static void
add_confinement(JsonBuilder *builder)
{
    RpSyncConfinement confinement;

    json_builder_set_member_name(builder, "confinement");
    if (!rp_sync_confinement(&confinement, NULL)) {
        json_builder_add_null_value(builder);
        return;
    }
    json_builder_begin_object(builder);
    rp_json_add_int(builder, "landlock_abi", confinement.landlock_abi);
    rp_json_add_bool(builder, "seccomp", confinement.has_seccomp);
    rp_json_add_bool(builder, "holds", confinement.holds);
    json_builder_end_object(builder);
}

static void
print_json(RpCli *cli, const Status *status)
{
    const RpView *view = status->view;
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autoptr(GPtrArray) learned = learned_addresses(view);

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.status/1");
    rp_json_add_instant(builder, "as_of", view->as_of_at);
    rp_json_add_text(builder, "config", cli->config_path);
    rp_json_add_text(builder, "database", cli->db_path);
    rp_json_add_int(builder, "database_bytes", database_bytes(cli));
    rp_json_add_text(builder, "in_use_by", status->live.holder);
    rp_json_add_text(builder, "daemon", rp_live_daemon(&status->live));
    add_confinement(builder);
    add_texts(builder, "addresses", view->config->policy->me);
    add_texts(builder, "learned_addresses", learned);
    json_builder_set_member_name(builder, "accounts");
    json_builder_begin_array(builder);
    for (guint i = 0; i < view->config->accounts->len; i++)
        add_account(builder, status, g_ptr_array_index(view->config->accounts, i));
    json_builder_end_array(builder);
    json_builder_set_member_name(builder, "problems");
    json_builder_begin_array(builder);
    for (guint i = 0; i < view->problems->len; i++)
        add_problem(builder, g_ptr_array_index(view->problems, i));
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}

static void
print_status(RpCli *cli, const Status *status)
{
    const RpView *view = status->view;

    for (guint i = 0; i < view->config->accounts->len; i++)
        print_account(cli, status, g_ptr_array_index(view->config->accounts, i));
    if (view->config->accounts->len == 0)
        rp_cli_print(cli, "No account yet: run riposte setup\n");
    print_problems(cli, view);
    print_addresses(cli, view);
    print_places(cli, status);
}

static RpExit
run(RpCli *cli, GError **error)
{
    Status status = {.view = rp_cli_view(cli, error)};

    if (status.view == NULL)
        return RP_EXIT_FAILED;
    rp_live_init(&status.live, cli->db_path);
    if (cli->is_json)
        print_json(cli, &status);
    else
        print_status(cli, &status);
    rp_live_clear(&status.live);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_status = {
    .name = "status",
    .run = run,
    .summary = "accounts and folders, what was read and when, problems",
};
