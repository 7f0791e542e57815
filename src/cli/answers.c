/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers.c - setup's questions, in their order */
#include "cli/answers.h"

#include <string.h>

#include "cli/prompt.h"
#include "cli/provider.h"
#include "core/address.h"

const RpOption RP_SETUP_OPTIONS[] = {
    {"account", "NAME", "what the account is called here (default: from the address)",
     0, false},
    {"address", "ADDRESS", "mine; the first is the account's", 0, true},
    {"name", "NAME", "my name", 0, false},
    {"timezone", "ZONE", "of weeks and days: Europe/Berlin (default: the system's)", 0,
     false},
    {"type", "TYPE", "imap (the default), maildir or mbox", 0, false},
    {"host", "HOST", "the IMAP server", 0, false},
    {"port", "PORT", "its port (default: 993, or 143)", 0, false},
    {"security", "HOW", "tls (the default), starttls, or none (this machine only)", 0,
     false},
    {"user", "USER", "the login (default: the address)", 0, false},
    {"password-command", "COMMAND", "prints the password: 'pass show mail/work'", 0,
     false},
    {"token-command", "COMMAND", "prints an OAuth2 access token", 0, false},
    {"libsecret", NULL, "keep the password in the desktop's keyring; asks for it", 0,
     false},
    {"ca-file", "FILE", "trust these certificate authorities instead", 0, false},
    {"pin", "PIN", "trust this certificate alone: sha256:...", 0, false},
    {"path", "PATH", "the Maildir's folder, or the mbox file or folder", 0, false},
    {"folder", "PATTERN", "read these: *, NAME, !NAME", 0, true},
    {"sent-folder", "NAME", "a folder with sent mail", 0, true},
    {"replace", NULL, "replace an account of that name", 0, false},
    {"no-login", NULL, "write without trying the login", 0, false},
    {"no-lookup", NULL, "neither ask DNS for the server nor try usual names", 0, false},
    {"yes", NULL, "ask nothing, take what is usual", 'y', false},
    {"non-interactive", NULL, "the same", 0, false},
    {NULL, NULL, NULL, 0, false},
};

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
    g_free(answers);
}

/* The option's value, else the answer to the question, else preset (NULL: it must be
 * answered). NULL with USAGE. The caller's. */
static char *
need(const RpAnswers *answers, const char *option, const char *question,
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
                    "setup needs --%s (there is nobody to ask)", option);
    return answer;
}

/* The option's value or "": never asked for. */
static char *
take(const RpAnswers *answers, const char *option)
{
    const char *given = rp_args_get(answers->cli->args, option);

    return rp_cli_typed(given);
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
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, "\"%s\" is no address", text);
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
    g_autofree char *asked = NULL;

    if (word != NULL && !add_address(answers, word, error))
        return false;
    for (guint i = 0; i < given->len; i++) {
        if (!add_address(answers, g_ptr_array_index(given, i), error))
            return false;
    }
    if (answers->addresses->len > 0)
        return true;
    asked =
        need(answers, "address", "Your mail address", known_address(answers), error);
    return asked != NULL && add_address(answers, asked, error);
}

static bool
ask_who(RpAnswers *answers, GError **error)
{
    const char *real_name = g_get_real_name();
    const char *known = answers->config != NULL ? answers->config->name : "";

    if (*known == '\0' && strcmp(real_name, "Unknown") != 0 &&
        strcmp(real_name, g_get_user_name()) != 0)
        known = real_name;
    answers->name = need(answers, "name", "Your name", known, error);
    if (answers->name == NULL)
        return false;
    known = answers->config != NULL ? answers->config->timezone : "";
    if (*known == '\0')
        known = g_time_zone_get_identifier(answers->cli->local);
    if (known[0] == ':')
        known++;
    answers->timezone = need(answers, "timezone", "Your time zone", known, error);
    return answers->timezone != NULL;
}

/* --- where --- */

static bool
ask_type(RpAnswers *answers, GError **error)
{
    static const char *const types[] = {"imap", "maildir", "mbox"};
    size_t preset = rp_args_has(answers->cli->args, "path") ? 1 : 0;
    size_t chosen = 0;
    bool is_good =
        rp_args_choose(answers->cli->args, "type", types, 3, preset, &chosen, error);

    answers->type = (RpSourceType)chosen;
    return is_good;
}

static RpServer *
find_server(const RpAnswers *answers)
{
    const char *address = g_ptr_array_index(answers->addresses, 0);
    const char *domain = strrchr(address, '@') + 1;
    RpServer *server = NULL;

    if (rp_args_has(answers->cli->args, "host"))
        return NULL;
    server = rp_provider_find(domain);
    if (server == NULL && !rp_args_has(answers->cli->args, "no-lookup"))
        server = rp_provider_look_up(domain, answers->ca_file);
    if (server != NULL && server->note != NULL)
        rp_cli_warn("%s: %s", domain, server->note);
    return server;
}

