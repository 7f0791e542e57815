/* SPDX-License-Identifier: GPL-3.0-or-later */
/* written.h - tells when another process may have written to a database, or to its
 * place
 *
 * What happened is the store's to tell: rp_store_data_version(),
 * rp_store_is_in_place().
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct RpWritten RpWritten;

/* on_written comes from the main loop, whenever a process that could write has closed
 * the database, and when its file is moved, removed or replaced. */
RpWritten *rp_written_new(const char *db_path, void (*on_written)(gpointer data),
                          gpointer data);
void rp_written_free(RpWritten *written);

/* False where the kernel, its limits or the file system let it not be watched. */
bool rp_written_is_sure(const RpWritten *written);
