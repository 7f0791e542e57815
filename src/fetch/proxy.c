/* SPDX-License-Identifier: GPL-3.0-or-later */
/* proxy.c - the way out that the environment names
 *
 * libproxy, which GIO asks, knows of http_proxy alone, which is seldom meant for mail.
 */
#include "fetch/proxy.h"

#include <string.h>

static const char *
get_either(const char *name, const char *other)
{
    const char *value = g_getenv(name);

    if (value == NULL || *value == '\0')
        value = g_getenv(other);
    return value == NULL ? "" : value;
}

/* To GIO a domain is a host unless it begins with a dot. */
static GStrv
read_hosts(const char *text)
{
    g_autofree char *all = g_strconcat("localhost,127.0.0.0/8,::1,", text, NULL);
    g_auto(GStrv) hosts = g_strsplit_set(all, ", ", -1);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

    for (char **host = hosts; *host != NULL; host++) {
        g_autofree char *below = g_strconcat(".", *host, NULL);

        if (**host != '\0')
            g_strv_builder_add_many(builder, *host, below, NULL);
    }
    return g_strv_builder_end(builder);
}

GProxyResolver *
rp_proxy_resolver(void)
{
    static const char by_name[] = "socks5h:"; /* GIO's socks5 leaves names to it, too */
    const char *uri = get_either("all_proxy", "ALL_PROXY");
    const char *without = get_either("no_proxy", "NO_PROXY");
    g_auto(GStrv) hosts = read_hosts(without);
    g_autofree char *mended = NULL;

    if (*uri == '\0' || strcmp(without, "*") == 0)
        return NULL;
    if (g_str_has_prefix(uri, by_name))
        uri = mended = g_strconcat("socks5:", uri + strlen(by_name), NULL);
    return g_simple_proxy_resolver_new(uri, hosts);
}
