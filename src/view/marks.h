/* SPDX-License-Identifier: GPL-3.0-or-later */
/* marks.h - what the user said of persons and follow-ups: tags, limits, decisions */
#pragma once

#include "store/facts.h"
#include "view/view.h"

/* The person's next fact of that name (NULL: of any) from *i on, 0 at first; NULL at
 * the end. The user's come first. Foreign. */
const RpFactRow *rp_view_next_fact(const RpView *view, uint32_t person,
                                   const char *name, guint *i);

/* Whose number that is (C1; as rp_phone_normalize() has it); RP_NONE if nobody's, or
 * that of several. */
uint32_t rp_view_person_of_number(const RpView *view, const char *number);

/* The person's tags (const char *, foreign), sorted. The array is the caller's. */
GPtrArray *rp_view_tags(const RpView *view, uint32_t person);

/* The limit the user set for the person (R11); 0 if none. */
int64_t rp_view_own_limit(const RpView *view, uint32_t person);

/* Is it a decision about the follow-up, or one that ignores its person or its
 * conversation? Undone ones too. */
bool rp_view_is_about(const RpView *view, const RpDecision *decision,
                      const RpFollowup *followup);

/* The decision that ignores the person as of now (R10); NULL if none does. Foreign. */
const RpDecision *rp_view_ignoring(const RpView *view, uint32_t person);
