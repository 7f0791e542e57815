/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-changes.c - what has become of messages that are known already */
#include "fetch/imap-reply.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_VANISHED = 200000, /* told one by one; more are told by what is left */
    BLOCK = 20000,         /* messages a command in a pass over all flags */
};

typedef struct {
    uint64_t uid;
    uint32_t flags;
} Flags;

typedef struct {
    const RpFolderState *state;
    GArray *flags; /* of Flags */
    GArray *gone;  /* foreign, of uint64_t */
    bool is_flood; /* more have vanished than gone holds */
} Changes;

static bool
is_known(const RpFolderState *state, uint64_t uid)
{
    return uid >= state->low && uid < state->high;
}

static uint32_t
read_flags(RpTokens *tokens, GString *text)
{
    uint32_t flags = 0;

    while (rp_token_next(tokens, text) == RP_TOKEN_ATOM)
        flags |= rp_imap_flag(text->str);
    return flags;
}

/* "12 FETCH (UID 5 FLAGS (\Seen))", items in any order; without either of them it is
 * of no use. */
static void
read_fetch(RpTokens *tokens, GString *text, Changes *changes)
{
    Flags found = {0};
    bool has_flags = false;

    if (rp_token_next(tokens, text) != RP_TOKEN_OPEN)
        return;
    while (rp_token_next(tokens, text) == RP_TOKEN_ATOM) {
        bool is_uid = g_ascii_strcasecmp(text->str, "UID") == 0;
        bool is_flags = g_ascii_strcasecmp(text->str, "FLAGS") == 0;
        RpTokenType type = rp_token_next(tokens, text);

        if (is_uid && type == RP_TOKEN_ATOM)
            rp_token_number(text->str, RP_IMAP_MAX_UID, &found.uid);
        else if (is_flags && type == RP_TOKEN_OPEN)
            found.flags = read_flags(tokens, text);
        else if (type == RP_TOKEN_OPEN)
            rp_token_skip_group(tokens);
        has_flags = has_flags || is_flags;
    }
    if (has_flags && is_known(changes->state, found.uid))
        g_array_append_val(changes->flags, found);
}

/* One element of a set: "7" or "7:9" (or "9:7"). */
static void
add_vanished(Changes *changes, const char *range)
{
    char *end = NULL;
    uint64_t a = g_ascii_strtoull(range, &end, 10);
    uint64_t b = *end == ':' ? g_ascii_strtoull(end + 1, NULL, 10) : a;
    uint64_t from = MAX(MIN(a, b), changes->state->low);
    uint64_t to = MIN(MAX(a, b), changes->state->high - 1);

    for (uint64_t uid = from; uid <= to && !changes->is_flood; uid++) {
        g_array_append_val(changes->gone, uid);
        changes->is_flood = changes->gone->len >= MAX_VANISHED;
    }
}

static void
read_vanished(RpTokens *tokens, GString *text, Changes *changes)
{
    RpTokenType type = rp_token_next(tokens, text);
    g_auto(GStrv) ranges = NULL;

    if (type == RP_TOKEN_OPEN && rp_token_skip_group(tokens))
        type = rp_token_next(tokens, text);
    if (type != RP_TOKEN_ATOM)
        return;
    ranges = g_strsplit(text->str, ",", -1);
    for (char **range = ranges; *range != NULL; range++)
        add_vanished(changes, *range);
}

static void
on_line(const char *line, size_t n, gpointer data)
{
    RpTokens tokens = {line, line + n};
    g_autoptr(GString) text = g_string_new(NULL);

    if (rp_token_next(&tokens, text) != RP_TOKEN_ATOM)
        return;
    if (g_ascii_strcasecmp(text->str, "VANISHED") == 0)
        read_vanished(&tokens, text, data);
    else if (rp_token_next(&tokens, text) == RP_TOKEN_ATOM &&
             g_ascii_strcasecmp(text->str, "FETCH") == 0)
        read_fetch(&tokens, text, data);
}

