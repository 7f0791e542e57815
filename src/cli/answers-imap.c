/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers-imap.c - setup's questions about an IMAP account */
#include <glib/gi18n.h>
#include <string.h>

#include "cli/answers.h"
#include "cli/prompt.h"
#include "cli/provider.h"

/* --- the server --- */

/* NULL if it is known without looking, or found nowhere. */
static RpServer *
find_server(const RpAnswers *answers)
{
    const char *address, *domain;
    RpServer *server;

    if (rp_args_has(answers->cli->args, "host") || answers->old != NULL)
        return NULL;
    address = g_ptr_array_index(answers->addresses, 0);
    domain = strrchr(address, '@') + 1;
    server = rp_provider_find(domain);
    if (server == NULL && !rp_args_has(answers->cli->args, "no-lookup"))
        server = rp_provider_look_up(domain, answers->ca_file);
    if (server != NULL && server->is_of_domain)
        rp_cli_warn("%s: %s, %s", domain, server->host, _(server->found_by));
    if (server != NULL && server->note != NULL)
        rp_cli_warn("%s: %s", domain, _(server->note));
    return server;
}

/* RFC 6186 section 6: whoever can forge DNS could have the password sent to a server
 * of theirs. */
static bool
is_agreed(const RpAnswers *answers, const RpServer *server)
{
    if (server->is_of_domain)
        return true;
    rp_cli_warn(
        _("DNS names %s, which is outside of the domain; give it as --host if it"
          " is right"),
        server->host);
    return answers->is_asking &&
           rp_prompt_confirm(_("Is that your provider's server?"), false);
}

static bool
ask_security(RpAnswers *answers, const RpServer *server, GError **error)
{
    static const char *const securities[] = {"tls", "starttls", "none"};
    size_t security = RP_SECURITY_TLS;

    if (answers->old != NULL)
        security = answers->old->security;
    else if (server != NULL)
        security = server->security;
    if (!rp_args_choose(answers->cli->args, "security", securities, 3, security,
                        &security, error))
        return false;
    answers->security = g_strdup(securities[security]);
    return true;
}

/* That of another server is forgotten. */
static char *
known_port(const RpAnswers *answers, const RpServer *server)
{
    if (answers->old != NULL && answers->old->port != 0 &&
        strcmp(answers->host, answers->old->host) == 0)
        return g_strdup_printf("%u", answers->old->port);
    if (server != NULL && strcmp(answers->host, server->host) == 0)
        return g_strdup_printf("%u", server->port);
    return g_strdup("");
}

/* The caller's. */
static char *
known_user(const RpAnswers *answers, const RpServer *server)
{
    const char *address;

    if (answers->old != NULL)
        return g_strdup(answers->old->user);
    address = g_ptr_array_index(answers->addresses, 0);
    if (server != NULL && server->takes_local_part)
        return g_strndup(address, (gsize)(strrchr(address, '@') - address));
    return g_strdup(address);
}

static bool
ask_server(RpAnswers *answers, GError **error)
{
    const RpAccountConfig *old = answers->old;
    g_autoptr(RpServer) server = NULL;
    g_autofree char *port = NULL;
    g_autofree char *user = NULL;
    const char *host = old != NULL ? old->host : NULL;
    g_autofree char *ca_file =
        rp_answers_take(answers, "ca-file", old != NULL ? old->ca_file : "");

    answers->ca_file = rp_answers_path(ca_file);
    answers->pin = rp_answers_take(answers, "pin", old != NULL ? old->pin : "");
    server = find_server(answers);
    if (server != NULL && is_agreed(answers, server))
        host = server->host;
    answers->host = rp_answers_need(answers, "host", _("IMAP server"), host, error);
    if (answers->host == NULL || !ask_security(answers, server, error))
        return false;
    port = known_port(answers, server);
    answers->port = rp_answers_take(answers, "port", port);
    user = known_user(answers, server);
    answers->user = rp_answers_need(answers, "user", _("Login"), user, error);
    return answers->user != NULL;
}

/* --- the password --- */

typedef enum { SECRET_NONE, SECRET_PASSWORD, SECRET_TOKEN, SECRET_KEYRING } Secret;

