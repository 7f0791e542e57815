/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt.c - questions at the terminal */
#include <config.h> /* the POSIX calls */

#include "cli/prompt.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

bool
rp_prompt_is_possible(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
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
    free(line);
    return answer;
}

char *
rp_prompt_ask(const char *question, const char *preset)
{
    for (;;) {
        g_autofree char *answer = NULL;

        if (preset != NULL && *preset != '\0')
            fprintf(stderr, "%s [%s]: ", question, preset);
        else
            fprintf(stderr, "%s: ", question);
        fflush(stderr);
        answer = read_line();
        if (answer == NULL)
            return NULL;
        if (*g_strstrip(answer) != '\0')
            return g_steal_pointer(&answer);
        if (preset != NULL)
            return g_strdup(preset);
    }
}

bool
rp_prompt_confirm(const char *question, bool otherwise)
{
    g_autofree char *whole =
        g_strdup_printf("%s [%s]", question, otherwise ? "Y/n" : "y/N");
    g_autofree char *answer = rp_prompt_ask(whole, "");

    if (answer == NULL)
        return false;
    if (g_ascii_tolower(*answer) == 'y')
        return true;
    return g_ascii_tolower(*answer) == 'n' ? false : otherwise;
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
        fprintf(stderr, "%s: ", question);
        fflush(stderr);
        hide();
    }
    answer = read_line();
    if (is_terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputc('\n', stderr);
    }
    return answer;
}
