/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pin.h - a server's certificate known by its SHA-256
 *
 * Pure. A pin is "sha256:" and the digest, in hexadecimal (colons allowed) or
 * base64, of the certificate's SubjectPublicKeyInfo, which outlives a renewal
 * with the same key (RFC 7469 2.4), or of the whole certificate.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

bool rp_pin_is_valid(const char *pin);

/* der: an X.509 certificate, of any content. */
bool rp_pin_matches(const char *pin, const GByteArray *der);

/* The pin of the certificate's key, NULL if der is none; owned by the caller. */
char *rp_pin_of_key(const GByteArray *der);
