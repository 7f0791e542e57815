/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whom.c - persons and periods that a command line names */
#include "cli/whom.h"

#include "cli/until.h"
#include "config/nearest.h"
#include "core/address.h"
#include "report/text.h"

#include <glib/gi18n.h>
#include <string.h>

enum { CHOICES_MAX = 20 };

/* Has each of them an address, by which they can be told apart? */
static bool
have_addresses(const RpView *view, const GArray *persons)
{
    for (guint i = 0; i < persons->len; i++)
        if (rp_view_person_address(view, g_array_index(persons, uint32_t, i)) ==
            RP_NONE)
            return false;
    return true;
}

static void
warn_of_choices(const RpView *view, const GArray *persons)
{
    for (guint i = 0; i < MIN(persons->len, CHOICES_MAX); i++) {
        uint32_t person = g_array_index(persons, uint32_t, i);
        uint32_t address = rp_view_person_address(view, person);
        g_autofree char *name =
            rp_text_clean(rp_view_label_of(view, person, address), 0);

        rp_cli_warn(
            "  %s <%s>", name,
            address == RP_NONE
                ? g_array_index(view->corpus->persons, RpPerson, person).key
                : g_array_index(view->corpus->addresses, RpAddress, address).text);
    }
    if (persons->len > CHOICES_MAX)
        rp_cli_warn(
            ngettext("  and %u more", "  and %u more", persons->len - CHOICES_MAX),
            persons->len - CHOICES_MAX);
}

bool
rp_cli_find_person(RpCli *cli, const char *text, uint32_t *person, GError **error)
{
    const RpView *view = rp_cli_view(cli, error);
    g_autofree char *typed = g_strstrip(rp_cli_typed(text));
    g_autoptr(GArray) found = NULL;

    if (view == NULL)
        return false;
    /* nothing is a part of every name */
    found = *typed != '\0' ? rp_view_find_persons(view, typed)
                           : g_array_new(FALSE, FALSE, sizeof(uint32_t));
    if (found->len == 1) {
        *person = g_array_index(found, uint32_t, 0);
        return true;
    }
    if (found->len == 0) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    _("nobody is called \"%s\""), typed);
        return false;
    }
    warn_of_choices(view, found);
    g_set_error(
        error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
        have_addresses(view, found)
            ? ngettext("\"%s\" can be %u person; give an address",
                       "\"%s\" can be %u people; give an address", found->len)
            : ngettext("\"%s\" can be %u person; give what stands between < and >",
                       "\"%s\" can be %u people; give what stands between < and >",
                       found->len),
        typed, found->len);
    return false;
}

bool
rp_cli_is_own_address(const RpCli *cli, const char *text)
{
    const RpDerivation *d = cli->view->derivation;
    g_autofree char *address = rp_address_normalize(text);
    gpointer found =
        address != NULL ? g_hash_table_lookup(d->corpus->address_index, address) : NULL;

    if (found != NULL)
        return d->is_me[GPOINTER_TO_UINT(found) - 1];
    for (guint i = 0; address != NULL && i < d->policy->me->len; i++)
        if (rp_address_matches(address, g_ptr_array_index(d->policy->me, i)))
            return true;
    return false;
}

bool
rp_cli_is_other(const RpCli *cli, uint32_t person, const char *typed, GError **error)
{
    g_autofree uint8_t *me = rp_view_me(cli->view);

    if (!me[person])
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, _("%s is you"), typed);
    return false;
}

bool
rp_cli_find_other(RpCli *cli, const char *text, uint32_t *person, GError **error)
{
    g_autofree char *typed = rp_cli_typed(text);

    if (rp_cli_view(cli, error) == NULL)
        return false;
    if (rp_cli_is_own_address(cli, typed)) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, _("%s is you"), typed);
        return false;
    }
    return rp_cli_find_person(cli, text, person, error) &&
           rp_cli_is_other(cli, *person, typed, error);
}

bool
rp_cli_parse_past(RpCli *cli, const char *text, const char *option, int64_t *at,
                  GError **error)
{
    if (rp_past_parse(text, cli->now_at, rp_cli_zone(cli), at))
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("%s: \"%s\" is no time past; write \"yesterday 15:00\", \"2h ago\","
                  " 14:30 or 2026-03-16T09:00"),
                option, text);
    return false;
}

/* --- periods --- */

