/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list.h - follow-ups as a numbered list for a terminal */
#pragma once

#include "view/view.h"

typedef struct {
    int width; /* 0: as wide as it gets */
    bool has_color;
    bool is_all;   /* every follow-up, in the order given, not by section */
    bool is_full;  /* long sections whole */
    bool has_keep; /* people to get back in touch with, too (K3, K4) */
} RpListStyle;

/* The list; what stands at number N goes to ids[N - 1] (of char *). If there are no
 * follow-ups it says so. Owned by the caller. */
char *rp_list_text(const RpView *view, const GPtrArray *followups,
                   const RpListStyle *style, GPtrArray *ids);

/* One follow-up's wait and due time: "waits 3 d 4 h, overdue by 1 d 4 h"; of one
 * that is closed, its state: "answered after 5 h". Owned by the caller. */
char *rp_list_wait(const RpView *view, const RpFollowup *followup);

/* Why it stands where it does, by rule: "R4: wrote to you on 2026-11-12 09:00".
 * Owned by the caller. */
char *rp_list_why(const RpView *view, const RpFollowup *followup);
