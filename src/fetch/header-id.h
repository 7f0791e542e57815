/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-id.h - message ids in Message-ID, In-Reply-To and References: R2
 *
 * Pure. An id is what stands between < and >, without white space; it need not look
 * like one otherwise, and it is not empty. What stands outside is passed over, and a
 * second < starts anew.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "fetch/header-field.h"

/* Takes the next id off the front of *value; NULL if there is none left. Longer ones
 * are cut to RP_MAX_ID with RP_CUT_ID set in *cuts. Valid UTF-8 without control
 * characters; owned by the caller. */
char *rp_id_next(RpSpan *value, uint32_t *cuts);

/* Appends all ids to ids (of char *), of which only the first and the last
 * RP_MAX_REFERENCES / 2 are kept; RP_CUT_REFERENCES is then set in *cuts. */
void rp_ids_read(RpSpan value, GPtrArray *ids, uint32_t *cuts);
