/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup-name.h - where backups are, and what they are called */
#pragma once

#include "cli/command.h"

/* The folder "backups" beside the database. The caller's. */
char *rp_backup_folder(const RpCli *cli);

/* "FOLDER/riposte-2026-11-16T081500Z.db" with the database's own name, the time in UTC
 * and, in front of it, what ("before-restore-", say); nothing has that name yet. Makes
 * the folder (0700). NULL with FAILED. The caller's. */
char *rp_backup_new_name(const RpCli *cli, const char *folder, const char *what,
                         GError **error);

/* Is it the database itself, under whatever name? */
bool rp_backup_is_database(const RpCli *cli, const char *path);

/* "295 messages, 412.0 kB": of a file that was checked. The caller's. */
char *rp_backup_describe(int64_t n_messages, int64_t size);
/* In bytes; 0 if there is no such file. */
int64_t rp_backup_size(const char *path);
