/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store-kit.h - records and databases for the store's tests
 *
 * Whatever fails here fails the test that asked.
 */
#pragma once

#include "store/store.h"

/* A folder of its own, and a database's path in it. */
typedef struct {
    char *folder, *path; /* own */
} Kit;
void kit_init(Kit *kit);
void kit_clear(Kit *kit); /* and removes the files */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Kit, kit_clear)

RpStore *kit_open(const Kit *kit);

/* Records for kit_apply(), which clears them. */
RpRecord kit_round(RpRoundPhase phase);
RpRecord kit_folder(const char *raw, RpRole role, bool is_read);
RpRecord kit_copy(const char *folder, uint32_t uid_validity, uint64_t uid,
                  const char *message_id, uint32_t flags);
RpRecord kit_checkpoint(const char *folder, uint32_t uid_validity, uint64_t low,
                        uint64_t high, bool is_complete);
/* uids ends with 0; flags, if not NULL, stand beside. */
RpRecord kit_uids(RpRecordType type, const char *folder, uint32_t uid_validity,
                  const uint64_t *uids, const uint32_t *flags);
RpRecord kit_present(const char *folder, uint32_t uid_validity, uint64_t low,
                     uint64_t high, const uint64_t *uids);
RpRecord kit_problem(RpProblemCode code, const char *folder, uint64_t uid,
                     const char *text);

/* Applies them to the account "work" at now_at, and clears them. */
void kit_apply(RpStore *store, int64_t now_at, RpRecord *records, size_t n);
#define KIT_APPLY(store, now_at, ...)                                                  \
    do {                                                                               \
        RpRecord kit_records[] = {__VA_ARGS__};                                        \
        kit_apply(store, now_at, kit_records, G_N_ELEMENTS(kit_records));              \
    } while (0)
void kit_commit(RpStore *store);

/* What the user says of a person, known since ever. */
bool kit_say(RpStore *store, const char *person_key, const char *name,
             const char *value);

/* All that can be read of fetched mail, a line a thing, in an order of its own. */
char *kit_dump(RpStore *store);

/* "INBOX:1 INBOX:2": folder and UID of each copy, in order. */
char *kit_uids_text(RpStore *store);

/* 0600 and the like. */
unsigned kit_mode_of(const char *path);
