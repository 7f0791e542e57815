/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opener.c - open_command, its presets and the desktop's handlers */
#include "config/opener.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_QUARK(rp_opener_error, rp_opener_error)

typedef struct {
    const char *name, *command;
    const char *in_terminal; /* NULL: it opens a window of its own */
} Preset;

/* neomutt reads the text behind -e as its own language, in which a backquote runs a
 * command: only %r is fit to stand there. Where it asks something first, what is pushed
 * is taken for commands: -R, so that none of them changes mail. Unlike a search that
 * finds nothing, a limit shows no other message instead. */
#define NEOMUTT "neomutt -R -f %b -e 'push \"<limit>~i %r<enter><display-message>\"'"

static const Preset PRESETS[] = {
    {"thunderbird", "thunderbird mid:%m", NULL},
    {"gmail", "xdg-open https://mail.google.com/mail/u/0/#search/rfc822msgid%%3A%M",
     NULL},
    /* A terminal of its own would be gone with the last line. The shell's text is
     * this alone: what the message says is its $1. */
    {"notmuch", "notmuch show id:%q",
     "sh -c 'notmuch show \"$1\" | ${PAGER:-less}' sh id:%q"},
    {"neomutt", NEOMUTT, NEOMUTT},
};

/* NULL if it is none. */
static const Preset *
find_preset(const char *command)
{
    for (size_t i = 0; i < G_N_ELEMENTS(PRESETS); i++) {
        if (strcmp(PRESETS[i].name, command) == 0)
            return &PRESETS[i];
    }
    return NULL;
}

static const char *
preset_command(const char *command)
{
    const Preset *preset = find_preset(command);

    return preset == NULL ? command : preset->command;
}

bool
rp_opener_is_window(const char *command)
{
    const Preset *preset = find_preset(command);

    return preset == NULL ? *command == '\0' : preset->in_terminal == NULL;
}

static void
append_regex(GString *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c = g_utf8_find_next_char(c, NULL))
        g_string_append_c(out, g_ascii_isalnum(*c) || *c == '@' ? *c : '.');
}

/* A quote within is doubled; without them, notmuch ends an id at a parenthesis. */
static void
append_quoted(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *c);
    }
    g_string_append_c(out, '"');
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
    case 'q':
        append_quoted(out, target->message_id);
        return true;
    case 'b':
        g_string_append(out, target->mailbox != NULL ? target->mailbox : "");
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
            g_set_error(
                error, RP_OPENER_ERROR, RP_OPENER_ERROR_COMMAND,
                _("open_command has %%%.1s; there are %%m %%M %%r %%q %%a %%f %%b"
                  " %%u %%s and %%%%"),
                c);
            return NULL;
        }
    }
    if (filled->str[0] == '-' && template[0] != '-') {
        g_set_error(error, RP_OPENER_ERROR, RP_OPENER_ERROR_TARGET,
                    _("the message would be read as an option of the program: \"%s\""),
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
                    _("open_command cannot be parted into arguments: %s"),
                    local->message);
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
    static const RpOpenTarget sample = {
        "a@example.org", "a@example.org", "INBOX", "a", 1, "=INBOX"};
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
                    _("this message has a Message-ID that no program can be given"));
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

/* RFC 2392 has the id percent-encoded, and Thunderbird looks for it as it stands; its
 * program may be flatpak or snap's. */
static char *
mid_uri(GAppInfo *handler, const char *id)
{
    const char *line = g_app_info_get_commandline(handler);
    g_autofree char *lower = g_ascii_strdown(line != NULL ? line : "", -1);
    g_autofree char *encoded = g_uri_escape_string(id, "@", FALSE);

    return g_strconcat("mid:", strstr(lower, "thunderbird") != NULL ? id : encoded,
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
                    _("no program here opens messages by their id; set open_command, or"
                      " search your mail for %s"),
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

/* --- without a terminal --- */

/* In front of argv, which it leaves alone. NULL if there is no terminal. */
static char **
put_in_terminal(char **argv)
{
    static const struct {
        const char *program, *option; /* NULL: none */
    } terminals[] = {
        {"xdg-terminal-exec", NULL},
        {"x-terminal-emulator", "-e"},
        {"gnome-terminal", "--"},
        {"konsole", "-e"},
        {"xfce4-terminal", "-x"},
        {"foot", NULL},
        {"kitty", NULL},
        {"alacritty", "-e"},
        {"xterm", "-e"},
    };
    g_autoptr(GPtrArray) whole = g_ptr_array_new_with_free_func(g_free);

    for (size_t i = 0; i < G_N_ELEMENTS(terminals) && whole->len == 0; i++) {
        g_autofree char *path = g_find_program_in_path(terminals[i].program);

        if (path == NULL)
            continue;
        g_ptr_array_add(whole, g_steal_pointer(&path));
        if (terminals[i].option != NULL)
            g_ptr_array_add(whole, g_strdup(terminals[i].option));
    }
    if (whole->len == 0)
        return NULL;
    for (; *argv != NULL; argv++)
        g_ptr_array_add(whole, g_strdup(*argv));
    g_ptr_array_add(whole, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&whole), FALSE);
}

char **
rp_opener_window_argv(const char *command, const RpOpenTarget *target, GError **error)
{
    const Preset *preset = find_preset(command);
    g_auto(GStrv) inner = NULL;
    char **argv;

    if (preset == NULL || preset->in_terminal == NULL)
        return rp_opener_argv(command, target, error);
    inner = rp_opener_argv(preset->in_terminal, target, error);
    if (inner == NULL)
        return NULL;
    argv = put_in_terminal(inner);
    if (argv == NULL)
        g_set_error(error, RP_OPENER_ERROR, RP_OPENER_ERROR_NONE,
                    _("no terminal was found to run %s in; install xdg-terminal-exec,"
                      " or say riposte open in one"),
                    command);
    return argv;
}

/* --- folders --- */

char *
rp_opener_mailbox(const RpConfig *config, const char *account, const char *folder)
{
    static const char *const forms[] = {"/.", "/"}; /* Maildir++, and plain */
    const RpAccountConfig *from = rp_config_find_account(config, account);
    bool is_inbox = strcmp(folder, "INBOX") == 0;

    if (from == NULL || from->type == RP_SOURCE_IMAP)
        return g_strconcat("=", folder, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *path = g_strconcat(from->path, forms[i], folder, NULL);

        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&path);
    }
    return is_inbox || g_file_test(from->path, G_FILE_TEST_IS_REGULAR)
               ? g_strdup(from->path)
               : g_strconcat("=", folder, NULL);
}
