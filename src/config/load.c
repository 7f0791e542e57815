/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c - reads a configuration, section by section, key by key */
#include <glib/gi18n.h>
#include <string.h>

#include "config/nearest.h"
#include "config/settings.h"
#include "config/values.h"

enum { MAX_FILE = 1 << 20 };

/* A section's settings go to one or two structs. */
typedef struct {
    const RpSetting *settings;
    gpointer target;
} Part;

static bool G_GNUC_PRINTF(4, 5) refuse(const RpReader *reader, RpConfigError code,
                                       GError **error, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, RP_CONFIG_ERROR, (int)code, "%s:%u: %s", reader->lines->path,
                rp_lines_find(reader->lines, reader->group, reader->key), text);
    return false;
}

/* The section that has a setting of that name, for one that stands in another's. */
static const char *
section_of(const char *key)
{
    static const struct {
        const char *name;
        const RpSetting *settings;
    } sections[] = {
        {"me", RP_SETTINGS_ME},
        {"me", RP_SETTINGS_ME_POLICY},
        {"policy", RP_SETTINGS_POLICY},
        {"account NAME", RP_SETTINGS_ACCOUNT},
        {"notify", RP_SETTINGS_NOTIFY},
        {"sync", RP_SETTINGS_SYNC},
        {"contacts", RP_SETTINGS_CONTACTS},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        const RpSetting *setting = sections[i].settings;

        for (; setting->key != NULL; setting++) {
            if (strcmp(setting->key, key) == 0)
                return sections[i].name;
        }
    }
    return NULL;
}

static bool
refuse_key(const RpReader *reader, const Part parts[2], GError **error)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    const char *section = section_of(reader->key);
    const char *near;

    if (section != NULL)
        return refuse(reader, RP_CONFIG_ERROR_SYNTAX, error,
                      _("[%s] has no setting \"%s\"; it belongs into [%s]"),
                      reader->group, reader->key, section);

    for (int p = 0; p < 2; p++) {
        const RpSetting *setting = parts[p].settings;

        for (; setting != NULL && setting->key != NULL; setting++)
            g_ptr_array_add(keys, (gpointer)(guintptr)setting->key);
    }
    near = rp_nearest(reader->key, (const char *const *)keys->pdata, keys->len);
    return refuse(reader, RP_CONFIG_ERROR_SYNTAX, error,
                  near != NULL ? _("[%s] has no setting \"%s\" (did you mean %s?)")
                               : _("[%s] has no setting \"%s\""),
                  reader->group, reader->key, near);
}

static bool
set_value(RpReader *reader, const RpSetting *setting, gpointer target, GError **error)
{
    g_autoptr(GError) escape = NULL;
    g_autofree char *raw =
        g_key_file_get_value(reader->file, reader->group, reader->key, NULL);
    g_autofree char *value =
        g_key_file_get_string(reader->file, reader->group, reader->key, &escape);
    g_autofree char *wrong = NULL;

    if (escape != NULL && !setting->is_list)
        wrong = g_strdup(_("has a backslash alone; write \\\\ for one"));
    else
        wrong = setting->set(reader, value != NULL ? g_strchomp(value) : "",
                             (char *)target + setting->offset);
    if (wrong == NULL)
        return true;
    /* A command may hold a password, whatever the manual says. */
    if (strcmp(reader->key, "password_command") == 0 ||
        strcmp(reader->key, "token_command") == 0)
        return refuse(reader, RP_CONFIG_ERROR_VALUE, error, "%s= %s", reader->key,
                      wrong);
    return refuse(reader, RP_CONFIG_ERROR_VALUE, error, "%s=%s %s", reader->key, raw,
                  wrong);
}

static bool
read_key(RpReader *reader, const Part parts[2], GError **error)
{
    for (int p = 0; p < 2; p++) {
        const RpSetting *setting = parts[p].settings;

        for (; setting != NULL && setting->key != NULL; setting++) {
            if (strcmp(setting->key, reader->key) == 0)
                return set_value(reader, setting, parts[p].target, error);
        }
    }
    return refuse_key(reader, parts, error);
}

static bool
read_section(RpReader *reader, Part part, Part more, GError **error)
{
    const Part parts[2] = {part, more};
    const GArray *lines = reader->lines->lines;

    for (guint i = 0; i < lines->len; i++) {
        const RpLine *line = &g_array_index(lines, RpLine, i);

        reader->key = line->key;
        if (line->key != NULL && strcmp(line->group, reader->group) == 0 &&
            !read_key(reader, parts, error))
            return false;
    }
    reader->key = NULL;
    return true;
}

static bool
check_imap(const RpReader *reader, const RpAccountConfig *account, GError **error)
{
    int n_secrets = (*account->password_command != '\0') +
                    (*account->token_command != '\0') + account->libsecret;

    if (*account->host == '\0' || *account->user == '\0')
        return refuse(reader, RP_CONFIG_ERROR_VALUE, error, _("[%s] needs %s="),
                      reader->group, *account->host == '\0' ? "host" : "user");
    if (*account->path != '\0')
        return refuse(reader, RP_CONFIG_ERROR_VALUE, error,
                      _("[%s] has path=, which is for type=maildir and type=mbox"),
                      reader->group);
    if (account->security == RP_SECURITY_NONE && !rp_value_is_loopback(account->host))
        return refuse(
            reader, RP_CONFIG_ERROR_VALUE, error,
            _("[%s] would send the password in the clear; security=none is for"
              " this machine itself, write security=tls or starttls"),
            reader->group);
    if (n_secrets > 1)
        return refuse(reader, RP_CONFIG_ERROR_VALUE, error,
                      _("[%s] has several of password_command=, token_command= and"
                        " libsecret=; keep one"),
                      reader->group);
    return true;
}

