/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.c - what settings there are, how each is read and where it goes */
#include "config/settings.h"

#include <glib/gi18n.h>
#include <string.h>

#include "config/opener.h"
#include "config/values.h"
#include "core/address.h"
#include "core/instant.h"

/* Ten years: later sums of instants and durations cannot overflow. */
#define LONGEST_S (3650 * (int64_t)RP_DAY_S)

static char *
set_text(RpReader *reader, const char *value, gpointer target)
{
    (void)reader;
    g_free(*(char **)target);
    *(char **)target = g_strdup(value);
    return NULL;
}

static char *
set_path(RpReader *reader, const char *value, gpointer target)
{
    g_autofree char *folder = g_path_get_dirname(reader->config->path);
    char *path;

    if (strcmp(value, "~") == 0 || g_str_has_prefix(value, "~/"))
        path = g_build_filename(g_get_home_dir(), value + 1, NULL);
    else if (*value == '\0' || g_path_is_absolute(value))
        path = g_strdup(value);
    else
        path = g_build_filename(folder, value, NULL);
    g_free(*(char **)target);
    *(char **)target = path;
    return NULL;
}

/* What is wrong with a value is told behind it, "key=value is neither ...": each of
 * these texts begins with the verb. */
static char *
set_bool(RpReader *reader, const char *value, gpointer target)
{
    (void)reader;
    return rp_value_bool(value, target) ? NULL
                                        : g_strdup(_("is neither true nor false"));
}

static char *
set_share(RpReader *reader, const char *value, gpointer target)
{
    (void)reader;
    return rp_value_share(value, target) ? NULL
                                         : g_strdup(_("is no share; write 0.1 or so"));
}

static char *
set_duration(RpReader *reader, const char *value, gpointer target)
{
    int64_t duration_s;

    (void)reader;
    if (!rp_duration_parse(value, &duration_s) || duration_s <= 0)
        return g_strdup(_("is no duration; write 48h, 2d or 30m"));
    if (duration_s > LONGEST_S)
        return g_strdup(_("is too long; ten years at the most"));
    *(int64_t *)target = duration_s;
    return NULL;
}

static char *
set_poll(RpReader *reader, const char *value, gpointer target)
{
    int64_t duration_s = 0;
    char *wrong = set_duration(reader, value, &duration_s);

    if (wrong != NULL)
        return wrong;
    if (duration_s > RP_DAY_S)
        return g_strdup(_("is too long; a day at the most"));
    *(uint32_t *)target = (uint32_t)duration_s;
    return NULL;
}

static char *
set_count(RpReader *reader, const char *value, gpointer target)
{
    guint64 count;

    (void)reader;
    if (!g_ascii_string_to_unsigned(value, 10, 1, 1000, &count, NULL))
        return g_strdup(_("is no number from 1 to 1000"));
    *(int *)target = (int)count;
    return NULL;
}

static char *
set_port(RpReader *reader, const char *value, gpointer target)
{
    guint64 port;

    (void)reader;
    if (!g_ascii_string_to_unsigned(value, 10, 1, 65535, &port, NULL))
        return g_strdup(_("is no port, 1 to 65535"));
    *(uint16_t *)target = (uint16_t)port;
    return NULL;
}

/* Semicolons part a list, so that "\;" is one of a member's. */
static char *
set_list(RpReader *reader, const char *value, gpointer target)
{
    GPtrArray *list = *(GPtrArray **)target;
    g_auto(GStrv) members = g_key_file_get_string_list(reader->file, reader->group,
                                                       reader->key, NULL, NULL);

    (void)value;
    if (members == NULL)
        return g_strdup(_("has a backslash alone; write \\\\ for one"));
    g_ptr_array_set_size(list, 0);
    for (char **member = members; *member != NULL; member++) {
        if (*g_strstrip(*member) != '\0')
            g_ptr_array_add(list, g_strdup(*member));
    }
    return NULL;
}

static char *
set_paths(RpReader *reader, const char *value, gpointer target)
{
    GPtrArray *list = *(GPtrArray **)target;
    char *wrong = set_list(reader, value, target);

    for (guint i = 0; wrong == NULL && i < list->len; i++) {
        g_autofree char *given = g_ptr_array_index(list, i);
        char *path = NULL;

        set_path(reader, given, &path);
        g_ptr_array_index(list, i) = path;
    }
    return wrong;
}

