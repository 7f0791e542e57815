/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-file.h - documents into files and folders of the user's choice */
#pragma once

#include "cli/command.h"

/* A file, or that to which a link leads, is replaced whole, readable by the user alone;
 * a device or pipe is written to and stays. Fails with FAILED, naming the option. */
bool rp_report_write(const char *path, const char *text, GError **error);

/* Is it a folder, or does its name end in "/"? */
bool rp_report_is_folder(const char *path);

/* Writes name into a folder, which is made (0700) if it is missing. */
bool rp_report_write_into(const char *folder, const char *name, const char *text,
                          GError **error);
