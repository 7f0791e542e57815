/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trust.h - which authorities a server's certificate may be signed by
 *
 * The system's take 8 MB, which GIO's default database keeps for as long as the process
 * lives. These are let go with the last connection that needs them.
 */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* Those of ca_file in place of the system's, unless it is "". Errors are GIO's. The
 * caller's. */
GTlsDatabase *rp_trust_new(const char *ca_file, GError **error);

/* Does GIO's default database trust it? It is asked where the system's authorities
 * above are not enough: they need not be all that a GIO of another version knows. */
bool rp_trust_system_knows(GTlsClientConnection *tls, GTlsCertificate *certificate);
