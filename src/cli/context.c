/* SPDX-License-Identifier: GPL-3.0-or-later */
/* context.c - configuration, database and view, each when first asked for */
#include "cli/command.h"

#include <glib/gi18n.h>
#include <string.h>

/* The years 1000 to 9998: in every zone four digits say them, and a week or a month
 * on either side is still a date. */
#define FIRST_AT INT64_C(-30610224000)
#define LAST_AT INT64_C(253370764800)

GTimeZone *
rp_cli_zone(const RpCli *cli)
{
    return cli->config != NULL ? cli->config->policy->zone : cli->local;
}

bool
rp_cli_parse_instant(RpCli *cli, const char *text, const char *what, int64_t *at,
                     GError **error)
{
    if (rp_instant_parse(text, rp_cli_zone(cli), at) && *at >= FIRST_AT &&
        *at < LAST_AT)
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("%s: \"%s\" is no instant; write 2026-03-16T09:00:00Z or 2026-03-16"),
                what, text);
    return false;
}

const RpConfig *
rp_cli_config(RpCli *cli, GError **error)
{
    if (cli->config == NULL) {
        cli->config = rp_config_load(cli->config_path, error);
        if (cli->config == NULL)
            return NULL;
        if (cli->now_text != NULL)
            rp_instant_parse(cli->now_text, rp_cli_zone(cli), &cli->now_at);
    }
    return cli->config;
}

RpStore *
rp_cli_store(RpCli *cli, GError **error)
{
    if (cli->store == NULL)
        cli->store = rp_store_open(cli->db_path, error);
    return cli->store;
}

const RpView *
rp_cli_view(RpCli *cli, GError **error)
{
    if (cli->view == NULL) {
        const RpConfig *config = rp_cli_config(cli, error);
        RpStore *store = config != NULL ? rp_cli_store(cli, error) : NULL;

        if (store == NULL)
            return NULL;
        cli->view = rp_view_load(store, config, cli->now_at, error);
    }
    return cli->view;
}

void
rp_cli_forget_view(RpCli *cli)
{
    g_clear_pointer(&cli->view, rp_view_free);
}

/* The id that stands at that place of the list last shown; NULL if the word is no
 * place of it. */
static char *
id_of_number(RpCli *cli, const char *word, GError **error)
{
    g_autoptr(GPtrArray) ids = NULL;
    guint64 number;

    if (!g_ascii_string_to_unsigned(word, 10, 1, G_MAXUINT, &number, NULL))
        return NULL;
    ids = rp_store_load_last_list(cli->store, error);
    if (ids == NULL || number > ids->len)
        return NULL;
    return g_strdup(g_ptr_array_index(ids, number - 1));
}

/* Digits alone are a place in the list: as the beginning of an id they would name
 * some other follow-up whenever the list is shorter than somebody remembers. */
static bool
is_number(const char *word)
{
    size_t n = strspn(word, "0123456789");

    return word[n] == '\0' && n < RP_FOLLOWUP_ID_LEN;
}

const RpFollowup *
rp_cli_find_followup(RpCli *cli, const char *word, GError **error)
{
    const RpView *view = rp_cli_view(cli, error);
    const RpFollowup *followup;
    g_autofree char *id = NULL;
    g_autoptr(GError) local = NULL;
    uint32_t n = 0;

    if (view == NULL)
        return NULL;
    id = id_of_number(cli, word, &local);
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    if (id == NULL && is_number(word))
        followup = NULL;
    else
        followup = rp_view_find_followup(view, id != NULL ? id : word, &n);
    if (followup == NULL)
        g_set_error(
            error, RP_CLI_ERROR, n > 1 ? RP_CLI_ERROR_USAGE : RP_CLI_ERROR_NOT_FOUND,
            n > 1 ? ngettext("\"%s\" begins %u follow-up; give more of the id",
                             "\"%s\" begins %u follow-ups; give more of the id", n)
                  : _("no follow-up \"%s\"; riposte list --all shows them"),
            word, n);
    return followup;
}

RpExit
rp_cli_exit_of(const GError *error)
{
    if (g_error_matches(error, RP_STORE_ERROR, RP_STORE_ERROR_BUSY))
        return RP_EXIT_LATER;
    if (error->domain != RP_CLI_ERROR)
        return RP_EXIT_FAILED;
    switch ((RpCliError)error->code) {
    case RP_CLI_ERROR_USAGE:
        return RP_EXIT_USAGE;
    case RP_CLI_ERROR_NOT_FOUND:
        return RP_EXIT_NOT_FOUND;
    case RP_CLI_ERROR_LATER:
        return RP_EXIT_LATER;
    case RP_CLI_ERROR_FAILED:
        break;
    }
    return RP_EXIT_FAILED;
}
