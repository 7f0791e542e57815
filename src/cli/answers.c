/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers.c - setup's questions, in their order */
#include <config.h> /* the POSIX calls */

#include "cli/answers.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/prompt.h"
#include "core/address.h"

void
rp_answers_free(RpAnswers *answers)
{
    if (answers == NULL)
        return;
    g_ptr_array_unref(answers->addresses);
    g_free(answers->name);
    g_free(answers->timezone);
    g_free(answers->account);
    g_free(answers->host);
    g_free(answers->port);
    g_free(answers->security);
    g_free(answers->user);
    g_free(answers->ca_file);
    g_free(answers->pin);
    g_free(answers->password_command);
    g_free(answers->token_command);
    g_free(answers->path);
    if (answers->password != NULL)
        explicit_bzero(answers->password, strlen(answers->password));
    g_free(answers->password);
    g_ptr_array_unref(answers->folders);
    g_ptr_array_unref(answers->sent_folders);
    g_free(answers);
}

char *
rp_answers_need(const RpAnswers *answers, const char *option, const char *question,
                const char *preset, GError **error)
{
    const char *given = rp_args_get(answers->cli->args, option);
    char *answer = NULL;

    if (given != NULL)
        return rp_cli_typed(given);
    if (answers->is_asking)
        answer = rp_prompt_ask(question, preset);
    else if (preset != NULL)
        return g_strdup(preset);
    if (answer == NULL)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("setup needs --%s (there is nobody to ask)"), option);
    return answer;
}

char *
rp_answers_take(const RpAnswers *answers, const char *option, const char *otherwise)
{
    const char *given = rp_args_get(answers->cli->args, option);

    return rp_cli_typed(given != NULL ? given : otherwise);
}

/* --- which account --- */

char *
rp_answers_path(const char *path)
{
    if (*path == '~' || *path == '\0')
        return g_strdup(path);
    return g_canonicalize_filename(path, NULL);
}

/* What --account names, if it is there already and not to be begun anew. */
static const RpAccountConfig *
named_account(const RpAnswers *answers)
{
    const char *name = rp_args_get(answers->cli->args, "account");

    if (name == NULL || answers->config == NULL ||
        rp_args_has(answers->cli->args, "replace"))
        return NULL;
    return rp_config_find_account(answers->config, name);
}

static bool
ask_type(RpAnswers *answers, GError **error)
{
    static const char *const types[] = {"imap", "maildir", "mbox"};
    const RpAccountConfig *named = named_account(answers);
    size_t preset = rp_args_has(answers->cli->args, "path") ? 1 : 0;
    size_t chosen = 0;
    bool is_good;

    if (named != NULL)
        preset = named->type;
    is_good =
        rp_args_choose(answers->cli->args, "type", types, 3, preset, &chosen, error);
    answers->type = (RpSourceType)chosen;
    return is_good;
}

/* "example" of robin@mail.example.org; "mail" of files. The caller's. */
static char *
usual_label(const RpAnswers *answers)
{
    const char *address = g_ptr_array_index(answers->addresses, 0);
    g_auto(GStrv) labels = g_strsplit(strrchr(address, '@') + 1, ".", -1);
    guint n = g_strv_length(labels);

    return g_strdup(answers->type == RP_SOURCE_IMAP ? labels[n > 1 ? n - 2 : 0]
                                                    : "mail");
}

/* Somebody who says the same address, or the same path, means the same account; a
 * login that is no address tells nothing, so the account's name must. */
static bool
is_meant(const RpAnswers *answers, const RpAccountConfig *account, bool is_named)
{
    g_autofree char *user = rp_address_normalize(account->user);
    g_autofree char *given = NULL;
    const char *path = rp_args_get(answers->cli->args, "path");

    if (account->type != answers->type)
        return false;
    if (answers->type != RP_SOURCE_IMAP) {
        given = path != NULL ? rp_answers_path(path) : NULL;
        return is_named || g_strcmp0(given, account->path) == 0;
    }
    if (answers->addresses->len == 0)
        return is_named;
    return user == NULL ? is_named
                        : strcmp(user, g_ptr_array_index(answers->addresses, 0)) == 0;
}