static char *
set_addresses(RpReader *reader, const char *value, gpointer target)
{
    GPtrArray *list = *(GPtrArray **)target;
    char *wrong = set_list(reader, value, target);

    for (guint i = 0; wrong == NULL && i < list->len; i++) {
        char *given = g_ptr_array_index(list, i);
        char *address = rp_address_normalize(given);

        if (address == NULL)
            return g_strdup_printf(_("has \"%s\", which is no address"), given);
        if (strchr(address, ',') != NULL) {
            g_free(address);
            return g_strdup_printf(_("has \"%s\"; write a semicolon between addresses"),
                                   given);
        }
        g_ptr_array_index(list, i) = address;
        g_free(given);
    }
    return wrong;
}

static char *
set_zone(RpReader *reader, const char *value, gpointer target)
{
    g_autoptr(GTimeZone) zone = NULL;

    if (*value == '\0')
        return NULL;
    zone = g_time_zone_new_identifier(value);
    if (zone == NULL)
        return g_strdup(_("is no time zone; write Europe/Berlin, say"));
    g_time_zone_unref(reader->config->policy->zone);
    reader->config->policy->zone = g_steal_pointer(&zone);
    return set_text(reader, value, target);
}

static char *
set_working_hours(RpReader *reader, const char *value, gpointer target)
{
    RpPolicy *policy = reader->config->policy;

    (void)target;
    if (!rp_value_working_hours(value, policy->week))
        return g_strdup(_("is no week; write Mon-Fri 09:00-17:00; Sat 10:00-12:00"));
    policy->has_working_hours = true;
    return NULL;
}

static char *
set_holidays(RpReader *reader, const char *value, gpointer target)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    GArray *days;

    (void)target;
    set_path(reader, value, &path);
    days = rp_value_holidays(path, &error);
    if (days == NULL)
        return g_strdup_printf(_("cannot be used: %s"), error->message);
    g_array_append_vals(reader->config->policy->holidays, days->data, days->len);
    g_array_unref(days);
    return NULL;
}

/* My own absences stop the working clock like holidays. */
static char *
set_away(RpReader *reader, const char *value, gpointer target)
{
    (void)target;
    if (!rp_value_days(value, reader->config->policy->holidays))
        return g_strdup(
            _("is no list of days; write 2026-07-01..2026-07-14; 2026-12-24"));
    reader->config->has_away = true;
    return NULL;
}

static char *
set_clock(RpReader *reader, const char *value, gpointer target)
{
    (void)reader;
    if (strcmp(value, "wall") != 0 && strcmp(value, "working") != 0)
        return g_strdup(_("is neither wall nor working"));
    *(bool *)target = strcmp(value, "working") == 0;
    return NULL;
}

static char *
set_quiet(RpReader *reader, const char *value, gpointer target)
{
    RpNotifyConfig *notify = target;

    (void)reader;
    return rp_value_quiet(value, &notify->quiet_from_minute,
                          &notify->quiet_until_minute)
               ? NULL
               : g_strdup(_("is no time of the day; write 22:00-07:00"));
}

static char *
set_open_command(RpReader *reader, const char *value, gpointer target)
{
    g_autoptr(GError) error = NULL;

    if (!rp_opener_check(value, &error))
        return g_strdup_printf(_("cannot be used: %s"), error->message);
    return set_text(reader, value, target);
}

static char *
set_type(RpReader *reader, const char *value, gpointer target)
{
    static const char *const types[] = {"imap", "maildir", "mbox"};

    (void)reader;
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        if (strcmp(value, types[i]) == 0) {
            *(RpSourceType *)target = (RpSourceType)i;
            return NULL;
        }
    }
    return g_strdup(_("is neither imap, maildir nor mbox"));
}

static char *
set_security(RpReader *reader, const char *value, gpointer target)
{
    static const char *const securities[] = {"tls", "starttls", "none"};

    (void)reader;
    for (size_t i = 0; i < G_N_ELEMENTS(securities); i++) {
        if (strcmp(value, securities[i]) == 0) {
            *(RpSecurity *)target = (RpSecurity)i;
            return NULL;
        }
    }
    return g_strdup(_("is neither tls, starttls nor none"));
}

