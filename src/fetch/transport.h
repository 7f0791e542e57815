/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transport.h - one connection to a mail server, with the guard on all that comes
 *
 * Nothing here waits longer than the deadline of the command, nor once the source
 * is stopped. What ended a connection is kept and told by rp_transport_error().
 */
#pragma once

#include "fetch/guard.h"
#include "fetch/source.h"

#include <gio/gio.h>
#include <libetpan/libetpan.h>

typedef struct RpTransport RpTransport;

/* job and source stay the caller's and must outlive it. */
RpTransport *rp_transport_new(RpSource *source);
void rp_transport_free(RpTransport *transport);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpTransport, rp_transport_free)

/* Connects to job->host, encrypted at once if job->security is TLS. Refuses with
 * CONFIG an address off this machine if it is NONE. */
bool rp_transport_connect(RpTransport *transport, GError **error);

/* After STARTTLS; false with TLS if the server has said more than it was asked. */
bool rp_transport_start_tls(RpTransport *transport, GError **error);

/* Of one that is encrypted: it is not asked for any more. */
void rp_transport_forget_trust(RpTransport *transport);
/* When the server's certificate ends; RP_NEVER without encryption, or if it does not
 * tell. */
int64_t rp_transport_expires_at(const RpTransport *transport);

/* For libetpan; mailstream_close() closes the connection and leaves transport. */
mailstream *rp_transport_open(RpTransport *transport);

/* Before a command is written. idle_s: at the most between two messages that come,
 * or if none do, for the whole; total_s: for the whole. */
void rp_transport_begin(RpTransport *transport, uint32_t first_tag, uint32_t n_tags,
                        const RpGuardProfile *profile, uint32_t idle_s,
                        uint32_t total_s);

/* What the guard lets through. -1 if the connection is at its end, or all that was
 * awaited or heard has been read. */
ssize_t rp_transport_read(RpTransport *transport, void *bytes, size_t n);

/* Appends to bytes up to and with the next end, or less if no more has come yet.
 * False where rp_transport_read() says -1. */
bool rp_transport_read_to(RpTransport *transport, GByteArray *bytes, char end);

/* Something has passed the guard that has not been read. */
bool rp_transport_has_more(const RpTransport *transport);

/* All n bytes. */
bool rp_transport_write(RpTransport *transport, const void *bytes, size_t n);

/* For waiting in IDLE: reads what is there and drops what the guard lets through.
 * False if the connection is at its end. */
bool rp_transport_pump(RpTransport *transport);
/* The same without a command (rp_guard_notify): reads once what is there, to be taken.
 * False if nothing is, or the connection is at its end. */
bool rp_transport_hear(RpTransport *transport);
int rp_transport_fd(const RpTransport *transport);

/* Time for the rest of a command that was begun long ago. */
void rp_transport_extend(RpTransport *transport, uint32_t timeout_s);

const RpGuard *rp_transport_guard(const RpTransport *transport);

/* Whether it can go on: nothing ended it. */
bool rp_transport_is_good(const RpTransport *transport);

/* What ended it is that it took too long: not to be tried again at once. */
bool rp_transport_is_timeout(const RpTransport *transport);

/* Sets what ended the connection, or PROTOCOL with what if nothing has. Returns
 * false. */
bool rp_transport_error(RpTransport *transport, const char *what, GError **error);

/* Text from a server made fit for a message: printable ASCII, cut at 80; owned by
 * the caller. */
char *rp_transport_clean(const char *text);