static bool
check_account(const RpReader *reader, const RpAccountConfig *account, GError **error)
{
    if (account->type == RP_SOURCE_IMAP)
        return check_imap(reader, account, error);
    if (*account->path == '\0')
        return refuse(reader, RP_CONFIG_ERROR_VALUE, error, _("[%s] needs path="),
                      reader->group);
    if (*account->host != '\0')
        return refuse(reader, RP_CONFIG_ERROR_VALUE, error,
                      _("[%s] has host=, which is for type=imap"), reader->group);
    return true;
}

static bool
read_account(RpReader *reader, const char *given, GError **error)
{
    g_autofree char *name = g_strstrip(g_strdup(given));
    g_autoptr(RpAccountConfig) account = rp_account_config_new(name);

    if (*name == '\0')
        return refuse(reader, RP_CONFIG_ERROR_SYNTAX, error,
                      _("the account has no name; write [account NAME]"));
    if (rp_config_find_account(reader->config, name) != NULL)
        return refuse(reader, RP_CONFIG_ERROR_SYNTAX, error,
                      _("there is an account \"%s\" before this one"), name);
    if (!read_section(reader, (Part){RP_SETTINGS_ACCOUNT, account}, (Part){NULL, NULL},
                      error) ||
        !check_account(reader, account, error))
        return false;
    if (account->folders->len == 0)
        g_ptr_array_add(account->folders, g_strdup("*"));
    g_ptr_array_add(reader->config->accounts, g_steal_pointer(&account));
    return true;
}

static bool
refuse_group(const RpReader *reader, GError **error)
{
    static const char *const known[] = {"me",     "account", "policy",
                                        "notify", "sync",    "contacts"};
    g_autofree char *word = g_strndup(reader->group, strcspn(reader->group, " "));
    const char *near = rp_nearest(word, known, G_N_ELEMENTS(known));

    return refuse(reader, RP_CONFIG_ERROR_SYNTAX, error,
                  near == NULL ? _("there is no section [%s]")
                  : strcmp(near, "account") == 0
                      ? _("there is no section [%s] (did you mean [%s NAME]?)")
                      : _("there is no section [%s] (did you mean [%s]?)"),
                  reader->group, near);
}

static bool
read_group(RpReader *reader, GError **error)
{
    RpConfig *config = reader->config;
    const Part none = {NULL, NULL};

    if (strcmp(reader->group, "me") == 0)
        return read_section(reader, (Part){RP_SETTINGS_ME, config},
                            (Part){RP_SETTINGS_ME_POLICY, config->policy}, error);
    if (strcmp(reader->group, "policy") == 0)
        return read_section(reader, (Part){RP_SETTINGS_POLICY, config->policy}, none,
                            error);
    if (strcmp(reader->group, "notify") == 0)
        return read_section(reader, (Part){RP_SETTINGS_NOTIFY, &config->notify}, none,
                            error);
    if (strcmp(reader->group, "sync") == 0)
        return read_section(reader, (Part){RP_SETTINGS_SYNC, config}, none, error);
    if (strcmp(reader->group, "contacts") == 0)
        return read_section(reader, (Part){RP_SETTINGS_CONTACTS, config}, none, error);
    if (g_str_has_prefix(reader->group, "account ") ||
        strcmp(reader->group, "account") == 0)
        return read_account(reader, reader->group + strlen("account"), error);
    return refuse_group(reader, error);
}

static bool
read_groups(RpReader *reader, GError **error)
{
    for (guint i = 0; i < reader->lines->groups->len; i++) {
        reader->group = g_ptr_array_index(reader->lines->groups, i);
        reader->key = NULL;
        if (!read_group(reader, error))
            return false;
    }
    if (reader->config->policy->working_clock &&
        !reader->config->policy->has_working_hours) {
        reader->group = "policy";
        reader->key = "clock";
        return refuse(reader, RP_CONFIG_ERROR_VALUE, error,
                      _("clock=working needs working_hours="));
    }
    if (reader->config->has_away && !reader->config->policy->has_working_hours) {
        reader->group = "policy";
        reader->key = "away";
        return refuse(reader, RP_CONFIG_ERROR_VALUE, error,
                      _("away= stops the working clock and needs working_hours="));
    }
    return true;
}

static char *
read_file(const char *path, gsize *n, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autofree char *text = NULL;

    if (g_file_get_contents(path, &text, n, &local)) {
        if (*n <= MAX_FILE)
            return g_steal_pointer(&text);
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_SYNTAX,
                    _("%s is too large for a configuration"), path);
        return NULL;
    }
    if (g_error_matches(local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_MISSING,
                    _("no configuration yet (%s): run riposte setup"), path);
    else
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE, "%s",
                    local->message);
    return NULL;
}

RpConfig *
rp_config_load(const char *path, GError **error)
{
    gsize n = 0;
    g_autofree char *text = read_file(path, &n, error);
    g_autoptr(RpConfig) config = NULL;
    g_autoptr(RpLines) lines = NULL;
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) local = NULL;
    RpReader reader = {0};

    if (text == NULL)
        return NULL;
    lines = rp_lines_scan(path, text, n, error);
    if (lines == NULL)
        return NULL;
    if (!g_key_file_load_from_data(file, text, n, G_KEY_FILE_NONE, &local)) {
        g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_SYNTAX, "%s: %s", path,
                    local->message);
        return NULL;
    }
    config = rp_config_new();
    g_free(config->path);
    config->path = g_strdup(path);
    reader = (RpReader){config, file, lines, NULL, NULL};
    return read_groups(&reader, error) ? g_steal_pointer(&config) : NULL;
}
