/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mbox.h - the folders of a file or a tree of files in mbox form */
#pragma once

#include "fetch/files.h"

/* job->path itself if it is a file, else the mbox files below it (of RpFileFolder):
 * those that begin with "From ", and empty ones that were read once (states). "X.sbd/Y"
 * is Thunderbird's "X/Y". CONFIG if the path cannot be read or holds none. */
GPtrArray *rp_mbox_find_folders(const RpSource *source, GError **error);