/* Of that domain's name, with the login that is said, or one made from the address. */
static bool
is_likely(const RpAnswers *answers, const RpAccountConfig *account)
{
    const char *address = g_ptr_array_index(answers->addresses, 0);
    const char *said = rp_args_get(answers->cli->args, "user");
    g_autofree char *label = usual_label(answers);
    g_autofree char *local_part =
        g_strndup(address, (gsize)(strrchr(address, '@') - address));

    return answers->type == RP_SOURCE_IMAP && strcmp(account->name, label) == 0 &&
           strcmp(account->user, said != NULL ? said : local_part) == 0;
}

/* NULL if it will be a new one. */
static const RpAccountConfig *
find_old(const RpAnswers *answers)
{
    const char *name = rp_args_get(answers->cli->args, "account");
    const RpAccountConfig *account = named_account(answers);

    if (name != NULL)
        return account != NULL && is_meant(answers, account, true) ? account : NULL;
    for (guint i = 0; answers->config != NULL && i < answers->config->accounts->len;
         i++) {
        account = g_ptr_array_index(answers->config->accounts, i);
        if (is_meant(answers, account, is_likely(answers, account)))
            return account;
    }
    return NULL;
}

/* --- who --- */

static bool
add_address(RpAnswers *answers, const char *text, GError **error)
{
    char *address = rp_address_normalize(text);

    if (address != NULL) {
        g_ptr_array_add(answers->addresses, address);
        return true;
    }
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, _("\"%s\" is no address"),
                text);
    return false;
}

/* Whose mail is read from files may be known already. */
static const char *
known_address(const RpAnswers *answers)
{
    const GPtrArray *me = answers->config != NULL ? answers->config->policy->me : NULL;

    return me != NULL && me->len > 0 && answers->type != RP_SOURCE_IMAP
               ? g_ptr_array_index(me, 0)
               : NULL;
}

static bool
ask_addresses(RpAnswers *answers, GError **error)
{
    const GPtrArray *given = rp_args_get_all(answers->cli->args, "address");
    const char *word = rp_args_word(answers->cli->args, 0);
    const RpAccountConfig *named = named_account(answers);
    g_autofree char *asked = NULL;

    if (word != NULL && !add_address(answers, word, error))
        return false;
    for (guint i = 0; i < given->len; i++) {
        if (!add_address(answers, g_ptr_array_index(given, i), error))
            return false;
    }
    if (answers->addresses->len > 0 || (named != NULL && named->type == answers->type))
        return true;
    asked = rp_answers_need(answers, "address", _("Your mail address"),
                            known_address(answers), error);
    return asked != NULL && add_address(answers, asked, error);
}

/* Once: what stands in a configuration is only changed if an option says so. */
static bool
ask_who(RpAnswers *answers, GError **error)
{
    const char *real_name = g_get_real_name();
    const char *zone = g_time_zone_get_identifier(answers->cli->local);
    bool is_known = answers->config != NULL;
    const RpArgs *args = answers->cli->args;

    if (strcmp(real_name, "Unknown") == 0 || strcmp(real_name, g_get_user_name()) == 0)
        real_name = "";
    if (!is_known || rp_args_has(args, "name")) {
        answers->name =
            rp_answers_need(answers, "name", _("Your name"), real_name, error);
        if (answers->name == NULL)
            return false;
    }
    if (is_known && !rp_args_has(args, "timezone"))
        return true;
    answers->timezone = rp_answers_need(answers, "timezone", _("Your time zone"),
                                        zone[0] == ':' ? zone + 1 : zone, error);
    return answers->timezone != NULL;
}

/* --- where --- */

static bool
ask_files(RpAnswers *answers, GError **error)
{
    g_autofree char *path = rp_answers_need(
        answers, "path",
        answers->type == RP_SOURCE_MAILDIR ? _("Folder of the Maildir")
                                           : _("mbox file, or folder of them"),
        answers->old != NULL ? answers->old->path : NULL, error);

    answers->path = path != NULL ? rp_answers_path(path) : NULL;
    return answers->path != NULL;
}

