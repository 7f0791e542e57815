/* SPDX-License-Identifier: GPL-3.0-or-later */
/* refused.c - passwords that a server did not take */
#include "daemon/refused.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

enum { REFUSED_S = 24 * 60 * 60 }; /* how long one is not tried at a start */

char *
rp_refused_lately(RpStore *store, const RpConfig *config,
                  const RpAccountConfig *account)
{
    g_autoptr(GPtrArray) problems = rp_store_load_problems(store, NULL);
    int64_t now_at = g_get_real_time() / G_USEC_PER_SEC;
    GStatBuf file;

    if (problems == NULL || *account->token_command != '\0' ||
        g_stat(config->path, &file) != 0)
        return NULL;
    for (guint i = 0; i < problems->len; i++) {
        const RpProblemRow *row = g_ptr_array_index(problems, i);

        if (row->code == RP_PROBLEM_AUTH && *row->folder == '\0' &&
            g_str_equal(row->account, account->name) && row->at <= now_at &&
            row->at > now_at - REFUSED_S && row->at > file.st_mtime)
            return g_strdup_printf(_("account %s: %s"), row->account, row->text);
    }
    return NULL;
}
