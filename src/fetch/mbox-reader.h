/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mbox-reader.h - an mbox file parted into messages: RFC 4155, mboxrd
 *
 * A message begins with a line "From ... DATE" at the start of the file or behind an
 * empty line; Content-Length is not heeded, as it is often wrong. Memory is bounded,
 * whatever the file holds.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    GByteArray *from_line; /* own; without its line feed */
    GByteArray *header;    /* own; up to and with its empty line */
    bool is_header_cut;
    bool is_header_whole; /* its empty line was there */
    uint64_t size;        /* octets with CR LF line ends, as it was before it was put
                             here: ">From " undone, the empty line behind left out */
} RpMboxMessage;

typedef struct RpMboxReader RpMboxReader;

/* Reads the first n_bytes of the file: what is appended meanwhile is the next
 * round's. fd stays the caller's. */
RpMboxReader *rp_mbox_reader_new(int fd, uint64_t n_bytes);
void rp_mbox_reader_free(RpMboxReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpMboxReader, rp_mbox_reader_free)

/* The next message, good until the next call; NULL at the end or when the file cannot
 * be read on (then *failure is errno, and else 0). */
const RpMboxMessage *rp_mbox_reader_next(RpMboxReader *reader, int *failure);

/* How far the file is read. */
uint64_t rp_mbox_reader_offset(const RpMboxReader *reader);

/* Is this a line that parts messages, with a date in it? *at, which may be NULL, is
 * the date's instant; without a zone it is UTC. */
bool rp_mbox_is_from_line(const char *line, size_t n, int64_t *at);