/* --- the account's name --- */

static bool
is_taken(const RpAnswers *answers, const char *name)
{
    return answers->config != NULL &&
           rp_config_find_account(answers->config, name) != NULL;
}

/* A second one of that label gets the address, a further one a number. */
static char *
usual_name(const RpAnswers *answers)
{
    g_autofree char *label = usual_label(answers);
    char *name = g_strdup(label);

    for (int i = 2; is_taken(answers, name); i++) {
        g_free(name);
        name = answers->type == RP_SOURCE_IMAP && i == 2
                   ? g_strdup(g_ptr_array_index(answers->addresses, 0))
                   : g_strdup_printf("%s-%d", label, i);
    }
    return name;
}

/* Another account of that name is only replaced if somebody wants it. */
static bool
may_use(const RpAnswers *answers, GError **error)
{
    g_autofree char *question =
        g_strdup_printf(_("There is an account \"%s\". Replace it?"), answers->account);

    if (!is_taken(answers, answers->account) ||
        rp_args_has(answers->cli->args, "replace") ||
        (answers->is_asking && rp_prompt_confirm(question, false)))
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("there is an account \"%s\"; --replace replaces it, --account names"
                  " another"),
                answers->account);
    return false;
}

static bool
ask_account(RpAnswers *answers, GError **error)
{
    g_autofree char *usual = NULL;

    if (answers->account != NULL)
        return true;
    usual = usual_name(answers);
    answers->account =
        rp_answers_need(answers, "account", _("Name of this account"), usual, error);
    if (answers->account == NULL)
        return false;
    g_strstrip(answers->account);
    if (*answers->account == '\0' || strpbrk(answers->account, "[]\r\n") != NULL) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("\"%s\" is no name for an account"), answers->account);
        return false;
    }
    return may_use(answers, error);
}

/* One that is there keeps its name, and with --replace nothing else. */
static void
take_old(RpAnswers *answers)
{
    const RpAccountConfig *old = find_old(answers);

    if (old == NULL)
        return;
    answers->account = g_strdup(old->name);
    if (rp_args_has(answers->cli->args, "replace"))
        return;
    answers->old = old;
    if (answers->is_asking)
        rp_cli_warn(_("account \"%s\" is there already: Enter keeps what it has"),
                    old->name);
}

/* All texts "", but those that are asked for. */
static void
fill_up(RpAnswers *answers)
{
    char **const texts[] = {&answers->host,
                            &answers->port,
                            &answers->security,
                            &answers->user,
                            &answers->ca_file,
                            &answers->pin,
                            &answers->password_command,
                            &answers->token_command,
                            &answers->path};

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (*texts[i] == NULL)
            *texts[i] = g_strdup("");
    }
}

static GPtrArray *
take_all(const RpAnswers *answers, const char *option)
{
    const GPtrArray *given = rp_args_get_all(answers->cli->args, option);
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < given->len; i++)
        g_ptr_array_add(all, rp_cli_typed(g_ptr_array_index(given, i)));
    return all;
}

RpAnswers *
rp_answers_new(RpCli *cli, const RpConfig *config, GError **error)
{
    g_autoptr(RpAnswers) answers = g_new0(RpAnswers, 1);

    answers->cli = cli;
    answers->config = config;
    answers->is_asking = rp_prompt_is_possible() && !rp_args_has(cli->args, "yes") &&
                         !rp_args_has(cli->args, "non-interactive");
    answers->addresses = g_ptr_array_new_with_free_func(g_free);
    answers->folders = take_all(answers, "folder");
    answers->sent_folders = take_all(answers, "sent-folder");
    if (!ask_type(answers, error) || !rp_answers_check_options(answers, error) ||
        !ask_addresses(answers, error))
        return NULL;
    take_old(answers);
    if (!(answers->type == RP_SOURCE_IMAP ? rp_answers_ask_imap(answers, error)
                                          : ask_files(answers, error)))
        return NULL;
    if (!ask_account(answers, error) || !ask_who(answers, error))
        return NULL;
    fill_up(answers);
    return g_steal_pointer(&answers);
}
