/* SPDX-License-Identifier: GPL-3.0-or-later */
/* steps.h - what happened to a follow-up, one event after the other */
#pragma once

#include "view/view.h"

typedef struct {
    int64_t at;
    uint32_t message; /* index in messages, or RP_NONE */
    const char *rule; /* static: "R4" */
    char *what;       /* own: "opens it" */
    char *joined;     /* own: what put the message into the conversation; or NULL */
} RpStep;

/* Of RpStep, by time: the messages that count, and lapse, flag and decisions. Owned
 * by the caller. */
GArray *rp_steps_of(const RpView *view, const RpFollowup *followup);

/* What put a message into its conversation (R2): "In-Reply-To <id>". Owned by the
 * caller; NULL if it is alone there. */
char *rp_steps_joined_by(const RpView *view, uint32_t message);