static Secret
old_secret(const RpAnswers *answers)
{
    const RpAccountConfig *old = answers->old;

    if (old == NULL)
        return SECRET_NONE;
    if (*old->token_command != '\0')
        return SECRET_TOKEN;
    if (*old->password_command != '\0')
        return SECRET_PASSWORD;
    return old->libsecret ? SECRET_KEYRING : SECRET_NONE;
}

/* SECRET_NONE at the end of the input. */
static Secret
ask_kind(const RpAnswers *answers)
{
    Secret old = old_secret(answers);
    char preset[] = {(char)('0' + (old != SECRET_NONE ? old : SECRET_PASSWORD)), '\0'};

    for (;;) {
        g_autofree char *kind =
            rp_prompt_ask(_("Where is the password: 1 a command prints it,"
                            " 2 a command prints an OAuth2 token, 3 the"
                            " desktop's keyring"),
                          preset);

        if (kind == NULL)
            return SECRET_NONE;
        if (strlen(kind) == 1 && *kind >= '1' && *kind <= '3')
            return (Secret)(*kind - '0');
    }
}

static bool
ask_kind_of_secret(RpAnswers *answers, GError **error)
{
    const RpAccountConfig *old = answers->old;
    Secret kind = ask_kind(answers);
    const char *known;

    answers->libsecret = kind == SECRET_KEYRING;
    if (answers->libsecret)
        return true;
    if (kind == SECRET_TOKEN) {
        known = old_secret(answers) == SECRET_TOKEN ? old->token_command : NULL;
        g_free(answers->token_command);
        answers->token_command = rp_answers_need(
            answers, "token-command", _("Command that prints the token"), known, error);
        return answers->token_command != NULL;
    }
    known = old_secret(answers) == SECRET_PASSWORD ? old->password_command : NULL;
    g_free(answers->password_command);
    answers->password_command = rp_answers_need(
        answers, "password-command",
        _("Command that prints the password (pass show mail/work)"), known, error);
    return answers->password_command != NULL;
}

static void
keep_secret(RpAnswers *answers)
{
    g_free(answers->password_command);
    g_free(answers->token_command);
    answers->password_command = g_strdup(answers->old->password_command);
    answers->token_command = g_strdup(answers->old->token_command);
    answers->libsecret = answers->old->libsecret;
}

static bool
ask_secret(RpAnswers *answers, GError **error)
{
    bool has_one;

    answers->password_command = rp_answers_take(answers, "password-command", "");
    answers->token_command = rp_answers_take(answers, "token-command", "");
    answers->libsecret = rp_args_has(answers->cli->args, "libsecret");
    has_one = *answers->password_command != '\0' || *answers->token_command != '\0' ||
              answers->libsecret;
    if (has_one)
        return true;
    if (answers->is_asking)
        return ask_kind_of_secret(answers, error);
    if (old_secret(answers) != SECRET_NONE) {
        keep_secret(answers);
        return true;
    }
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("setup needs one of --password-command, --token-command and"
                  " --libsecret"));
    return false;
}

/* The keyring knows it by server and login. */
static bool
is_in_keyring(const RpAnswers *answers)
{
    const RpAccountConfig *old = answers->old;

    return old != NULL && old->libsecret && strcmp(old->host, answers->host) == 0 &&
           strcmp(old->user, answers->user) == 0 &&
           !rp_args_has(answers->cli->args, "libsecret");
}

static bool
ask_password(RpAnswers *answers, GError **error)
{
    g_autofree char *question = g_strdup_printf(_("Password of %s"), answers->user);

    if (!answers->libsecret || is_in_keyring(answers))
        return true;
    answers->password = rp_prompt_secret(question);
    if (answers->password != NULL && *answers->password != '\0')
        return true;
    g_set_error(
        error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
        _("--libsecret needs the password: on the terminal, or as the first line"
          " of standard input"));
    return false;
}

bool
rp_answers_ask_imap(RpAnswers *answers, GError **error)
{
    return ask_server(answers, error) && ask_secret(answers, error) &&
           ask_password(answers, error);
}
