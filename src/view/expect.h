/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expect.h - whether an answer is expected, as of the view: R12 */
#pragma once

#include "core/expectation.h"
#include "view/view.h"

/* The model's; read out of the mailbox when first asked for. Of a call or a favour
 * p0 is NAN, and an answer always expected. */
RpExpectations *rp_view_expectations(const RpView *view);
RpExpectation rp_view_expectation(const RpView *view, const RpFollowup *followup);

/* Is an answer expected enough for a notice: expect_mine, expect_theirs? */
bool rp_view_is_expected(const RpView *view, const RpFollowup *followup);

/* "62 %: they answered 9 of 14 mails of this kind from you (all people: 45 %); more
 * likely: long conversation; less likely: 4 people in To; after 3 d of silence 11 %".
 * The caller's; NULL of what is no mail. */
char *rp_view_expectation_text(const RpView *view, const RpFollowup *followup);

/* Without the model's reasons: "they answered 9 of 14 such mails"; NULL while nothing
 * is known of the person. The caller's. */
char *rp_view_usual_text(const RpView *view, const RpFollowup *followup);
