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
    const char *note;  /* static, or NULL: what its users must know */
    bool is_of_domain; /* host is in the domain, or from the table: to be trusted */
} RpServer;
void rp_server_free(RpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpServer, rp_server_free)

/* The provider whose domain this is; NULL if the table has none. Pure. The caller's. */
RpServer *rp_provider_find(const char *domain);

/* RFC 6186: _imaps._tcp, else _imap._tcp (STARTTLS). Waits 3 s at the most; NULL if
 * there is none, or no network. DNS can be forged: where is_of_domain is false a
 * person must agree (RFC 6186 section 6). The caller's. */
RpServer *rp_provider_look_up(const char *domain);
