/* SPDX-License-Identifier: GPL-3.0-or-later */
/* english.h - sentences for programs
 *
 * What stands in JSON is English in every locale, as programs read it: from begin to
 * end gettext() gives this thread what the sources say.
 */
#pragma once

void rp_english_begin(void);
void rp_english_end(void);
