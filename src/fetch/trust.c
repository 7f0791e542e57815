/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trust.c - databases of authorities */
#include "fetch/trust.h"

/* A database of a file is one of the system's to which something else was read; GIO has
 * no other name for that. Should it be built in another way: the default one. */
static GTlsDatabase *
new_system_trust(void)
{
    GTlsBackend *backend = g_tls_backend_get_default();
    GType type = g_type_parent(g_tls_backend_get_file_database_type(backend));
    GTlsDatabase *trust = NULL;

    if (!G_TYPE_IS_ABSTRACT(type) && g_type_is_a(type, G_TYPE_TLS_DATABASE) &&
        g_type_is_a(type, G_TYPE_INITABLE))
        trust = g_initable_new(type, NULL, NULL, NULL);
    return trust != NULL ? trust : g_tls_backend_get_default_database(backend);
}

GTlsDatabase *
rp_trust_new(const char *ca_file, GError **error)
{
    return *ca_file == '\0' ? new_system_trust()
                            : g_tls_file_database_new(ca_file, error);
}

bool
rp_trust_system_knows(GTlsClientConnection *tls, GTlsCertificate *certificate)
{
    g_autoptr(GTlsDatabase) trust =
        g_tls_backend_get_default_database(g_tls_backend_get_default());

    return trust != NULL &&
           g_tls_database_verify_chain(
               trust, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER,
               g_tls_client_connection_get_server_identity(tls), NULL,
               G_TLS_DATABASE_VERIFY_NONE, NULL, NULL) == 0;
}
