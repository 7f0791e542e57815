/* SPDX-License-Identifier: GPL-3.0-or-later */
/* maildir-name.c - names of messages in a Maildir */
#include "fetch/maildir-name.h"

#include <glib.h>
#include <string.h>

#include "core/envelope.h"
#include "core/instant.h"

/* 1990 and 2100: a number outside is no time of delivery. */
static const int64_t EARLIEST_AT = INT64_C(631152000);
static const int64_t LATEST_AT = INT64_C(4102444800);

/* ":2,", and what programs put where a colon can't be in a file's name. NULL if the
 * name has no flags. */
static const char *
find_info(const char *name)
{
    const char *comma = name;
    const char *info = NULL;

    while ((comma = strstr(comma, "2,")) != NULL) {
        if (comma > name && strchr(":;!", comma[-1]) != NULL)
            info = comma - 1;
        comma++;
    }
    return info;
}

static uint32_t
flag_of(char letter)
{
    switch (letter) {
    case 'S':
        return RP_FLAG_SEEN;
    case 'R':
        return RP_FLAG_ANSWERED;
    case 'F':
        return RP_FLAG_FLAGGED;
    case 'T':
        return RP_FLAG_DELETED;
    case 'D':
        return RP_FLAG_DRAFT;
    case 'P':
        return RP_FLAG_FORWARDED;
    default:
        return 0;
    }
}

/* Most write a dot behind the seconds, OfflineIMAP "_"; digits that letters follow
 * are a hash's. */
static int64_t
read_delivered(const char *name)
{
    char *end = NULL;
    gint64 at = g_ascii_isdigit(*name) ? g_ascii_strtoll(name, &end, 10) : 0;

    return end != NULL && !g_ascii_isalnum(*end) && at >= EARLIEST_AT && at < LATEST_AT
               ? at
               : RP_NEVER;
}

static uint64_t
read_size(const char *name, size_t n)
{
    const char *field = g_strstr_len(name, (gssize)n, ",W=");

    return field != NULL ? g_ascii_strtoull(field + 3, NULL, 10) : 0;
}

RpMaildirName
rp_maildir_name_read(const char *name, bool is_new)
{
    const char *info = find_info(name);
    RpMaildirName result = {0};

    result.n_base = info != NULL ? (size_t)(info - name) : strlen(name);
    result.delivered_at = read_delivered(name);
    result.size = read_size(name, result.n_base);
    if (info != NULL && !is_new)
        for (const char *letter = info + 3; *letter != '\0'; letter++)
            result.flags |= flag_of(*letter);
    return result;
}