static bool
ask_server(RpAnswers *answers, GError **error)
{
    static const char *const securities[] = {"tls", "starttls", "none"};
    g_autoptr(RpServer) server = NULL;
    bool is_trusted;
    size_t security;

    answers->ca_file = take(answers, "ca-file");
    server = find_server(answers);
    is_trusted = server != NULL && server->is_of_domain;
    security = server != NULL ? server->security : RP_SECURITY_TLS;

    if (server != NULL && !is_trusted && !answers->is_asking)
        rp_cli_warn("DNS names %s, which is outside of the domain; give it as --host if"
                    " it is right",
                    server->host);
    answers->host =
        need(answers, "host", "IMAP server",
             is_trusted || (server != NULL && answers->is_asking) ? server->host : NULL,
             error);
    if (answers->host == NULL ||
        !rp_args_choose(answers->cli->args, "security", securities, 3, security,
                        &security, error))
        return false;
    answers->security = g_strdup(securities[security]);
    answers->port = take(answers, "port");
    if (*answers->port == '\0' && server != NULL &&
        strcmp(answers->host, server->host) == 0) {
        g_free(answers->port);
        answers->port = g_strdup_printf("%u", server->port);
    }
    answers->pin = take(answers, "pin");
    answers->user =
        need(answers, "user", "Login", g_ptr_array_index(answers->addresses, 0), error);
    return answers->user != NULL;
}

static bool
ask_kind_of_secret(RpAnswers *answers, GError **error)
{
    g_autofree char *kind =
        rp_prompt_ask("Where is the password: 1 a command prints it,"
                      " 2 a command prints an OAuth2 token, 3 the"
                      " desktop's keyring",
                      "1");
    bool is_token = g_strcmp0(kind, "2") == 0;
    char **command = is_token ? &answers->token_command : &answers->password_command;

    answers->libsecret = g_strcmp0(kind, "3") == 0;
    if (answers->libsecret)
        return true;
    g_free(*command);
    *command = need(answers, is_token ? "token-command" : "password-command",
                    is_token ? "Command that prints the token"
                             : "Command that prints the password (pass show mail/work)",
                    NULL, error);
    return *command != NULL;
}

static bool
ask_secret(RpAnswers *answers, GError **error)
{
    int n;

    answers->password_command = take(answers, "password-command");
    answers->token_command = take(answers, "token-command");
    answers->libsecret = rp_args_has(answers->cli->args, "libsecret");
    n = (*answers->password_command != '\0') + (*answers->token_command != '\0') +
        answers->libsecret;
    if (n == 1)
        return true;
    if (n == 0 && answers->is_asking)
        return ask_kind_of_secret(answers, error);
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                "setup needs %s of --password-command, --token-command and --libsecret",
                n == 0 ? "one" : "only one");
    return false;
}

static char *
absolute_path(const char *path)
{
    if (*path == '~')
        return g_strdup(path);
    return g_canonicalize_filename(path, NULL);
}

static bool
ask_files(RpAnswers *answers, GError **error)
{
    g_autofree char *path =
        need(answers, "path",
             answers->type == RP_SOURCE_MAILDIR ? "Folder of the Maildir"
                                                : "mbox file, or folder of them",
             NULL, error);

    answers->path = path != NULL ? absolute_path(path) : NULL;
    answers->host = g_strdup("");
    answers->user = g_strdup("");
    answers->password_command = g_strdup("");
    answers->token_command = g_strdup("");
    return answers->path != NULL;
}

/* --- the account's name --- */

/* "example" of robin@mail.example.org; "mail" of files. */
static char *
usual_name(const RpAnswers *answers)
{
    const char *address = g_ptr_array_index(answers->addresses, 0);
    g_auto(GStrv) labels = g_strsplit(strrchr(address, '@') + 1, ".", -1);
    guint n = g_strv_length(labels);

    if (answers->type != RP_SOURCE_IMAP)
        return g_strdup("mail");
    return g_strdup(labels[n > 1 ? n - 2 : 0]);
}

static bool
is_taken(const RpAnswers *answers, const char *name)
{
    return answers->config != NULL &&
           rp_config_find_account(answers->config, name) != NULL;
}

/* Another account of that name is only replaced if somebody wants it. */
static bool
may_use(const RpAnswers *answers, GError **error)
{
    g_autofree char *question =
        g_strdup_printf("There is an account \"%s\". Replace it?", answers->account);

    if (!is_taken(answers, answers->account) ||
        rp_args_has(answers->cli->args, "replace") ||
        (answers->is_asking && rp_prompt_confirm(question, false)))
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                "there is an account \"%s\"; --replace replaces it, --account names"
                " another",
                answers->account);
    return false;
}

static bool
ask_account(RpAnswers *answers, GError **error)
{
    g_autofree char *usual = usual_name(answers);

    answers->account = need(answers, "account", "Name of this account", usual, error);
    if (answers->account == NULL)
        return false;
    g_strstrip(answers->account);
    if (*answers->account == '\0' || strpbrk(answers->account, "[]\r\n") != NULL) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    "\"%s\" is no name for an account", answers->account);
        return false;
    }
    return may_use(answers, error);
}

RpAnswers *
rp_answers_new(RpCli *cli, const RpConfig *config, GError **error)
{
    g_autoptr(RpAnswers) answers = g_new0(RpAnswers, 1);
    bool is_imap;

    answers->cli = cli;
    answers->config = config;
    answers->is_asking = rp_prompt_is_possible() && !rp_args_has(cli->args, "yes") &&
                         !rp_args_has(cli->args, "non-interactive");
    answers->addresses = g_ptr_array_new_with_free_func(g_free);
    if (!ask_type(answers, error) || !ask_addresses(answers, error))
        return NULL;
    is_imap = answers->type == RP_SOURCE_IMAP;
    if (is_imap ? !ask_server(answers, error) || !ask_secret(answers, error)
                : !ask_files(answers, error))
        return NULL;
    if (!ask_account(answers, error) || !ask_who(answers, error))
        return NULL;
    return g_steal_pointer(&answers);
}
