/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edit.h - changes to a configuration's text that leave the user's own lines be
 *
 * Pure, but for staging. The text must be one that rp_config_load() takes, or "".
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The value as a key file has it: backslashes doubled, a space at its beginning as
 * "\s", and with is_member a semicolon as "\;". NULL if it holds control characters
 * or is not UTF-8. The caller's. */
char *rp_config_escape(const char *value, bool is_member);

/* The text with key=value (escaped already) in [group]: where the key stood, else
 * below the group's head, else in a group of its own at the end. The caller's. */
char *rp_config_text_set(const char *text, const char *group, const char *key,
                         const char *value);

/* The text without the key in [group]. The caller's. */
char *rp_config_text_unset(const char *text, const char *group, const char *key);

/* The value that stands there, as it stands; NULL if there is none. The caller's. */
char *rp_config_text_get(const char *text, const char *group, const char *key);

/* The text with body (whole lines, without the head) as all of [group], which comes
 * where it stood or at the end. Comments above the next group stay. The caller's. */
char *rp_config_text_put_group(const char *text, const char *group, const char *body);

/* Writes text into a new file (0600) beside path, or what path links to (which need
 * not be there yet), whose folder is made (0700) if needed. Returns its name, the
 * caller's, or NULL with RP_CONFIG_ERROR_VALUE. */
char *rp_config_stage(const char *path, const char *text, GError **error);
/* Puts the staged file in the place of path, through a symbolic link. */
bool rp_config_commit(const char *staged, const char *path, GError **error);
/* Both, or nothing. */
bool rp_config_save(const char *path, const char *text, GError **error);
