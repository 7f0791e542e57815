/* SPDX-License-Identifier: GPL-3.0-or-later */
/* around.h - who stands around a person: in common with me, introduced by them */
#pragma once

#include <json-glib/json-glib.h>

#include "view/view.h"

/* Lines of the card: when to chase them (R11), the last contact by each channel (C1),
 * people in common (B4: both ways with both of us, the strongest first), and whom they
 * introduced me to (what the user or a card says of others). */
void rp_around_text(GString *text, const RpView *view, uint32_t person);

/* "theirs_limit_s", "common" and "introduced", into an object that is open. */
void rp_around_json(JsonBuilder *builder, const RpView *view, uint32_t person);
