/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export-people.h - whom an export tells of, address by address */
#pragma once

#include "view/view.h"

/* A person and one of their addresses. */
typedef struct {
    int64_t id;
    uint32_t person, address;
    const char *text; /* foreign; the address */
} RpPersonAddress;

/* All addresses of all people (RpPersonAddress), one person after the other; whoever
 * has none stands there once, with RP_NONE. The caller's. */
GArray *rp_export_people(const RpView *view);
guint rp_export_count_persons(const GArray *people);
