/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transport-connect.c - finding the server and making sure that it is the one */
#include "fetch/pin.h"
#include "fetch/transport-private.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "core/instant.h"
#include "fetch/proxy.h"
#include "fetch/trust.h"

enum {
    CONNECT_S = 60,
    /* The kernel asks for a sign of life after so long, so often, so many times:
     * routers forget connections that are silent for five minutes. */
    ALIVE_S = 4 * 60,
    ALIVE_AGAIN_S = 30,
    ALIVE_TRIES = 4,
};

/* Something asynchronous, run to its end on a main context of its own: a blocking
 * call could not be interrupted. */
typedef struct {
    RpTransport *transport;
    GMainContext *context;
    GCancellable *cancellable;
    bool is_done, is_timeout;
    GSocketConnection *connection;
    GError *error;
} Wait;

static gboolean
on_timeout(gpointer data)
{
    Wait *wait = data;

    wait->is_timeout = true;
    g_cancellable_cancel(wait->cancellable);
    return G_SOURCE_REMOVE;
}

static gboolean
on_wake(gint fd, GIOCondition condition, gpointer data)
{
    Wait *wait = data;

    (void)fd;
    (void)condition;
    if (rp_source_take_commands(wait->transport->source))
        return G_SOURCE_CONTINUE;
    g_cancellable_cancel(wait->cancellable);
    return G_SOURCE_REMOVE;
}

static void
attach(Wait *wait, GSource *source, GSourceFunc callback)
{
    g_source_set_callback(source, callback, wait, NULL);
    g_source_attach(source, wait->context);
    g_source_unref(source);
}

static void
wait_begin(Wait *wait)
{
    int64_t left_ms = MAX(rp_transport_left_us(wait->transport), 0) / 1000;

    wait->context = g_main_context_new();
    wait->cancellable = g_cancellable_new();
    g_main_context_push_thread_default(wait->context);
    attach(wait, g_timeout_source_new((guint)left_ms), on_timeout);
    attach(wait,
           g_unix_fd_source_new(wait->transport->source->wake_fd, G_IO_IN | G_IO_HUP),
           G_SOURCE_FUNC(on_wake));
}

static void
wait_end(Wait *wait)
{
    while (!wait->is_done)
        g_main_context_iteration(wait->context, TRUE);
    g_main_context_pop_thread_default(wait->context);
    g_main_context_unref(wait->context);
    g_object_unref(wait->cancellable);
}

static void
fail_connect(RpTransport *t, const Wait *wait)
{
    const RpJob *job = t->source->job;
    const GError *error = wait->error;

    if (t->source->is_stopped)
        rp_transport_fail(t, RP_SOURCE_ERROR_STOPPED, "stopped");
    else if (wait->is_timeout)
        rp_transport_fail(t, RP_SOURCE_ERROR_NETWORK, _("no connection to %s in time"),
                          job->host);
    else if (g_error_matches(error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
        rp_transport_fail(t, RP_SOURCE_ERROR_CONFIG, _("there is no host %s"),
                          job->host);
    else if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
        rp_transport_fail(t, RP_SOURCE_ERROR_NETWORK, _("%s refuses the connection"),
                          job->host);
    else
        rp_transport_fail(t, RP_SOURCE_ERROR_NETWORK, _("no connection to %s: %s"),
                          job->host, error->message);
}

static void
on_connected(GObject *client, GAsyncResult *result, gpointer data)
{
    Wait *wait = data;

    wait->connection = g_socket_client_connect_to_host_finish(G_SOCKET_CLIENT(client),
                                                              result, &wait->error);
    wait->is_done = true;
}

static uint16_t
default_port(RpSecurity security)
{
    return security == RP_SECURITY_TLS ? 993 : 143;
}

static bool
open_socket(RpTransport *t)
{
    const RpJob *job = t->source->job;
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GProxyResolver) resolver = rp_proxy_resolver();
    uint16_t port = job->port != 0 ? job->port : default_port(job->security);
    Wait wait = {.transport = t};

    g_socket_client_set_enable_proxy(client, job->security != RP_SECURITY_NONE);
    if (resolver != NULL)
        g_socket_client_set_proxy_resolver(client, resolver);
    wait_begin(&wait);
    g_socket_client_connect_to_host_async(client, job->host, port, wait.cancellable,
                                          on_connected, &wait);
    wait_end(&wait);
    t->connection = wait.connection;
    if (t->connection == NULL)
        fail_connect(t, &wait);
    g_clear_error(&wait.error);
    return t->connection != NULL;
}

static bool
is_loopback(RpTransport *t)
{
    g_autoptr(GSocketAddress) address =
        g_socket_connection_get_remote_address(t->connection, NULL);

    return G_IS_INET_SOCKET_ADDRESS(address) &&
           g_inet_address_get_is_loopback(
               g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address)));
}

