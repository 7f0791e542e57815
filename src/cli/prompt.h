/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt.h - questions at the terminal: on standard error, answers from standard
 * input */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Is there somebody to ask? */
bool rp_prompt_is_possible(void);

/* Did the input end at the last question? Nothing was said to it then, neither yes nor
 * no, and there is nobody to ask further. */
bool rp_prompt_is_ended(void);

/* The answer, white space around it gone; preset if it is empty (NULL: asked again).
 * NULL at the end of the input. The caller's. */
char *rp_prompt_ask(const char *question, const char *preset);

/* "[y/N]"; what is neither yes nor no is otherwise; false at the end of the input. */
bool rp_prompt_confirm(const char *question, bool otherwise);

/* One line, not shown while it is typed on a terminal. NULL at the end of the input.
 * The caller wipes and frees it. */
char *rp_prompt_secret(const char *question);
