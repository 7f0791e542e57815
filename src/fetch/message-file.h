/* SPDX-License-Identifier: GPL-3.0-or-later */
/* message-file.h - one message in a file of its own
 *
 * Files are somebody else's: they may vanish, be no regular files, or be of any size.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { RP_MAX_HEADER = 256 * 1024 }; /* bytes of a header that are read */

typedef struct {
    GByteArray *header; /* own; without the empty line's successors */
    bool is_header_cut;
    uint64_t size; /* octets with CR LF line ends; 0 if it was not asked for */
    int64_t modified_at;
} RpMessageFile;

/* Reads the header, and counts the rest if needs_size. False with errno: ENOENT if it
 * has vanished, EINVAL if it is no regular file. header is reused from call to call. */
bool rp_message_file_read(int directory, const char *name, bool needs_size,
                          RpMessageFile *file);

/* Where the header at the front ends (behind its empty line), or 0 if it does not. */
size_t rp_header_length(const uint8_t *bytes, size_t n);

/* The octets of these bytes with every line feed as CR LF; before is the byte before
 * them, '\0' if there is none. */
uint64_t rp_crlf_size(const uint8_t *bytes, size_t n, uint8_t before);
