/* SPDX-License-Identifier: GPL-3.0-or-later */
/* provider.c - the table, and RFC 6186 */
#include "cli/provider.h"

#include <gio/gio.h>
#include <string.h>

enum { LOOK_UP_MS = 3000 };

static const char APP_PASSWORD[] =
    "it takes no account password here: make an app password in its settings";
static const char TOKEN_ONLY[] =
    "it takes OAuth2 tokens alone: --token-command, with oama or pizauth, say";
static const char SWITCH_ON[] = "IMAP must be switched on in its settings first";
static const char BRIDGE[] = "its Bridge must run on this machine";

static const struct {
    const char *domains; /* parted by spaces */
    const char *host;
    uint16_t port;
    RpSecurity security;
    const char *note;
} PROVIDERS[] = {
    {"gmail.com googlemail.com", "imap.gmail.com", 993, RP_SECURITY_TLS, APP_PASSWORD},
    {"outlook.com hotmail.com live.com msn.com outlook.de hotmail.de hotmail.co.uk",
     "outlook.office365.com", 993, RP_SECURITY_TLS, TOKEN_ONLY},
    {"yahoo.com yahoo.co.uk yahoo.de yahoo.fr ymail.com rocketmail.com",
     "imap.mail.yahoo.com", 993, RP_SECURITY_TLS, APP_PASSWORD},
    {"icloud.com me.com mac.com", "imap.mail.me.com", 993, RP_SECURITY_TLS,
     APP_PASSWORD},
    {"aol.com", "imap.aol.com", 993, RP_SECURITY_TLS, APP_PASSWORD},
    {"gmx.de gmx.net gmx.at gmx.ch", "imap.gmx.net", 993, RP_SECURITY_TLS, SWITCH_ON},
    {"gmx.com gmx.us", "imap.gmx.com", 993, RP_SECURITY_TLS, SWITCH_ON},
    {"web.de", "imap.web.de", 993, RP_SECURITY_TLS, SWITCH_ON},
    {"t-online.de", "secureimap.t-online.de", 993, RP_SECURITY_TLS, NULL},
    {"freenet.de", "mx.freenet.de", 993, RP_SECURITY_TLS, NULL},
    {"posteo.de posteo.net", "posteo.de", 993, RP_SECURITY_TLS, NULL},
    {"mailbox.org", "imap.mailbox.org", 993, RP_SECURITY_TLS, NULL},
    {"fastmail.com fastmail.fm", "imap.fastmail.com", 993, RP_SECURITY_TLS,
     APP_PASSWORD},
    {"zoho.com zohomail.com", "imap.zoho.com", 993, RP_SECURITY_TLS, SWITCH_ON},
    {"yandex.com yandex.ru", "imap.yandex.com", 993, RP_SECURITY_TLS, APP_PASSWORD},
    {"mail.ru", "imap.mail.ru", 993, RP_SECURITY_TLS, APP_PASSWORD},
    {"orange.fr wanadoo.fr", "imap.orange.fr", 993, RP_SECURITY_TLS, NULL},
    {"free.fr", "imap.free.fr", 993, RP_SECURITY_TLS, NULL},
    {"proton.me protonmail.com pm.me", "127.0.0.1", 1143, RP_SECURITY_STARTTLS, BRIDGE},
};

void
rp_server_free(RpServer *server)
{
    if (server == NULL)
        return;
    g_free(server->host);
    g_free(server);
}

static RpServer *
server_new(const char *host, uint16_t port, RpSecurity security)
{
    RpServer *server = g_new0(RpServer, 1);

    server->host = g_strdup(host);
    server->port = port;
    server->security = security;
    return server;
}

RpServer *
rp_provider_find(const char *domain)
{
    g_autofree char *lower = g_ascii_strdown(domain, -1);

    for (size_t i = 0; i < G_N_ELEMENTS(PROVIDERS); i++) {
        g_auto(GStrv) domains = g_strsplit(PROVIDERS[i].domains, " ", -1);
        RpServer *server;

        if (!g_strv_contains((const char *const *)domains, lower))
            continue;
        server =
            server_new(PROVIDERS[i].host, PROVIDERS[i].port, PROVIDERS[i].security);
        server->note = PROVIDERS[i].note;
        server->is_of_domain = true;
        return server;
    }
    return NULL;
}

/* --- DNS --- */

typedef struct {
    GMainLoop *loop; /* foreign */
    GList *targets;  /* own; of GSrvTarget, the best first */
} LookUp;

static void
on_targets(GObject *resolver, GAsyncResult *result, gpointer data)
{
    LookUp *look_up = data;

    look_up->targets =
        g_resolver_lookup_service_finish(G_RESOLVER(resolver), result, NULL);
    g_main_loop_quit(look_up->loop);
}

static gboolean
on_timeout(gpointer data)
{
    g_cancellable_cancel(data);
    return G_SOURCE_CONTINUE;
}

/* A host in the domain itself, or the domain. */
static bool
is_in_domain(const char *host, const char *domain)
{
    g_autofree char *suffix = g_strconcat(".", domain, NULL);
    g_autofree char *lower = g_ascii_strdown(host, -1);

    return strcmp(lower, domain) == 0 || g_str_has_suffix(lower, suffix);
}

/* NULL if that service is not offered ("." stands for that). */
static RpServer *
look_up_service(const char *service, const char *domain, RpSecurity security,
                GCancellable *cancellable)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(GResolver) resolver = g_resolver_get_default();
    LookUp look_up = {loop, NULL};
    RpServer *server = NULL;

    g_resolver_lookup_service_async(resolver, service, "tcp", domain, cancellable,
                                    on_targets, &look_up);
    g_main_loop_run(loop);
    if (look_up.targets != NULL) {
        GSrvTarget *best = look_up.targets->data;
        const char *name = g_srv_target_get_hostname(best);
        g_autofree char *host =
            g_strndup(name, strlen(name) - (g_str_has_suffix(name, ".") ? 1 : 0));

        if (*host != '\0') {
            server = server_new(host, g_srv_target_get_port(best), security);
            server->is_of_domain = is_in_domain(host, domain);
        }
    }
    g_resolver_free_targets(look_up.targets);
    return server;
}

RpServer *
rp_provider_look_up(const char *domain)
{
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    guint timer = g_timeout_add(LOOK_UP_MS, on_timeout, cancellable);
    g_autofree char *lower = g_ascii_strdown(domain, -1);
    RpServer *server = look_up_service("imaps", lower, RP_SECURITY_TLS, cancellable);

    if (server == NULL)
        server = look_up_service("imap", lower, RP_SECURITY_STARTTLS, cancellable);
    g_source_remove(timer);
    return server;
}