static bool
set_from_to(RpCli *cli, RpPeriod *period, GError **error)
{
    const char *from = rp_args_get(cli->args, "from");
    const char *to = rp_args_get(cli->args, "to");
    int64_t from_at, until_at;

    if (from == NULL || to == NULL) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("give both --from and --to"));
        return false;
    }
    if (!rp_cli_parse_instant(cli, from, "--from", &from_at, error) ||
        !rp_cli_parse_instant(cli, to, "--to", &until_at, error))
        return false;
    if (until_at <= from_at) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("--to is not after --from"));
        return false;
    }
    rp_period_between(from_at, until_at, rp_cli_zone(cli), period);
    return true;
}

static bool
set_named(RpCli *cli, const char *name, RpPeriod *period, GError **error)
{
    if (rp_period_parse(name, cli->now_at, rp_cli_zone(cli), period))
        return true;
    g_set_error(
        error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
        _("--period: there is no \"%s\"; write last-week, this-month, 2026-W46, "
          "2026-11, 2026-Q4 or 2026"),
        name);
    return false;
}

static bool
set_week(RpCli *cli, const char *week, RpPeriod *period, GError **error)
{
    if (rp_period_parse_week(week, rp_cli_zone(cli), period))
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("--week: there is no week \"%s\"; write 2026-W46"), week);
    return false;
}

static bool
set_period(RpCli *cli, RpPeriod *period, GError **error)
{
    const char *name = rp_args_get(cli->args, "period");
    const char *week = rp_args_get(cli->args, "week");
    bool has_ends = rp_args_has(cli->args, "from") || rp_args_has(cli->args, "to");

    if ((name != NULL) + (week != NULL) + has_ends > 1) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("give --period, or --week, or --from and --to"));
        return false;
    }
    if (has_ends)
        return set_from_to(cli, period, error);
    if (week != NULL)
        return set_week(cli, week, period, error);
    return set_named(cli, name != NULL ? name : "last-week", period, error);
}

/* --- whose --- */

static bool
set_account(RpCli *cli, RpScope *scope, const char *name, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autofree char *guess = NULL;

    for (guint i = 0; i < cli->config->accounts->len; i++)
        g_ptr_array_add(names, ((const RpAccountConfig *)g_ptr_array_index(
                                    cli->config->accounts, i))
                                   ->name);
    for (guint i = 0; i < names->len; i++) {
        if (strcmp(g_ptr_array_index(names, i), name) == 0) {
            scope->account = g_strdup(name);
            return true;
        }
    }
    guess =
        rp_args_guess(rp_nearest(name, (const char *const *)names->pdata, names->len));
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                _("--account: there is no account \"%s\"%s"), name, guess);
    return false;
}

static bool
set_tag(RpCli *cli, RpScope *scope, const char *tag, GError **error)
{
    g_autofree char *typed = rp_cli_typed(tag);

    if (rp_scope_set_tag(scope, cli->view, typed) > 0)
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                _("--tag: nobody bears the tag \"%s\""), typed);
    return false;
}

bool
rp_cli_scope(RpCli *cli, RpScope *scope, GError **error)
{
    const char *person = rp_args_get(cli->args, "person");
    const char *tag = rp_args_get(cli->args, "tag");
    const char *account = rp_args_get(cli->args, "account");

    /* The view first: only then is the configured zone known. */
    if (rp_cli_view(cli, error) == NULL || !set_period(cli, &scope->period, error))
        return false;
    return (person == NULL || rp_cli_find_person(cli, person, &scope->person, error)) &&
           (tag == NULL || set_tag(cli, scope, tag, error)) &&
           (account == NULL || set_account(cli, scope, account, error));
}

int
rp_cli_text_width(const RpCli *cli)
{
    return cli->is_terminal || g_getenv("COLUMNS") != NULL ? cli->width : 0;
}

/* A list whose numbers cannot be kept is still worth printing. */
char *
rp_cli_join_words(const RpCli *cli, size_t n)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < n; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               rp_args_word(cli->args, i));
    return n > 0 ? g_strdup(text->str) : NULL;
}

void
rp_cli_save_numbers(RpCli *cli, const GPtrArray *ids)
{
    g_autoptr(GError) error = NULL;

    if (!rp_store_save_last_list(cli->store, ids, &error))
        rp_cli_warn(_("the numbers of this list cannot be used: %s"), error->message);
}
