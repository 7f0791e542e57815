/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers-text.c - setup's answers as a configuration */
#include "cli/answers.h"

#include <glib/gi18n.h>
#include <string.h>

#include "config/edit.h"

/* What a new configuration says besides. */
static const char HEAD[] =
    "# The configuration of riposte; riposte.conf(5) tells of every setting.\n"
    "# A comment begins with #; what is commented out here is the default.\n"
    "\n"
    "[me]\n";

static const char TAIL[] =
    "\n"
    "[policy]\n"
    "# A reply is late after this time; half of it is when a warning may come.\n"
    "#overdue=48h\n"
    "# Limits count all the time (wall) or in working hours alone (working).\n"
    "#clock=wall\n"
    "#working_hours=Mon-Fri 09:00-17:00\n"
    "#holidays=holidays.ics\n"
    "#away=2026-07-01..2026-07-14\n"
    "# Mail with me in Cc alone asks for an answer too.\n"
    "#count_cc=false\n"
    "# Mail to more people than these waits for nobody's answer.\n"
    "#waiting_max_recipients=5\n"
    "# If somebody else answers in my stead, I owe nothing any more.\n"
    "#group_answer_releases=true\n"
    "# What nobody answered for so long leaves the list.\n"
    "#lapse_after=30d\n"
    "# My other addresses are learned from sent mail; riposte status shows them.\n"
    "#learn_addresses=true\n"
    "\n"
    "[notify]\n"
    "#enabled=true\n"
    "# No notices in these hours.\n"
    "#quiet=22:00-07:00\n"
    "#at_warn=false\n"
    "#repeat=true\n"
    "#per_day=6\n"
    "# What shows a message: thunderbird, gmail, notmuch, neomutt, or a command with\n"
    "# %m for its Message-ID. The default is what the desktop opens mid: links with.\n"
    "#open_command=\n"
    "\n"
    "[sync]\n"
    "#poll=5m\n"
    "#idle=true\n";

/* --- the account's section --- */

enum { N_SETTINGS = 11 };

static const char *const KEYS[N_SETTINGS] = {
    "type",          "host",      "port",    "security", "user", "password_command",
    "token_command", "libsecret", "ca_file", "pin",      "path",
};
static const char *const TYPES[] = {"imap", "maildir", "mbox"};
static const char *const SECURITIES[] = {"tls", "starttls", "none"};

/* In the order of KEYS; "" is not written. */
static void
list_new(const RpAnswers *answers, const char *values[N_SETTINGS])
{
    const char *const all[N_SETTINGS] = {
        TYPES[answers->type],   answers->host,
        answers->port,          answers->security,
        answers->user,          answers->password_command,
        answers->token_command, answers->libsecret ? "true" : "",
        answers->ca_file,       answers->pin,
        answers->path,
    };

    memcpy(values, all, sizeof all);
}

static void
list_old(const RpAccountConfig *old, const char *port, const char *values[N_SETTINGS])
{
    const char *const all[N_SETTINGS] = {
        TYPES[old->type],
        old->host,
        old->port != 0 ? port : "",
        old->type == RP_SOURCE_IMAP ? SECURITIES[old->security] : "",
        old->user,
        old->password_command,
        old->token_command,
        old->libsecret ? "true" : "",
        old->ca_file,
        old->pin,
        old->path,
    };

    memcpy(values, all, sizeof all);
}

/* NULL with USAGE; the caller's. */
static char *
escape(const char *key, const char *value, GError **error)
{
    char *escaped = rp_config_escape(value, false);

    if (escaped == NULL)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("the value for %s holds control characters"), key);
    return escaped;
}

/* Only what differs from old, so that what its user wrote stays as it is. NULL with
 * USAGE; the caller's. */
static char *
change_settings(const RpAnswers *answers, const char *group, const char *old_text,
                GError **error)
{
    g_autofree char *text = g_strdup(old_text);
    g_autofree char *port = g_strdup_printf("%u", answers->old->port);
    const char *values[N_SETTINGS];
    const char *old[N_SETTINGS];

    list_new(answers, values);
    list_old(answers->old, port, old);
    for (size_t i = 0; i < N_SETTINGS; i++) {
        g_autofree char *escaped = escape(KEYS[i], values[i], error);
        g_autofree char *before = g_steal_pointer(&text);

        if (escaped == NULL)
            return NULL;
        if (strcmp(values[i], old[i]) == 0)
            text = g_steal_pointer(&before);
        else if (*escaped == '\0')
            text = rp_config_text_unset(before, group, KEYS[i]);
        else
            text = rp_config_text_set(before, group, KEYS[i], escaped);
    }
    return g_steal_pointer(&text);
}

