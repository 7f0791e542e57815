/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scope.h - what a report is about: a period, and whose follow-ups count */
#pragma once

#include "report/period.h"
#include "view/view.h"

typedef struct {
    RpPeriod period;
    uint32_t person;     /* RP_NONE: everybody */
    char *tag, *account; /* own; NULL: all */
    uint8_t *has_tag;    /* own; by person index; NULL without a tag */
} RpScope;

/* Everybody's, in a period. */
#define RP_SCOPE_INIT                                                                  \
    {                                                                                  \
        .person = RP_NONE                                                              \
    }
void rp_scope_clear(RpScope *scope);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RpScope, rp_scope_clear)

/* Only of those who bear the tag; returns how many of the mail's persons do. */
uint32_t rp_scope_set_tag(RpScope *scope, const RpView *view, const char *tag);

/* Does an account, a message, a person, a follow-up belong to it, whenever it was? An
 * account's messages have a copy in it, its follow-ups are opened by such. */
bool rp_scope_has_account(const RpScope *scope, const char *account);
bool rp_scope_has_message(const RpScope *scope, const RpView *view, uint32_t message);
bool rp_scope_has_person(const RpScope *scope, uint32_t person);
bool rp_scope_has(const RpScope *scope, const RpView *view, const RpFollowup *followup);
