/* SPDX-License-Identifier: GPL-3.0-or-later */
/* utf7.h - folder names as IMAP writes them: RFC 3501 5.1.3
 *
 * Pure.
 */
#pragma once

/* The name for people of a raw folder name: "Entw&APw-rfe" gives "Entwürfe". What
 * is no modified UTF-7 stays as it is, so that a name in plain UTF-8 is its own;
 * invalid bytes, control characters and bidi controls become U+FFFD. Owned by the
 * caller, never NULL. */
char *rp_utf7_decode(const char *raw);
