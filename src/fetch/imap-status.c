/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-status.c - STATUS of many folders in one round trip */
#include "fetch/imap-reply.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
    GPtrArray *folders; /* of RpImapFolder, those asked now */
    uint32_t first_tag;
} Round;

static RpImapFolder *
find(GPtrArray *folders, const char *name)
{
    for (guint i = 0; i < folders->len; i++) {
        RpImapFolder *folder = folders->pdata[i];
        bool is_inbox = folder->info->role == RP_ROLE_INBOX;

        if (strcmp(folder->info->folder, name) == 0 ||
            (is_inbox && g_ascii_strcasecmp(name, "INBOX") == 0))
            return folder;
    }
    return NULL;
}

/* An item that is unknown, or whose value is none, is stepped over. */
static void
set_item(RpImapFolder *folder, const char *item, const char *text)
{
    uint64_t value;

    if (!rp_token_number(text, INT64_MAX, &value))
        return;
    if (g_ascii_strcasecmp(item, "HIGHESTMODSEQ") == 0)
        folder->mod_seq = value;
    else if (value > UINT32_MAX)
        return;
    else if (g_ascii_strcasecmp(item, "UIDVALIDITY") == 0)
        folder->uid_validity = (uint32_t)value;
    else if (g_ascii_strcasecmp(item, "UIDNEXT") == 0)
        folder->uid_next = (uint32_t)value;
    else if (g_ascii_strcasecmp(item, "MESSAGES") == 0)
        folder->n_messages = (uint32_t)value;
}

/* NULL: one that is not among folders. */
static RpImapFolder *
read_name(RpTokens *tokens, GPtrArray *folders)
{
    g_autoptr(GString) name = g_string_new(NULL);
    RpTokenType type;

    rp_token_next(tokens, name);
    type = rp_token_next(tokens, name);
    return type == RP_TOKEN_ATOM || type == RP_TOKEN_STRING ? find(folders, name->str)
                                                            : NULL;
}

static void
read_items(RpTokens *tokens, RpImapFolder *folder)
{
    g_autoptr(GString) item = g_string_new(NULL), value = g_string_new(NULL);

    if (rp_token_next(tokens, item) != RP_TOKEN_OPEN)
        return;
    folder->has_status = true;
    while (rp_token_next(tokens, item) == RP_TOKEN_ATOM) {
        RpTokenType type = rp_token_next(tokens, value);

        if (type == RP_TOKEN_OPEN && !rp_token_skip_group(tokens))
            return;
        if (type == RP_TOKEN_ATOM)
            set_item(folder, item->str, value->str);
    }
}

static void
on_status(const char *line, size_t n, gpointer data)
{
    Round *round = data;
    RpTokens tokens = {line, line + n};
    RpImapFolder *folder = read_name(&tokens, round->folders);

    if (folder != NULL)
        read_items(&tokens, folder);
}

bool
rp_imap_is_status_new(GPtrArray *folders, const char *line, size_t n)
{
    RpTokens tokens = {line, line + n};
    const RpImapFolder *folder = read_name(&tokens, folders);
    RpImapFolder told;

    if (folder == NULL || !folder->info->is_read)
        return folder == NULL;
    told = *folder;
    read_items(&tokens, &told);
    return told.uid_validity != folder->uid_validity ||
           told.uid_next != folder->uid_next || told.n_messages != folder->n_messages ||
           told.mod_seq != folder->mod_seq;
}

static void
on_tagged(const char *line, size_t n, gpointer data)
{
    Round *round = data;
    const char *space = memchr(line, ' ', n);
    uint64_t at = g_ascii_strtoull(line, NULL, 10) - round->first_tag;

    if (space != NULL && at < round->folders->len)
        ((RpImapFolder *)round->folders->pdata[at])->is_refused =
            g_ascii_strncasecmp(space + 1, "OK", 2) != 0;
}

static bool
ask(RpImap *imap, GPtrArray *folders, GError **error)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    Round round = {folders, (uint32_t)imap->session->imap_tag + 1};
    RpImapCommand command = {
        .profile = &rp_guard_status,
        .on_line = on_status,
        .on_tagged = on_tagged,
        .data = &round,
        .what = _("asking for the state of folders"),
    };

    for (guint i = 0; i < folders->len; i++) {
        RpImapFolder *folder = folders->pdata[i];
        GString *text = g_string_new("STATUS ");

        folder->has_status = folder->is_refused = false;
        folder->uid_validity = folder->uid_next = folder->n_messages = 0;
        folder->mod_seq = 0;
        rp_imap_append_quoted(text, folder->info->folder);
        g_string_append(text, " (UIDVALIDITY UIDNEXT MESSAGES");
        if ((imap->caps & RP_CAP_CONDSTORE) != 0)
            g_string_append(text, " HIGHESTMODSEQ");
        g_string_append_c(text, ')');
        g_ptr_array_add(texts, g_string_free(text, FALSE));
    }
    return rp_imap_run_commands(imap, &command, (const char *const *)texts->pdata,
                                texts->len, error);
}

bool
rp_imap_status(RpImap *imap, GPtrArray *folders, GError **error)
{
    g_autoptr(GPtrArray) asked = g_ptr_array_new();

    for (guint i = 0; i < folders->len; i++) {
        RpImapFolder *folder = folders->pdata[i];

        if (folder->info->is_read)
            g_ptr_array_add(asked, folder);
        if (asked->len == RP_GUARD_MAX_TAGS ||
            (i + 1 == folders->len && asked->len > 0)) {
            if (!ask(imap, asked, error))
                return false;
            g_ptr_array_set_size(asked, 0);
        }
    }
    return true;
}
