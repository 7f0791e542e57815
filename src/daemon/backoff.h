/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backoff.h - how long to wait before the next try
 *
 * Pure.
 */
#pragma once

#include <glib.h>

/* After n_failures (>= 1) in a row: doubled from 1 s to 15 min, less up to half of
 * it by chance (0 <= chance < 1), so that many clients of a server that comes back do
 * not come at once. */
guint rp_backoff_ms(guint n_failures, double chance);
