/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact.h - all there is to say about one person */
#pragma once

#include "report/list.h"

/* For a terminal; the numbered follow-ups' ids go to ids as in rp_list_text(). */
char *rp_contact_text(const RpView *view, uint32_t person, const RpListStyle *style,
                      GPtrArray *ids);
/* riposte.person/1, with a newline. Both are owned by the caller. */
char *rp_contact_json(const RpView *view, uint32_t person);
