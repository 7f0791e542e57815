/* SPDX-License-Identifier: GPL-3.0-or-later */
/* select.c - folder patterns */
#include "fetch/select.h"

#include <string.h>

static bool
is_wild(const char *pattern)
{
    return strpbrk(pattern, "*?") != NULL;
}

static bool
is_match(const char *pattern, const char *folded_name)
{
    g_autofree char *folded = g_utf8_casefold(pattern, -1);

    return is_wild(folded) ? g_pattern_match_simple(folded, folded_name)
                           : strcmp(folded, folded_name) == 0;
}

static const char *
pattern_at(const GPtrArray *patterns, guint i)
{
    return g_ptr_array_index(patterns, i);
}

bool
rp_folder_is_selected(const GPtrArray *patterns, const char *name, RpRole role)
{
    g_autofree char *folded = g_utf8_casefold(name, -1);
    bool is_default = rp_role_is_read_by_default(role);
    guint n = patterns != NULL ? patterns->len : 0;
    bool is_selected = is_default && (n == 0 || pattern_at(patterns, 0)[0] == '!');

    for (guint i = 0; i < n; i++) {
        const char *pattern = pattern_at(patterns, i);

        if (pattern[0] == '!' && is_match(pattern + 1, folded))
            is_selected = false;
        else if (pattern[0] != '!' && is_match(pattern, folded))
            is_selected = is_selected || is_default || !is_wild(pattern);
    }
    return is_selected;
}

RpRole
rp_folder_role(const GPtrArray *sent_folders, const char *name, RpRole role)
{
    g_autofree char *folded = g_utf8_casefold(name, -1);
    guint n = sent_folders != NULL ? sent_folders->len : 0;

    for (guint i = 0; i < n; i++) {
        g_autofree char *sent = g_utf8_casefold(pattern_at(sent_folders, i), -1);

        if (strcmp(sent, folded) == 0)
            return RP_ROLE_SENT;
    }
    return role;
}