static void
use_socket(RpTransport *t)
{
    GSocket *socket = g_socket_connection_get_socket(t->connection);

    t->fd = g_socket_get_fd(socket);
    t->stream = g_object_ref(G_IO_STREAM(t->connection));
    g_socket_set_keepalive(socket, TRUE);
    g_socket_set_option(socket, IPPROTO_TCP, TCP_KEEPIDLE, ALIVE_S, NULL);
    g_socket_set_option(socket, IPPROTO_TCP, TCP_KEEPINTVL, ALIVE_AGAIN_S, NULL);
    g_socket_set_option(socket, IPPROTO_TCP, TCP_KEEPCNT, ALIVE_TRIES, NULL);
    g_socket_set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
}

bool
rp_transport_connect(RpTransport *transport, GError **error)
{
    const RpJob *job = transport->source->job;

    rp_transport_begin(transport, 0, 0, &rp_guard_greeting, CONNECT_S, CONNECT_S);
    if (!open_socket(transport))
        return rp_transport_error(transport, _("connecting"), error);
    use_socket(transport);
    if (job->security == RP_SECURITY_NONE && !is_loopback(transport)) {
        rp_transport_fail(
            transport, RP_SOURCE_ERROR_CONFIG,
            _("%s is not this machine: a connection to it must be encrypted"),
            job->host);
        return rp_transport_error(transport, _("connecting"), error);
    }
    return job->security != RP_SECURITY_TLS || rp_transport_start_tls(transport, error);
}

