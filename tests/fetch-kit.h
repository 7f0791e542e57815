/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fetch-kit.h - runs a backend of riposte-fetch over files that a test makes */
#pragma once

#include "fetch/source.h"

typedef struct {
    char *directory;  /* own; removed in the end */
    RpSource *source; /* own; states and known go on from run to run */
    int wake_fds[2];
    GPtrArray *records; /* own, of RpRecord *: of the last run */
} FetchKit;

void fetch_kit_init(FetchKit *kit, RpSourceType type);
void fetch_kit_clear(FetchKit *kit);

/* Writes a file, making its directories; name is below the kit's directory. The
 * directory's time is set back, so that the next run believes it. */
void fetch_kit_write(FetchKit *kit, const char *name, const char *text);
void fetch_kit_rename(FetchKit *kit, const char *from, const char *to);
void fetch_kit_remove(FetchKit *kit, const char *name);
char *fetch_kit_path(const FetchKit *kit, const char *name);

/* Sets the time of a file or directory. */
void fetch_kit_touch(FetchKit *kit, const char *name, int64_t at);

/* Runs the backend once; its error if it has one. */
GError *fetch_kit_run(FetchKit *kit);

/* The n-th record of that type of the last run; NULL if there is none. */
const RpRecord *fetch_kit_nth(const FetchKit *kit, RpRecordType type, guint n);
guint fetch_kit_count(const FetchKit *kit, RpRecordType type);

/* The envelope of the last run with that subject, or NULL. */
const RpEnvelope *fetch_kit_envelope(const FetchKit *kit, const char *subject);