/* Semicolons part them; NULL with USAGE. */
static char *
join(const GPtrArray *members, GError **error)
{
    g_autoptr(GString) list = g_string_new(NULL);

    for (guint i = 0; i < members->len; i++) {
        g_autofree char *member = rp_config_escape(g_ptr_array_index(members, i), true);

        if (member == NULL) {
            g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                        _("the name of a folder holds control characters"));
            return NULL;
        }
        g_string_append_printf(list, "%s%s", i > 0 ? ";" : "", member);
    }
    return g_strdup(list->str);
}

static bool
append_list(GString *body, const char *key, const GPtrArray *members, GError **error)
{
    g_autofree char *list = join(members, error);

    if (list != NULL && *list != '\0')
        g_string_append_printf(body, "%s=%s\n", key, list);
    return list != NULL;
}

/* All of it, below its head or at the end. NULL with USAGE; the caller's. */
static char *
put_settings(const RpAnswers *answers, const char *group, const char *text,
             GError **error)
{
    g_autoptr(GString) body = g_string_new(NULL);
    const char *values[N_SETTINGS];

    list_new(answers, values);
    for (size_t i = 0; i < N_SETTINGS; i++) {
        g_autofree char *escaped = escape(KEYS[i], values[i], error);

        if (escaped == NULL)
            return NULL;
        if (*escaped != '\0')
            g_string_append_printf(body, "%s=%s\n", KEYS[i], escaped);
    }
    if (!append_list(body, "folders", answers->folders, error) ||
        !append_list(body, "sent_folders", answers->sent_folders, error))
        return NULL;
    return rp_config_text_put_group(text, group, body->str);
}

/* key=members, if there are any. Takes text over; NULL with USAGE. */
static char *
set_list(char *text, const char *group, const char *key, const GPtrArray *members,
         GError **error)
{
    g_autofree char *before = text;
    g_autofree char *list = text != NULL ? join(members, error) : NULL;

    if (list == NULL || *list == '\0')
        return list != NULL ? g_steal_pointer(&before) : NULL;
    return rp_config_text_set(before, group, key, list);
}

static char *
write_account(const RpAnswers *answers, const char *text, GError **error)
{
    g_autofree char *group = g_strdup_printf("account %s", answers->account);
    char *result;

    if (answers->old == NULL)
        return put_settings(answers, group, text, error);
    result = change_settings(answers, group, text, error);
    result = set_list(result, group, "sent_folders", answers->sent_folders, error);
    return set_list(result, group, "folders", answers->folders, error);
}

/* --- [me] --- */

static bool
is_member(const char *list, const char *address)
{
    g_auto(GStrv) members = g_strsplit(list, ";", -1);

    for (char **member = members; *member != NULL; member++) {
        if (strcmp(g_strstrip(*member), address) == 0)
            return true;
    }
    return false;
}

/* addresses= with those of the answers that it lacks. */
static char *
add_addresses(const RpAnswers *answers, const char *text)
{
    g_autofree char *old = rp_config_text_get(text, "me", "addresses");
    g_autoptr(GString) list = g_string_new(old);

    for (guint i = 0; i < answers->addresses->len; i++) {
        const char *address = g_ptr_array_index(answers->addresses, i);

        if (!is_member(list->str, address))
            g_string_append_printf(
                list, "%s%s",
                list->len > 0 && !g_str_has_suffix(list->str, ";") ? ";" : "", address);
    }
    return rp_config_text_set(text, "me", "addresses", list->str);
}

/* key=value in [me], unless value is NULL, or "" and there is none. Takes text over;
 * NULL with USAGE. */
static char *
set_me(char *text, const char *key, const char *value, GError **error)
{
    g_autofree char *before = text;
    g_autofree char *old = text != NULL ? rp_config_text_get(text, "me", key) : NULL;
    g_autofree char *escaped = NULL;

    if (text == NULL || value == NULL)
        return g_steal_pointer(&before);
    escaped = escape(key, value, error);
    if (escaped == NULL)
        return NULL;
    if (*escaped == '\0' && old == NULL)
        return g_steal_pointer(&before);
    return rp_config_text_set(before, "me", key, escaped);
}

char *
rp_answers_write(const RpAnswers *answers, const char *old, GError **error)
{
    g_autofree char *text = NULL;
    g_autofree char *whole = NULL;

    text = old != NULL
               ? g_strdup(old)
               : g_strdup_printf("%s\n[account %s]\n%s", HEAD, answers->account, TAIL);
    /* Set one above the other, so that a new file has them in this order. */
    text = set_me(text, "timezone", answers->timezone, error);
    text = set_me(text, "name", answers->name, error);
    if (text == NULL)
        return NULL;
    whole = add_addresses(answers, text);
    if (rp_args_has(answers->cli->args, "no-learn")) {
        g_free(text);
        text = g_steal_pointer(&whole);
        whole = rp_config_text_set(text, "policy", "learn_addresses", "false");
    }
    return write_account(answers, whole, error);
}
