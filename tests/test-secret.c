/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-secret.c - passwords and tokens out of a command */
#include "config/config.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the callback was given. */
typedef struct {
    char *text, *message; /* own, or NULL */
    bool is_token, is_answered;
} Answer;

static void
on_secret(RpSecret *given, const GError *error, gpointer data)
{
    Answer *answer = data;
    g_autoptr(RpSecret) secret = given;

    if (error != NULL)
        g_assert_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_SECRET);
    answer->text = secret != NULL ? g_strdup(secret->text) : NULL;
    answer->is_token = secret != NULL && secret->is_token;
    answer->message = error != NULL ? g_strdup(error->message) : NULL;
    answer->is_answered = true;
}

static RpAccountConfig
account_with(char *password_command, char *token_command)
{
    static char name[] = "work", none[] = "";

    return (RpAccountConfig){
        .name = name,
        .user = none,
        .host = none,
        .password_command = password_command != NULL ? password_command : none,
        .token_command = token_command != NULL ? token_command : none,
    };
}

static Answer
ask(const RpAccountConfig *account, GCancellable *cancellable)
{
    Answer answer = {NULL, NULL, false, false};

    rp_config_get_secret(account, cancellable, on_secret, &answer);
    g_assert_false(answer.is_answered); /* never before the main loop runs */
    while (!answer.is_answered)
        g_main_context_iteration(NULL, TRUE);
    return answer;
}

static void
test_commands(void)
{
    static const struct {
        const char *what, *command, *text, *message;
    } cases[] = {
        {"first line", "printf 'pass word\\nuser: x\\n'", "pass word", NULL},
        {"no newline", "printf secret", "secret", NULL},
        {"of another system", "printf 'secret\\r\\n'", "secret", NULL},
        {"fails", "echo first >&2; echo no key >&2; exit 3", NULL,
         "account work: password_command failed: no key"},
        {"fails with a secret", "echo secret; exit 1", NULL,
         "account work: password_command failed"},
        {"nothing", "true", NULL, "account work: password_command printed nothing"},
        {"empty first line", "echo; echo secret", NULL,
         "account work: password_command printed nothing"},
        {"not UTF-8", "printf '\\344'", NULL,
         "account work: password_command printed what is not UTF-8"},
        {"not text", "printf 'se\\000cret'", NULL,
         "account work: password_command printed what is not UTF-8"},
        {"longer than any", "head -c 70000 /dev/zero | tr '\\000' x", NULL,
         "account work: password_command printed a first line of more than 65536 "
         "bytes"},
        {"fails and tells it", "echo hunter2; echo no hunter2 >&2; exit 1", NULL,
         "account work: password_command failed"},
        {"hostile words", "printf 'a\\033[2Jb' >&2; exit 1", NULL,
         "account work: password_command failed: a [2Jb"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *command = g_strdup(cases[i].command);
        RpAccountConfig account = account_with(command, NULL);
        Answer answer = ask(&account, NULL);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(answer.text, ==, cases[i].text);
        g_assert_cmpstr(answer.message, ==, cases[i].message);
        g_assert_false(answer.is_token);
        g_free(answer.text);
        g_free(answer.message);
    }
}

static void
test_token(void)
{
    char command[] = "echo ya29.token";
    RpAccountConfig account = account_with(NULL, command);
    Answer answer = ask(&account, NULL);

    g_assert_cmpstr(answer.text, ==, "ya29.token");
    g_assert_true(answer.is_token);
    g_free(answer.text);
}

static void
test_none_needed(void)
{
    RpAccountConfig account = account_with(NULL, NULL);
    Answer answer = ask(&account, NULL);

    g_assert_null(answer.text);
    g_assert_null(answer.message);
}

static gboolean
cancel(gpointer data)
{
    g_cancellable_cancel(data);
    return G_SOURCE_REMOVE;
}

/* Whatever the command still does, the waiting ends. */
static void
test_cancelled(void)
{
    char command[] = "sleep 5; echo late";
    RpAccountConfig account = account_with(command, NULL);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    Answer answer;

    g_idle_add(cancel, cancellable);
    answer = ask(&account, cancellable);
    g_assert_null(answer.text);
    g_assert_nonnull(answer.message);
    g_free(answer.message);
}

/* Away from any terminal, as riposted is. The number of the process that the command
 * leaves in the background, once its asking is cancelled. */
static int
cancel_with_background(void)
{
    char command[] = "sleep 60 & echo $! >pid; wait";
    RpAccountConfig account = account_with(command, NULL);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autofree char *text = NULL;

    setsid();
    g_timeout_add(500, cancel, cancellable);
    ask(&account, cancellable);
    return g_file_get_contents("pid", &text, NULL, NULL) ? atoi(text) : 0;
}

/* Nobody reaps it here: dead is enough. */
static bool
is_running(int pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/stat", pid);
    g_autofree char *text = NULL;

    return g_file_get_contents(path, &text, NULL, NULL) && strstr(text, ") Z ") == NULL;
}

static void
test_cancelled_group(void)
{
    g_autofree char *folder = g_dir_make_tmp("riposte-secret-XXXXXX", NULL);
    pid_t child;
    int status = 0;

    g_assert_no_errno(chdir(folder));
    child = fork();
    if (child == 0) {
        int pid = cancel_with_background();

        for (int i = 0; i < 500 && pid > 0 && is_running(pid); i++)
            g_usleep(10000);
        _exit(pid <= 0 ? 2 : is_running(pid) ? 1 : 0);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    unlink("pid");
    g_assert_no_errno(chdir("/"));
    rmdir(folder);
}

/* One that is tried before it is kept comes before whatever is configured. */
static void
test_known(void)
{
    static char password[] = "typed", command[] = "echo kept";
    RpAccountConfig account = account_with(NULL, command);
    Answer answer;

    account.password = password;
    answer = ask(&account, NULL);
    g_assert_cmpstr(answer.text, ==, "typed");
    g_assert_false(answer.is_token);
    g_free(answer.text);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/secret/commands", test_commands);
    g_test_add_func("/secret/token", test_token);
    g_test_add_func("/secret/none-needed", test_none_needed);
    g_test_add_func("/secret/cancelled", test_cancelled);
    g_test_add_func("/secret/cancelled-group", test_cancelled_group);
    g_test_add_func("/secret/known", test_known);
    return g_test_run();
}
