/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers.h - what setup is told: by options, by a person, by what is usual
 *
 * Every question has an option; without a terminal, or with --yes, nobody is asked.
 */
#pragma once

#include "cli/command.h"

typedef struct {
    RpCli *cli;                 /* foreign */
    const RpConfig *config;     /* foreign; what there is already, or NULL */
    const RpAccountConfig *old; /* foreign; the account that is changed, or NULL */
    bool is_asking;             /* there is somebody to ask */
    GPtrArray *addresses;  /* own, of char *: normalized; the first is the main one;
                              empty only with old */
    char *name, *timezone; /* own; "" if not known; NULL: as it stands */
    char *account;         /* own */
    RpSourceType type;
    char *host, *port, *security;                  /* own */
    char *user, *ca_file, *pin;                    /* own; "" if none */
    char *password_command, *token_command, *path; /* own; "" if none */
    bool libsecret;
    char *password;                    /* own; for the keyring; NULL: it is there */
    GPtrArray *folders, *sent_folders; /* own, of char *; empty: as it stands */
} RpAnswers;

/* Gathers all of them. NULL with USAGE, naming the option, for what is missing or
 * makes no sense. The caller's. */
RpAnswers *rp_answers_new(RpCli *cli, const RpConfig *config, GError **error);
void rp_answers_free(RpAnswers *answers); /* overwrites the password */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpAnswers, rp_answers_free)

/* The configuration's text with these answers in it: old is what there is, or NULL
 * for a new one with comments. NULL with USAGE if an answer holds control
 * characters. The caller's. */
char *rp_answers_write(const RpAnswers *answers, const char *old, GError **error);

/* --- between the files of the questions --- */

/* The option's value, else the answer to the question, else preset (NULL: it must be
 * answered). NULL with USAGE. The caller's. */
char *rp_answers_need(const RpAnswers *answers, const char *option,
                      const char *question, const char *preset, GError **error);
/* The option's value, else otherwise: never asked for. The caller's. */
char *rp_answers_take(const RpAnswers *answers, const char *option,
                      const char *otherwise);

/* Absolute, for a configuration that is read from anywhere; "" and "~/mail" as they
 * are. The caller's. */
char *rp_answers_path(const char *path);

/* Of answers-options.c: fails with USAGE, naming them, on options that exclude each
 * other or are none of the account's type. */
bool rp_answers_check_options(const RpAnswers *answers, GError **error);

/* Of answers-imap.c: server, login, and where the password is. */
bool rp_answers_ask_imap(RpAnswers *answers, GError **error);