static const char *
describe(GTlsCertificateFlags flags)
{
    if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
        return _("is for another host");
    if ((flags & G_TLS_CERTIFICATE_EXPIRED) != 0)
        return _("has expired");
    if ((flags & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
        return _("is not valid yet");
    if ((flags & G_TLS_CERTIFICATE_REVOKED) != 0)
        return _("has been revoked");
    if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
        return _("is signed by an unknown authority");
    return _("is not secure enough");
}

static bool
has_pin(const RpTransport *t, GTlsCertificate *certificate)
{
    g_autoptr(GByteArray) der = NULL;

    g_object_get(certificate, "certificate", &der, NULL);
    return der != NULL && rp_pin_matches(t->source->job->pin, der);
}

/* Called only for a certificate that GIO cannot verify. */
static gboolean
on_certificate(GTlsConnection *tls, GTlsCertificate *certificate,
               GTlsCertificateFlags flags, gpointer data)
{
    RpTransport *t = data;
    g_autoptr(GByteArray) der = NULL;
    g_autofree char *pin = NULL;

    if (*t->source->job->pin != '\0')
        return has_pin(t, certificate);
    if (*t->source->job->ca_file == '\0' && flags == G_TLS_CERTIFICATE_UNKNOWN_CA &&
        rp_trust_system_knows(G_TLS_CLIENT_CONNECTION(tls), certificate))
        return TRUE;
    g_object_get(certificate, "certificate", &der, NULL);
    pin = der == NULL ? NULL : rp_pin_of_key(der);
    /* TRANSLATORS: a host, what is wrong ("has expired"), a fingerprint */
    rp_transport_fail(t, RP_SOURCE_ERROR_TLS, _("the certificate of %s %s (key %s)"),
                      t->source->job->host, describe(flags), pin == NULL ? "?" : pin);
    return FALSE;
}

static void
on_handshake(GObject *tls, GAsyncResult *result, gpointer data)
{
    Wait *wait = data;

    g_tls_connection_handshake_finish(G_TLS_CONNECTION(tls), result, &wait->error);
    wait->is_done = true;
}

static void
check_handshake(RpTransport *t, GTlsConnection *tls, const Wait *wait)
{
    const RpJob *job = t->source->job;
    GTlsCertificate *certificate = g_tls_connection_get_peer_certificate(tls);

    if (t->source->is_stopped)
        rp_transport_fail(t, RP_SOURCE_ERROR_STOPPED, "stopped");
    else if (wait->is_timeout)
        rp_transport_fail(t, RP_SOURCE_ERROR_NETWORK,
                          _("no encryption with %s in time"), job->host);
    else if (*job->pin != '\0' && certificate != NULL && !has_pin(t, certificate))
        rp_transport_fail(t, RP_SOURCE_ERROR_TLS,
                          _("the certificate of %s is not the pinned one"), job->host);
    else if (wait->error != NULL && wait->error->domain != G_TLS_ERROR)
        rp_transport_fail(t, RP_SOURCE_ERROR_NETWORK, "no encryption with %s: %s",
                          job->host, wait->error->message);
    else if (wait->error != NULL)
        rp_transport_fail(
            t, RP_SOURCE_ERROR_TLS,
            job->security == RP_SECURITY_TLS
                ? _("no encryption with %s: %s (if this port begins in the clear:"
                    " security=starttls)")
                : _("no encryption with %s: %s"),
            job->host, wait->error->message);
}

static bool
handshake(RpTransport *t, GTlsConnection *tls, GError **error)
{
    Wait wait = {.transport = t};

    wait_begin(&wait);
    g_tls_connection_handshake_async(tls, G_PRIORITY_DEFAULT, wait.cancellable,
                                     on_handshake, &wait);
    wait_end(&wait);
    check_handshake(t, tls, &wait);
    g_clear_error(&wait.error);
    if (t->problem != NULL)
        return rp_transport_error(t, _("encryption"), error);
    g_object_unref(t->stream);
    t->stream = g_object_ref(G_IO_STREAM(tls));
    return true;
}

/* Given at once, or GIO would load the system's authorities first. */
static GTlsConnection *
wrap(RpTransport *t)
{
    const RpJob *job = t->source->job;
    GType type = g_tls_backend_get_client_connection_type(g_tls_backend_get_default());
    g_autoptr(GSocketConnectable) identity = g_network_address_new(
        job->host, job->port != 0 ? job->port : default_port(job->security));
    g_autoptr(GError) error = NULL;
    g_autoptr(GTlsDatabase) trust = rp_trust_new(job->ca_file, &error);
    GTlsConnection *tls;

    if (trust == NULL && *job->ca_file != '\0') {
        rp_transport_fail(t, RP_SOURCE_ERROR_CONFIG, _("ca_file %s cannot be read: %s"),
                          job->ca_file, error->message);
        return NULL;
    }
    tls = g_initable_new(type, NULL, &error, "base-io-stream", t->stream,
                         "server-identity", identity, "database", trust,
                         "require-close-notify", FALSE, NULL);
    if (tls == NULL)
        rp_transport_fail(t, RP_SOURCE_ERROR_TLS, _("no encryption: %s"),
                          error->message);
    else
        g_signal_connect(tls, "accept-certificate", G_CALLBACK(on_certificate), t);
    return tls;
}

bool
rp_transport_start_tls(RpTransport *transport, GError **error)
{
    g_autoptr(GTlsConnection) tls = NULL;
    const char *pin = transport->source->job->pin;

    if (transport->raw_at < transport->raw_len ||
        transport->out_at < transport->out_len) {
        rp_transport_fail(transport, RP_SOURCE_ERROR_TLS,
                          _("the server spoke on in clear text after STARTTLS"));
        return rp_transport_error(transport, _("encryption"), error);
    }
    if (*pin != '\0' && !rp_pin_is_valid(pin)) {
        rp_transport_fail(transport, RP_SOURCE_ERROR_CONFIG,
                          _("the pin is not of the form sha256:..."));
        return rp_transport_error(transport, _("encryption"), error);
    }
    tls = wrap(transport);
    if (tls == NULL)
        return rp_transport_error(transport, _("encryption"), error);
    return handshake(transport, tls, error);
}

void
rp_transport_forget_trust(RpTransport *transport)
{
    if (G_IS_TLS_CONNECTION(transport->stream))
        g_tls_connection_set_database(G_TLS_CONNECTION(transport->stream), NULL);
}

int64_t
rp_transport_expires_at(const RpTransport *transport)
{
    GTlsCertificate *certificate;
    g_autoptr(GDateTime) end = NULL;

    if (!G_IS_TLS_CONNECTION(transport->stream))
        return RP_NEVER;
    certificate =
        g_tls_connection_get_peer_certificate(G_TLS_CONNECTION(transport->stream));
    if (certificate != NULL)
        end = g_tls_certificate_get_not_valid_after(certificate);
    return end != NULL ? g_date_time_to_unix(end) : RP_NEVER;
}
