/* SPDX-License-Identifier: GPL-3.0-or-later */
/* secret.c - passwords and tokens: from a command's output or the keyring */
#include <config.h> /* the POSIX calls */

#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "config/private.h"

enum {
    TIMEOUT_S = 60,
    MAX_COMPLAINT = 200, /* bytes of what the command said on standard error */
};

typedef struct {
    char *account, *setting; /* own; for messages */
    char *password;          /* own; that is known already */
    bool is_token;
    pid_t group; /* of the command and what it starts; 0: ours */
    bool is_timed_out;
    guint timer;
    gulong cancelled_handler;
    GSubprocess *process;  /* own; NULL without a command */
    GCancellable *cancel;  /* own; the caller's or the timer stops the asking */
    GCancellable *callers; /* own, or NULL */
    RpSecretCallback callback;
    gpointer data;
} Asking;

static void
on_cancelled(GCancellable *callers, gpointer data)
{
    (void)callers;
    g_cancellable_cancel(data);
}

static Asking *
asking_new(const RpAccountConfig *account, GCancellable *cancellable,
           RpSecretCallback callback, gpointer data)
{
    Asking *asking = g_new0(Asking, 1);

    asking->account = g_strdup(account->name);
    asking->is_token = account->password == NULL && *account->token_command != '\0';
    asking->password = g_strdup(account->password);
    asking->setting = g_strdup(asking->is_token ? "token_command" : "password_command");
    asking->cancel = g_cancellable_new();
    asking->callers = cancellable != NULL ? g_object_ref(cancellable) : NULL;
    if (cancellable != NULL)
        asking->cancelled_handler =
            g_cancellable_connect(cancellable, G_CALLBACK(on_cancelled),
                                  g_object_ref(asking->cancel), g_object_unref);
    asking->callback = callback;
    asking->data = data;
    return asking;
}

/* Answers, and ends the asking. Takes text and error over; both NULL: no secret is
 * needed. */
static void
answer(Asking *asking, char *text, GError *error)
{
    RpSecret *secret = NULL;

    if (text != NULL) {
        secret = g_new0(RpSecret, 1);
        secret->is_token = asking->is_token;
        secret->text = text;
    }
    g_clear_handle_id(&asking->timer, g_source_remove);
    asking->callback(secret, error, asking->data);
    g_clear_error(&error);
    g_clear_object(&asking->process);
    g_cancellable_disconnect(asking->callers, asking->cancelled_handler);
    g_clear_object(&asking->callers);
    g_clear_object(&asking->cancel);
    g_free(asking->account);
    g_free(asking->setting);
    g_free(asking);
}

static GError *G_GNUC_PRINTF(2, 3)
    complaint(const Asking *asking, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    return g_error_new(RP_CONFIG_ERROR, RP_CONFIG_ERROR_SECRET, _("account %s: %s"),
                       asking->account, text);
}

static gboolean
answer_password(gpointer data)
{
    Asking *asking = data;

    answer(asking, g_steal_pointer(&asking->password), NULL);
    return G_SOURCE_REMOVE;
}

static gboolean
answer_none(gpointer data)
{
    answer(data, NULL, NULL);
    return G_SOURCE_REMOVE;
}

/* A command's own children may outlive it and hold its output open: whoever is
 * waited for, the waiting ends. */
static gboolean
on_timeout(gpointer data)
{
    Asking *asking = data;

    asking->timer = 0;
    asking->is_timed_out = true;
    g_cancellable_cancel(asking->cancel);
    return G_SOURCE_REMOVE;
}

static GError *
failure(const Asking *asking, const GError *error)
{
    if (asking->is_timed_out)
        return complaint(asking, _("%s gave nothing within %d s"), asking->setting,
                         TIMEOUT_S);
    return complaint(asking, "%s: %s", asking->setting, error->message);
}

/* --- from a command --- */

/* The last line that a command wrote on standard error, fit for a message. */
static char *
last_line(GBytes *bytes)
{
    gsize n = 0;
    const char *start = g_bytes_get_data(bytes, &n);
    g_autofree char *text = g_utf8_make_valid(n > 0 ? start : "", (gssize)n);
    const char *newline;
    g_autofree char *line = NULL;

    g_strstrip(text);
    newline = strrchr(text, '\n');
    line = g_utf8_substring(
        newline != NULL ? newline + 1 : text, 0,
        MIN(g_utf8_strlen(newline != NULL ? newline + 1 : text, -1), MAX_COMPLAINT));
    for (char *c = line; *c != '\0'; c++) {
        if (g_ascii_iscntrl(*c))
            *c = ' ';
    }
    return g_steal_pointer(&line);
}

/* The first line, which is wiped where it stood. What is no text becomes no UTF-8. */
static char *
take_first_line(GBytes *bytes)
{
    gsize n = 0;
    g_autofree char *text = g_bytes_unref_to_data(bytes, &n);
    const char *end = n > 0 ? memchr(text, '\n', n) : NULL;
    gsize n_line = end != NULL ? (gsize)(end - text) : n;
    bool is_text = n == 0 || memchr(text, '\0', n_line) == NULL;
    char *line = g_strndup(n == 0 ? "" : is_text ? text : "\xff", is_text ? n_line : 1);

    if (n > 0)
        explicit_bzero(text, n);
    if (g_str_has_suffix(line, "\r"))
        line[strlen(line) - 1] = '\0';
    return line;
}

