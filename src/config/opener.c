/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opener.c - open_command, its presets and the desktop's handlers */
#include "config/opener.h"

#include <gio/gio.h>
#include <string.h>

G_DEFINE_QUARK(rp_opener_error, rp_opener_error)

static const struct {
    const char *name, *command;
    bool is_window;
} PRESETS[] = {
    {"thunderbird", "thunderbird mid:%m", true},
    {"gmail", "xdg-open https://mail.google.com/mail/u/0/#search/rfc822msgid%%3A%M",
     true},
    {"notmuch", "notmuch show id:%m", false},
    /* neomutt reads the text behind -e as its own language, in which a backquote
     * runs a command: only %r is fit to stand there. */
    {"neomutt", "neomutt -f %f -e 'push \"<search>~i %r<enter><display-message>\"'",
     false},
};

static const char *
preset_command(const char *command)
{
    for (size_t i = 0; i < G_N_ELEMENTS(PRESETS); i++) {
        if (strcmp(PRESETS[i].name, command) == 0)
            return PRESETS[i].command;
    }
    return command;
}

bool
rp_opener_is_window(const char *command)
{
    for (size_t i = 0; i < G_N_ELEMENTS(PRESETS); i++) {
        if (strcmp(PRESETS[i].name, command) == 0)
            return PRESETS[i].is_window;
    }
    return *command == '\0';
}

static void
append_regex(GString *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        g_string_append_c(out, g_ascii_isalnum(*c) || *c == '@' ? *c : '.');
}

/* Appends what %code stands for; false if there is no such code. */
static bool
append_code(GString *out, char code, const RpOpenTarget *target)
{
    switch (code) {
    case 'm':
        g_string_append(out, target->message_id);
        return true;
    case 'M':
        g_string_append_uri_escaped(out, target->message_id, NULL, FALSE);
        return true;
    case 'r':
        append_regex(out, target->message_id);
        return true;
    case 'a':
        g_string_append(out, target->address);
        return true;
    case 'f':
        g_string_append(out, target->folder);
        return true;
    case 'u':
        g_string_append_printf(out, "%" G_GUINT64_FORMAT, target->uid);
        return true;
    case 's':
        g_string_append(out, target->subject);
        return true;
    case '%':
        g_string_append_c(out, '%');
        return true;
    default:
        return false;
    }
}

static char *
fill_argument(const char *template, const RpOpenTarget *target, GError **error)
{
    g_autoptr(GString) filled = g_string_new(NULL);

    for (const char *c = template; *c != '\0'; c++) {
        if (*c != '%') {
            g_string_append_c(filled, *c);
        } else if (!append_code(filled, *++c, target)) {
            g_set_error(error, RP_OPENER_ERROR, RP_OPENER_ERROR_COMMAND,
                        "open_command has %%%.1s; there are %%m %%M %%r %%a %%f %%u %%s"
                        " and %%%%",
                        c);
            return NULL;
        }
    }
    if (filled->str[0] == '-' && template[0] != '-') {
        g_set_error(error, RP_OPENER_ERROR, RP_OPENER_ERROR_TARGET,
                    "the message would be read as an option of the program: \"%s\"",
                    filled->str);
        return NULL;
    }
    return g_strdup(filled->str);
}

/* Parts the command, then fills each argument, so that no text of a message can
 * become two of them. */
static char **
fill_command(const char *command, const RpOpenTarget *target, GError **error)
{
    g_auto(GStrv) argv = NULL;
    g_autoptr(GError) local = NULL;

    if (!g_shell_parse_argv(preset_command(command), NULL, &argv, &local)) {
        g_set_error(error, RP_OPENER_ERROR, RP_OPENER_ERROR_COMMAND,
                    "open_command cannot be parted into arguments: %s", local->message);
        return NULL;
    }
    for (char **argument = argv; *argument != NULL; argument++) {
        char *filled = fill_argument(*argument, target, error);

        if (filled == NULL)
            return NULL;
        g_free(*argument);
        *argument = filled;
    }
    return g_steal_pointer(&argv);
}

