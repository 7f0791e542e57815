/* SPDX-License-Identifier: GPL-3.0-or-later */
/* maildir-name.h - what the name of a file in a Maildir says
 *
 * Pure. https://cr.yp.to/proto/maildir.html, and Maildir++ for ",S=" and ",W=".
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    size_t n_base;        /* bytes before ":2,", or before what stands for it */
    uint32_t flags;       /* RpFlags */
    int64_t delivered_at; /* the seconds that begin the name; RP_NEVER if none */
    uint64_t size;        /* of ",W=": octets with CR LF line ends; 0 if not told */
} RpMaildirName;

/* is_new: it lies in new/, where a name has no flags. */
RpMaildirName rp_maildir_name_read(const char *name, bool is_new);
