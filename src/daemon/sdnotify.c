/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sdnotify.c - one datagram to $NOTIFY_SOCKET */
#include "config.h"

#include "daemon/sdnotify.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

/* A name that begins with @ is in the abstract namespace. */
static GSocketAddress *
make_address(const char *name)
{
    if (*name == '@')
        return g_unix_socket_address_new_with_type(name + 1, (int)strlen(name) - 1,
                                                   G_UNIX_SOCKET_ADDRESS_ABSTRACT);
    return g_unix_socket_address_new(name);
}

void
rp_sdnotify(const char *state)
{
    const char *name = g_getenv("NOTIFY_SOCKET");
    g_autoptr(GSocketAddress) address = NULL;
    g_autoptr(GSocket) socket = NULL;
    g_autoptr(GError) error = NULL;

    if (name == NULL || (*name != '@' && *name != '/') || name[1] == '\0')
        return;
    address = make_address(name);
    socket = g_socket_new(G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM,
                          G_SOCKET_PROTOCOL_DEFAULT, &error);
    if (socket == NULL ||
        g_socket_send_to(socket, address, state, strlen(state), NULL, &error) < 0)
        g_message("cannot tell the service manager: %s", error->message);
}
