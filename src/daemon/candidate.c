/* SPDX-License-Identifier: GPL-3.0-or-later */
/* candidate.c - a follow-up that can raise notices */
#include "daemon/candidate.h"

void
rp_candidate_free(RpCandidate *candidate)
{
    if (candidate == NULL)
        return;
    g_free(candidate->who);
    g_free(candidate->subject);
    g_free(candidate->person_key);
    g_free(candidate->address);
    g_free(candidate->message_id);
    g_free(candidate->account);
    g_free(candidate->folder);
    g_free(candidate);
}

RpCandidate *
rp_candidates_find(const GPtrArray *candidates, const char *id)
{
    for (guint i = 0; i < candidates->len; i++) {
        RpCandidate *candidate = g_ptr_array_index(candidates, i);

        if (g_str_equal(candidate->id, id))
            return candidate;
    }
    return NULL;
}
