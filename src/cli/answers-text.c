/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers-text.c - setup's answers as a configuration */
#include "cli/answers.h"

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

/* Appends "key=value" unless the value is "". */
static bool
append(GString *body, const char *key, const char *value, GError **error)
{
    g_autofree char *escaped = rp_config_escape(value, false);

    if (escaped == NULL) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    "the value for %s holds control characters", key);
        return false;
    }
    if (*escaped != '\0')
        g_string_append_printf(body, "%s=%s\n", key, escaped);
    return true;
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
                        "the name of a folder holds control characters");
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

static bool
append_imap(GString *body, const RpAnswers *answers, GError **error)
{
    return append(body, "host", answers->host, error) &&
           append(body, "port", answers->port, error) &&
           append(body, "security", answers->security, error) &&
           append(body, "user", answers->user, error) &&
           append(body, "password_command", answers->password_command, error) &&
           append(body, "token_command", answers->token_command, error) &&
           append(body, "libsecret", answers->libsecret ? "true" : "", error) &&
           append(body, "ca_file", answers->ca_file, error) &&
           append(body, "pin", answers->pin, error);
}

/* The lines of the account's section; NULL with USAGE. */
static char *
account_body(const RpAnswers *answers, GError **error)
{
    static const char *const types[] = {"imap", "maildir", "mbox"};
    const RpArgs *args = answers->cli->args;
    g_autoptr(GString) body = g_string_new(NULL);
    bool is_good;

    g_string_append_printf(body, "type=%s\n", types[answers->type]);
    is_good =
        (answers->type == RP_SOURCE_IMAP
             ? append_imap(body, answers, error)
             : append(body, "path", answers->path, error)) &&
        append_list(body, "folders", rp_args_get_all(args, "folder"), error) &&
        append_list(body, "sent_folders", rp_args_get_all(args, "sent-folder"), error);
    return is_good ? g_strdup(body->str) : NULL;
}

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

/* key=value in [me], unless it is "" and there is none. */
static char *
set_me(char *text, const char *key, const char *value, GError **error)
{
    g_autofree char *old_text = text;
    g_autofree char *old = text != NULL ? rp_config_text_get(text, "me", key) : NULL;
    g_autofree char *escaped = text != NULL ? rp_config_escape(value, false) : NULL;

    if (text != NULL && escaped == NULL)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    "the value for %s holds control characters", key);
    if (escaped == NULL)
        return NULL;
    if (*escaped == '\0' && old == NULL)
        return g_steal_pointer(&old_text);
    return rp_config_text_set(old_text, "me", key, escaped);
}

char *
rp_answers_write(const RpAnswers *answers, const char *old, GError **error)
{
    g_autofree char *body = account_body(answers, error);
    g_autofree char *group = g_strdup_printf("account %s", answers->account);
    g_autofree char *base = NULL;
    g_autofree char *text = NULL;
    char *result;

    if (body == NULL)
        return NULL;
    base = old != NULL ? g_strdup(old)
                       : g_strdup_printf("%s\n[%s]\n%s", HEAD, group, TAIL);
    /* Set one above the other, so that a new file has them in this order. */
    text = set_me(g_strdup(base), "timezone", answers->timezone, error);
    text = set_me(text, "name", answers->name, error);
    if (text == NULL)
        return NULL;
    result = add_addresses(answers, text);
    g_free(text);
    text = result;
    return rp_config_text_put_group(text, group, body);
}
