/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transport-private.h - a transport's state, shared by its files */
#pragma once

#include "fetch/transport.h"

enum { RP_TRANSPORT_RAW = 16384 };

struct RpTransport {
    RpSource *source; /* foreign */
    GSocketConnection *connection;
    GIOStream *stream; /* connection, or TLS over it */
    int fd;
    RpGuard *guard; /* own */
    /* the command */
    int64_t idle_us, idle_at_us, total_at_us; /* monotonic time */
    int64_t blocked_us;                       /* of the source, when it began */
    uint64_t n_fetched;
    bool is_listening; /* its answer, or none, may go on for ever */
    /* what ended the connection; NULL while it is good */
    RpSourceError problem_code;
    char *problem; /* own */
    bool is_timeout;
    /* raw: from the server; out: what the guard let through */
    size_t raw_at, raw_len, out_at, out_len;
    unsigned char raw[RP_TRANSPORT_RAW];
    unsigned char out[RP_GUARD_ROOM(RP_TRANSPORT_RAW)];
};

/* Keeps the first problem; returns -1. */
int rp_transport_fail(RpTransport *t, RpSourceError code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
int64_t rp_transport_left_us(const RpTransport *t);
/* As many bytes as the connection takes now, one at least; -1 at its end. */
ssize_t rp_transport_write_some(RpTransport *t, const void *bytes, size_t n);
