/* SPDX-License-Identifier: GPL-3.0-or-later */
/* select.h - which folders are read, and which of them hold what I sent
 *
 * Pure. Names are decoded (UTF-8); case makes no difference.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "core/role.h"

/* Is the folder to be read? patterns (of char *; NULL: none) are taken in order
 * and the last that matches decides: "Name" takes the folder, "!Name" leaves it
 * out, * stands for any characters (a delimiter too) and ? for one. If there are
 * none, or the first is a "!", all folders are taken to begin with. Folders that
 * rp_role_is_read_by_default() leaves out are taken only by a pattern without
 * * and ?, that is by name. */
bool rp_folder_is_selected(const GPtrArray *patterns, const char *name, RpRole role);

/* RP_ROLE_SENT if the name is one of sent_folders (of char *; NULL: none), else
 * role, as found by SPECIAL-USE or by the name. */
RpRole rp_folder_role(const GPtrArray *sent_folders, const char *name, RpRole role);
