/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config.h - the configuration file: a GLib key file, checked key by key
 *
 * contract.md's section "Configuration" is riposte.conf(5).
 */
#pragma once

#include <gio/gio.h>

#include "core/policy.h"
#include "stream/record.h"

/* All of them are the user's to mend: SYNTAX the file, a section or key; VALUE a
 * value; MISSING no such file. */
typedef enum {
    RP_CONFIG_ERROR_SYNTAX,
    RP_CONFIG_ERROR_VALUE,
    RP_CONFIG_ERROR_MISSING,
    RP_CONFIG_ERROR_SECRET, /* a password or token command failed */
} RpConfigError;
#define RP_CONFIG_ERROR (rp_config_error_quark())
GQuark rp_config_error_quark(void);

typedef struct {
    char *name; /* own */
    RpSourceType type;
    RpSecurity security;
    uint16_t port;                            /* 0: the usual one */
    char *host, *user, *ca_file, *pin, *path; /* own; "" if none */
    char *password_command, *token_command;   /* own; "" if none */
    bool libsecret;
    char *password;          /* own; to be tried before the keyring has it; NULL: ask */
    GPtrArray *folders;      /* own, of char *; "*" alone if not set */
    GPtrArray *sent_folders; /* own, of char * */
} RpAccountConfig;

typedef struct {
    bool enabled, at_warn, repeat;
    int quiet_from_minute, quiet_until_minute; /* of the local day; equal: none */
    int per_day;
    char *open_command; /* own; an argv template or a preset's name, or "" */
} RpNotifyConfig;

typedef struct {
    char *path;          /* own; of the file */
    char *name;          /* own; mine, or "" */
    char *timezone;      /* own; IANA name, "" for the system's */
    RpPolicy *policy;    /* own */
    GPtrArray *accounts; /* own, of RpAccountConfig * */
    RpNotifyConfig notify;
    uint32_t poll_s;
    bool idle;
    GPtrArray *contacts; /* own, of char *: paths of address books */
    bool has_away;       /* policy->holidays holds own absences too */
} RpConfig;

/* Defaults, without an account. */
RpConfig *rp_config_new(void);
void rp_config_free(RpConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpConfig, rp_config_free)

/* "$XDG_CONFIG_HOME/riposte/config", "$XDG_DATA_HOME/riposte/riposte.db". */
char *rp_config_default_path(void);
char *rp_config_default_db(void);

/* Reads and checks all of it. An unknown section or key is an error that names
 * the line and the nearest known one; so is a value that makes no sense. Paths
 * beginning with ~/ are under the home folder; relative ones beside the file. */
RpConfig *rp_config_load(const char *path, GError **error);

/* NULL if there is none of that name. Foreign. */
const RpAccountConfig *rp_config_find_account(const RpConfig *config, const char *name);

/* The job for a source, without watch and the like. Owned by the caller. */
RpJob *rp_config_job(const RpConfig *config, const RpAccountConfig *account);

/* Gets the account's password or token now: token_command, password_command (the
 * first line they print, run by the shell, at most 60 s) or the keyring. The
 * callback gets NULL and an error (SECRET; what the command said on standard
 * error), or a secret that it then owns; NULL without error if the account
 * needs none. Runs on the default main context. */
typedef void (*RpSecretCallback)(RpSecret *secret, const GError *error, gpointer data);
void rp_config_get_secret(const RpAccountConfig *account, GCancellable *cancellable,
                          RpSecretCallback callback, gpointer data);

/* Lets that account log in with this password, whatever it is configured to ask: to
 * try it before it is kept. A copy is taken, and overwritten at the end. */
void rp_config_set_password(RpConfig *config, const char *account,
                            const char *password);

/* Puts the account's password into the keyring; SECRET if that fails. Blocks until
 * the keyring answers. */
bool rp_config_store_secret(const RpAccountConfig *account, const char *password,
                            GError **error);
