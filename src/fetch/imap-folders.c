/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-folders.c - which folders there are, what for, and which are read */
#include "fetch/imap-reply.h"
#include "fetch/select.h"
#include "fetch/utf7.h"

#include <glib/gi18n.h>
#include <string.h>

enum { MAX_NAME = 1000 };

void
rp_imap_folder_free(RpImapFolder *folder)
{
    if (folder == NULL)
        return;
    rp_folder_info_free(folder->info);
    g_free(folder);
}

/* What stands in one line of LIST. */
typedef struct {
    RpRole role; /* by attribute; OTHER if none says */
    bool is_selectable;
    char delimiter;
    GString *name;
} ListLine;

static bool
read_attributes(RpTokens *tokens, GString *text, ListLine *line)
{
    RpTokenType type;

    if (rp_token_next(tokens, text) != RP_TOKEN_OPEN)
        return false;
    while ((type = rp_token_next(tokens, text)) == RP_TOKEN_ATOM) {
        if (g_ascii_strcasecmp(text->str, "\\Noselect") == 0 ||
            g_ascii_strcasecmp(text->str, "\\NonExistent") == 0)
            line->is_selectable = false;
        if (line->role == RP_ROLE_OTHER)
            line->role = rp_role_from_attribute(text->str);
    }
    return type == RP_TOKEN_CLOSE;
}

/* NIL in place of the delimiter: a flat name space, or INBOX. */
static bool
read_delimiter(RpTokens *tokens, GString *text, ListLine *line)
{
    RpTokenType type = rp_token_next(tokens, text);

    line->delimiter = '\0';
    if (type == RP_TOKEN_STRING && text->len == 1 && g_ascii_isprint(text->str[0]))
        line->delimiter = text->str[0];
    return type == RP_TOKEN_STRING || type == RP_TOKEN_ATOM;
}

/* A name with control characters could not be sent back: it would end the command.
 * Exchange has folders with TAB in their names. */
static bool
is_sendable(const char *name)
{
    size_t n = strlen(name);

    for (size_t i = 0; i < n; i++)
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
            return false;
    return n <= MAX_NAME;
}

static bool
read_list_line(const char *text, size_t n, ListLine *line)
{
    RpTokens tokens = {text, text + n};
    g_autoptr(GString) word = g_string_new(NULL);
    RpTokenType type;

    line->role = RP_ROLE_OTHER;
    line->is_selectable = true;
    if (rp_token_next(&tokens, word) != RP_TOKEN_ATOM ||
        !read_attributes(&tokens, word, line) || !read_delimiter(&tokens, word, line))
        return false;
    type = rp_token_next(&tokens, line->name);
    return (type == RP_TOKEN_ATOM || type == RP_TOKEN_STRING) && line->name->len > 0;
}

/* One of the three parts of NAMESPACE, its ( read already. */
static bool
take_part(RpImap *imap, RpTokens *tokens, bool is_foreign)
{
    g_autoptr(GString) prefix = g_string_new(NULL);
    RpTokenType type;

    while ((type = rp_token_next(tokens, prefix)) == RP_TOKEN_OPEN) {
        if (rp_token_next(tokens, prefix) != RP_TOKEN_STRING)
            return false;
        if (!g_hash_table_contains(imap->namespaces, prefix->str)) /* mine come first */
            g_hash_table_insert(imap->namespaces, g_strdup(prefix->str),
                                GINT_TO_POINTER(is_foreign));
        if (!rp_token_skip_group(tokens))
            return false;
    }
    return type == RP_TOKEN_CLOSE;
}

/* My own, those of other users, and shared ones, each NIL or a list: RFC 2342. */
void
rp_imap_take_namespaces(RpImap *imap, const char *line, size_t n)
{
    RpTokens tokens = {line, line + n};
    g_autoptr(GString) word = g_string_new(NULL);

    rp_token_next(&tokens, word);
    for (int part = 0; part < 3; part++) {
        RpTokenType type = rp_token_next(&tokens, word);

        if (type != RP_TOKEN_ATOM &&
            (type != RP_TOKEN_OPEN || !take_part(imap, &tokens, part > 0)))
            return;
    }
}

