/* SPDX-License-Identifier: GPL-3.0-or-later */
/* refused.h - passwords that a server did not take */
#pragma once

#include "config/config.h"
#include "store/store.h"

/* Did the server refuse the password in the last day, and was the configuration not
 * touched since? Each start of a session, or one that ends again and again, would bring
 * the account nearer to being locked. A person has been told. What it said is the
 * caller's; NULL if it did not. */
char *rp_refused_lately(RpStore *store, const RpConfig *config,
                        const RpAccountConfig *account);