static gint
compare_uids(gconstpointer a, gconstpointer b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static gint
compare_flags(gconstpointer a, gconstpointer b)
{
    uint64_t x = ((const Flags *)a)->uid, y = ((const Flags *)b)->uid;

    return (x > y) - (x < y);
}

/* Of a message told of twice, the last counts: the sort is stable. */
static bool
emit_flags(RpSource *source, const Changes *changes)
{
    g_autoptr(RpUidList) list =
        rp_uid_list_new(changes->state->folder, changes->state->uid_validity);

    g_array_sort(changes->flags, compare_flags);
    for (guint i = 0; i < changes->flags->len; i++) {
        const Flags *at = &g_array_index(changes->flags, Flags, i);

        if (i + 1 < changes->flags->len && at[1].uid == at->uid)
            continue;
        g_array_append_val(list->uids, at->uid);
        g_array_append_val(list->flags, at->flags);
    }
    return rp_source_emit_uids(source, RP_RECORD_FLAGS, list);
}

/* Ascending, each once. */
static void
sort_gone(GArray *gone)
{
    guint n = 0;

    g_array_sort(gone, compare_uids);
    for (guint i = 0; i < gone->len; i++)
        if (i == 0 ||
            g_array_index(gone, uint64_t, i) != g_array_index(gone, uint64_t, n - 1))
            g_array_index(gone, uint64_t, n++) = g_array_index(gone, uint64_t, i);
    g_array_set_size(gone, n);
}

bool
rp_imap_emit_gone(RpImap *imap, const RpFolderState *state, const GArray *gone)
{
    g_autoptr(RpUidList) list = rp_uid_list_new(state->folder, state->uid_validity);

    g_array_append_vals(list->uids, gone->data, gone->len);
    return rp_source_emit_uids(imap->source, RP_RECORD_GONE, list);
}

bool
rp_imap_emit_present(RpImap *imap, const RpFolderState *state, const GArray *uids)
{
    g_autoptr(RpUidList) list = rp_uid_list_new(state->folder, state->uid_validity);

    list->low = state->low;
    list->high = state->high;
    for (guint i = 0; i < uids->len; i++) {
        uint64_t uid = g_array_index(uids, uint32_t, i);

        if (is_known(state, uid))
            g_array_append_val(list->uids, uid);
    }
    return rp_source_emit_uids(imap->source, RP_RECORD_PRESENT, list);
}

static bool
fetch_flags(RpImap *imap, Changes *changes, uint64_t from, uint64_t to, GError **error)
{
    RpImapCommand command = {
        .profile = &rp_guard_flags,
        .on_line = on_line,
        .data = changes,
        .what = _("reading flags"),
        .total_s = 10 * RP_IMAP_COMMAND_S,
    };
    g_autoptr(GString) text = g_string_new("UID FETCH ");

    g_string_append_printf(
        text, "%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT " (UID FLAGS)", from, to);
    if ((imap->caps & RP_CAP_CONDSTORE) != 0 && changes->state->mod_seq > 0)
        g_string_append_printf(text, " (CHANGEDSINCE %" G_GUINT64_FORMAT "%s)",
                               changes->state->mod_seq,
                               imap->has_qresync ? " VANISHED" : "");
    return rp_imap_run_command(imap, &command, text->str, error);
}

/* Flags of all and, by what there is, losses: for servers without CONDSTORE. */
static bool
pass_over_all(RpImap *imap, const RpImapFolder *folder, Changes *changes,
              GError **error)
{
    g_autoptr(GArray) uids = NULL;
    guint from = 0;

    if (!rp_imap_search(imap, (uint32_t)changes->state->low, folder->n_messages,
                        RP_NEVER, &uids, error))
        return false;
    if (!rp_imap_emit_present(imap, changes->state, uids))
        return rp_source_set_stopped(error);
    while (from < uids->len) {
        guint to = MIN(from + BLOCK, uids->len);

        if (!is_known(changes->state, g_array_index(uids, uint32_t, from)))
            break;
        if (!fetch_flags(imap, changes, g_array_index(uids, uint32_t, from),
                         g_array_index(uids, uint32_t, to - 1), error))
            return false;
        from = to;
    }
    return emit_flags(imap->source, changes) || rp_source_set_stopped(error);
}

bool
rp_imap_sync_changes(RpImap *imap, const RpImapFolder *folder,
                     const RpFolderState *state, GArray *gone, bool *is_sure,
                     GError **error)
{
    g_autoptr(GArray) flags = g_array_new(FALSE, FALSE, sizeof(Flags));
    RpFolderState all = *state;
    Changes changes = {state, flags, gone, false};

    *is_sure = true;
    if (state->mod_seq == 0 || folder->mod_seq == 0) {
        all.mod_seq = 0;
        changes.state = &all;
        return pass_over_all(imap, folder, &changes, error);
    }
    *is_sure = false;
    if (folder->mod_seq == state->mod_seq)
        return true;
    if (!fetch_flags(imap, &changes, state->low, state->high - 1, error))
        return false;
    sort_gone(gone);
    return emit_flags(imap->source, &changes) || rp_source_set_stopped(error);
}
