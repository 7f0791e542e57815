/* SPDX-License-Identifier: GPL-3.0-or-later */
/* policy.c - the settings' defaults */
#include "core/policy.h"

#include "core/instant.h"

RpPolicy *
rp_policy_new(void)
{
    RpPolicy *policy = g_new0(RpPolicy, 1);

    policy->me = g_ptr_array_new_with_free_func(g_free);
    policy->zone = g_time_zone_new_utc();
    policy->overdue_s = 48 * RP_HOUR_S;
    policy->lapse_after_s = 30 * RP_DAY_S;
    policy->waiting_max_recipients = 5;
    policy->group_answer_releases = true;
    policy->learn_addresses = true;
    policy->holidays = g_array_new(FALSE, FALSE, sizeof(guint32));
    policy->expect_mine = 0.1;
    policy->expect_theirs = 0.5;
    return policy;
}

void
rp_policy_free(RpPolicy *policy)
{
    if (policy == NULL)
        return;
    g_ptr_array_unref(policy->me);
    g_time_zone_unref(policy->zone);
    g_array_unref(policy->holidays);
    g_free(policy);
}
