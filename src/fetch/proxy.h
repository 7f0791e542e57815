/* SPDX-License-Identifier: GPL-3.0-or-later */
/* proxy.h - the way out that the environment names
 *
 * As curl and others read it: all_proxy or ALL_PROXY is a URI (http, socks4, socks4a,
 * socks5, socks5h), no_proxy or NO_PROXY a list of hosts, domains and networks that are
 * asked without, "*" all. This machine always is.
 */
#pragma once

#include <gio/gio.h>

/* NULL if none is named: GIO's own way. Owned by the caller. */
GProxyResolver *rp_proxy_resolver(void);