/* With all that it has started. */
static void
end_command(const Asking *asking)
{
    if (asking->group > 0)
        kill(-asking->group, SIGKILL);
    g_subprocess_force_exit(asking->process);
}

static GError *
check_command(const Asking *asking, GBytes *errors, const char *secret)
{
    g_autofree char *said = last_line(errors);
    const char *colon;

    if (*secret != '\0' && strstr(said, secret) != NULL)
        *said = '\0'; /* it would go into the log */
    colon = *said != '\0' ? ": " : "";
    if (!g_subprocess_get_successful(asking->process))
        return complaint(asking, _("%s failed%s%s"), asking->setting, colon, said);
    if (*secret == '\0')
        return complaint(asking, _("%s printed nothing%s%s"), asking->setting, colon,
                         said);
    if (!g_utf8_validate(secret, -1, NULL))
        return complaint(asking, _("%s printed what is not UTF-8"), asking->setting);
    if (strlen(secret) > RP_MAX_SECRET)
        return complaint(asking, _("%s printed a first line of more than %d bytes"),
                         asking->setting, RP_MAX_SECRET);
    return NULL;
}

static void
on_command_done(GObject *source, GAsyncResult *result, gpointer data)
{
    Asking *asking = data;
    GBytes *output = NULL;
    g_autoptr(GBytes) errors = NULL;
    g_autofree char *secret = NULL;
    g_autoptr(GError) error = NULL;

    if (!g_subprocess_communicate_finish(G_SUBPROCESS(source), result, &output, &errors,
                                         &error)) {
        end_command(asking);
        answer(asking, NULL, failure(asking, error));
        return;
    }
    secret = take_first_line(output);
    g_clear_error(&error);
    error = check_command(asking, errors, secret);
    if (error == NULL) {
        answer(asking, g_steal_pointer(&secret), NULL);
        return;
    }
    explicit_bzero(secret, strlen(secret));
    answer(asking, NULL, g_steal_pointer(&error));
}

static gboolean
answer_failed_start(gpointer data)
{
    Asking *asking = data;

    answer(asking, NULL, complaint(asking, _("cannot run %s"), asking->setting));
    return G_SOURCE_REMOVE;
}

/* In the foreground of a terminal the command may ask there, which only that group may;
 * then Ctrl-C ends it with us. */
static bool
has_terminal(void)
{
    int terminal = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    bool is_ours = terminal >= 0 && tcgetpgrp(terminal) == getpgrp();

    if (terminal >= 0)
        close(terminal);
    return is_ours;
}

/* In the child. It must not stay behind if we die without a chance to end it. */
static void
bind_command(gpointer data)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (data != NULL)
        setpgid(0, 0);
}

static void
ask_command(Asking *asking, const char *command)
{
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
        G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
    bool has_group = !has_terminal();
    const char *pid;

    g_subprocess_launcher_set_child_setup(launcher, bind_command,
                                          has_group ? launcher : NULL, NULL);
    asking->process =
        g_subprocess_launcher_spawn(launcher, NULL, "/bin/sh", "-c", command, NULL);
    if (asking->process == NULL) {
        g_idle_add(answer_failed_start, asking);
        return;
    }
    pid = g_subprocess_get_identifier(asking->process); /* NULL: it has ended */
    if (has_group && pid != NULL)
        asking->group = (pid_t)g_ascii_strtoll(pid, NULL, 10);
    asking->timer = g_timeout_add_seconds(TIMEOUT_S, on_timeout, asking);
    g_subprocess_communicate_async(asking->process, NULL, asking->cancel,
                                   on_command_done, asking);
}

/* --- from the keyring --- */

static void
on_keyring_done(char *text, const GError *error, gpointer data)
{
    Asking *asking = data;

    if (error == NULL && text == NULL)
        answer(asking, NULL,
               complaint(asking, _("the keyring has no password; run riposte setup"
                                   " --libsecret")));
    else if (error == NULL)
        answer(asking, text, NULL);
    else if (error->domain == RP_CONFIG_ERROR)
        answer(asking, NULL, complaint(asking, "%s", error->message));
    else
        answer(
            asking, NULL,
            complaint(asking,
                      _("the keyring cannot be asked: %s (without a desktop's"
                        " session use password_command)"),
                      asking->is_timed_out ? _("it does not answer") : error->message));
}

static void
ask_keyring(Asking *asking, const RpAccountConfig *account)
{
    g_free(asking->setting);
    asking->setting = g_strdup(_("the keyring"));
    asking->timer = g_timeout_add_seconds(TIMEOUT_S, on_timeout, asking);
    rp_keyring_look_up(account, asking->cancel, on_keyring_done, asking);
}

void
rp_config_set_password(RpConfig *config, const char *account, const char *password)
{
    for (guint i = 0; i < config->accounts->len; i++) {
        RpAccountConfig *each = g_ptr_array_index(config->accounts, i);

        if (strcmp(each->name, account) == 0)
            each->password = g_strdup(password);
    }
}

void
rp_config_get_secret(const RpAccountConfig *account, GCancellable *cancellable,
                     RpSecretCallback callback, gpointer data)
{
    Asking *asking = asking_new(account, cancellable, callback, data);

    if (asking->password != NULL)
        g_idle_add(answer_password, asking);
    else if (*account->token_command != '\0')
        ask_command(asking, account->token_command);
    else if (*account->password_command != '\0')
        ask_command(asking, account->password_command);
    else if (account->libsecret)
        ask_keyring(asking, account);
    else
        g_idle_add(answer_none, asking);
}
