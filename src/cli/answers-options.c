/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers-options.c - options of setup that make no sense together */
#include <glib/gi18n.h>
#include <string.h>

#include "cli/answers.h"

static const char *const OF_IMAP[] = {
    "host",          "port",      "security", "user", "password-command",
    "token-command", "libsecret", "ca-file",  "pin",
};

static const char *const CONTRARY[][2] = {
    {"password-command", "token-command"},
    {"password-command", "libsecret"},
    {"token-command", "libsecret"},
    {"ca-file", "pin"},
};

/* Is it given, and not to take away what there is? */
static bool
is_given(const RpArgs *args, const char *option)
{
    const char *value = rp_args_get(args, option);

    return value != NULL && (*value != '\0' || strcmp(option, "libsecret") == 0);
}

static bool
exclude(const RpArgs *args, const char *one, const char *other, GError **error)
{
    if (!is_given(args, one) || !is_given(args, other))
        return true;
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                _("--%s and --%s exclude each other; give one of them"), one, other);
    return false;
}

static bool
check_type(const RpAnswers *answers, GError **error)
{
    const RpArgs *args = answers->cli->args;

    if (answers->type == RP_SOURCE_IMAP) {
        if (!is_given(args, "path"))
            return true;
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("--path is for --type maildir or mbox, not for an IMAP account"));
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(OF_IMAP); i++) {
        if (!is_given(args, OF_IMAP[i]))
            continue;
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("--%s is for an IMAP account, not for --type %s"), OF_IMAP[i],
                    answers->type == RP_SOURCE_MAILDIR ? "maildir" : "mbox");
        return false;
    }
    return true;
}

bool
rp_answers_check_options(const RpAnswers *answers, GError **error)
{
    const RpArgs *args = answers->cli->args;
    const char *security = rp_args_get(args, "security");

    for (size_t i = 0; i < G_N_ELEMENTS(CONTRARY); i++) {
        if (!exclude(args, CONTRARY[i][0], CONTRARY[i][1], error))
            return false;
    }
    if (g_strcmp0(security, "none") == 0 &&
        (is_given(args, "ca-file") || is_given(args, "pin"))) {
        g_set_error(
            error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
            _("--%s is of no use with --security none: there is no certificate"),
            is_given(args, "pin") ? "pin" : "ca-file");
        return false;
    }
    return check_type(answers, error);
}
