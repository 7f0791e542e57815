/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mbox-flags.h - what programs write into the headers of an mbox for themselves
 *
 * Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "fetch/header-field.h"

typedef struct {
    uint32_t flags; /* RpFlags, of Status, X-Status and X-Mozilla-Status */
    bool is_absent; /* deleted, or no message but a program's own data */
} RpMboxStatus;

RpMboxStatus rp_mbox_status_read(RpSpan header);

/* Appends the header's fields but those that programs change in place. */
void rp_mbox_append_stable(GString *out, RpSpan header);
