/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt.c - questions at the terminal */
#include <config.h> /* the POSIX calls */

#include "cli/prompt.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/pager.h"

bool
rp_prompt_is_possible(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static bool is_ended;

bool
rp_prompt_is_ended(void)
{
    return is_ended;
}

/* NULL at the end of the input; the caller's. */
static char *
read_line(void)
{
    char *line = NULL;
    char *answer = NULL;
    size_t size = 0;
    ssize_t n = getline(&line, &size, stdin);

    if (n >= 0) {
        line[strcspn(line, "\r\n")] = '\0';
        answer = g_strdup(line);
        explicit_bzero(line, size);
    }
    is_ended = n < 0;
    free(line);
    return answer;
}

/* What is typed comes behind it. */
static void
put_question(const char *question)
{
    g_autofree char *local = rp_cli_localized(question);

    fprintf(stderr, "%s: ", local);
    fflush(stderr);
}

char *
rp_prompt_ask(const char *question, const char *preset)
{
    g_autofree char *whole = preset != NULL && *preset != '\0'
                                 ? g_strdup_printf("%s [%s]", question, preset)
                                 : g_strdup(question);

    for (;;) {
        g_autofree char *answer = NULL;

        put_question(whole);
        answer = read_line();
        if (answer == NULL)
            return NULL;
        if (*g_strstrip(answer) != '\0')
            return g_steal_pointer(&answer);
        if (preset != NULL)
            return g_strdup(preset);
    }
}

static bool
begins_with(const char *answer, const char *letter)
{
    g_autofree char *folded = g_utf8_casefold(answer, -1);
    g_autofree char *folded_letter = g_utf8_casefold(letter, -1);

    return g_str_has_prefix(folded, folded_letter);
}

bool
rp_prompt_confirm(const char *question, bool otherwise)
{
    /* TRANSLATORS: the letters of yes and no, the one that Enter means upper case. */
    const char *letters = otherwise ? _("Y/n") : _("y/N");
    g_autofree char *whole = g_strdup_printf("%s [%s]", question, letters);
    g_autofree char *said = rp_prompt_ask(whole, "");
    g_autofree char *answer = rp_cli_typed(said);

    if (said == NULL)
        return false;
    /* TRANSLATORS: the letter with which yes begins; y is understood as well. */
    if (begins_with(answer, C_("answer", "y")))
        return true;
    /* TRANSLATORS: the letter with which no begins; n is understood as well. */
    if (begins_with(answer, C_("answer", "n")) || begins_with(answer, "n"))
        return false;
    return begins_with(answer, "y") || otherwise;
}

/* The terminal as it was, for who is interrupted at a hidden answer. */
static struct termios shown;

/* Not every shell makes its terminal show again what is typed. */
static void
on_interrupt(int number)
{
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    raise(number); /* handled once: now it ends us */
}

static void
hide(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction action = {.sa_handler = on_interrupt};
    struct termios hidden = shown;

    action.sa_flags = (int)SA_RESETHAND;
    for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
        sigaction(signals[i], &action, NULL);
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
}

char *
rp_prompt_secret(const char *question)
{
    bool is_terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    char *answer;

    if (is_terminal) {
        put_question(question);
        hide();
    }
    answer = read_line();
    if (is_terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputc('\n', stderr);
    }
    return answer;
}
