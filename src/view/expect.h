/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expect.h - whether an answer is expected, as of the view: R12 */
#pragma once

#include "core/expectation.h"
#include "view/view.h"

/* The model's; read out of the mailbox when first asked for. Of a call or a favour
 * p0 is NAN, and an answer always expected. */
RpExpectations *rp_view_expectations(const RpView *view);
RpExpectation rp_view_expectation(const RpView *view, const RpFollowup *followup);

/* Those of a view that was kept, or none yet (NULL), and at the end those that were
 * worked out by then. is_kept: the rest of the view was, too. */
RpViewCache *rp_view_cache_new(RpExpectations *kept, bool is_kept);
void rp_view_cache_free(RpViewCache *cache);
RpExpectations *rp_view_known_expectations(const RpView *view); /* foreign, or NULL */

/* Has anything been worked out that was not kept? */
bool rp_view_has_news(const RpView *view);

/* Is an answer expected enough for a notice: expect_mine, expect_theirs? */
bool rp_view_is_expected(const RpView *view, const RpFollowup *followup);

/* "62 %: they answered 9 of 14 mails of this kind from you (all people: 45 %); more
 * likely: long conversation; less likely: 4 people in To; after 3 d of silence 11 %".
 * The caller's; NULL of what is no mail. */
char *rp_view_expectation_text(const RpView *view, const RpFollowup *followup);

/* Without the model's reasons: "they answered 9 of 14 such mails"; NULL while nothing
 * is known of the person. The caller's. */
char *rp_view_usual_text(const RpView *view, const RpFollowup *followup);