static char *
set_pin(RpReader *reader, const char *value, gpointer target)
{
    g_autofree char *pin = rp_value_pin(value);

    if (pin == NULL && *value != '\0')
        return g_strdup(_("is no pin; write sha256: and 64 hexadecimal digits"));
    return set_text(reader, pin != NULL ? pin : "", target);
}

const RpSetting RP_SETTINGS_ME[] = {
    {"name", set_text, offsetof(RpConfig, name), false},
    {"timezone", set_zone, offsetof(RpConfig, timezone), false},
    {NULL, NULL, 0, false},
};

const RpSetting RP_SETTINGS_ME_POLICY[] = {
    {"addresses", set_addresses, offsetof(RpPolicy, me), true},
    {NULL, NULL, 0, false},
};

const RpSetting RP_SETTINGS_POLICY[] = {
    {"overdue", set_duration, offsetof(RpPolicy, overdue_s), false},
    {"clock", set_clock, offsetof(RpPolicy, working_clock), false},
    {"working_hours", set_working_hours, 0, false},
    {"holidays", set_holidays, 0, false},
    {"away", set_away, 0, false},
    {"count_cc", set_bool, offsetof(RpPolicy, count_cc), false},
    {"waiting_max_recipients", set_count, offsetof(RpPolicy, waiting_max_recipients),
     false},
    {"group_answer_releases", set_bool, offsetof(RpPolicy, group_answer_releases),
     false},
    {"lapse_after", set_duration, offsetof(RpPolicy, lapse_after_s), false},
    {"expect_mine", set_share, offsetof(RpPolicy, expect_mine), false},
    {"expect_theirs", set_share, offsetof(RpPolicy, expect_theirs), false},
    {"learn_addresses", set_bool, offsetof(RpPolicy, learn_addresses), false},
    {NULL, NULL, 0, false},
};

const RpSetting RP_SETTINGS_NOTIFY[] = {
    {"enabled", set_bool, offsetof(RpNotifyConfig, enabled), false},
    {"quiet", set_quiet, 0, false},
    {"at_warn", set_bool, offsetof(RpNotifyConfig, at_warn), false},
    {"repeat", set_bool, offsetof(RpNotifyConfig, repeat), false},
    {"per_day", set_count, offsetof(RpNotifyConfig, per_day), false},
    {"open_command", set_open_command, offsetof(RpNotifyConfig, open_command), false},
    {NULL, NULL, 0, false},
};

const RpSetting RP_SETTINGS_SYNC[] = {
    {"poll", set_poll, offsetof(RpConfig, poll_s), false},
    {"idle", set_bool, offsetof(RpConfig, idle), false},
    {NULL, NULL, 0, false},
};

const RpSetting RP_SETTINGS_CONTACTS[] = {
    {"path", set_paths, offsetof(RpConfig, contacts), true},
    {NULL, NULL, 0, false},
};

const RpSetting RP_SETTINGS_ACCOUNT[] = {
    {"type", set_type, offsetof(RpAccountConfig, type), false},
    {"host", set_text, offsetof(RpAccountConfig, host), false},
    {"port", set_port, offsetof(RpAccountConfig, port), false},
    {"security", set_security, offsetof(RpAccountConfig, security), false},
    {"user", set_text, offsetof(RpAccountConfig, user), false},
    {"ca_file", set_path, offsetof(RpAccountConfig, ca_file), false},
    {"pin", set_pin, offsetof(RpAccountConfig, pin), false},
    {"password_command", set_text, offsetof(RpAccountConfig, password_command), false},
    {"token_command", set_text, offsetof(RpAccountConfig, token_command), false},
    {"libsecret", set_bool, offsetof(RpAccountConfig, libsecret), false},
    {"path", set_path, offsetof(RpAccountConfig, path), false},
    {"folders", set_list, offsetof(RpAccountConfig, folders), true},
    {"sent_folders", set_list, offsetof(RpAccountConfig, sent_folders), true},
    {NULL, NULL, 0, false},
};
