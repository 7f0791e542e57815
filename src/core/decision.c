/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decision.c - what the user decided outside the mail: R10 */
#include "core/decision.h"

void
rp_decision_free(RpDecision *decision)
{
    if (decision == NULL)
        return;
    g_free(decision->person_key);
    g_free(decision->message_id);
    g_free(decision->detail);
    g_free(decision->note);
    g_free(decision);
}

const char *
rp_decision_name(RpDecisionKind kind)
{
    static const char *const names[RP_N_DECISIONS] = {
        [RP_DECISION_DONE] = "done",
        [RP_DECISION_DISMISS] = "dismiss",
        [RP_DECISION_SNOOZE] = "snooze",
        [RP_DECISION_IGNORE_PERSON] = "ignore_person",
        [RP_DECISION_IGNORE_CONVERSATION] = "ignore_conversation",
        [RP_DECISION_MERGE] = "merge",
        [RP_DECISION_SPLIT] = "split",
    };

    return names[kind];
}
