/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.h - what settings there are, how each is read and where it goes */
#pragma once

#include "config/lines.h"
#include "config/private.h"

/* A configuration being read. */
typedef struct {
    RpConfig *config;        /* foreign */
    GKeyFile *file;          /* foreign */
    const RpLines *lines;    /* foreign */
    const char *group, *key; /* foreign; what is being read */
} RpReader;

/* Reads value into target. Returns NULL, or what is wrong with the value (own), to
 * be put behind "key=value": "is no port, 1 to 65535". */
typedef char *(*RpSetValue)(RpReader *reader, const char *value, gpointer target);

typedef struct {
    const char *key;
    RpSetValue set;
    size_t offset; /* in the struct of its section */
    bool is_list;  /* parted by semicolons, "\;" being one of a member's */
} RpSetting;

/* Each ends with a row without a key. ME, SYNC and CONTACTS go to an RpConfig,
 * ME_POLICY and POLICY to its policy, NOTIFY to its notify, ACCOUNT to an
 * RpAccountConfig. */
extern const RpSetting RP_SETTINGS_ME[], RP_SETTINGS_ME_POLICY[], RP_SETTINGS_POLICY[];
extern const RpSetting RP_SETTINGS_NOTIFY[], RP_SETTINGS_SYNC[], RP_SETTINGS_ACCOUNT[];
extern const RpSetting RP_SETTINGS_CONTACTS[];