bool
rp_opener_check(const char *command, GError **error)
{
    static const RpOpenTarget sample = {"a@example.org", "a@example.org", "INBOX", "a",
                                        1};
    g_auto(GStrv) argv = NULL;

    if (*command == '\0')
        return true;
    argv = fill_command(command, &sample, error);
    return argv != NULL;
}

static bool
check_id(const char *id, GError **error)
{
    bool is_fit = *id != '\0' && *id != '-';

    for (const char *c = id; *c != '\0' && is_fit; c++)
        is_fit = !g_ascii_isspace(*c) && !g_ascii_iscntrl(*c);
    if (!is_fit)
        g_set_error(error, RP_OPENER_ERROR, RP_OPENER_ERROR_TARGET,
                    "this message has a Message-ID that no program can be given");
    return is_fit;
}

/* The arguments of a desktop entry's command line for one URI (Desktop Entry
 * Specification 1.5, "The Exec key"). */
static char **
handler_argv(GAppInfo *handler, const char *uri)
{
    const char *line = g_app_info_get_commandline(handler);
    g_auto(GStrv) given = NULL;
    g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func(g_free);
    bool has_uri = false;

    if (line == NULL || !g_shell_parse_argv(line, NULL, &given, NULL))
        return NULL;
    for (char **argument = given; *argument != NULL; argument++) {
        if (g_ascii_strcasecmp(*argument, "%u") == 0) {
            g_ptr_array_add(argv, g_strdup(uri));
            has_uri = true;
        } else if ((*argument)[0] != '%') {
            g_ptr_array_add(argv, g_strdup(*argument));
        }
    }
    if (!has_uri)
        g_ptr_array_add(argv, g_strdup(uri));
    g_ptr_array_add(argv, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&argv), FALSE);
}

/* RFC 2392 has the id percent-encoded, and Thunderbird looks for it as it stands. */
static char *
mid_uri(GAppInfo *handler, const char *id)
{
    const char *program = g_app_info_get_executable(handler);
    g_autofree char *name = g_path_get_basename(program != NULL ? program : "");
    g_autofree char *encoded = g_uri_escape_string(id, "@", FALSE);

    return g_strconcat("mid:", g_str_has_prefix(name, "thunderbird") ? id : encoded,
                       NULL);
}

/* RFC 6068 section 6.1: In-Reply-To may stand in a mailto: link. */
static char *
mailto_uri(const RpOpenTarget *target)
{
    g_autofree char *address = g_uri_escape_string(target->address, "@", FALSE);
    g_autofree char *subject = g_uri_escape_string(target->subject, NULL, FALSE);
    g_autofree char *id = g_uri_escape_string(target->message_id, NULL, FALSE);

    return g_strdup_printf("mailto:%s?subject=Re:%%20%s&in-reply-to=%%3C%s%%3E",
                           address, subject, id);
}

static char **
desktop_argv(const RpOpenTarget *target, GError **error)
{
    g_autoptr(GAppInfo) mid = g_app_info_get_default_for_uri_scheme("mid");
    g_autoptr(GAppInfo) mailto = g_app_info_get_default_for_uri_scheme("mailto");
    g_autofree char *uri = NULL;
    char **argv = NULL;

    if (mid != NULL) {
        uri = mid_uri(mid, target->message_id);
        argv = handler_argv(mid, uri);
    } else if (mailto != NULL && *target->address != '\0') {
        uri = mailto_uri(target);
        argv = handler_argv(mailto, uri);
    }
    if (argv == NULL)
        g_set_error(error, RP_OPENER_ERROR, RP_OPENER_ERROR_NONE,
                    "no program here opens messages by their id; set open_command, or"
                    " search your mail for %s",
                    target->message_id);
    return argv;
}

char **
rp_opener_argv(const char *command, const RpOpenTarget *target, GError **error)
{
    if (!check_id(target->message_id, error))
        return NULL;
    if (*command == '\0')
        return desktop_argv(target, error);
    return fill_command(command, target, error);
}
