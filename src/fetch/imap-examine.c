/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-examine.c - opening a folder, always read-only */
#include "fetch/imap-reply.h"

#include <glib/gi18n.h>
#include <string.h>

/* "OK [UIDVALIDITY 7] ..." or "12 EXISTS". */
static void
on_line(const char *line, size_t n, gpointer data)
{
    RpImapFolder *folder = data;
    g_auto(GStrv) words = g_strsplit_set(line, " []", 6);
    uint64_t value;

    (void)n;
    if (g_strv_length(words) < 2)
        return;
    if (g_ascii_strcasecmp(words[1], "EXISTS") == 0 &&
        rp_token_number(words[0], UINT32_MAX, &value))
        folder->n_messages = (uint32_t)value;
    /* "OK", "", code, value */
    if (g_strv_length(words) < 4 || strncmp(line + strlen(words[0]), " [", 2) != 0 ||
        !rp_token_number(words[3], INT64_MAX, &value))
        return;
    if (g_ascii_strcasecmp(words[2], "HIGHESTMODSEQ") == 0)
        folder->mod_seq = value;
    else if (g_ascii_strcasecmp(words[2], "UIDVALIDITY") == 0 && value <= UINT32_MAX)
        folder->uid_validity = (uint32_t)value;
    else if (g_ascii_strcasecmp(words[2], "UIDNEXT") == 0 && value <= UINT32_MAX)
        folder->uid_next = (uint32_t)value;
}

bool
rp_imap_examine(RpImap *imap, RpImapFolder *folder, GError **error)
{
    g_autoptr(GString) text = g_string_new("EXAMINE ");
    g_autofree char *what = g_strdup_printf(_("opening %s"), folder->info->name);
    RpImapCommand command = {
        .profile = &rp_guard_examine,
        .on_line = on_line,
        .data = folder,
        .what = what,
    };

    rp_imap_append_quoted(text, folder->info->folder);
    if ((imap->caps & RP_CAP_CONDSTORE) != 0)
        g_string_append(text, " (CONDSTORE)");
    folder->n_messages = 0;
    folder->mod_seq = 0;
    imap->is_selected = false;
    if (!rp_imap_run_command(imap, &command, text->str, error))
        return false;
    imap->is_selected = true;
    imap->session->imap_state = MAILIMAP_STATE_SELECTED;
    return true;
}
