/* SPDX-License-Identifier: GPL-3.0-or-later */
/* maildir.h - the folders of a tree of Maildirs */
#pragma once

#include "fetch/files.h"

/* The folders below job->path (of RpFileFolder): the path itself if it is a Maildir
 * (INBOX), Maildir++ folders (".Sub.Folder": "Sub.Folder"), and directories that are
 * Maildirs ("Work/2026"), in any mixture. A directory is a Maildir if it has cur or
 * new. CONFIG if the path cannot be read or holds none. */
GPtrArray *rp_maildir_find_folders(const RpSource *source, GError **error);