/* The longest prefix says it. */
static bool
is_foreign(const RpImap *imap, const char *raw)
{
    GHashTableIter i;
    gpointer prefix, value;
    size_t longest = 0;
    bool is_others = false;

    g_hash_table_iter_init(&i, imap->namespaces);
    while (g_hash_table_iter_next(&i, &prefix, &value)) {
        if (!g_str_has_prefix(raw, prefix) || strlen(prefix) < longest)
            continue;
        longest = strlen(prefix);
        is_others = GPOINTER_TO_INT(value) != 0;
    }
    return is_others;
}

/* The user's word before the server's before what the name suggests. What somebody
 * else has sent is not my sent mail, and no ground to learn addresses of mine. */
static RpRole
role_of(const RpImap *imap, const RpFolderInfo *info, RpRole by_attribute)
{
    RpRole role = by_attribute != RP_ROLE_OTHER
                      ? by_attribute
                      : rp_role_from_name(info->name, info->delimiter);

    if (g_ascii_strcasecmp(info->folder, "INBOX") == 0)
        return RP_ROLE_INBOX;
    if (role == RP_ROLE_SENT && is_foreign(imap, info->folder))
        role = RP_ROLE_OTHER;
    return rp_folder_role(imap->source->job->sent_folders, info->name, role);
}

typedef struct {
    RpImap *imap;
    GPtrArray *folders;
    GHashTable *seen;
} List;

static void
add_folder(List *list, const ListLine *line, const char *name)
{
    const RpJob *job = list->imap->source->job;
    RpImapFolder *folder = g_new0(RpImapFolder, 1);

    folder->info = rp_folder_info_new(line->name->str, name, RP_ROLE_OTHER);
    folder->info->delimiter = line->delimiter;
    folder->info->role = role_of(list->imap, folder->info, line->role);
    folder->is_selectable = line->is_selectable;
    folder->is_foreign = is_foreign(list->imap, line->name->str);
    folder->info->is_read =
        line->is_selectable &&
        rp_folder_is_selected(job->folders, name, folder->info->role);
    g_ptr_array_add(list->folders, folder);
    g_hash_table_add(list->seen, folder->info->folder);
}

static void
on_list(const char *text, size_t n, gpointer data)
{
    List *list = data;
    g_autoptr(GString) raw = g_string_new(NULL);
    ListLine line = {.name = raw};
    g_autofree char *name = NULL;

    if (!read_list_line(text, n, &line) || g_hash_table_contains(list->seen, raw->str))
        return;
    name = rp_utf7_decode(raw->str);
    if (is_sendable(raw->str))
        add_folder(list, &line, name);
    else
        rp_source_emit_problem(list->imap->source, RP_PROBLEM_FOLDER, name, 0,
                               _("its name cannot be sent to the server"));
}

static int
rank(const RpImapFolder *folder)
{
    return folder->info->role == RP_ROLE_INBOX  ? 0
           : folder->info->role == RP_ROLE_SENT ? 1
                                                : 2;
}

static gint
compare(gconstpointer a, gconstpointer b)
{
    return rank(*(RpImapFolder *const *)a) - rank(*(RpImapFolder *const *)b);
}

/* Some servers show roles only when asked (RFC 6154 section 2), which takes
 * LIST-EXTENDED; one that then says NO is asked the plain way. */
static bool
ask(RpImap *imap, List *list, GError **error)
{
    RpImapCommand command = {
        .profile = &rp_guard_list,
        .on_line = on_list,
        .data = list,
        .what = _("listing the folders"),
    };
    uint32_t extended = RP_CAP_SPECIAL_USE | RP_CAP_LIST_EXTENDED;
    g_autoptr(GError) refusal = NULL;

    if ((imap->caps & extended) == extended) {
        if (rp_imap_run_command(imap, &command, "LIST \"\" \"*\" RETURN (SPECIAL-USE)",
                                &refusal))
            return true;
        if (!g_error_matches(refusal, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER)) {
            g_propagate_error(error, g_steal_pointer(&refusal));
            return false;
        }
    }
    return rp_imap_run_command(imap, &command, "LIST \"\" \"*\"", error);
}

GPtrArray *
rp_imap_list(RpImap *imap, GError **error)
{
    g_autoptr(GPtrArray) folders =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_imap_folder_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    List list = {.imap = imap, .folders = folders, .seen = seen};

    if (!ask(imap, &list, error))
        return NULL;
    g_ptr_array_sort(folders, compare); /* a stable merge sort */
    return g_steal_pointer(&folders);
}
