/* SPDX-License-Identifier: GPL-3.0-or-later */
/* event-text.h - calls, meetings, favours in words */
#pragma once

#include "core/event.h"

/* "they called, you missed it", "you met", "they gave you an introduction". Owned by
 * the caller. */
char *rp_event_sentence(const RpContactEvent *event);
