/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-path.c - riposte path: who can introduce me, and whom I introduced (B5, B6) */
#include <glib/gi18n.h>
#include <string.h>

#include "cli/whom.h"
#include "core/address.h"
#include "report/people.h"
#include "report/text.h"

enum { N_SHOWN = 10, MAX_WORDS = 16 };

static const RpOption OPTIONS[] = {
    {"org", "DOMAIN", N_("to anybody there, instead of a person"), 0, false},
    {"made", NULL, N_("the introductions you made, and what came of them"), 0, false},
    {"all", NULL, N_("all of them"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

static bool
usage(GError **error)
{
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("path takes a PERSON, --org DOMAIN or --made"));
    return false;
}

/* Is the address one of the domain or of one below it? */
static bool
is_at(const char *address, const char *domain)
{
    const char *at = strrchr(address, '@');
    size_t n = strlen(domain), n_host = at != NULL ? strlen(at + 1) : 0;

    return at != NULL && n_host >= n && strcmp(at + 1 + n_host - n, domain) == 0 &&
           (n_host == n || at[n_host - n] == '.');
}

static bool
mark_domain(const RpCli *cli, const char *text, uint8_t *is_target, GError **error)
{
    const RpView *view = cli->view;
    g_autofree char *whole = g_strdup_printf("x@%s", *text == '@' ? text + 1 : text);
    g_autofree char *normal = rp_address_normalize(whole);
    bool has_any = false;

    for (guint i = 0; normal != NULL && i < view->corpus->addresses->len; i++) {
        const RpAddress *address =
            &g_array_index(view->corpus->addresses, RpAddress, i);

        if (!is_at(address->text, strchr(normal, '@') + 1) ||
            !rp_is_other_person(view->derivation, i))
            continue;
        is_target[address->person] = 1;
        has_any = true;
    }
    if (!has_any)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                    _("nobody at \"%s\" stands in the mail read"), text);
    return has_any;
}

static bool
mark_person(RpCli *cli, uint8_t *is_target, GError **error)
{
    g_autofree char *whom = rp_cli_join_words(cli, rp_args_n_words(cli->args));
    uint32_t person;

    if (!rp_cli_find_other(cli, whom, &person, error))
        return false;
    is_target[person] = 1;
    return true;
}

/* Those I write to and who write to me are said first; at a domain they need no
 * introduction. */
static void
put_known(const RpCli *cli, uint8_t *is_target, GString *text)
{
    const RpView *view = cli->view;
    g_autofree RpTie *ties = rp_ties(view->derivation);
    bool is_org = rp_args_has(cli->args, "org");

    for (uint32_t i = 0; i < view->corpus->persons->len; i++) {
        g_autofree char *name = NULL;

        if (!is_target[i] || !rp_tie_is_mutual(&ties[i]))
            continue;
        is_target[i] = !is_org;
        name = rp_text_clean(rp_view_label_of(view, i, rp_view_person_address(view, i)),
                             40);
        g_string_append_printf(
            text, _("You know %s: %u from you, %u from them in three years.\n"), name,
            ties[i].n_there, ties[i].n_back);
    }
}

static void
write_paths(RpCli *cli, uint8_t *is_target)
{
    const RpView *view = cli->view;
    uint32_t n_shown = rp_args_has(cli->args, "all") ? UINT32_MAX : N_SHOWN;
    g_autoptr(GString) known = g_string_new(NULL);
    g_autoptr(GArray) paths = NULL;
    g_autofree char *text = NULL;

    put_known(cli, is_target, known);
    paths = rp_paths(view->derivation, is_target);
    if (cli->is_json) {
        text = rp_paths_json(view, paths);
        rp_cli_write(cli, text);
        return;
    }
    text = rp_paths_text(view, paths, n_shown, rp_cli_text_width(cli));
    rp_cli_print(cli, "%s%s", known->str,
                 paths->len > 0
                     ? text
                     : _("Nobody else you write with has written with them in "
                         "the mail that you have.\n"));
}

static void
write_made(RpCli *cli)
{
    g_autoptr(GArray) found = rp_introductions(cli->view->derivation);
    g_autofree char *text =
        cli->is_json ? rp_introductions_json(cli->view, found)
                     : rp_introductions_text(cli->view, found, rp_cli_text_width(cli));

    if (cli->is_json)
        rp_cli_write(cli, text);
    else
        rp_cli_print(cli, "%s", text);
}

static RpExit
run(RpCli *cli, GError **error)
{
    const char *org = rp_args_get(cli->args, "org");
    bool is_made = rp_args_has(cli->args, "made");
    bool has_words = rp_args_n_words(cli->args) > 0;
    g_autofree uint8_t *is_target = NULL;

    if ((org != NULL) + is_made + has_words != 1 && !usage(error))
        return RP_EXIT_FAILED;
    if (rp_cli_view(cli, error) == NULL)
        return RP_EXIT_FAILED;
    if (is_made) {
        write_made(cli);
        return RP_EXIT_DONE;
    }
    is_target = g_new0(uint8_t, cli->view->corpus->persons->len + 1);
    if (org != NULL ? !mark_domain(cli, org, is_target, error)
                    : !mark_person(cli, is_target, error))
        return RP_EXIT_FAILED;
    write_paths(cli, is_target);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_path = {
    .name = "path",
    .run = run,
    .summary = N_("tells who can introduce you to somebody"),
    .options = OPTIONS,
    .words = "[PERSON]",
    .max_words = MAX_WORDS,
    .help = N_(
        "The strongest first: people you write with who wrote with PERSON. Only what\n"
        "the headers of your own mail show."),
};
