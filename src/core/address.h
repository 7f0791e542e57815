/* SPDX-License-Identifier: GPL-3.0-or-later */
/* address.h - one address, one person
 *
 * Pure. Addresses are compared in lower case with the domain as A-labels
 * (RFC 5890).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The form in which addresses are stored and compared: white space around it
 * gone, lower case (full Unicode, NFC, in every locale), invisible characters
 * (Unicode Cf: bidi controls, zero-width) gone, domain as A-labels, dots at the
 * domain's end gone; what follows the last "@" is the domain. NULL if it has no "@"
 * with something on both sides, holds white space, control characters, < or >, or is
 * longer than RP_MAX_ADDRESS. Owned by the caller. */
char *rp_address_normalize(const char *address);

/* Lower case in every locale: g_utf8_strdown() follows the language of the user, and in
 * Turkish I would not become i. Owned by the caller. */
char *rp_lower(const char *text);

/* The key of the person whose address this normalized one is: the address
 * without its plus-tag where that provider ignores it, and for Gmail without
 * dots in the local part and googlemail.com as gmail.com. Owned by the caller. */
char *rp_address_person_key(const char *address);

/* The person's number: the first 48 bits of the key's SHA-256, so that it is the
 * same in every database and for any order of arrival. */
int64_t rp_person_id(const char *person_key);

/* R3: is this normalized address's local part that of a machine? */
bool rp_address_is_machine(const char *address);

/* What stands for somebody who was forgotten ends so. */
#define RP_FORGOTTEN_SUFFIX "@forgotten.invalid"
bool rp_address_is_forgotten(const char *address);

/* Does a normalized address match a pattern of [me] addresses: an address (the
 * person keys are compared, so plus-tags do not matter), or "*@domain" (that very
 * domain)? The pattern need not be normalized; one that is no address matches
 * nothing. */
bool rp_address_matches(const char *address, const char *pattern);
