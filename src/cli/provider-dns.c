/* SPDX-License-Identifier: GPL-3.0-or-later */
/* provider-dns.c - a domain's server by RFC 6186, by its MX records, by its usual name
 */
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "cli/provider.h"

enum { LOOK_UP_MS = 3000, PROBE_MS = 3000 };

/* Something that is waited for. */
typedef struct {
    GMainLoop *loop;           /* own */
    GCancellable *cancellable; /* own; stops it in time */
    guint timer;
    GList *list;    /* own; what came */
    bool is_denied; /* the domain says that it offers no such thing */
    bool is_good;   /* a probe's: it answers, and its certificate is good */
} Wait;

static gboolean
on_timeout(gpointer data)
{
    g_cancellable_cancel(data);
    return G_SOURCE_CONTINUE;
}

static void
wait_init(Wait *wait, guint ms)
{
    *wait = (Wait){.loop = g_main_loop_new(NULL, FALSE),
                   .cancellable = g_cancellable_new()};
    wait->timer = g_timeout_add(ms, on_timeout, wait->cancellable);
}

static void
wait_clear(Wait *wait)
{
    g_source_remove(wait->timer);
    g_object_unref(wait->cancellable);
    g_main_loop_unref(wait->loop);
}

/* --- SRV --- */

static void
on_targets(GObject *resolver, GAsyncResult *result, gpointer data)
{
    Wait *wait = data;
    g_autoptr(GError) error = NULL;

    wait->list = g_resolver_lookup_service_finish(G_RESOLVER(resolver), result, &error);
    /* GIO takes the one target "." (RFC 2782) away, and leaves none. */
    wait->is_denied = wait->is_denied || (wait->list == NULL && error == NULL);
    g_main_loop_quit(wait->loop);
}

/* Letters, digits, hyphens and dots: the rest of what DNS may hold is no host. */
static bool
is_host_name(const char *text)
{
    return *text != '\0' && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-."
                                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(text);
}

/* GIO has sorted them by priority and weight (RFC 2782). NULL if that service is not
 * offered. */
static RpServer *
look_up_service(Wait *wait, const char *service, const char *domain)
{
    g_autoptr(GResolver) resolver = g_resolver_get_default();
    g_autofree char *host = NULL;
    RpServer *server = NULL;

    g_resolver_lookup_service_async(resolver, service, "tcp", domain, wait->cancellable,
                                    on_targets, wait);
    g_main_loop_run(wait->loop);
    if (wait->list != NULL) {
        GSrvTarget *best = wait->list->data;

        host = g_strdup(g_srv_target_get_hostname(best));
        if (g_str_has_suffix(host, "."))
            host[strlen(host) - 1] = '\0';
        wait->is_denied = wait->is_denied || *host == '\0'; /* "." as others tell it */
        if (is_host_name(host)) {
            server = rp_server_new(host, N_("named by the domain in DNS"));
            server->port = g_srv_target_get_port(best);
            server->is_of_domain =
                rp_provider_is_in(host, domain) || rp_provider_has_host(host);
        }
    }
    g_resolver_free_targets(g_steal_pointer(&wait->list));
    return server;
}

static RpServer *
look_up_services(Wait *wait, const char *domain)
{
    RpServer *server = look_up_service(wait, "imaps", domain);

    if (server != NULL)
        return server;
    server = look_up_service(wait, "imap", domain);
    if (server != NULL)
        server->security = RP_SECURITY_STARTTLS;
    return server;
}

/* --- MX --- */

static void
on_records(GObject *resolver, GAsyncResult *result, gpointer data)
{
    Wait *wait = data;

    wait->list = g_resolver_lookup_records_finish(G_RESOLVER(resolver), result, NULL);
    g_main_loop_quit(wait->loop);
}

/* Any of them tells: a provider's are all its own. */
static RpServer *
look_up_mx(Wait *wait, const char *domain)
{
    g_autoptr(GResolver) resolver = g_resolver_get_default();
    RpServer *server = NULL;

    g_resolver_lookup_records_async(resolver, domain, G_RESOLVER_RECORD_MX,
                                    wait->cancellable, on_records, wait);
    g_main_loop_run(wait->loop);
    for (GList *at = wait->list; at != NULL && server == NULL; at = at->next) {
        const char *host;

        g_variant_get(at->data, "(q&s)", NULL, &host);
        server = rp_provider_find_by_mx(host);
    }
    g_list_free_full(g_steal_pointer(&wait->list), (GDestroyNotify)g_variant_unref);
    return server;
}

/* --- usual names --- */

static void
on_connected(GObject *client, GAsyncResult *result, gpointer data)
{
    Wait *wait = data;
    g_autoptr(GSocketConnection) connection =
        g_socket_client_connect_finish(G_SOCKET_CLIENT(client), result, NULL);

    wait->is_good = connection != NULL;
    g_main_loop_quit(wait->loop);
}

/* The handshake is yet to come. */
static void
on_event(GSocketClient *client, GSocketClientEvent event, GSocketConnectable *to,
         GIOStream *connection, gpointer data)
{
    (void)client;
    (void)to;
    if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING && data != NULL)
        g_tls_connection_set_database(G_TLS_CONNECTION(connection), data);
}

/* Nothing is said to it: a handshake, and the end. */
static bool
answers(const RpServer *server, GTlsDatabase *trust)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GSocketConnectable) address =
        g_network_address_new(server->host, server->port);
    Wait wait;

    wait_init(&wait, PROBE_MS);
    g_socket_client_set_tls(client, TRUE);
    g_signal_connect(client, "event", G_CALLBACK(on_event), trust);
    g_socket_client_connect_async(client, address, wait.cancellable, on_connected,
                                  &wait);
    g_main_loop_run(wait.loop);
    wait_clear(&wait);
    return wait.is_good;
}

static RpServer *
guess(const char *domain, const char *ca_file)
{
    static const char *const names[] = {"imap", "mail"};
    g_autofree char *path = g_canonicalize_filename(ca_file, NULL);
    g_autoptr(GTlsDatabase) trust =
        *ca_file != '\0' ? g_tls_file_database_new(path, NULL) : NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *host = g_strdup_printf("%s.%s", names[i], domain);
        g_autoptr(RpServer) server = rp_server_new(
            host,
            N_("a usual name that answers, with a certificate that is good for it"));

        server->is_of_domain = true;
        if (answers(server, trust))
            return g_steal_pointer(&server);
    }
    return NULL;
}

RpServer *
rp_provider_look_up(const char *domain, const char *ca_file)
{
    RpServer *server;
    Wait wait;

    wait_init(&wait, LOOK_UP_MS);
    server = look_up_services(&wait, domain);
    if (server == NULL && !wait.is_denied)
        server = look_up_mx(&wait, domain);
    wait_clear(&wait);
    if (server == NULL && !wait.is_denied)
        server = guess(domain, ca_file);
    return server;
}
