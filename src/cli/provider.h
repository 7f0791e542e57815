/* SPDX-License-Identifier: GPL-3.0-or-later */
/* provider.h - where the mail of a domain is: a table of large providers, else DNS */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "stream/record.h"

typedef struct {
    char *host; /* own */
    uint16_t port;
    RpSecurity security;
    const char *note;      /* static, or NULL: what its users must know */
    const char *found_by;  /* static: how it was found, for people */
    bool takes_local_part; /* the login is what stands before the @ */
    bool is_of_domain;     /* host is in the domain, or from the table: to be trusted */
} RpServer;
void rp_server_free(RpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpServer, rp_server_free)
/* Over TLS at port 993, unless they are changed. */
RpServer *rp_server_new(const char *host, const char *found_by);

/* --- the table. Pure; the results are the caller's, NULL if the table has none. --- */

/* The provider whose domain this is. */
RpServer *rp_provider_find(const char *domain);
/* The one that takes in mail by that host (of an MX record) for domains of others. */
RpServer *rp_provider_find_by_mx(const char *host);
/* Is that the host of one of them? */
bool rp_provider_has_host(const char *host);
/* Is host the domain, or in it? Dots at the end, upper and lower case do not count. */
bool rp_provider_is_in(const char *host, const char *domain);

/* --- DNS --- */

/* RFC 6186: _imaps._tcp, else _imap._tcp (STARTTLS), as RFC 8314 3.3 wants TLS from
 * the first byte where there is both. Without either the provider that the domain's MX
 * records name; else imap.DOMAIN or mail.DOMAIN, if one answers at port 993 with a
 * certificate that is good for it (signed by ca_file's authorities; "" for the
 * system's). Waits a few seconds at the most. NULL if there is none, if the domain
 * says that it offers none (RFC 2782: "."), or without a network. DNS can be forged:
 * where is_of_domain is false a person must agree (RFC 6186 section 6). The
 * caller's. */
RpServer *rp_provider_look_up(const char *domain, const char *ca_file);
