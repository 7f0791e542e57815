/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config.c - a configuration in memory */
#include <config.h> /* the POSIX calls */

#include "config/config.h"

#include <string.h>

#include "config/private.h"
#include "core/instant.h"

G_DEFINE_QUARK(rp_config_error, rp_config_error)

RpAccountConfig *
rp_account_config_new(const char *name)
{
    RpAccountConfig *account = g_new0(RpAccountConfig, 1);

    account->name = g_strdup(name);
    account->host = g_strdup("");
    account->user = g_strdup("");
    account->ca_file = g_strdup("");
    account->pin = g_strdup("");
    account->path = g_strdup("");
    account->password_command = g_strdup("");
    account->token_command = g_strdup("");
    account->folders = g_ptr_array_new_with_free_func(g_free);
    account->sent_folders = g_ptr_array_new_with_free_func(g_free);
    return account;
}

void
rp_account_config_free(RpAccountConfig *account)
{
    if (account == NULL)
        return;
    g_free(account->name);
    g_free(account->host);
    g_free(account->user);
    g_free(account->ca_file);
    g_free(account->pin);
    g_free(account->path);
    g_free(account->password_command);
    g_free(account->token_command);
    if (account->password != NULL)
        explicit_bzero(account->password, strlen(account->password));
    g_free(account->password);
    g_ptr_array_unref(account->folders);
    g_ptr_array_unref(account->sent_folders);
    g_free(account);
}

/* The system's. TZ=:Europe/Berlin names the same zone as without the colon. */
static GTimeZone *
system_zone(void)
{
    g_autoptr(GTimeZone) local = g_time_zone_new_local();
    const char *name = g_time_zone_get_identifier(local);
    GTimeZone *plain = name[0] == ':' ? g_time_zone_new_identifier(name + 1) : NULL;

    return plain != NULL ? plain : g_steal_pointer(&local);
}

RpConfig *
rp_config_new(void)
{
    RpConfig *config = g_new0(RpConfig, 1);

    config->path = g_strdup("");
    config->name = g_strdup("");
    config->timezone = g_strdup("");
    config->policy = rp_policy_new();
    g_time_zone_unref(config->policy->zone);
    config->policy->zone = system_zone();
    config->accounts =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_account_config_free);
    config->contacts = g_ptr_array_new_with_free_func(g_free);
    config->notify.enabled = true;
    config->notify.repeat = true;
    config->notify.quiet_from_minute = 22 * 60;
    config->notify.quiet_until_minute = 7 * 60;
    config->notify.per_day = 6;
    config->notify.open_command = g_strdup("");
    config->poll_s = 5 * RP_MINUTE_S;
    config->idle = true;
    return config;
}

void
rp_config_free(RpConfig *config)
{
    if (config == NULL)
        return;
    g_free(config->path);
    g_free(config->name);
    g_free(config->timezone);
    rp_policy_free(config->policy);
    g_ptr_array_unref(config->accounts);
    g_ptr_array_unref(config->contacts);
    g_free(config->notify.open_command);
    g_free(config);
}

char *
rp_config_default_path(void)
{
    return g_build_filename(g_get_user_config_dir(), "riposte", "config", NULL);
}

char *
rp_config_default_db(void)
{
    return g_build_filename(g_get_user_data_dir(), "riposte", "riposte.db", NULL);
}

const RpAccountConfig *
rp_config_find_account(const RpConfig *config, const char *name)
{
    for (guint i = 0; i < config->accounts->len; i++) {
        const RpAccountConfig *account = g_ptr_array_index(config->accounts, i);

        if (strcmp(account->name, name) == 0)
            return account;
    }
    return NULL;
}

static void
copy_text(char **to, const char *from)
{
    g_free(*to);
    *to = g_strdup(from);
}

static void
copy_list(GPtrArray *to, const GPtrArray *from)
{
    g_ptr_array_set_size(to, 0);
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, g_strdup(g_ptr_array_index(from, i)));
}

RpJob *
rp_config_job(const RpConfig *config, const RpAccountConfig *account)
{
    RpJob *job = rp_job_new();

    job->source = account->type;
    job->security = account->security;
    job->port = account->port;
    job->idle = config->idle;
    job->poll_s = config->poll_s;
    copy_text(&job->account, account->name);
    copy_text(&job->host, account->host);
    copy_text(&job->user, account->user);
    copy_text(&job->ca_file, account->ca_file);
    copy_text(&job->pin, account->pin);
    copy_text(&job->path, account->path);
    copy_list(job->folders, account->folders);
    copy_list(job->sent_folders, account->sent_folders);
    return job;
}
